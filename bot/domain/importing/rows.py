"""The rows an import yields, and the outcome of reading a whole table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Generic, Literal, TypeVar

from bot.domain.importing.problems import RowError
from bot.domain.people import SchoolId
from bot.domain.plan import NEW_SITTING, Sitting, SittingForm, SittingId


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """One school; `row` is where it stood in the file, phones are E.164."""

    row: int
    short_name: str
    full_name: str | None
    login: str | None
    address: str | None
    parallels: tuple[int, ...]
    coordinator_name: str | None
    coordinator_phone: str | None
    risk_years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SittingRow:
    """One sitting; `school_name` and `subject` are canonical, `class_name` like "5 «А»", `starts_at` is local time."""

    row: int
    school_name: str
    class_name: str
    grade: int
    subject: str
    date: date
    lesson: int
    starts_at: time | None
    room: str | None
    pupils: int | None
    form: Literal["paper", "computer"]
    duration_min: int

    def sitting(self, school_id: SchoolId, known_as: SittingId = NEW_SITTING) -> Sitting:
        return Sitting(
            known_as,
            school_id,
            self.school_name,
            self.class_name,
            self.grade,
            self.subject,
            self.date,
            self.lesson,
            self.starts_at,
            self.room or "",
            self.pupils,
            SittingForm(self.form),
            self.duration_min,
        )


@dataclass(frozen=True, slots=True)
class ObserverRow:
    """One observer; `conflict_schools` are canonical names found in `conflict_text`, which may say more."""

    row: int
    full_name: str
    phone: str
    sent_by: str | None
    order_ref: str | None
    conflict_schools: tuple[str, ...]
    conflict_text: str | None
    remarks: str | None


ImportedRow = SchoolRow | SittingRow | ObserverRow
RowT = TypeVar("RowT", SchoolRow, SittingRow, ObserverRow)
RowT_co = TypeVar("RowT_co", SchoolRow, SittingRow, ObserverRow, covariant=True)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[RowT_co]):
    """What became of one row of the file: either `parsed`, or at least one error."""

    number: int
    parsed: RowT_co | None
    errors: tuple[RowError, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed(Generic[RowT_co]):
    """A whole table: `rows` are the right ones, `fields` those the file had a column for.

    `len(rows) + wrong == total`: no row is counted twice or out of sight.
    """

    rows: tuple[RowT_co, ...]
    errors: tuple[RowError, ...]
    total: int
    fields: frozenset[str]

    @property
    def wrong(self) -> int:
        """How many rows have an error; one row may have several."""
        return len({error.row for error in self.errors})


def gather(outcomes: Iterable[Outcome[RowT]], fields: frozenset[str]) -> Parsed[RowT]:
    rows: list[RowT] = []
    errors: list[RowError] = []
    total = 0
    for outcome in outcomes:
        total += 1
        errors.extend(outcome.errors)
        if outcome.parsed is not None:
            rows.append(outcome.parsed)
    return Parsed(tuple(rows), tuple(errors), total, fields)
