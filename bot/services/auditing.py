"""The audit as services write it."""

from datetime import datetime
from typing import Any

from bot.domain.people import Actor
from storage.audit import Audit
from storage.database import Transaction


class Auditing:
    def __init__(self, audit: Audit) -> None:
        self.chain = audit

    async def note(
        self, tx: Transaction, now: datetime, actor: Actor | None, action: str, object_: str, /, **details: Any
    ) -> None:
        """In the transaction of what it is about. `details` hold ids and states, never names or texts."""
        person_id = actor.person.id if actor is not None and actor.person is not None else None
        role = actor.memberships[0].role.value if actor is not None and actor.memberships else ""
        await self.chain.note(tx, now, person_id, role, action, object_, **details)
