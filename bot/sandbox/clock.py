"""The sandbox's own time: it runs like the real one but can be set and moved forward by tests and demos."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, tzinfo


class Clock:
    """Wall time = real time + an offset. `start` sets the first reading; without it the clock shows real time.
    The phones of the page show the times of `zone`."""

    def __init__(self, start: datetime | None = None, zone: tzinfo = UTC) -> None:
        self._zone = zone
        self._offset = 0.0 if start is None else start.timestamp() - time.time()
        self._advanced = 0.0

    def seconds(self) -> float:
        """Seconds since the epoch."""
        return time.time() + self._offset

    def unix(self) -> int:
        return int(self.seconds())

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.seconds(), self._zone)

    def monotonic(self) -> float:
        """For intervals: never jumps back, moves forward together with `advance`."""
        return time.monotonic() + self._advanced

    def advance(self, step: float | timedelta) -> None:
        """Move forward only; a negative step raises ValueError."""
        seconds = step.total_seconds() if isinstance(step, timedelta) else float(step)
        if seconds < 0:
            raise ValueError("the sandbox clock moves forward only")
        self._offset += seconds
        self._advanced += seconds
