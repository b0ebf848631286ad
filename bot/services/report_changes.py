"""What a person may do to a report, as functions that a transaction applies one after the other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.checklist import AnswerValue, Checklists
from bot.domain.people import Actor, Role
from bot.domain.report import CorrectionReason, Details, Report, open_report, set_answer, set_details, submit

Said = tuple[AnswerValue, str]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Read in the same transaction: when each stage was, as the person said, and whether the day is closed."""

    stages: Mapping[str, datetime | None]
    closed: bool


Change = Callable[[Report, Circumstances], Report]


@dataclass(frozen=True, slots=True)
class Hand:
    """Who writes: the owner, or a coordinator who enters another's words («внесено со слов»)."""

    actor: Actor
    checklists: Checklists
    now: datetime
    reason: CorrectionReason | None = None  # of a change after sending

    def opening(self, arrived_at: datetime | None = None) -> Change:
        """They begin, and say when they came; the first word about that counts."""

        def change(report: Report, around: Circumstances) -> Report:
            by, on_behalf = self._by(report)
            if on_behalf and report.sent:
                return report  # a coordinator looks at it
            checklist = report.checklist_among(self.checklists)
            report = open_report(report, checklist, by=by, now=self.now, on_behalf=on_behalf)
            if arrived_at is None or report.arrived_at is not None:
                return report
            return set_details(report, checklist, by=by, now=self.now, on_behalf=on_behalf, arrived_at=arrived_at)

        return change

    def answering(self, answers: Mapping[str, Said], *, only_gaps: bool = False) -> Change:
        """`only_gaps`: fills what has no answer yet and never overwrites one."""

        def change(report: Report, around: Circumstances) -> Report:
            by, on_behalf = self._by(report)
            checklist = report.checklist_among(self.checklists)
            for code, (value, comment) in answers.items():
                if only_gaps and code in report.answers:
                    continue
                report = set_answer(
                    report,
                    checklist,
                    code,
                    value,
                    by=by,
                    now=self.now,
                    comment=comment,
                    reason=self.reason,
                    happened_at=around.stages.get(checklist.item(code).stage),
                    day_closed=self._closed(report, around, on_behalf),
                    on_behalf=on_behalf,
                )
            return report

        return change

    def detailing(self, details: Details) -> Change:
        def change(report: Report, around: Circumstances) -> Report:
            by, on_behalf = self._by(report)
            return set_details(
                report,
                report.checklist_among(self.checklists),
                by=by,
                now=self.now,
                reason=self.reason,
                day_closed=self._closed(report, around, on_behalf),
                on_behalf=on_behalf,
                **details,
            )

        return change

    def sending(self) -> Change:
        def change(report: Report, around: Circumstances) -> Report:
            by, on_behalf = self._by(report)
            return submit(report, report.checklist_among(self.checklists), by=by, now=self.now, on_behalf=on_behalf)

        return change

    def _by(self, report: Report) -> tuple[int, bool]:
        """(person, whether it is another's report)."""
        person = self.actor.need(Role.OBSERVER, Role.COORDINATOR)
        return person.id, report.person_id != person.id and self.actor.has(Role.COORDINATOR)

    def _closed(self, report: Report, around: Circumstances, on_behalf: bool) -> bool:
        """A closed day takes no corrections; what was never sent, or came back, is still wanted."""
        return around.closed and report.sent and not on_behalf
