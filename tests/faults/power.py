"""A disk that remembers what was made durable and what was merely written, so that the power can be cut afterwards.

The SQLite of apsw runs on it with our own pragmas and our own statements; cuts are then replayed from the recorded log.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

SECTOR = 512


@dataclass(slots=True)
class Event:
    """`kind` is write, truncate, sync, delete or ack; `number` is an offset, a size or the number of a commit."""

    kind: str
    name: str = ""
    number: int = 0
    content: bytes = b""


@dataclass
class Disk:
    """What would be on the platter: `durable` for certain, `pending` perhaps."""

    durable: dict[str, bytearray] = field(default_factory=dict)
    pending: dict[str, list[Event]] = field(default_factory=dict)

    def apply(self, event: Event) -> None:
        match event.kind:
            case "write" | "truncate":
                self.durable.setdefault(event.name, bytearray())
                self.pending.setdefault(event.name, []).append(event)
            case "sync":
                image = self.durable.setdefault(event.name, bytearray())
                for waiting in self.pending.pop(event.name, []):
                    _put(image, waiting)
            case "delete":
                self.durable.pop(event.name, None)
                self.pending.pop(event.name, None)

    def after_a_cut(self, folder: Path, chance: random.Random) -> None:
        """Every sector that was not synced survives with a probability of one half, each by itself."""
        for name, image in self.durable.items():
            survivor = bytearray(image)
            for event in self.pending.get(name, []):
                if event.kind == "truncate":
                    if chance.random() < 0.5:
                        _put(survivor, event)
                    continue
                for start in range(0, len(event.content), SECTOR):
                    if chance.random() < 0.5:
                        _put(
                            survivor, Event("write", name, event.number + start, event.content[start : start + SECTOR])
                        )
            (folder / name).write_bytes(survivor)


def _put(image: bytearray, event: Event) -> None:
    if event.kind == "truncate":
        del image[event.number :]
        image.extend(bytes(max(0, event.number - len(image))))
        return
    end = event.number + len(event.content)
    if len(image) < end:
        image.extend(bytes(end - len(image)))
    image[event.number : end] = event.content


class _File(apsw.VFSFile):
    def __init__(self, vfs: str, name: Any, flags: list[int], log: list[Event]) -> None:
        super().__init__(vfs, name, flags)
        self._name = Path(name.filename() if hasattr(name, "filename") else str(name)).name
        self._log = log

    def xWrite(self, data: bytes, offset: int) -> None:
        self._log.append(Event("write", self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:
        self._log.append(Event("truncate", self._name, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:
        self._log.append(Event("sync", self._name))
        super().xSync(flags)


class RecordingVFS(apsw.VFS):
    def __init__(self, name: str, log: list[Event]) -> None:
        self._log = log
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        return _File("", name, flags, self._log)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self._log.append(Event("delete", Path(filename).name))
        super().xDelete(filename, syncdir)


def record(
    path: Path, pragmas: dict[str, str | int], work: Callable[[apsw.Connection, Callable[[int], None]], None]
) -> list[Event]:
    """Run `work(connection, acknowledge)` on the recording disk; the log of everything the disk was told."""
    log: list[Event] = []
    vfs = RecordingVFS(f"recording-{path.name}", log)
    connection = apsw.Connection(str(path), vfs=f"recording-{path.name}")
    try:
        # without shared memory, which no such disk can offer, WAL needs the file for itself
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        for name, value in pragmas.items():
            connection.execute(f"PRAGMA {name} = {value}")
        work(connection, lambda number: log.append(Event("ack", number=number)))
    finally:
        connection.close()
        vfs.unregister()
    return log


def cuts(log: list[Event], count: int, chance: random.Random) -> Iterator[tuple[Disk, int, int]]:
    """`count` moments: the disk at that moment, the last commit acknowledged before it, and the place in the log."""
    chosen = set(chance.sample(range(1, len(log) + 1), min(count, len(log))))
    disk, acknowledged = Disk(), 0
    for place, event in enumerate(log, 1):
        if event.kind == "ack":
            acknowledged = event.number
        else:
            disk.apply(event)
        if place in chosen:
            yield disk, acknowledged, place
