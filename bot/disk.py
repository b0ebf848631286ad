"""How much room the disk has left: photos make way for reports, and people hear of it in time."""

import shutil
from pathlib import Path

LOW_SHARE, LOW_BYTES = 0.15, 5 << 30


class Disk:
    """The file system that holds a folder. `reserve` bytes of it are for reports only."""

    def __init__(self, folder: Path, reserve: int) -> None:
        self._folder = folder
        self._reserve = reserve

    def free(self) -> int:
        """Bytes; 0 when the system does not say."""
        return self._usage()[0]

    def low(self) -> bool:
        """Little in proportion and little in all (15 % of a large disk is plenty), or soon none for photos."""
        free, total = self._usage()
        return (free < total * LOW_SHARE and free < LOW_BYTES) or free < 2 * self._reserve

    def full(self) -> bool:
        """Only the reserve is left."""
        return self.free() < self._reserve

    def _usage(self) -> tuple[int, int]:
        try:
            usage = shutil.disk_usage(self._folder)
        except OSError:
            return 0, 1
        return usage.free, usage.total
