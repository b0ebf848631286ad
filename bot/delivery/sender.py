"""The one sender: claims promised messages and keeps the pace; `delivering` does the rest for each."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime

from bot.delivery.delivering import Delivery, Render, Resolve
from bot.delivery.messenger import Messenger
from bot.delivery.pace import Pace
from storage import claims
from storage.claims import Due
from storage.clock import from_text, to_text
from storage.database import Database
from storage.sqlite import TRANSIENT

log = logging.getLogger(__name__)

IN_FLIGHT = 16  # round trips of 0.3 s must not halve the pace
IDLE_SECONDS = 5.0
SHORTEST_WAIT = 0.05
FOR_EVER = float("inf")


class Sender:
    """Sends until cancelled. `renderers` make the screen of a message at the last moment, by the payload's `render`;
    `resolvers` find the chat of a recipient by what stands before its colon, for those who are nobody's account."""

    def __init__(
        self,
        database: Database,
        messenger: Messenger,
        pace: Pace,
        clock: Callable[[], datetime],
        epoch: int,
        *,
        renderers: Mapping[str, Render] | None = None,
        resolvers: Mapping[str, Resolve] | None = None,
    ) -> None:
        self._database = database
        self._pace = pace
        self._clock = clock
        self._epoch = epoch
        self._delivery = Delivery(database, messenger, pace, clock, renderers or {}, resolvers or {})
        self._resting: dict[str, float] = {}  # recipient -> when free again; one message a recipient keeps their order
        self._in_flight = 0
        self._landed = asyncio.Event()
        self._wake = asyncio.Event()
        self._stopping = False
        self.idle = asyncio.Event()

    @property
    def token_refused(self) -> bool:
        """The messenger does not know this bot any more; nothing can be sent, nothing is lost."""
        return self._delivery.token_refused

    def wake(self) -> None:
        """A promise was written; do not wait for the next look."""
        self.idle.clear()
        self._wake.set()

    async def recover(self) -> int:
        """At start, before `run`: settle what an earlier run had in hand. Returns how many messages that were."""
        async with self._database.transaction() as tx:
            return await claims.recover(tx, self._clock(), self._epoch)

    async def stop(self) -> None:
        """Claim nothing more; returns when everything in hand has landed. Cancel `run` only then, or it is uncertain."""
        self._stopping = True
        self._wake.set()
        while self._in_flight:
            self._landed.clear()
            await self._landed.wait()

    async def run(self) -> None:
        async with asyncio.TaskGroup() as group:
            while not self._stopping:
                self._wake.clear()
                try:
                    seconds = await self._round(group)
                except TRANSIENT as error:
                    log.warning("the outbox waits for the database: %s", error)
                    seconds = 1.0
                with suppress(TimeoutError):
                    async with asyncio.timeout(seconds):  # wait_for may swallow a cancellation (Python 3.11)
                        await self._wake.wait()

    async def _round(self, group: asyncio.TaskGroup) -> float:
        """Start what may go now; returns how long there is nothing more to do."""
        while not self._stopping:
            if (seconds := self._pace.overall_wait()) > 0:
                return seconds if seconds < 0.3 else min(seconds, await self._until_next())
            if self._in_flight >= IN_FLIGHT:
                return IDLE_SECONDS  # whoever lands wakes us
            now = time.monotonic()
            self._resting = {recipient: until for recipient, until in self._resting.items() if until > now}
            due = await self._claim()
            if not due:
                return await self._until_next()
            for message in due:
                group.create_task(self._deliver(message))
        return 0.0

    async def _claim(self) -> list[Due]:
        async with self._database.read() as reader:
            next_at = await claims.next_due_at(reader, self._resting)
        if next_at is None or next_at > to_text(self._clock()):
            return []
        limit = max(1, min(self._pace.available(), IN_FLIGHT - self._in_flight))
        async with self._database.transaction() as tx:
            due = await claims.claim(tx, self._clock(), self._epoch, limit, skip=self._resting)
        self._pace.reserve(len(due))
        self._in_flight += len(due)
        for message in due:
            self._resting[message.recipient] = FOR_EVER
        return due

    async def _deliver(self, due: Due) -> None:
        seconds = 0.0
        try:
            seconds = await self._delivery.deliver(due)
        except Exception as error:  # the row stays claimed; the next start settles it
            log.error("message %d: %s", due.id, type(error).__name__)
        finally:
            self._in_flight -= 1
            self._resting[due.recipient] = time.monotonic() + seconds
            self._landed.set()
            self._wake.set()

    async def _until_next(self) -> float:
        async with self._database.read() as reader:
            next_at = await claims.next_due_at(reader)
            next_free_at = await claims.next_due_at(reader, self._resting)
        now = self._clock()
        if self._in_flight == 0 and not self._wake.is_set() and (next_at is None or next_at > to_text(now)):
            self.idle.set()
        waits = [IDLE_SECONDS, *(until - time.monotonic() for until in self._resting.values())]
        if next_free_at is not None:
            waits.append((from_text(next_free_at) - now).total_seconds())
        return max(SHORTEST_WAIT, min(waits))
