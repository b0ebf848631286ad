"""What follows from a changed report, written in the same transaction: its version, alarms, news for the coordinators."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.checklist import Answer, AnswerValue, Checklist
from bot.domain.people import Actor
from bot.domain.report import CorrectionReason, Report
from bot.screens import alarms
from bot.services.auditing import Auditing
from bot.services.staff import Staff
from storage import reports, sittings
from storage.database import Transaction
from storage.outbox import Priority, Repeat, cancel


@dataclass(frozen=True, slots=True)
class ReportConsequences:
    checklist: Checklist
    auditing: Auditing
    staff: Staff
    zone: ZoneInfo

    async def follow(
        self, tx: Transaction, actor: Actor, old: Report, new: Report, now: datetime, reason: CorrectionReason | None
    ) -> None:
        """Everything that a change from `old` to `new` promises."""
        if new.version > old.version:
            assert actor.person is not None
            await reports.keep_version(tx, new, reason.value if reason else "", actor.person.id, now)
            await cancel(tx, now, f"remind:{new.number}")
            await self.auditing.note(tx, now, actor, "submit", f"report:{new.number}", version=new.version)
        if new.training:
            return
        if old.sent and new.version > old.version:
            await self._tell_difference(tx, actor, old, new, now, reason)
        for code, answer in new.answers.items():
            if answer != old.answers.get(code):
                await self._alarm(tx, actor, new, code, answer, now)

    async def _tell_difference(
        self, tx: Transaction, actor: Actor, old: Report, new: Report, now: datetime, reason: CorrectionReason | None
    ) -> None:
        """A correction after sending: what it said before, and what it says now."""
        sitting = await sittings.sitting(tx, new.sitting_id)
        who = actor.person.code if actor.person is not None else ""
        await self.staff.tell(
            tx,
            now,
            f"corrected:{new.number}:{new.version}",
            alarms.corrected(sitting, old, new, who, reason, self.zone),
        )

    async def _alarm(
        self, tx: Transaction, actor: Actor, report: Report, code: str, answer: Answer, now: datetime
    ) -> None:
        item = self.checklist.item(code)
        if answer.value is not AnswerValue.NO or not item.critical:
            return
        sitting = await sittings.sitting(tx, report.sitting_id)
        code_of_person = actor.person.code if actor.person is not None else ""
        cause = f"critical:{report.number}:{code}" + (":told" if answer.comment else "")
        await self.staff.tell(
            tx,
            now,
            cause,
            alarms.critical(sitting, item, answer, code_of_person, report.number, self.zone),
            priority=Priority.ALERT,
            repeat=Repeat.CRITICAL,
        )
