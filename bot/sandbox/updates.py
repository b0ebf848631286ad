"""The queue of updates as Telegram keeps it: sequential ids, confirmation by offset, one poller, 24 hours of life."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from bot.sandbox.changes import Changes
from bot.sandbox.clock import Clock
from bot.sandbox.errors import Refused
from bot.sandbox.faults import Faults

LIFETIME_SECONDS = 86_400
LONGEST_POLL = 50
UNASKED_KINDS = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_TERMINATED = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
_BY_WEBHOOK = "Conflict: terminated by setWebhook request"


@dataclass(slots=True)
class Update:
    """`body` is the ready JSON; `lane` is the queue whose order a webhook keeps; `fate` is pending, confirmed,
    expired or dropped; `deliveries` counts how often it was handed over."""

    id: int
    kind: str
    body: str
    lane: str
    expires_at: float
    fate: str = "pending"
    deliveries: int = 0


@dataclass(slots=True)
class _Waiting:
    offset: int
    limit: int
    woken: asyncio.Future[None]


class UpdateQueue:
    """`ledger` remembers every update ever made, for tests that ask which of them were confirmed."""

    conflict_pause = 3.0

    def __init__(self, clock: Clock, changes: Changes, faults: Faults, first_id: int = 100_000_001) -> None:
        self.ledger: list[Update] = []
        self.allowed: frozenset[str] | None = None
        self.webhook_active = False
        self.arrived = asyncio.Event()
        self._clock, self._changes, self._faults = clock, changes, faults
        self._next_id = first_id
        self._pending: OrderedDict[int, Update] = OrderedDict()
        self._again: list[Update] = []
        self._waiting: _Waiting | None = None
        self._last_offset: int | None = None
        self._last_poll_at = 0.0
        self._next_conflict_at = 0.0

    # -- filling ---------------------------------------------------------------------------------------------------

    def push(self, kind: str, content: dict[str, Any], lane: str) -> Update | None:
        """None when the bot did not ask for this kind; such an update is lost for ever, as in Telegram."""
        if not self.wants(kind):
            return None
        if self._faults.happens(self._faults.updates.novelty):
            content = {**content, "telepathy": {"depth": 1}}
        update_id = self._take_id()
        body = _encode({"update_id": update_id, kind: content})
        return self._enqueue(Update(update_id, kind, body, lane, self._clock.seconds() + LIFETIME_SECONDS))

    def inject(self, raw: dict[str, Any]) -> Update:
        """Any JSON object at all, past every filter; gets the next update_id unless it brings its own."""
        update_id = raw["update_id"] if isinstance(raw.get("update_id"), int) else self._take_id()
        self._next_id = max(self._next_id, update_id + 1)
        kind = next((name for name in raw if name != "update_id"), "")
        body = _encode({**raw, "update_id": update_id})
        expires_at = self._clock.seconds() + LIFETIME_SECONDS
        return self._enqueue(Update(update_id, kind, body, f"injected:{update_id}", expires_at))

    def inject_undecodable(self, chat: dict[str, Any], author: dict[str, Any]) -> Update:
        """A message as Telegram really sends it and aiogram 3.31 cannot read it (aiogram issue 1840)."""
        origin = {"type": "hidden_user", "date": self._clock.unix()}
        message = {"message_id": 1, "date": self._clock.unix(), "chat": chat, "from": author, "text": "?"}
        return self.inject({"message": {**message, "forward_origin": origin}})

    def renumber(self, next_id: int) -> None:
        """Continue from another number, as after a quiet week; it may be lower than the last one."""
        self._next_id = next_id

    def wants(self, kind: str) -> bool:
        return kind not in UNASKED_KINDS if self.allowed is None else kind in self.allowed

    def ask_for(self, allowed: list[str] | None) -> None:
        """None keeps the earlier answer, an empty list restores the default."""
        if allowed is not None:
            self.allowed = frozenset(allowed) if allowed else None

    def _take_id(self) -> int:
        self._next_id += 1
        return self._next_id - 1

    def _enqueue(self, update: Update) -> Update:
        self.ledger.append(update)
        self._pending[update.id] = update
        self.arrived.set()
        self._wake()
        self._changes.stir()
        return update

    # -- emptying --------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        self._expire()
        return len(self._pending) + len(self._again)

    @property
    def polled(self) -> bool:
        """Whether somebody is waiting for updates right now."""
        return self._waiting is not None

    def pending(self) -> list[Update]:
        self._expire()
        return list(self._pending.values())

    def confirm(self, update_id: int, fate: str = "confirmed") -> None:
        update = self._pending.pop(update_id, None)
        if update is None:
            return
        update.fate = fate
        if fate == "confirmed" and update.deliveries < 2 and self._faults.happens(self._faults.updates.duplicate):
            self._again.append(update)
        self._changes.stir()

    def take_duplicates(self) -> list[Update]:
        """Confirmed updates that are to be delivered once more."""
        again, self._again = self._again, []
        return again

    def drop_all(self) -> None:
        for update_id in list(self._pending):
            self.confirm(update_id, "dropped")
        self._again.clear()

    async def poll(self, offset: int, limit: int, timeout: float, allowed: list[str] | None) -> list[Update]:
        """getUpdates. Raises 409 when a webhook is set or when another poller starts to wait."""
        if self.webhook_active:
            raise Refused(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        self.ask_for(allowed)
        limit, timeout = min(max(limit, 1), 100), min(max(timeout, 0), LONGEST_POLL)
        limit, timeout = self._restrained(offset, limit, timeout)
        updates = self._take(offset, limit)
        if updates or timeout == 0:
            return updates
        return await self._wait(offset, limit, timeout)

    def _restrained(self, offset: int, limit: int, timeout: float) -> tuple[int, float]:
        """The same offset again within 3 seconds waits at least 3, within half a second gets one update."""
        now = time.monotonic()
        if offset == self._last_offset:
            if timeout < 3 and now < self._last_poll_at + 3.0:
                timeout = 3
            if now < self._last_poll_at + 0.5:
                limit = 1
        self._last_offset, self._last_poll_at = offset, now
        return limit, timeout

    async def _wait(self, offset: int, limit: int, timeout: float) -> list[Update]:
        self._interrupt(Refused(409, _TERMINATED))
        waiting = _Waiting(offset, limit, asyncio.get_running_loop().create_future())
        self._waiting = waiting
        self._changes.stir()
        try:
            async with asyncio.timeout(timeout):
                await waiting.woken
        except TimeoutError:
            return self._take(offset, limit)
        except Refused:
            await self._delay_conflict()
            raise
        finally:
            if self._waiting is waiting:
                self._waiting = None
        return self._take(offset, limit)

    async def _delay_conflict(self) -> None:
        """The first conflict is told at once, those within the next three seconds after a pause."""
        now = time.monotonic()
        if now >= self._next_conflict_at:
            self._next_conflict_at = now + self.conflict_pause
        else:
            await asyncio.sleep(self.conflict_pause)

    def interrupt_for_webhook(self) -> None:
        self._interrupt(Refused(409, _BY_WEBHOOK))

    def _interrupt(self, reason: Refused) -> None:
        if self._waiting is not None and not self._waiting.woken.done():
            self._waiting.woken.set_exception(reason)
        self._waiting = None

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.woken.done():
            self._waiting.woken.set_result(None)

    def _take(self, offset: int, limit: int) -> list[Update]:
        self._expire()
        if offset < 0:
            for update_id in list(self._pending)[:offset]:
                self.confirm(update_id, "dropped")
        elif 0 < offset <= self._next_id + 10:
            while self._pending and next(iter(self._pending)) < offset:
                self.confirm(next(iter(self._pending)))
        ready = self.take_duplicates()[:limit]
        ready += itertools.islice(self._pending.values(), limit - len(ready))
        for update in ready:
            update.deliveries += 1
        return ready

    def _expire(self) -> None:
        now = self._clock.seconds()
        while self._pending:
            update_id, update = next(iter(self._pending.items()))
            if update.expires_at > now:
                return
            self.confirm(update_id, "expired")
