"""From a school down to an answer: what the screens under a summary show."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.checklist import Answer, Checklist, Item
from bot.domain.drill_words import folded_class
from bot.domain.findings import FoundViolation
from bot.domain.people import SchoolId
from bot.domain.plan import Sitting
from bot.domain.report.record import Report, ReportKind
from bot.domain.report.states import ReportState
from bot.domain.summary import Review, SchoolSummary


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report in a school's day. `hidden`: the school may not open it yet."""

    number: int
    kind: ReportKind
    state: ReportState
    person_code: str
    answered: int
    asked: int
    violations: int
    critical: int
    photos: int
    arrived_at: datetime | None
    submitted_at: datetime | None
    hidden: bool


@dataclass(frozen=True, slots=True)
class WorkLine:
    sitting: Sitting
    reports: tuple[ReportLine, ...]


@dataclass(frozen=True, slots=True)
class SchoolDay:
    """`school` carries the figures of the summary."""

    school: SchoolSummary
    works: tuple[WorkLine, ...]

    def of_class(self, folded: str) -> "SchoolDay | None":
        """Only the works of this class; None when it has none. `folded` as `folded_class` does."""
        mine = tuple(work for work in self.works if folded_class(work.sitting.class_name) == folded)
        return replace(self, works=mine) if mine else None


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """A report as a coordinator reads it."""

    report: Report
    sitting: Sitting
    person_code: str
    checklist: Checklist
    violations: tuple[FoundViolation, ...]
    photos: int

    def review(self, item: str) -> Review:
        return next((each.review for each in self.violations if each.item == item), Review.NONE)

    def pair(self, item: str) -> tuple[Item, Answer | None]:
        """Raises `UnknownItem`."""
        return self.checklist.item(item), self.report.answers.get(item)


@dataclass(frozen=True, slots=True)
class DayOfSchool:
    """A line of a school's history."""

    day: date
    works: int
    received: int
    plan: int
    violations: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class ShownPhoto:
    """`content` None: it is not loaded yet."""

    id: int
    item: str
    content: bytes | None


@dataclass(frozen=True, slots=True)
class SchoolHistory:
    school_id: SchoolId
    name: str
    days: Sequence[DayOfSchool]
