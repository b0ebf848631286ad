"""Several messages about one thing: seen side by side, worked as one case, answered to everybody."""

from datetime import datetime, timedelta

from bot.domain.errors import DomainError
from bot.domain.hotline.case import Case, Category
from bot.domain.hotline.due import due_at
from bot.domain.hotline.life import Event
from bot.domain.hotline.tying import Tie
from bot.domain.people import Actor
from bot.services.auditing import Auditing
from bot.services.hotline.access import Access
from bot.services.hotline.desk import CaseGone
from bot.services.hotline.keyring import CaseIsShredded, CaseSeal, Keyring
from bot.services.hotline.progress import Progress
from bot.services.hotline.rules import HotlineRules
from storage.database import Database, Transaction
from storage.hotline import cases, joins, messages, ties

LOOK_BACK = timedelta(days=7)


class CannotJoin(DomainError):
    """A case cannot be joined to itself or to one that was itself joined to another."""


class JoinedTooLate(DomainError):
    """The other case is over: nobody would answer this one any more."""


class NoSuchTie(DomainError):
    """No report has this number."""


class NotViolatedThere(DomainError):
    """The report does not say «нет» to this item."""

    def __init__(self, report: int, item: str) -> None:
        super().__init__()
        self.report = report
        self.item = item


class Joining:
    def __init__(
        self,
        database: Database,
        keyring: Keyring,
        access: Access,
        progress: Progress,
        auditing: Auditing,
        rules: HotlineRules,
    ) -> None:
        self._database = database
        self._keyring = keyring
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
        """From now on the case is answered by the other one, and so are those that were joined to it before: nobody is two
        steps away from an answer. An answer given already was for another writer, so the other case goes back to work.
        Joined twice it is joined once. Raises `CannotJoin`, `JoinedTooLate`."""
        async with self._database.transaction() as tx:
            case = await self._access.need(tx, actor, case_id)
            into = await self._access.need(tx, actor, into_id)
            if case.merged_into == into.id:
                return into
            if case.id == into.id or into.merged_into is not None or case.merged_into is not None:
                raise CannotJoin
            if into.is_over:
                raise JoinedTooLate
            detail = await joins.detail(tx, into.id)
            await self._progress.step(tx, case, Event.MERGE, now, actor=actor, detail=detail, merged_into=into.id)
            for other in await cases.joined_to(tx, case.id):
                await self._join_along(tx, actor, other, into, now)
            return await self._progress.step(tx, into, Event.ENLARGE, now, actor=actor, detail=f"case:{case.id}")

    async def _join_along(self, tx: Transaction, actor: Actor, case: Case, into: Case, now: datetime) -> None:
        """A case that was answered by the one just joined: it stays what it is, only its answers come from elsewhere."""
        person = actor.person.id if actor.person is not None else None
        detail = await joins.detail(tx, into.id)
        await cases.change(tx, case, merged_into=into.id)
        await messages.note_event(
            tx, case.id, now, Event.MERGE, case.status, case.status, person_id=person, detail=detail
        )
        status = case.status.value
        await self._auditing.note(
            tx, now, actor, f"hotline.{Event.MERGE.value}", f"case:{case.id}", before=status, after=status
        )

    async def tie(self, actor: Actor, case_id: str, tie: Tie, now: datetime) -> Case:
        """To the observer's report about the same thing and so to its sitting, to one violation of it, or to a decision.

        Raises `NoSuchTie`, `NotViolatedThere`, `CaseGone`.
        """
        seal = await self._seal(case_id) if tie.decision else None
        async with self._database.transaction() as tx:
            case = await self._access.need(tx, actor, case_id)
            if seal is not None:
                await cases.change(tx, case, decision=seal.seal(tie.decision, "decision"))
            else:
                await self._tie_to_report(tx, case, tie)
            await self._auditing.note(
                tx, now, actor, "hotline.tie", f"case:{case_id}",
                report=tie.report, item=tie.item, decision=bool(tie.decision),
            )  # fmt: skip
            return case

    async def _tie_to_report(self, tx: Transaction, case: Case, tie: Tie) -> None:
        sitting_id = None if tie.report is None else await ties.sitting_of_report(tx, tie.report)
        if tie.report is None or sitting_id is None:
            raise NoSuchTie
        if tie.item and not await ties.is_violated(tx, tie.report, tie.item):
            raise NotViolatedThere(tie.report, tie.item)
        await cases.change(tx, case, report_number=tie.report, sitting_id=sitting_id, violation=tie.item)

    async def _seal(self, case_id: str) -> CaseSeal:
        try:
            return await self._keyring.case_seal(case_id)
        except CaseIsShredded:
            raise CaseGone from None

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
