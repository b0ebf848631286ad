"""Which updates are being handled at this moment, in a small file that survives the death of the process.

Without it a death would blame every update that might have been in hand; with it only the few that were. Written without
fsync, since a power cut is no update's fault; a slot is one 8-byte number, the id of the inbox row, 0 for none.
"""

import os
import struct
from contextlib import suppress
from pathlib import Path

_NUMBER = struct.Struct("<q")


class InHand:
    """`slots` workers, each with at most one update. Never raises: on a full disk deaths are merely not counted."""

    def __init__(self, path: Path, slots: int) -> None:
        self._path = path
        self._empty = bytes(_NUMBER.size * slots)
        self._file: int | None = None

    def left(self) -> set[int]:
        """What was in hand when the last run died; empty after an orderly end."""
        try:
            content = self._path.read_bytes()
        except OSError:
            return set()
        whole = content[: len(content) // _NUMBER.size * _NUMBER.size]
        return {number for (number,) in _NUMBER.iter_unpack(whole) if number > 0}

    def forget(self) -> None:
        self._write(self._empty, 0)

    def take(self, slot: int, inbox_id: int) -> None:
        self._write(_NUMBER.pack(inbox_id), slot * _NUMBER.size)

    def put_down(self, slot: int) -> None:
        self._write(_NUMBER.pack(0), slot * _NUMBER.size)

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _write(self, content: bytes, offset: int) -> None:
        with suppress(OSError):
            if self._file is None:
                self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            os.lseek(self._file, offset, os.SEEK_SET)
            os.write(self._file, content)
