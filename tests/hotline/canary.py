"""Looking for somebody in everything that lies on the disk."""

import sqlite3
from pathlib import Path


def needles_of(*values: int | str) -> dict[str, list[bytes]]:
    """Every way a value may be written: as text, as JSON escapes, as the integers SQLite stores."""
    found: dict[str, list[bytes]] = {}
    for value in values:
        ways = [str(value).encode()]
        if isinstance(value, int):
            ways += [value.to_bytes(size, "big", signed=True) for size in (6, 8) if value.bit_length() < size * 8]
        else:
            ways += [value.encode("unicode_escape"), value.encode("utf-16-le"), value.encode("cp1251", "ignore")]
        found[str(value)] = [way for way in ways if len(way) > 4]
    return found


def hits(folder: Path, *values: int | str) -> list[str]:
    """«file: value» for every file under the folder, databases, their logs, backups and attachments alike."""
    wanted = needles_of(*values)
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            found += [
                f"{path.relative_to(folder)}: {value}"
                for value, ways in wanted.items()
                if any(way in content for way in ways)
            ]
    return found


def back_up(folder: Path, name: str) -> Path:
    """Copies of every database as `VACUUM INTO` makes them."""
    target = folder / "backups" / name
    target.mkdir(parents=True)
    for path in folder.glob("*.db"):
        connection = sqlite3.connect(path)
        connection.execute("VACUUM INTO ?", (str(target / path.name),))
        connection.close()
    return target
