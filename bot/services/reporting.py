"""A report from the first tap to the receipt: every tap is one transaction and is saved when it returns."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.asking import Pace
from bot.domain.checklist import AnswerValue, Checklists
from bot.domain.errors import ItemNotAsked
from bot.domain.people import Actor, Role
from bot.domain.plan import Sitting
from bot.domain.report import CorrectionReason, Details, Report, ReportKind
from bot.domain.reporting import DayRules, Listed, NoSuchReport, ReportView
from bot.services.report_changes import Change, Circumstances, Hand, Said
from bot.services.report_consequences import ReportConsequences
from storage import day, report_page, reports
from storage.database import Database, Reader
from storage.report_page import ReportPage

WRITERS = (Role.OBSERVER, Role.COORDINATOR)


class Reporting:
    """Reads and writes reports for their owners, and for coordinators who enter another's words («внесено со слов»).

    Raises the refusals of `bot.domain.report`, and `NoSuchReport`.
    """

    def __init__(
        self, database: Database, checklists: Checklists, consequences: ReportConsequences, rules: DayRules, pace: Pace
    ) -> None:
        self._database = database
        self._checklists = checklists
        self._consequences = consequences
        self._rules = rules
        self._pace = pace

    async def mine(self, actor: Actor, now: datetime) -> list[Listed]:
        """This observer's reports of today and later."""
        person = actor.need(Role.OBSERVER)
        async with self._database.read() as reader:
            return await reports.of_person(reader, person.id, from_day=now.astimezone(self._rules.zone).date())

    async def view(self, actor: Actor, number: int, now: datetime, *, stage: str | None = None) -> ReportView:
        """Read only; the owner, or a coordinator."""
        async with self._database.read() as reader:
            return self._view(await self._owned(reader, actor, number), now, stage)

    async def open(
        self, actor: Actor, number: int, now: datetime, *, arrived_at: datetime | None = None, afterwards: bool = False
    ) -> ReportView:
        """The person begins, and says when they came. `afterwards`: they fill it in after the lesson."""
        stages = {day.AFTERWARDS: None} if afterwards else {}
        return await self.change(actor, number, now, [self._hand(actor, now).opening(arrived_at)], stages=stages)

    async def answer(
        self,
        actor: Actor,
        number: int,
        answers: Mapping[str, Said],
        now: datetime,
        *,
        only_gaps: bool = False,
        reason: CorrectionReason | None = None,
        message_id: int | None = None,
    ) -> ReportView:
        """Set answers by item code to (value, comment). Saying the same twice changes nothing and alarms nobody twice.

        `only_gaps`: «Да, оба пункта» fills what has no answer yet and never overwrites one.
        `message_id`: the message that said it, so that editing it corrects the answer.
        A critical «Нет» is promised to the coordinators in the same transaction.
        """
        last = next(reversed(list(answers)), None)
        change = self._hand(actor, now, reason).answering(answers, only_gaps=only_gaps)
        about = last if len(answers) == 1 and last else ""
        return await self.change(
            actor, number, now, [change], reason=reason, at_item=last, message_id=message_id, about=about
        )

    async def details(
        self, actor: Actor, number: int, details: Details, now: datetime, *, reason: CorrectionReason | None = None
    ) -> ReportView:
        """Set times and counts."""
        return await self.change(actor, number, now, [self._hand(actor, now, reason).detailing(details)], reason=reason)

    async def tell_stage(
        self, actor: Actor, number: int, stage: str, happened_at: datetime | None, now: datetime
    ) -> ReportView:
        """When a stage was: its answers get that time as «когда было». None: not remembered."""
        return await self.change(actor, number, now, [], stages={stage: happened_at}, stage=stage)

    async def send(self, actor: Actor, number: int, now: datetime) -> ReportView:
        """Send it; twice is once. Keeps what was sent for ever and withdraws the reminders about it."""
        return await self.change(actor, number, now, [self._hand(actor, now).sending()])

    async def dictate(
        self,
        actor: Actor,
        number: int,
        answers: Mapping[str, Said],
        rest: Mapping[str, Said],
        details: Details,
        now: datetime,
        *,
        reason: CorrectionReason | None = None,
        message_id: int | None = None,
    ) -> ReportView:
        """A whole message as one change: `answers` overwrite, `rest` fills gaps, `details` are times and counts."""
        hand = self._hand(actor, now, reason)
        changes = [hand.answering(answers), hand.answering(rest, only_gaps=True)]
        if details:
            changes.append(hand.detailing(details))
        return await self.change(actor, number, now, changes, reason=reason, message_id=message_id)

    async def reword(self, actor: Actor, number: int, code: str, comment: str, now: datetime) -> ReportView:
        """The message of a comment was edited: the comment follows, in a sent report as a correction.

        Raises `ItemNotAsked` when the answer is not «Нет» any more and so has no comment to change.
        """
        view = await self.view(actor, number, now)
        answer = view.report.answers.get(code)
        if answer is None or answer.value is not AnswerValue.NO:
            raise ItemNotAsked(number, code)
        reason = CorrectionReason.CLARIFIED if view.report.sent else None
        return await self.answer(actor, number, {code: (answer.value, comment)}, now, reason=reason)

    async def said_by_message(self, actor: Actor, message_id: int) -> tuple[int, str] | None:
        """(report, item) of a message that was an answer; item '' is a dictated report."""
        async with self._database.read() as reader:
            return await day.said_by_message(reader, actor.account, message_id)

    async def change(
        self,
        actor: Actor,
        number: int,
        now: datetime,
        changes: Sequence[Change],
        *,
        reason: CorrectionReason | None = None,
        stage: str | None = None,
        at_item: str | None = None,
        stages: Mapping[str, datetime | None] | None = None,
        message_id: int | None = None,
        about: str = "",
    ) -> ReportView:
        """All changes or none of them, in one transaction. The view is at `stage`, or at that of `at_item`."""
        actor.need(*WRITERS)
        async with self._database.transaction() as tx:
            page = await self._owned(tx, actor, number)
            checklist = page.report.checklist_among(self._checklists)
            if at_item is not None:
                stage = checklist.item(at_item).stage
            for code, happened_at in (stages or {}).items():
                if code != day.AFTERWARDS:
                    checklist.stage(code)
                await day.tell_stage(tx, number, code, happened_at, now)
            page = replace(page, stages=page.stages | (dict(stages) if stages else {}))
            around = Circumstances(page.stages, self._closed(page, now))
            old = new = page.report
            for change in changes:
                new = change(new, around)
            if new is not old:
                saved = await reports.save(tx, old, new)
                assert saved, "one writer: nobody can have been faster inside the transaction"
                await self._consequences.follow(tx, actor, old, new, now, reason)
            if message_id is not None:
                await day.remember_message(tx, actor.account, message_id, number, about)
            return self._view(replace(page, report=new), now, stage)

    def bare_view(self, report: Report, sitting: Sitting) -> ReportView:
        """What is already read, as a view: for messages that say how much is left."""
        now = report.touched_at or report.due_at
        checklist = report.checklist_among(self._checklists)
        return ReportView(report, sitting, checklist, 0, now, self._rules.zone, self._pace)

    def _hand(self, actor: Actor, now: datetime, reason: CorrectionReason | None = None) -> Hand:
        return Hand(actor, self._checklists, now, reason)

    async def _owned(self, reader: Reader, actor: Actor, number: int) -> ReportPage:
        page = await report_page.load(reader, number, self._rules.municipality_id)
        if page is None or page.report.kind is not ReportKind.OBSERVER:
            raise NoSuchReport(number)
        if actor.person is None or (page.report.person_id != actor.person.id and not actor.has(Role.COORDINATOR)):
            raise NoSuchReport(number)  # whether a number exists is nobody else's business
        return page

    def _closed(self, page: ReportPage, now: datetime) -> bool:
        return self._rules.closed(page.sitting.date, now, page.closed_by_hand)

    def _view(self, page: ReportPage, now: datetime, stage: str | None) -> ReportView:
        return ReportView(
            page.report,
            page.sitting,
            page.report.checklist_among(self._checklists),
            page.photos,
            now,
            self._rules.zone,
            self._pace,
            stage,
            page.stages,
            day.AFTERWARDS in page.stages,
            self._closed(page, now),
            self._rules.corrections_until,
            page.photos_stored,
        )
