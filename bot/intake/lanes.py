"""Stored updates to the handler: one person's in order, different people's in parallel, nobody's flood before others."""

import asyncio
import json
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.botapi import BotApiError, BotApiUnsure, backoff
from bot.intake.in_hand import InHand
from bot.intake.readable import may_need, readable
from bot.intake.receiving import about
from bot.sealing import CannotUnseal, Seal
from storage import inbox
from storage.database import Database
from storage.inbox import StoredUpdate
from storage.sqlite import TRANSIENT

log = logging.getLogger(__name__)

WORKERS = 64
FAILURES_TO_QUARANTINE = 3
DEATHS_TO_QUARANTINE = 3
# An update that was in hand when the process died is held back a little, so that others get on meanwhile, and is then
# handled while no other suspect is.
HOLD_AFTER_DEATHS = (0.0, 0.5, 4.0)
HANDLE_SECONDS = 180.0
DATABASE_PAUSE = 0.5
# A batch this large is all the messenger gives at once: more waits there, and only there it can expire. Storing comes first.
FULL_BATCH = 100
HOLD_FOR_STORING = 0.3
HOLD_FOR_STORING_AT_MOST = 15.0
LINK_PAUSE = 3.0
# Who has sent so much more than they could read answers to leaves the machine to the others between two updates.
FLOOD = 50
FLOOD_PAUSE = 0.02

Handle = Callable[[dict[str, Any]], Awaitable[None]]
OnQuarantine = Callable[[dict[str, Any] | None, int], Awaitable[None]]  # may come twice for the same update: idempotent


