"""A day, or several days, in numbers: every figure is a part of a whole, and the parts are checked against it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Final

from bot.domain.checklist import Severity
from bot.domain.errors import LedgerUnbalanced
from bot.domain.ledger import EMPTY, Ledger
from bot.domain.people import SchoolId
from bot.domain.period import Period
from bot.domain.report.states import ReportState


class Review(StrEnum):
    """What the coordinator decided about a violation; NONE while nobody has."""

    NONE = ""
    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    CLARIFY = "clarify"
    MEASURES = "measures"


# «Меры приняты» is said of what was found true, so it is confirmed as well.
CONFIRMED: Final = frozenset({Review.CONFIRMED, Review.MEASURES})


@dataclass(frozen=True, slots=True)
class SittingCounts:
    """Held: a report was received, or somebody told its end. Running: begun, not ended. Silent: nothing is known.

    Raises `LedgerUnbalanced` when the parts are not the plan.
    """

    plan: int
    held: int
    running: int
    silent: int
    cancelled: int

    def __post_init__(self) -> None:
        total = self.held + self.running + self.silent + self.cancelled
        if total != self.plan:
            raise LedgerUnbalanced(plan=self.plan, total=total)

    def __add__(self, other: "SittingCounts") -> "SittingCounts":
        return SittingCounts(
            self.plan + other.plan,
            self.held + other.held,
            self.running + other.running,
            self.silent + other.silent,
            self.cancelled + other.cancelled,
        )


NO_SITTINGS: Final = SittingCounts(0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class ViolationCounts:
    """«Нет» in reports that were received, training apart: how many of each severity and review."""

    counts: Mapping[tuple[Severity, Review], int] = field(default_factory=dict)

    @classmethod
    def of(cls, found: Iterable[tuple[Severity, Review, int]]) -> "ViolationCounts":
        counts: Counter[tuple[Severity, Review]] = Counter()
        for severity, review, count in found:
            counts[severity, review] += count
        return cls(counts)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def severe(self, severity: Severity) -> int:
        return sum(count for (each, _), count in self.counts.items() if each is severity)

    def reviewed(self, *reviews: Review) -> int:
        return sum(count for (_, each), count in self.counts.items() if each in reviews)

    @property
    def critical(self) -> int:
        return self.severe(Severity.CRITICAL)

    @property
    def confirmed(self) -> int:
        return self.reviewed(*CONFIRMED)

    def __add__(self, other: "ViolationCounts") -> "ViolationCounts":
        return ViolationCounts(Counter(self.counts) + Counter(other.counts))


NO_VIOLATIONS: Final = ViolationCounts()


@dataclass(frozen=True, slots=True)
class SchoolSummary:
    """One school in the period. `clean` are received reports of observers without a single «Нет». `at_risk`: on a risk list.

    `own_violations`: how many of `violations` stand in reports of the school itself.
    """

    school_id: SchoolId
    name: str
    at_risk: bool = False
    sittings: SittingCounts = NO_SITTINGS
    observers: Ledger = EMPTY
    school: Ledger = EMPTY
    violations: ViolationCounts = NO_VIOLATIONS
    own_violations: int = 0
    answers: int = 0
    clean: int = 0
    photos: int = 0

    @property
    def in_plan(self) -> bool:
        """A school all of whose works are cancelled is listed, but no share is counted of it."""
        return self.sittings.plan > self.sittings.cancelled

    @property
    def observed(self) -> bool:
        return self.observers.received > 0

    @property
    def reports(self) -> Ledger:
        return self.observers + self.school

    @property
    def awaited(self) -> int:
        return self.reports.awaited

    @property
    def needs_attention(self) -> bool:
        """A violation, an overdue report, or not a single report where one is expected."""
        silent = self.observers.awaited > 0 and self.observers.received == 0
        return bool(self.violations.total or self.observers.missed or silent)


@dataclass(frozen=True, slots=True)
class Lately:
    """What came within the last hour."""

    reports: int = 0
    violations: int = 0


@dataclass(frozen=True, slots=True)
class HotlineCounts:
    """`fresh` came in the period; `open` and `overdue` are of the moment, whenever they came."""

    fresh: int = 0
    open: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Briefed:
    """Instructions of school coordinators about the days of the period: how many were sent, read, read in time."""

    sent: int = 0
    read: int = 0
    in_time: int = 0


@dataclass(frozen=True, slots=True)
class Uploads:
    """Works that are not cancelled, by the upload of their results. `due`: the next day until which one is awaited."""

    works: int = 0
    done: int = 0
    overdue: int = 0
    due: date | None = None


def together(ledgers: Iterable[Ledger]) -> Ledger:
    """Many ledgers as one, the sums checked once."""
    counts: Counter[ReportState] = Counter()
    plan = 0
    for ledger in ledgers:
        plan += ledger.plan
        counts.update(ledger.counts)
    return Ledger(plan, counts)


def _all_sittings(counts: Iterable[SittingCounts]) -> SittingCounts:
    every = [(each.plan, each.held, each.running, each.silent, each.cancelled) for each in counts]
    return SittingCounts(*map(sum, zip(*every, strict=True))) if every else NO_SITTINGS


@dataclass(frozen=True)
class Summary:
    """`plan` is counted apart from the schools' ledgers. Raises `LedgerUnbalanced` when they are not the same.

    `training` counts rehearsal reports and `returned_violations` «Нет» in reports sent back: neither is in any other figure.
    """

    period: Period
    at: datetime
    plan: int
    schools: tuple[SchoolSummary, ...]
    lately: Lately = Lately()
    training: int = 0
    returned_violations: int = 0
    hotline: HotlineCounts | None = None  # only for those who see the whole municipality
    uploads: Uploads = Uploads()
    briefed: Briefed = Briefed()
    arrivals: tuple[tuple[int, int], ...] = ()  # local hour -> reports that came within it; one day only

    def __post_init__(self) -> None:
        total = self.reports.plan
        if total != self.plan:
            raise LedgerUnbalanced(plan=self.plan, total=total)

    @cached_property
    def sittings(self) -> SittingCounts:
        return _all_sittings(school.sittings for school in self.schools)

    @cached_property
    def observers(self) -> Ledger:
        """Reports of observers: what «отчёты» means in chat."""
        return together(school.observers for school in self.schools)

    @cached_property
    def school(self) -> Ledger:
        """Reports of school coordinators."""
        return together(school.school for school in self.schools)

    @cached_property
    def reports(self) -> Ledger:
        return self.observers + self.school

    @cached_property
    def violations(self) -> ViolationCounts:
        return ViolationCounts.of(
            (severity, review, count)
            for school in self.schools
            for (severity, review), count in school.violations.counts.items()
        )

    @cached_property
    def own_violations(self) -> int:
        """Of `violations`, those that schools told of themselves."""
        return sum(school.own_violations for school in self.schools)

    @cached_property
    def answers(self) -> int:
        return sum(school.answers for school in self.schools)

    @cached_property
    def clean(self) -> int:
        return sum(school.clean for school in self.schools)

    @cached_property
    def photos(self) -> int:
        return sum(school.photos for school in self.schools)

    @cached_property
    def needing_attention(self) -> tuple[SchoolSummary, ...]:
        return tuple(school for school in self.schools if school.needs_attention)

    @cached_property
    def waiting(self) -> tuple[SchoolSummary, ...]:
        """Schools with a report that is still awaited."""
        return tuple(school for school in self.schools if school.awaited)

    @cached_property
    def planned_schools(self) -> tuple[SchoolSummary, ...]:
        """What shares of schools are counted of."""
        return tuple(school for school in self.schools if school.in_plan)

    @cached_property
    def off_schools(self) -> int:
        """All of whose works are cancelled."""
        return len(self.schools) - len(self.planned_schools)

    @cached_property
    def observed_schools(self) -> int:
        """Of `planned_schools`."""
        return sum(school.observed for school in self.planned_schools)

    @cached_property
    def risk_schools(self) -> tuple[int, int]:
        """Observed schools of the risk list, and all of it that are in the plan of these days."""
        risky = [school for school in self.planned_schools if school.at_risk]
        return sum(school.observed for school in risky), len(risky)

    def figures(self) -> dict[str, int]:
        """What «изменилось с прошлой сводки» is counted from."""
        return {"reports": self.observers.received, "violations": self.violations.total}

    @cached_property
    def empty(self) -> bool:
        return self.sittings.plan == 0 and self.plan == 0
