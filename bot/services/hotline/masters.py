"""Master keys of the hotline: the installation's own, and newer ones beside it, one file a version."""

from collections.abc import Callable, Mapping
from pathlib import Path

from bot.sealing import Keys

Reload = Callable[[], Mapping[int, Keys]]


def masters_at(keys: Keys, key_path: Path) -> dict[int, Keys]:
    """Version 1 is the installation's key; `secret.key.2`, `secret.key.3` … are newer. Raises `KeyFileBroken`."""
    masters = {1: keys}
    for version, path in newer_files(key_path).items():
        masters[version] = Keys.load(path, make=False)
    return masters


def newer_files(key_path: Path) -> dict[int, Path]:
    """Files of versions above the first."""
    found = {}
    for path in key_path.parent.glob(f"{key_path.name}.*"):
        version = path.name.removeprefix(f"{key_path.name}.")
        if version.isdigit() and int(version) > 1:
            found[int(version)] = path
    return found


def add_master(keys: Keys, key_path: Path) -> tuple[int, Path]:
    """Make the next version's key file, durable before anything is sealed with it. Returns the version and the file."""
    version = max(masters_at(keys, key_path)) + 1
    path = key_path.with_name(f"{key_path.name}.{version}")
    Keys.load(path)
    return version, path
