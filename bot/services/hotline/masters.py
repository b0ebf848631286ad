"""Master keys of the hotline: the installation's own, and newer ones beside it, one file a version."""

from pathlib import Path

from bot.sealing import Keys


def masters_at(keys: Keys, key_path: Path) -> dict[int, Keys]:
    """Version 1 is the installation's key; `secret.key.2`, `secret.key.3` … are newer. Raises `KeyFileBroken`."""
    masters = {1: keys}
    for path in key_path.parent.glob(f"{key_path.name}.*"):
        version = path.name.removeprefix(f"{key_path.name}.")
        if version.isdigit() and int(version) > 1:
            masters[int(version)] = Keys.load(path, make=False)
    return masters


def add_master(keys: Keys, key_path: Path) -> int:
    """Make the next version's key file; the next start puts every key of a case under it. Returns the version."""
    version = max(masters_at(keys, key_path)) + 1
    Keys.load(key_path.with_name(f"{key_path.name}.{version}"))
    return version
