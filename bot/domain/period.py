"""The days a summary or an export is about, and who may see which part of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.errors import NotAllowed
from bot.domain.people import READS_SUMMARY, SCHOOL_ROLES, Actor, MunicipalityId, Role, SchoolId

_CODE = re.compile(r"([0-9]{8})(?:-([0-9]{8}))?")


@dataclass(frozen=True, slots=True)
class Period:
    """Whole local days, both ends included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("the period ends before it begins")

    @classmethod
    def day(cls, day: date) -> "Period":
        return cls(day, day)

    @classmethod
    def week_of(cls, day: date) -> "Period":
        """Monday to Sunday."""
        monday = day - timedelta(days=day.weekday())
        return cls(monday, monday + timedelta(days=6))

    @classmethod
    def school_year_of(cls, day: date) -> "Period":
        """From the first of September to this day."""
        return cls(date(day.year if day.month >= 9 else day.year - 1, 9, 1), day)

    @classmethod
    def from_code(cls, code: str) -> "Period":
        """The inverse of `code`. Raises ValueError."""
        found = _CODE.fullmatch(code)
        if found is None:
            raise ValueError(f"not a period: {code!r}")
        first = _day(found[1])
        return cls(first, _day(found[2]) if found[2] else first)

    @property
    def code(self) -> str:
        """`20260423` or `20260420-20260426`: for buttons."""
        first = f"{self.first:%Y%m%d}"
        return first if self.one_day else f"{first}-{self.last:%Y%m%d}"

    @property
    def one_day(self) -> bool:
        return self.first == self.last

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __iter__(self) -> Iterator[date]:
        for number in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=number)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose reports: of these municipalities; `schools` narrows it to a few schools, None means all of them.

    `risk`: whether risk marks may be told, which is for coordinators only. `whole`: a role over the municipality,
    also when its look is narrowed to a school.
    """

    municipalities: frozenset[MunicipalityId]
    schools: frozenset[SchoolId] | None = None
    risk: bool = False
    whole: bool = True

    def of_school(self, school_id: SchoolId) -> "Scope":
        """Only this school. Raises `NotAllowed` when it is outside."""
        if self.schools is not None and school_id not in self.schools:
            raise NotAllowed
        return replace(self, schools=frozenset({school_id}))

    def of_municipality(self, municipality_id: MunicipalityId) -> "Scope":
        """Only this municipality. Raises `NotAllowed` when it is outside."""
        if municipality_id not in self.municipalities:
            raise NotAllowed
        return replace(self, municipalities=frozenset({municipality_id}))


def scope_of(actor: Actor) -> Scope:
    """What this person may see of the day: their municipalities, or their own schools. Raises `NotAllowed`."""
    whole = frozenset(m.municipality_id for m in actor.memberships if m.role in READS_SUMMARY)
    if whole:
        return Scope(whole, risk=actor.has(Role.COORDINATOR, Role.REGIONAL))
    schools = actor.schools(*SCHOOL_ROLES)
    if not schools:
        raise NotAllowed(needed=tuple(sorted(READS_SUMMARY | SCHOOL_ROLES)))
    return Scope(
        frozenset(m.municipality_id for m in actor.memberships if m.role in SCHOOL_ROLES), schools, whole=False
    )


def _day(digits: str) -> date:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise ValueError(f"not a day of a period: {digits}") from None
