"""Several messages about one thing: seen side by side, worked as one case, answered to everybody."""

from datetime import datetime, timedelta

from bot.domain.errors import DomainError
from bot.domain.hotline.case import Case, Category
from bot.domain.hotline.due import due_at
from bot.domain.hotline.life import Event
from bot.domain.people import Actor
from bot.services.auditing import Auditing
from bot.services.hotline.access import Access
from bot.services.hotline.progress import Progress
from bot.services.hotline.rules import HotlineRules
from storage.database import Database
from storage.hotline import cases, ties

LOOK_BACK = timedelta(days=7)


class CannotJoin(DomainError):
    """A case cannot be joined to itself or to one that was itself joined to another."""


class NoSuchTie(DomainError):
    """No report has this number."""


class Joining:
    def __init__(
        self, database: Database, access: Access, progress: Progress, auditing: Auditing, rules: HotlineRules
    ) -> None:
        self._database = database
        self._access = access
        self._progress = progress
        self._auditing = auditing
        self._rules = rules

    async def similar(self, actor: Actor, case_id: str) -> tuple[Case, list[Case]]:
        """Other cases about the same school within a week before and after, the same section first."""
        async with self._database.read(snapshot=True) as reader:
            case = await self._access.need(reader, actor, case_id)
            if case.school_id is None:
                return case, []
            found = await cases.of_school_since(reader, case.school_id, case.accepted_at - LOOK_BACK, but=case.id)
        near = [other for other in found if other.accepted_at <= case.accepted_at + LOOK_BACK]
        return case, sorted(near, key=lambda other: (other.category is not case.category, other.accepted_at))

    async def join(self, actor: Actor, case_id: str, into_id: str, now: datetime) -> Case:
        """From now on the case is answered by the other one. Joined twice it is joined once. Raises `CannotJoin`."""
        async with self._database.transaction() as tx:
            case = await self._access.need(tx, actor, case_id)
            into = await self._access.need(tx, actor, into_id)
            if case.merged_into == into.id:
                return into
            if case.id == into.id or into.merged_into is not None or case.merged_into is not None:
                raise CannotJoin
            await self._progress.step(
                tx, case, Event.MERGE, now, actor=actor, detail=f"case:{into.id}", merged_into=into.id
            )
            return into

    async def tie(self, actor: Actor, case_id: str, report_number: int, now: datetime) -> Case:
        """To the observer's report about the same thing, and so to its sitting and violations. Raises `NoSuchTie`."""
        async with self._database.transaction() as tx:
            case = await self._access.need(tx, actor, case_id)
            sitting_id = await ties.sitting_of_report(tx, report_number)
            if sitting_id is None:
                raise NoSuchTie
            await cases.change(tx, case, report_number=report_number, sitting_id=sitting_id)
            await self._auditing.note(tx, now, actor, "hotline.tie", f"case:{case_id}", report=report_number)
            return case

    async def resection(self, actor: Actor, case_id: str, section: Category, now: datetime) -> Case:
        """Another section: the due date follows, the topic's title with the next message."""
        async with self._database.transaction() as tx:
            case = await self._access.need(tx, actor, case_id)
            if case.category is section:
                return case
            due = due_at(section, case.urgency, case.accepted_at, self._rules.zone, self._rules.is_working_day)
            await cases.change(tx, case, category=int(section), due_at=due)
            await self._auditing.note(
                tx, now, actor, "hotline.section", f"case:{case_id}", before=int(case.category), after=int(section)
            )
            changed = await cases.get(tx, case_id)
            assert changed is not None
            return changed
