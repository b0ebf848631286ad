"""A report together with all that a screen about it needs, and the refusals of looking one up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.asking import Pace, Question, next_question
from bot.domain.checklist import Checklist, Item
from bot.domain.errors import DomainError
from bot.domain.plan import Sitting
from bot.domain.report import Doubt, Lesson, Report, warnings


@dataclass(eq=False)
class NoSuchReport(DomainError):
    """There is no such report, or it is not for this person to see."""

    number: int


@dataclass(frozen=True, slots=True)
class ReportView:
    """All that a screen about a report needs."""

    report: Report
    sitting: Sitting
    checklist: Checklist
    photos: int
    now: datetime
    zone: ZoneInfo
    pace: Pace
    stage: str | None = None  # where the person is

    @property
    def items(self) -> tuple[Item, ...]:
        return self.report.items(self.checklist)

    @property
    def question(self) -> Question:
        return next_question(self.checklist, self.items, self.report.answers, stage=self.stage, pace=self.pace)

    @property
    def lesson(self) -> Lesson:
        return Lesson(self.sitting.begins(self.zone), timedelta(minutes=self.sitting.duration_min))

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        return warnings(self.report, self.checklist, now=self.now, lesson=self.lesson)


@dataclass(frozen=True, slots=True)
class Listed:
    """A report with its sitting, for lists: without its answers, only how many there are."""

    report: Report
    sitting: Sitting
    answered: int
