"""News of cases to the staff: into the case's topic, or to everybody on duty in private. Never a word of the case."""

from datetime import datetime

from bot.domain.hotline.case import Case, Urgency
from bot.domain.people import Role
from bot.screens import hotline_desk as screens
from bot.services.hotline.rules import HotlineRules
from bot.services.staff import Staff
from bot.texts import hotline_desk as words
from bot.texts.hotline import number
from storage.database import Transaction
from storage.outbox import Priority, Promise, Repeat, gather, promise

WAITING = "hl-waiting"  # new cases that can be told of together
DESK_ROLES = (Role.OPERATOR, Role.COORDINATOR)


class Bell:
    def __init__(self, staff: Staff, rules: HotlineRules) -> None:
        self._staff = staff
        self._rules = rules

    async def new_case(self, tx: Transaction, case: Case, now: datetime) -> None:
        critical = case.urgency is Urgency.CRITICAL
        if self._rules.group_id is not None:
            await self._to_topic(tx, case, now, f"hl-new:{case.id}", {"render": "hotline_card", "case": case.id})
        if critical:
            await self._in_private(tx, case, now, f"hl-new:{case.id}", "")
        elif self._rules.group_id is None:
            await self._new_in_private(tx, case, now)

    async def again(self, tx: Transaction, case: Case, now: datetime, cause: str, what: str) -> None:
        """Something happened to a case that is known: `what` comes before the number. Once for each `cause`."""
        if self._rules.group_id is not None:
            payload = {"render": "hotline_news", "case": case.id, "what": what}
            await self._to_topic(tx, case, now, cause, payload)
        else:
            await self._in_private(tx, case, now, cause, what)

    async def before_deletion(self, tx: Transaction, case: Case, now: datetime) -> None:
        """A week before its texts are deleted, everybody on duty is told; holding it needs a reason."""
        screen = screens.before_deletion(case)
        await self._staff.tell(tx, now, f"hl-warn:{case.id}:{now:%Y%m%d}", screen, roles=DESK_ROLES)

    async def _to_topic(self, tx: Transaction, case: Case, now: datetime, cause: str, payload: dict[str, str]) -> None:
        urgent = case.urgency is Urgency.CRITICAL
        await promise(
            tx,
            now,
            [
                Promise(
                    f"{cause}:topic",
                    f"desk:{case.id}",
                    payload,
                    Priority.ALERT if urgent else Priority.HOTLINE,
                    Repeat.CRITICAL if urgent else Repeat.ORDINARY,
                )
            ],
        )

    async def _new_in_private(self, tx: Transaction, case: Case, now: datetime) -> None:
        """On a day of many cases those that nobody was told of yet come in one message."""
        payload = {"render": "hotline_new", "cases": [case.id]}
        key = f"{WAITING}:{case.id}"
        await self._staff.tell(tx, now, key, payload, priority=Priority.HOTLINE, roles=DESK_ROLES)
        await gather(tx, now, WAITING, "cases")

    async def _in_private(self, tx: Transaction, case: Case, now: datetime, cause: str, what: str) -> None:
        urgent = case.urgency is Urgency.CRITICAL
        text = words.news(number(case.year, case.number), case.category, critical=urgent, again=what)
        await self._staff.tell(
            tx,
            now,
            cause,
            screens.news(case.id, text),
            priority=Priority.ALERT if urgent else Priority.HOTLINE,
            repeat=Repeat.CRITICAL if urgent else Repeat.ORDINARY,
            roles=DESK_ROLES,
        )
