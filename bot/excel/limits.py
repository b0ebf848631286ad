"""How much of a stranger's file we are ready to read, and at what cost."""

from __future__ import annotations

from dataclasses import dataclass

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
