"""What follows from a changed report, written in the same transaction: its version, alarms, news for the coordinators."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.checklist import Answer, AnswerValue, Checklists
from bot.domain.people import Actor
from bot.domain.report import CorrectionReason, Report, ReportState, content
from bot.domain.screen import Screen
from bot.screens import alarms
from bot.services.auditing import Auditing
from bot.services.staff import Staff
from storage import reports, reviews, sittings
from storage.database import Transaction
from storage.outbox import Priority, Repeat, cancel


@dataclass(frozen=True, slots=True)
class ReportConsequences:
    checklists: Checklists
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
            await self._tell_difference(tx, actor, content(old), new, now, reason)
        if old.state is ReportState.RETURNED and new.version > old.version:
            await self._tell_difference(tx, actor, await self._sent_before(tx, new), new, now, reason, returned=True)
        checklist = new.checklist_among(self.checklists)
        for code, answer in new.answers.items():
            before = old.answers.get(code)
            if answer != before and checklist.item(code).critical:
                await self._alarm(tx, actor, new, code, answer, before, now)
                if not old.sent and before is not None and before.value is AnswerValue.NO:
                    await self._withdraw(tx, actor, new, code, answer, now)

    async def _sent_before(self, tx: Transaction, report: Report) -> Mapping[str, Any]:
        """The version before this one."""
        sent = {each.version: each.content for each in await reviews.versions(tx, report.number)}
        held: Mapping[str, Any] = json.loads(sent[report.version - 1])
        return held

    async def _tell_difference(
        self,
        tx: Transaction,
        actor: Actor,
        old: Mapping[str, Any],
        new: Report,
        now: datetime,
        reason: CorrectionReason | None,
        *,
        returned: bool = False,
    ) -> None:
        """A correction after sending, or after it was returned: what it said before, and what it says now."""
        sitting = await sittings.sitting(tx, new.sitting_id)
        who = actor.person.code if actor.person is not None else ""
        await self.staff.tell(
            tx,
            now,
            f"corrected:{new.number}:{new.version}",
            alarms.corrected(sitting, old, new, who, reason, self.zone, returned=returned),
        )

    async def _alarm(
        self,
        tx: Transaction,
        actor: Actor,
        report: Report,
        code: str,
        answer: Answer,
        before: Answer | None,
        now: datetime,
    ) -> None:
        """Once for «Нет»; its words come into the same card, and are said under it. Other words later alarm again."""
        if answer.value is not AnswerValue.NO:
            return
        screen = await self._critical(tx, actor, report, code, answer, withdrawn=False)
        card = f"critical:{report.number}:{code}"
        cause = card + (":told" if answer.comment else "")
        again = f"again:{report.number}:{code}:{report.revision}"
        if answer.comment and before is not None and before.value is AnswerValue.NO and not before.comment:
            urgent: dict[str, Any] = {"priority": Priority.ALERT, "repeat": Repeat.CRITICAL}
            if await self.staff.tell(tx, now, cause, screen, edits=card, **urgent):
                said = alarms.critical_words(report.number, code, answer.comment)
                await self.staff.tell(tx, now, f"said:{report.number}:{code}", said, answers=card, **urgent)
                return
        for each in (cause, again):
            if await self.staff.tell(tx, now, each, screen, priority=Priority.ALERT, repeat=Repeat.CRITICAL):
                return

    async def _withdraw(
        self, tx: Transaction, actor: Actor, report: Report, code: str, answer: Answer, now: datetime
    ) -> None:
        """A «Нет» that alarmed was a mistap: whoever was alarmed learns it. After sending, the difference tells it."""
        if answer.value is AnswerValue.NO:
            return
        screen = await self._critical(tx, actor, report, code, answer, withdrawn=True)
        cause = f"withdrawn:{report.number}:{code}:{report.revision}"
        await self.staff.tell(tx, now, cause, screen, priority=Priority.ALERT)

    async def _critical(
        self, tx: Transaction, actor: Actor, report: Report, code: str, answer: Answer, *, withdrawn: bool
    ) -> Screen:
        sitting = await sittings.sitting(tx, report.sitting_id)
        who = actor.person.code if actor.person is not None else ""
        render = alarms.withdrawn if withdrawn else alarms.critical
        item = report.checklist_among(self.checklists).item(code)
        return render(sitting, item, answer, who, report.number, self.zone)
