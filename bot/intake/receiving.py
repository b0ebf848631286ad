"""A batch of raw updates becomes durable; only after that may the messenger forget it."""

import json
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

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
        self.last_update_id: int | None = None

    async def receive(self, updates: Sequence[dict[str, Any]]) -> None:
        """Returns after the commit. Idempotent; an update without a number is reported and dropped, it cannot be confirmed."""
        batch = []
        for update in updates:
            update_id = update.get("update_id")
            if not isinstance(update_id, int):
                log.error("update without update_id, keys %s", sorted(update))
                continue
            payload = self._seal.seal(json.dumps(update, ensure_ascii=False).encode(), about(update_id))
            batch.append(inbox.NewUpdate(update_id, lane_of(update), payload))
        if not batch:
            return
        async with self._database.transaction() as tx:
            stored = await inbox.store(tx, PLATFORM, self._bot_id, batch, self._clock())
        self.last_update_id = batch[-1].update_id
        self._hand_on(stored)


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
