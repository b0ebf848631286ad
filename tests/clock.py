"""A clock that runs like any other, from a moment a test chose, and can be turned on."""

import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

MOSCOW = ZoneInfo("Europe/Moscow")
MORNING_OF_A_WORK = datetime(2026, 4, 23, 11, 0, tzinfo=MOSCOW)  # a Thursday


class RunningClock:
    """Call it for the moment; `advance` and `turn_to` move it, and it goes on from there."""

    def __init__(self, start: datetime = MORNING_OF_A_WORK) -> None:
        self._start = start
        self._began = time.monotonic()

    def __call__(self) -> datetime:
        return self._start + timedelta(seconds=time.monotonic() - self._began)

    def advance(self, **span: float) -> None:
        self._start += timedelta(**span)

    def turn_to(self, moment: datetime) -> None:
        self._start, self._began = moment, time.monotonic()
