"""A report together with all that a screen about it needs, and the refusals of looking one up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.asking import AskItem, AskRest, Pace, Question, next_question
from bot.domain.checklist import Checklist, Item, ReportForm, Stage
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
    told_stages: Mapping[str, datetime | None] = field(default_factory=dict)  # when each was, as they said
    afterwards: bool = False  # filled in after the lesson: each stage's time is asked once
    closed: bool = False  # the day takes no more corrections
    corrections_until: time = time(20)
    photos_stored: int | None = None  # of `photos`, those whose bytes came; None: all

    @property
    def photos_coming(self) -> int:
        return 0 if self.photos_stored is None else self.photos - self.photos_stored

    @property
    def items(self) -> tuple[Item, ...]:
        return self.report.items(self.checklist)

    @property
    def question(self) -> Question:
        return next_question(self.checklist, self.items, self.report.answers, stage=self.stage, pace=self.pace)

    @property
    def untimed_stage(self) -> Stage | None:
        """The stage of the next question, when the report is filled in afterwards and nobody said when that stage was."""
        question = self.question
        if not self.afterwards or not isinstance(question, AskItem | AskRest):
            return None
        return None if question.stage.code in self.told_stages else question.stage

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


@dataclass(frozen=True, slots=True)
class DayRules:
    """Until when a sent report of a day can be corrected, on the clocks of the municipality."""

    zone: ZoneInfo
    corrections_until: time = time(20)
    municipality_id: int = 1
    schools_see_reports: bool = False
    form: ReportForm = ReportForm.SHORT
    addons: tuple[str, ...] = ()
    names: bool = True  # whether names and phones are shown in the chat

    def closed(self, day: date, now: datetime, by_hand: bool | None) -> bool:
        """`by_hand`: what a coordinator decided; None when nobody did."""
        if by_hand is not None:
            return by_hand
        return now >= datetime.combine(day, self.corrections_until, tzinfo=self.zone)
