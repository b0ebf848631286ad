"""Stored updates to the handler: one person's in order, different people's in parallel, nobody's flood before others."""

import asyncio
import json
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

from bot.intake.receiving import about
from bot.sealing import CannotUnseal, Seal
from storage import inbox
from storage.database import Database
from storage.sqlite import TRANSIENT

log = logging.getLogger(__name__)

WORKERS = 64
FAILURES_TO_QUARANTINE = 3
# A death of the process blames every update that may have been in hand. After three the update is handled alone, before
# all others, with the try counted first; only deaths in that position condemn it.
CRASHES_TO_SOLITUDE = 3
CRASHES_TO_QUARANTINE = 10

Handle = Callable[[dict[str, Any]], Awaitable[None]]
OnQuarantine = Callable[[dict[str, Any] | None, int], Awaitable[None]]


class Lanes:
    """The queues between the inbox and the handlers. `add` at any time, `run` once the handlers are there."""

    def __init__(self, database: Database, seal: Seal, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._seal = seal
        self._clock = clock
        self._lanes: dict[str, deque[inbox.StoredUpdate]] = {}
        self._ready: deque[str] = deque()
        self._wake = asyncio.Semaphore(0)
        self._done: list[int] = []
        self._done_wake = asyncio.Event()
        self._open = 0
        self._settled = asyncio.Event()
        self._settled.set()

    def add(self, updates: Sequence[inbox.StoredUpdate]) -> None:
        for update in updates:
            self._open += 1
            self._settled.clear()
            lane = self._lanes.get(update.lane)
            if lane is None:
                self._lanes[update.lane] = deque((update,))
                self._make_ready(update.lane)
            else:
                lane.append(update)

    async def settled(self) -> None:
        """Wait until everything added so far is handled and marked so."""
        await self._settled.wait()

    @property
    def waiting(self) -> int:
        return self._open

    async def recover(self) -> tuple[int, list[inbox.StoredUpdate]]:
        """At start: queue what an earlier run left; returns (how many, those to be handled in solitude).

        The first update of every lane may have been in hand when that run died, so its crash count goes up.
        """
        left: list[inbox.StoredUpdate] = []
        async with self._database.read() as reader:
            while page := await inbox.open_updates(reader, left[-1].id if left else 0):
                left.extend(page)
        heads: dict[str, inbox.StoredUpdate] = {}
        for update in left:
            heads.setdefault(update.lane, update)
        if heads:
            async with self._database.transaction() as tx:
                await inbox.count_crash(tx, [head.id for head in heads.values()])
        suspects = [head for head in heads.values() if head.crashes >= CRASHES_TO_SOLITUDE]
        alone = {suspect.id for suspect in suspects}
        self.add([update for update in left if update.id not in alone])
        return len(left), suspects

    async def handle_suspects(
        self, suspects: Sequence[inbox.StoredUpdate], handle: Handle, on_quarantine: OnQuarantine
    ) -> None:
        """One at a time, before the workers start."""
        for suspect in suspects:
            self._open += 1
            if suspect.crashes >= CRASHES_TO_QUARANTINE:
                await self._set_aside(suspect, "the process died while handling it", on_quarantine)
            elif not await self._attempt(suspect, handle, on_quarantine):
                self._open -= 1
                self._lanes.setdefault(suspect.lane, deque()).appendleft(suspect)
                self._open += 1
                self._make_ready(suspect.lane)

    async def run(self, handle: Handle, on_quarantine: OnQuarantine) -> None:
        """Handle until cancelled. `handle` may be called again with the same update after a death: it is idempotent."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._mark_done_forever())
            for _ in range(WORKERS):
                group.create_task(self._work(handle, on_quarantine))

    async def flush(self) -> None:
        """Write the outstanding done marks."""
        done, self._done = self._done, []
        if not done:
            return
        try:
            async with self._database.transaction() as tx:
                await inbox.mark_done(tx, done, self._clock())
        except BaseException:
            self._done = done + self._done
            raise
        self._open -= len(done)
        if self._open == 0:
            self._settled.set()

    async def _work(self, handle: Handle, on_quarantine: OnQuarantine) -> None:
        while True:
            await self._wake.acquire()
            name = self._ready.popleft()
            update = self._lanes[name][0]
            try:
                handled = await self._attempt(update, handle, on_quarantine)
            except TRANSIENT as error:
                log.warning("update %d could not be set aside yet: %s", update.update_id, error)
                self._later(name, 0.5)
                continue
            if handled:
                lane = self._lanes[name]
                lane.popleft()
                if lane:
                    self._make_ready(name)
                else:
                    del self._lanes[name]

    async def _attempt(self, update: inbox.StoredUpdate, handle: Handle, on_quarantine: OnQuarantine) -> bool:
        """True when the update is out of the way; False when it was put back for later."""
        try:
            raw = json.loads(self._seal.unseal(update.payload, about(update.update_id)))
        except (CannotUnseal, ValueError) as error:
            await self._set_aside(update, type(error).__name__, on_quarantine)
            return True
        try:
            await handle(raw)
        except TRANSIENT as error:
            log.warning("update %d waits for the database: %s", update.update_id, error)
            self._later(update.lane, 0.5)
            return False
        except Exception as error:
            # the class only: the message of an exception may quote what a person wrote
            log.error("update %d failed: %s", update.update_id, describe(error))
            return await self._failed(update, raw, error, on_quarantine)
        self._done.append(update.id)
        self._done_wake.set()
        return True

    async def _failed(
        self, update: inbox.StoredUpdate, raw: dict[str, Any], error: Exception, on_quarantine: OnQuarantine
    ) -> bool:
        try:
            async with self._database.transaction() as tx:
                tries = await inbox.mark_failed(tx, update.id, describe(error))
        except TRANSIENT:
            tries = 0
        if tries < FAILURES_TO_QUARANTINE:
            self._later(update.lane, 0.2 * 4**tries)
            return False
        await self._set_aside(update, describe(error), on_quarantine, raw)
        return True

    async def _set_aside(
        self, update: inbox.StoredUpdate, error: str, on_quarantine: OnQuarantine, raw: dict[str, Any] | None = None
    ) -> None:
        log.error("update %d set aside: %s", update.update_id, error)
        async with self._database.transaction() as tx:
            await inbox.quarantine(tx, update.id, error, self._clock())
        self._open -= 1
        if self._open == 0:
            self._settled.set()
        try:
            await on_quarantine(raw, update.update_id)
        except Exception as failure:
            log.error("the alarm about update %d failed: %s", update.update_id, describe(failure))

    async def _mark_done_forever(self) -> None:
        while True:
            await self._done_wake.wait()
            self._done_wake.clear()
            try:
                await self.flush()
            except TRANSIENT as error:
                log.warning("done marks wait for the database: %s", error)
                asyncio.get_running_loop().call_later(0.5, self._done_wake.set)

    def _make_ready(self, lane: str) -> None:
        self._ready.append(lane)
        self._wake.release()

    def _later(self, lane: str, seconds: float) -> None:
        asyncio.get_running_loop().call_later(seconds, self._make_ready, lane)


def describe(error: BaseException) -> str:
    """Class and place of an exception, without its message."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" at {trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{place}"
