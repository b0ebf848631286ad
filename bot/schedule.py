"""Time: APScheduler only ticks; what is due is rows in the database, claimed by the service that owns them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from storage.sqlite import TRANSIENT

log = logging.getLogger(__name__)

TICK_SECONDS = 15

Due = Callable[[datetime], Awaitable[object]]


class Schedule:
    """Calls every due-work function at each tick. One that comes late or twice does the same work once.

    The works of one loop wait for each other, one tick at a time; the loops wait for nobody. So what has to be done in time
    is in another loop than what waits for the messenger.
    """

    def __init__(
        self,
        loops: Sequence[Mapping[str, Due]],
        clock: Callable[[], datetime],
        zone: ZoneInfo,
        wake: Callable[[], None],
    ) -> None:
        self._loops = [(dict(works), asyncio.Lock()) for works in loops]
        self._clock = clock
        self._wake = wake
        self._scheduler = AsyncIOScheduler(timezone=zone)
        for loop in self._loops:
            self._scheduler.add_job(
                self._tick_until_stopped,
                IntervalTrigger(seconds=TICK_SECONDS, timezone=zone),
                args=loop,
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )
        self._scheduler.add_listener(_report, EVENT_JOB_ERROR | EVENT_JOB_MISSED)

    def start(self) -> None:
        """Inside the running loop."""
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Do all that is due now. One failing work does not stop the others."""
        await asyncio.gather(*(self._tick(works, turn) for works, turn in self._loops))

    async def _tick_until_stopped(self, works: Mapping[str, Due], turn: asyncio.Lock) -> None:
        with suppress(asyncio.CancelledError):  # only `stop` cancels it; the library would log a traceback
            await self._tick(works, turn)

    async def _tick(self, works: Mapping[str, Due], turn: asyncio.Lock) -> None:
        async with turn:
            now = self._clock()
            for name, work in works.items():
                try:
                    await work(now)
                except TRANSIENT as error:
                    log.warning("%s waits for the database: %s", name, error)
                except Exception as error:
                    log.error("%s failed: %s", name, type(error).__name__)
            self._wake()


def _report(event: JobExecutionEvent) -> None:
    log.error("a tick did not run as planned: %s", type(event.exception).__name__ if event.exception else "missed")
