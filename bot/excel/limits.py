"""How much of a stranger's file we are ready to read, and at what cost."""

from __future__ import annotations

from dataclasses import dataclass, replace

_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """Sizes in bytes, times in seconds. `file_bytes` is what a messenger lets a bot download."""

    file_bytes: int = 20 * _MB
    unpacked_bytes: int = 50 * _MB
    ratio: int = 100
    entries: int = 200
    rows: int = 50_000
    columns: int = 100
    memory_bytes: int = 512 * _MB
    cpu_s: int = 20
    wall_s: float = 45.0


DEFAULT_LIMITS = ReadingLimits()
# A workbook held whole costs more than its values alone.
MARKING_LIMITS = replace(DEFAULT_LIMITS, memory_bytes=1024 * _MB, cpu_s=60, wall_s=120.0)
LONGEST_CELL = 2_000  # every column refuses more, so the rest need not travel
