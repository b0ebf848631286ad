"""Who may watch which sitting: interest, training, availability, load, and one place at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.availability import ALWAYS, Availability
from bot.domain.errors import DomainError
from bot.domain.people import Person
from bot.domain.plan import USUAL_BELLS, Sitting

ON_THE_WAY = timedelta(minutes=30)  # between two schools
BEFORE_THE_BELL = timedelta(minutes=20)


class Unfit(StrEnum):
    """Why somebody cannot watch a sitting, the gravest first."""

    CONFLICT = "conflict"
    UNTRAINED = "untrained"
    BUSY = "busy"
    AWAY = "away"
    FULL_DAY = "full_day"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class AssigningRules:
    """`trained_only`: the untrained are refused, not only warned of. The loads limit proposals, not a person's hand."""

    trained_only: bool = False
    most_a_day: int = 2
    most_in_all: int = 10


@dataclass(frozen=True, slots=True)
class Slot:
    """Where and when somebody is bound; None when the sitting's time is not told."""

    school_id: int
    day: date
    begins: datetime | None
    ends: datetime | None

    @classmethod
    def of(cls, sitting: Sitting, zone: ZoneInfo) -> "Slot":
        if sitting.starts_at is None and sitting.lesson not in USUAL_BELLS:
            return cls(sitting.school_id, sitting.date, None, None)
        begins = sitting.begins(zone)
        return cls(
            sitting.school_id, sitting.date, begins - BEFORE_THE_BELL, begins + timedelta(minutes=sitting.duration_min)
        )

    def clashes(self, other: "Slot") -> bool:
        """Nobody is in two rooms at once, or in two schools with no time for the way."""
        if self.begins is None or self.ends is None or other.begins is None or other.ends is None:
            return False
        # inside one school the next room is next door, so only the lessons themselves must not overlap
        gap = -BEFORE_THE_BELL if self.school_id == other.school_id else ON_THE_WAY
        return self.begins < other.ends + gap and other.begins < self.ends + gap


@dataclass(slots=True)
class Watcher:
    """An observer as assigning sees them; `busy` grows with every assignment."""

    person: Person
    conflicts: Mapping[int, str] = field(default_factory=dict)  # school id -> reason
    availability: Availability = ALWAYS
    busy: list[Slot] = field(default_factory=list)

    @property
    def load(self) -> int:
        return len(self.busy)

    def load_on(self, day: date) -> int:
        return sum(1 for slot in self.busy if slot.day == day)

    def why_not(self, slot: Slot, rules: AssigningRules, *, by_hand: bool = False) -> Unfit | None:
        """None: they may watch it. By hand only interest, training and two places at once stand in the way."""
        if slot.school_id in self.conflicts:
            return Unfit.CONFLICT
        if rules.trained_only and self.person.trained_at is None:
            return Unfit.UNTRAINED
        if any(own.day == slot.day and own.clashes(slot) for own in self.busy):
            return Unfit.BUSY
        if by_hand:
            return None
        if not self.availability.can(slot.day):
            return Unfit.AWAY
        if self.load_on(slot.day) >= rules.most_a_day:
            return Unfit.FULL_DAY
        return Unfit.FULL if self.load >= rules.most_in_all else None

    def would_fit(self, slot: Slot, rules: AssigningRules, *, instead_of: Slot) -> bool:
        """By hand, when they give up another place for it."""
        kept = list(self.busy)
        if instead_of in kept:
            kept.remove(instead_of)
        return Watcher(self.person, self.conflicts, self.availability, kept).why_not(slot, rules, by_hand=True) is None


def in_order(watchers: Iterable[Watcher], day: date) -> list[Watcher]:
    """Whom to ask first: free on the day, able to come, trained, with the smallest load."""
    return sorted(
        watchers,
        key=lambda one: (
            not one.availability.can(day),
            one.load_on(day),
            one.person.trained_at is None,
            one.load,
            one.person.code,
        ),
    )


@dataclass(eq=False)
class NotTrained(DomainError):
    """The test is not passed, and this installation lets only the trained watch."""

    person_code: str


@dataclass(eq=False)
class DoubleBooking(DomainError):
    """The observer is elsewhere at that time."""

    person_code: str
    school: str
    class_name: str


@dataclass(eq=False)
class NotAnObserver(DomainError):
    """Nobody, or somebody who does not hold the role any more."""

    person_id: int
