"""Schools × items: the worst that was said of each item in each school."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.checklist import AnswerValue, Severity
from bot.domain.people import SchoolId
from bot.domain.summary import SchoolSummary


class Mark(StrEnum):
    """In the order of gravity."""

    NONE = "none"  # no report with answers was received
    UNASKED = "unasked"  # the received reports did not ask this
    UNSEEN = "unseen"
    FINE = "fine"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


_RANK = {mark: rank for rank, mark in enumerate(Mark)}
_OF = {Severity.MINOR: Mark.MINOR, Severity.MAJOR: Mark.MAJOR, Severity.CRITICAL: Mark.CRITICAL}


@dataclass(frozen=True, slots=True)
class GridRow:
    name: str
    received: int
    plan: int
    marks: tuple[Mark, ...]

    @property
    def worst(self) -> Mark:
        return max(self.marks, key=_RANK.__getitem__, default=Mark.NONE)


@dataclass(frozen=True, slots=True)
class Grid:
    """`left_out`: items with violations for which there was no column. `total`: rows before they were cut."""

    items: tuple[str, ...]
    rows: tuple[GridRow, ...]
    total: int
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class CaptionRoom:
    """Which figures of the day's card have a place in its caption besides the others: hours of arrival, each school's."""

    hours: bool = True
    schools: bool = True


Told = tuple[SchoolId, str, AnswerValue]  # school, code of the item, what was answered at least once


def build_grid(
    schools: Sequence[SchoolSummary],
    told: Iterable[Told],
    always: Sequence[str],
    severity: Callable[[str], Severity],
    *,
    columns: int,
    rows: int,
    worst_first: bool = True,
) -> Grid:
    """Violated items get their columns first, the gravest before others; `always` are the usual columns, while there is room.

    Not `worst_first`: schools in the order they were given, which ranks nobody.
    """
    if worst_first:
        schools = by_need(schools)
    marks: dict[tuple[SchoolId, str], Mark] = {}
    violated: dict[str, Mark] = {}
    for school_id, item, value in told:
        mark = _mark(value, severity(item))
        key = (school_id, item)
        marks[key] = max(marks.get(key, Mark.NONE), mark, key=_RANK.__getitem__)
        if value is AnswerValue.NO:
            violated[item] = mark
    heard = {school_id for school_id, _ in marks}
    worst = sorted(violated, key=lambda item: (-_RANK[violated[item]], item not in always, item_place(item)))
    usual = [item for item in always if item not in violated]
    items = tuple(sorted([*worst, *usual][:columns], key=item_place))
    lines = [
        GridRow(
            school.name,
            school.observers.received,
            school.observers.plan,
            tuple(
                marks.get((school.school_id, item), Mark.UNASKED if school.school_id in heard else Mark.NONE)
                for item in items
            ),
        )
        for school in schools
    ]
    return Grid(items, tuple(lines[:rows]), len(lines), max(0, len(worst) - columns))


def by_need(schools: Sequence[SchoolSummary]) -> list[SchoolSummary]:
    """Those that need attention most come first."""
    return sorted(
        schools, key=lambda each: (-each.violations.critical, -each.violations.total, each.observers.received)
    )


def item_place(item: str) -> tuple[str, int]:
    """Order of the checklist: А8 before А12, А before Б."""
    return (item[:1], int(item[1:]) if item[1:].isdigit() else 0)


def _mark(value: AnswerValue, severity: Severity) -> Mark:
    if value is AnswerValue.NO:
        return _OF[severity]
    return Mark.FINE if value is AnswerValue.YES else Mark.UNSEEN
