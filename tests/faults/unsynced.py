"""A disk that loses power: what was written and not synced survives by halves, one 512-byte sector at a time."""

import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import apsw

SECTOR = 512


class PowerCut(Exception):
    """The light went out in the middle of a write or a sync."""


class Disk:
    """What would be left of each file; `countdown` writes and syncs from now the power fails."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.durable: dict[str, bytearray] = {}
        self.dirty: dict[str, set[int]] = {}
        self.countdown: int | None = None
        self.off = False

    def tick(self) -> None:
        if self.off:
            raise PowerCut
        if self.countdown is not None:
            self.countdown -= 1
            if self.countdown <= 0:
                self.off = True
                raise PowerCut

    def wrote(self, name: str, offset: int, size: int) -> None:
        self.dirty.setdefault(name, set()).update(range(offset // SECTOR, (offset + size - 1) // SECTOR + 1))
        self.durable.setdefault(name, bytearray())

    def synced(self, name: str) -> None:
        durable = self.durable.setdefault(name, bytearray())
        with Path(name).open("rb") as file:
            for sector in sorted(self.dirty.pop(name, ())):
                file.seek(sector * SECTOR)
                _put(durable, sector, file.read(SECTOR))
            del durable[file.seek(0, os.SEEK_END) :]

    def deleted(self, name: str) -> None:
        self.durable.pop(name, None)
        self.dirty.pop(name, None)

    def after_the_cut(self, folder: Path) -> None:
        """Put what survived into a folder of its own."""
        folder.mkdir()
        for name, durable in self.durable.items():
            content = Path(name).read_bytes() if Path(name).exists() else b""
            left = bytearray(durable)
            for sector in sorted(self.dirty.get(name, ())):
                if self.random.random() < 0.5:
                    _put(left, sector, content[sector * SECTOR : (sector + 1) * SECTOR])
            (folder / Path(name).name).write_bytes(left)

    def begin_again(self, folder: Path) -> None:
        """The files of this folder are all there is, and all durable."""
        self.durable = {str(path): bytearray(path.read_bytes()) for path in folder.iterdir()}
        self.dirty.clear()
        self.countdown, self.off = None, False


def _put(target: bytearray, sector: int, piece: bytes) -> None:
    if len(target) < sector * SECTOR:
        target.extend(bytes(sector * SECTOR - len(target)))
    target[sector * SECTOR : sector * SECTOR + len(piece)] = piece


class UnsyncedVFS(apsw.VFS):
    """Over the system's own files."""

    def __init__(self, name: str, disk: Disk) -> None:
        self.disk = disk
        self.called = name
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: list[int]) -> "UnsyncedFile":
        return UnsyncedFile("", name, flags, self.disk)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self.disk.tick()
        super().xDelete(filename, syncdir)
        self.disk.deleted(filename)


class UnsyncedFile(apsw.VFSFile):
    def __init__(self, inherit: str, name: Any, flags: list[int], disk: Disk) -> None:
        self.disk = disk
        self.name = name.filename() if isinstance(name, apsw.URIFilename) else str(name or "")
        super().__init__(inherit, name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._step(lambda: super(UnsyncedFile, self).xWrite(data, offset), self.disk.tick)
        self.disk.wrote(self.name, offset, len(data))

    def xTruncate(self, size: int) -> None:
        self.disk.tick()
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        self.disk.tick()
        self.disk.synced(self.name)

    @staticmethod
    def _step(work: Callable[[], None], before: Callable[[], None]) -> None:
        before()
        work()
