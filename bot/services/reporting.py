"""A report from the first tap to the receipt: every tap is one transaction and is saved when it returns."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.asking import Pace
from bot.domain.checklist import Answer, AnswerValue, Checklist
from bot.domain.people import Actor, Role
from bot.domain.report import (
    CorrectionReason,
    Details,
    Report,
    blockers,
    open_report,
    set_answer,
    set_details,
    submit,
)
from bot.domain.reporting import Listed, NoSuchReport, ReportView
from bot.screens import alarms
from bot.services.auditing import Auditing
from bot.services.staff import Staff
from storage import photos, reports, sittings
from storage.database import Database, Reader, Transaction
from storage.outbox import Priority, Repeat, cancel

Change = Callable[[Report], Report]


class Reporting:
    """Reads and writes reports for their owners. Raises the refusals of `bot.domain.report`, and `NoSuchReport`."""

    def __init__(
        self, database: Database, checklist: Checklist, auditing: Auditing, staff: Staff, zone: ZoneInfo, pace: Pace
    ) -> None:
        self._database = database
        self._checklist = checklist
        self._auditing = auditing
        self._staff = staff
        self._zone = zone
        self._pace = pace

    async def mine(self, actor: Actor, now: datetime) -> list[Listed]:
        """This observer's reports of today and later."""
        person = actor.need(Role.OBSERVER)
        async with self._database.read() as reader:
            return await reports.of_person(reader, person.id, from_day=now.astimezone(self._zone).date())

    async def view(self, actor: Actor, number: int, now: datetime, *, stage: str | None = None) -> ReportView:
        """Read only; the owner, or a coordinator."""
        async with self._database.read(snapshot=True) as reader:
            report = await self._owned(reader, actor, number)
            return await self._view(reader, report, now, stage)

    async def open(self, actor: Actor, number: int, now: datetime, *, arrived_at: datetime | None = None) -> ReportView:
        """The person begins, and says when they came."""

        def change(report: Report) -> Report:
            person = actor.need(Role.OBSERVER)
            report = open_report(report, self._checklist, by=person.id, now=now)
            if arrived_at is None or report.arrived_at is not None:
                return report
            return set_details(report, self._checklist, by=person.id, now=now, arrived_at=arrived_at)

        return await self._change(actor, number, now, change)

    async def answer(
        self,
        actor: Actor,
        number: int,
        answers: dict[str, tuple[AnswerValue, str]],
        now: datetime,
        *,
        only_gaps: bool = False,
        reason: CorrectionReason | None = None,
        happened_at: datetime | None = None,
    ) -> ReportView:
        """Set answers by item code to (value, comment). Saying the same twice changes nothing and alarms nobody twice.

        `only_gaps`: «Да, оба пункта» fills what has no answer yet and never overwrites one.
        A critical «Нет» is promised to the coordinators in the same transaction.
        """
        person = actor.need(Role.OBSERVER)

        def change(report: Report) -> Report:
            for code, (value, comment) in answers.items():
                if only_gaps and code in report.answers:
                    continue
                report = set_answer(
                    report,
                    self._checklist,
                    code,
                    value,
                    by=person.id,
                    now=now,
                    comment=comment,
                    reason=reason,
                    happened_at=happened_at,
                )
            return report

        last = next(reversed(answers), None)
        stage = self._checklist.item(last).stage if last else None
        return await self._change(actor, number, now, change, stage=stage, reason=reason)

    async def details(
        self,
        actor: Actor,
        number: int,
        details: Details,
        now: datetime,
        *,
        reason: CorrectionReason | None = None,
        stage: str | None = None,
    ) -> ReportView:
        """Set times and counts."""
        person = actor.need(Role.OBSERVER)
        return await self._change(
            actor,
            number,
            now,
            lambda report: set_details(report, self._checklist, by=person.id, now=now, reason=reason, **details),
            stage=stage,
            reason=reason,
        )

    async def send(self, actor: Actor, number: int, now: datetime) -> ReportView:
        """Send it; twice is once. Keeps what was sent for ever and withdraws the reminders about it."""
        person = actor.need(Role.OBSERVER)
        return await self._change(
            actor, number, now, lambda report: submit(report, self._checklist, by=person.id, now=now)
        )

    async def _change(
        self,
        actor: Actor,
        number: int,
        now: datetime,
        change: Change,
        *,
        stage: str | None = None,
        reason: CorrectionReason | None = None,
    ) -> ReportView:
        async with self._database.transaction() as tx:
            old = await self._owned(tx, actor, number)
            new = change(old)
            if new is not old:
                saved = await reports.save(tx, old, new)
                assert saved, "one writer: nobody can have been faster inside the transaction"
                await self._consequences(tx, actor, old, new, now, reason)
            return await self._view(tx, new, now, stage)

    async def _consequences(
        self, tx: Transaction, actor: Actor, old: Report, new: Report, now: datetime, reason: CorrectionReason | None
    ) -> None:
        if new.version > old.version:
            assert actor.person is not None
            await reports.keep_version(tx, new, reason.value if reason else "", actor.person.id, now)
            await cancel(tx, now, f"remind:{new.number}:")
            await self._auditing.note(tx, now, actor, "submit", f"report:{new.number}", version=new.version)
        if new.training:
            return
        for code, answer in new.answers.items():
            if answer != old.answers.get(code):
                await self._alarm(tx, actor, new, code, answer, now)

    async def _alarm(
        self, tx: Transaction, actor: Actor, report: Report, code: str, answer: Answer, now: datetime
    ) -> None:
        item = self._checklist.item(code)
        if answer.value is not AnswerValue.NO or not item.critical:
            return
        sitting = await sittings.sitting(tx, report.sitting_id)
        code_of_person = actor.person.code if actor.person is not None else ""
        cause = f"critical:{report.number}:{code}" + (":told" if answer.comment else "")
        await self._staff.tell(
            tx,
            now,
            cause,
            alarms.critical(sitting, item, answer, code_of_person, report.number, self._zone),
            priority=Priority.ALERT,
            repeat=Repeat.CRITICAL,
        )

    async def _owned(self, reader: Reader, actor: Actor, number: int) -> Report:
        report = await reports.load(reader, number)
        if report is None:
            raise NoSuchReport(number)
        if actor.person is None or (report.person_id != actor.person.id and not actor.has(Role.COORDINATOR)):
            raise NoSuchReport(number)  # whether a number exists is nobody else's business
        return report

    async def _view(self, reader: Reader, report: Report, now: datetime, stage: str | None) -> ReportView:
        sitting = await sittings.sitting(reader, report.sitting_id)
        count = await photos.count(reader, report.number)
        return ReportView(report, sitting, self._checklist, count, now, self._zone, self._pace, stage)


def gaps(view: ReportView) -> Sequence[str]:
    """Codes of what blocks sending, in the order to ask."""
    return [blocker.item.code for blocker in blockers(view.report, view.checklist)]
