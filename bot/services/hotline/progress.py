"""One step in the life of a case: the table decides, the row changes, the history and the audit remember."""

from datetime import datetime
from typing import Any

from bot.domain.hotline.case import OVER, WAITS_FOR_STAFF, Case
from bot.domain.hotline.due import due_at
from bot.domain.hotline.life import Event, after
from bot.domain.people import Actor
from bot.services.auditing import Auditing
from bot.services.hotline.rules import HotlineRules
from storage.database import Transaction
from storage.hotline import cases, messages


class Progress:
    def __init__(self, auditing: Auditing, rules: HotlineRules) -> None:
        self._auditing = auditing
        self._rules = rules

    async def step(
        self,
        tx: Transaction,
        case: Case,
        event: Event,
        now: datetime,
        *,
        actor: Actor | None = None,
        source: str | None = None,
        detail: str = "",
        **fields: Any,
    ) -> Case:
        """Returns the case as it is now. Raises `CaseStepNotPossible`; the same `source` steps once.

        `actor` is staff; for the writer's own steps it is None and nobody is noted.
        """
        if source is not None and await messages.event_is_known(tx, source):
            return case
        status = after(case.status, event)
        changes: dict[str, Any] = {"status": status.value, **fields}
        if status in OVER and not case.is_over:
            changes["closed_at"] = now
        elif status not in OVER and case.is_over:
            changes |= {"closed_at": None, "warned_at": None}
        if status in WAITS_FOR_STAFF and case.status not in WAITS_FOR_STAFF:  # an answer is owed again
            rules = self._rules
            changes["due_at"] = due_at(case.category, case.urgency, now, rules.zone, rules.is_working_day)
        person_id = actor.person.id if actor is not None and actor.person is not None else None
        await cases.change(tx, case, **changes)
        await messages.note_event(
            tx, case.id, now, event, case.status, status, person_id=person_id, detail=detail, source=source
        )
        if actor is not None:
            await self._auditing.note(
                tx,
                now,
                actor,
                f"hotline.{event.value}",
                f"case:{case.id}",
                before=case.status.value,
                after=status.value,
            )
        changed = await cases.get(tx, case.id)
        assert changed is not None
        return changed
