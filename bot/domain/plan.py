"""Schools and sittings: the plan of a ВПР period."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NewType
from zoneinfo import ZoneInfo

from bot.domain.errors import DomainError
from bot.domain.people import SchoolId

SittingId = NewType("SittingId", int)
NEW_SITTING = SittingId(0)  # not saved yet

# For a sitting without a told time: the usual bells, only to sort and to remind, never shown as a fact.
USUAL_BELLS = {1: time(8, 30), 2: time(9, 20), 3: time(10, 15), 4: time(11, 10), 5: time(12, 5), 6: time(13, 0)}


class SittingForm(StrEnum):
    PAPER = "paper"
    COMPUTER = "computer"


@dataclass(frozen=True, slots=True)
class School:
    id: SchoolId
    short_name: str
    full_name: str = ""
    login: str = ""
    address: str = ""
    parallels: str = ""
    coordinator_name: str = ""
    coordinator_phone: str = ""


@dataclass(frozen=True, slots=True)
class Sitting:
    """School × class × subject × date × lesson × form. `starts_at` is local time, None when it was not told."""

    id: SittingId
    school_id: SchoolId
    school_name: str
    class_name: str
    grade: int
    subject: str
    date: date
    lesson: int | None
    starts_at: time | None
    room: str
    pupils: int | None
    form: SittingForm
    duration_min: int
    cancelled: bool = False

    def begins(self, zone: ZoneInfo) -> datetime:
        """The instant at which it begins, by the told time or else by the usual bells."""
        at = self.starts_at or USUAL_BELLS.get(self.lesson or 2, time(9, 20))
        return datetime.combine(self.date, at, tzinfo=zone)

    def report_due(self, zone: ZoneInfo, hours: int) -> datetime:
        """Until when a report about it is expected: `hours` after its end, the same local day at the latest."""
        ends = self.begins(zone) + timedelta(minutes=self.duration_min)
        midnight = datetime.combine(self.date, time(23, 59), tzinfo=zone)
        return min(ends + timedelta(hours=hours), midnight)


@dataclass(eq=False)
class NoSuchSitting(DomainError):
    """The plan has no such sitting any more."""

    sitting_id: int


@dataclass(eq=False)
class ConflictOfInterest(DomainError):
    """This person may not observe this school; `reason` is how that is known: imported, declared, works, children."""

    person_code: str
    school: str
    reason: str