class Lanes:
    """The queues between the inbox and the handlers. `add` at any time, `run` once the handlers are there."""

    def __init__(self, database: Database, seal: Seal, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._seal = seal
        self._clock = clock
        self._in_hand = InHand(database.path.with_name(f"{database.path.name}.in-hand"), WORKERS + 1)
        # A lane is here while it holds updates or its last one is not marked yet, and then exactly one of: in `_ready` or
        # `_suspect`, with a worker, on a timer, waiting for a mark.
        self._lanes: dict[str, deque[StoredUpdate]] = {}
        self._unmarked: dict[int, str] = {}  # handled updates whose mark is on its way, and their lanes
        self._busy: set[str] = set()
        self._ready: asyncio.Queue[str] = asyncio.Queue()
        self._suspect: asyncio.Queue[str] = asyncio.Queue()
        self._known: set[int] = set()
        self._held_until = self._held_since = 0.0
        self._done: list[int] = []
        self._done_wake = asyncio.Event()
        self._settled = asyncio.Event()
        self._settled.set()

    def add(self, updates: Sequence[StoredUpdate]) -> None:
        """Queue them, each in its person's order by update number; one that is queued already is left alone."""
        if len(updates) >= FULL_BATCH:
            self._hold(time.monotonic())
        for update in updates:
            if update.id in self._known:
                continue
            self._known.add(update.id)
            self._settled.clear()
            lane = self._lanes.get(update.lane)
            if lane is None:
                self._lanes[update.lane] = deque((update,))
                self._schedule(update.lane)
                continue
            place = len(lane)
            first = 1 if update.lane in self._busy else 0
            while place > first and lane[place - 1].update_id > update.update_id:
                place -= 1
            lane.insert(place, update)

    async def settled(self) -> None:
        """Wait until everything added so far is handled and marked so."""
        await self._settled.wait()

    @property
    def waiting(self) -> int:
        return len(self._known)

    async def recover(self) -> tuple[int, list[StoredUpdate]]:
        """At start, before anything is received: queue what an earlier run left.

        Returns (how many, those among them that have killed the process too often, for `set_aside`).
        """
        left: list[StoredUpdate] = []
        async with self._database.read() as reader:
            while page := await inbox.open_updates(reader, left[-1].id if left else 0):
                left.extend(page)
        blamed = self._in_hand.left() & {update.id for update in left}
        if blamed:
            log.warning("%d updates were in hand when the last run died", len(blamed))
            async with self._database.transaction() as tx:
                await inbox.count_crash(tx, sorted(blamed))
        self._in_hand.forget()
        left = [replace(update, crashes=update.crashes + (update.id in blamed)) for update in left]
        condemned = [update for update in left if update.crashes >= DEATHS_TO_QUARANTINE]
        self.add([update for update in left if update.crashes < DEATHS_TO_QUARANTINE])
        self._known.update(update.id for update in condemned)
        if condemned:
            self._settled.clear()
        return len(left), condemned

    async def set_aside(self, condemned: Sequence[StoredUpdate], on_quarantine: OnQuarantine) -> None:
        """Before `run`: quarantine what `recover` returned."""
        for update in condemned:
            try:
                raw = self._open(update)
            except (CannotUnseal, ValueError):
                raw = None
            attempt = 0
            while not await self._quarantined(update, "the process died while handling it", on_quarantine, raw):
                await backoff(attempt)
                attempt += 1

    async def run(self, handle: Handle, on_quarantine: OnQuarantine) -> None:
        """Handle until cancelled. `handle` may be called again with the same update after a death: it is idempotent."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._mark_done_forever())
                group.create_task(self._work(0, self._suspect, handle, on_quarantine))
                for slot in range(1, WORKERS + 1):
                    group.create_task(self._work(slot, self._ready, handle, on_quarantine))
        finally:
            self._in_hand.close()

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
        self._forget(done)

    async def _work(self, slot: int, lanes: asyncio.Queue[str], handle: Handle, on_quarantine: OnQuarantine) -> None:
        while True:
            name = await lanes.get()
            while (left := self._held_until - time.monotonic()) > 0:  # noqa: ASYNC110  time itself is waited for
                await asyncio.sleep(left)
            lane = self._lanes[name]
            update = lane[0]
            self._busy.add(name)
            self._in_hand.take(slot, update.id)
            try:
                pause = await self._attempt(update, handle, on_quarantine)
            finally:
                self._in_hand.put_down(slot)
                self._busy.discard(name)
            if pause is not None:
                self._schedule(name, pause)
                continue
            lane.popleft()
            # The next one waits until this one is marked for good. Handled again after a death, with the next one's effects
            # already there, it would find another question open: words once went to an item that was asked about later.
            if update.id in self._known:
                self._unmarked[update.id] = name
            else:
                self._go_on(name)

    def _go_on(self, name: str) -> None:
        lane = self._lanes[name]
        if lane:
            self._schedule(name, FLOOD_PAUSE if len(lane) > FLOOD else 0.0)
        else:
            del self._lanes[name]

    def _hold(self, now: float) -> None:
        """Let a backlog be stored before it is handled, but nobody waits longer than a while for that."""
        if now > self._held_until + 1.0:
            self._held_since = now
        if now < self._held_since + HOLD_FOR_STORING_AT_MOST:
            self._held_until = now + HOLD_FOR_STORING

    async def _attempt(self, update: StoredUpdate, handle: Handle, on_quarantine: OnQuarantine) -> float | None:
        """None when the update is out of the way; otherwise after how many seconds to try again."""
        try:
            raw = self._open(update)
        except (CannotUnseal, ValueError) as error:
            return None if await self._quarantined(update, type(error).__name__, on_quarantine) else DATABASE_PAUSE
        try:
            async with asyncio.timeout(HANDLE_SECONDS):
                await handle(raw)
        except TRANSIENT as error:
            log.warning("update %d waits for the database: %s", update.update_id, error)
            return DATABASE_PAUSE
        except asyncio.CancelledError as error:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
            return await self._failed(update, raw, error, on_quarantine)  # something inside was cancelled, not we
        except Exception as error:
            if isinstance(error, BotApiError | BotApiUnsure) and error.passing:
                log.warning("update %d waits for the messenger: %s", update.update_id, error)
                return LINK_PAUSE
            return await self._failed(update, raw, error, on_quarantine)
        self._done.append(update.id)
        self._done_wake.set()
        return None

    async def _failed(
        self, update: StoredUpdate, raw: dict[str, Any], error: BaseException, on_quarantine: OnQuarantine
    ) -> float | None:
        # the class and the place only: the message of an exception may quote what a person wrote
        log.error("update %d failed: %s", update.update_id, describe(error))
        try:
            async with self._database.transaction() as tx:
                tries = await inbox.mark_failed(tx, update.id, describe(error))
        except TRANSIENT:
            return DATABASE_PAUSE
        if tries < FAILURES_TO_QUARANTINE:
            return 0.2 * 4.0**tries
        gone = await self._quarantined(update, describe(error), on_quarantine, raw)
        return None if gone else DATABASE_PAUSE

    async def _quarantined(
        self, update: StoredUpdate, why: str, on_quarantine: OnQuarantine, raw: dict[str, Any] | None = None
    ) -> bool:
        """False when the database cannot store that now.

        Told first and set aside then: a death or a refusal between the two is made good at the next try, which promises
        nothing twice. The other way round, nobody would ever hear of it.
        """
        try:
            await on_quarantine(raw, update.update_id)
        except TRANSIENT as error:
            log.warning("nobody could be told of update %d yet: %s", update.update_id, error)
            return False
        except Exception as failure:  # our mistake: would fail for ever, and the lane waits
            log.error("the alarm about update %d failed: %s", update.update_id, describe(failure))
        try:
            async with self._database.transaction() as tx:
                await inbox.quarantine(tx, update.id, why, self._clock())
        except TRANSIENT as error:
            log.warning("update %d could not be set aside yet: %s", update.update_id, error)
            return False
        log.error("update %d set aside: %s", update.update_id, why)
        self._forget([update.id])
        return True

    async def _mark_done_forever(self) -> None:
        while True:
            await self._done_wake.wait()
            self._done_wake.clear()
            try:
                await self.flush()
            except TRANSIENT as error:
                log.warning("done marks wait for the database: %s", error)
                asyncio.get_running_loop().call_later(DATABASE_PAUSE, self._done_wake.set)

    def _schedule(self, name: str, pause: float = 0.0) -> None:
        deaths = self._lanes[name][0].crashes
        queue = self._suspect if deaths else self._ready
        pause = max(pause, HOLD_AFTER_DEATHS[min(deaths, len(HOLD_AFTER_DEATHS) - 1)])
        if pause > 0:
            asyncio.get_running_loop().call_later(pause, queue.put_nowait, name)
        else:
            queue.put_nowait(name)

    def _forget(self, inbox_ids: Sequence[int]) -> None:
        self._known.difference_update(inbox_ids)
        for inbox_id in inbox_ids:
            if (name := self._unmarked.pop(inbox_id, None)) is not None:
                self._go_on(name)
        if not self._known:
            self._settled.set()

    def _open(self, update: StoredUpdate) -> dict[str, Any]:
        payload = self._seal.unseal(update.payload, about(update.update_id))
        raw = json.loads(payload)
        if may_need(payload):
            raw = readable(raw)
        if not isinstance(raw, dict):
            raise ValueError("an update is an object")
        return raw


def describe(error: BaseException) -> str:
    """Class and place of an exception, without its message."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" at {trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{place}"
