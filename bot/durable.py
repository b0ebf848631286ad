"""Files that are whole and on the disk, or not there: a power cut leaves neither half a file nor a forgotten name."""

import os
from pathlib import Path

OWNER_ONLY = 0o600


def sync(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put_in_place(part: Path, target: Path) -> None:
    """A finished file gets its name for good; what had that name is replaced. Both lie on one file system."""
    sync(part)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part.replace(target)
    sync(target.parent)


def write_whole(target: Path, content: bytes) -> None:
    """A small file in one go, readable by its owner only from the first byte."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = target.with_name(f".{target.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY), "wb") as file:
            file.write(content)
        put_in_place(part, target)
    finally:
        part.unlink(missing_ok=True)
