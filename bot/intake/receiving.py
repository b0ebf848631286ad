"""A batch of raw updates becomes durable; only after that may the messenger forget it."""

import json
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from bot.intake.numbers import Numbers
from bot.sealing import Seal
from storage import inbox
from storage.database import Database

log = logging.getLogger(__name__)

PLATFORM = "tg"
# Explicit, because the server remembers the last list and a forgotten kind is silently absent (rules IN6).
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]


class Receiver:
    """Stores raw updates of one bot and hands the new ones on."""

    def __init__(
        self,
        database: Database,
        bot_id: int,
        seal: Seal,
        clock: Callable[[], datetime],
        hand_on: Callable[[Sequence[inbox.StoredUpdate]], None],
    ) -> None:
        self._database = database
        self._bot_id = bot_id
        self._seal = seal
        self._clock = clock
        self._hand_on = hand_on
        self._numbers: Numbers | None = None
        self.missed = 0

    async def receive(self, updates: Sequence[dict[str, Any]]) -> None:
        """Returns after the commit. Idempotent; an update without a number is reported and dropped, it cannot be confirmed."""
        batch = []
        for update in updates:
            update_id = number_of(update)
            if update_id is None:
                log.error("update without update_id, keys %s", sorted(update))
                continue
            # ASCII, because half a surrogate pair is legal in JSON and no text in UTF-8
            payload = self._seal.seal(json.dumps(update).encode("ascii"), about(update_id))
            batch.append(inbox.NewUpdate(update_id, self._seal.mark(lane_of(update)), payload))
        if not batch:
            self._tell_gaps()
            return
        await self._prime()
        async with self._database.transaction() as tx:
            stored = await inbox.store(tx, PLATFORM, self._bot_id, batch, self._clock())
        self._hand_on(stored)
        assert self._numbers is not None
        self._numbers.seen([update.update_id for update in batch], self._clock())
        self._tell_gaps()

    async def _prime(self) -> None:
        """Numbers go on from where an earlier run stopped."""
        if self._numbers is None:
            async with self._database.read() as reader:
                self._numbers = Numbers(await inbox.last_seen(reader, PLATFORM, self._bot_id))

    def _tell_gaps(self) -> None:
        if self._numbers is None or (gap := self._numbers.overdue(self._clock())) is None:
            return
        self.missed += gap.count
        log.error("%d updates never came, after %s", gap.count, gap.after.isoformat(timespec="seconds"))


def number_of(update: Any) -> int | None:
    """The update's number, when it has one that can be stored."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 2**63 else None


def about(update_id: int) -> str:
    """What a sealed payload is bound to."""
    return f"inbox|{update_id}"


def lane_of(update: dict[str, Any]) -> str:
    """Whose update it is. One person's updates are handled in order, different people's in parallel."""
    for value in update.values():
        if isinstance(value, dict):
            for key in ("from", "user", "sender_chat", "chat"):
                who = value.get(key)
                if isinstance(who, dict) and isinstance(who.get("id"), int):
                    return str(who["id"])
    return f"u{update.get('update_id')}"
