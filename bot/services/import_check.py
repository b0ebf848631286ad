"""What a checked file would change: the answer of a dry run."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.domain.importing.columns import Kind
from bot.domain.importing.comparison import Changes
from bot.domain.importing.headers import Recognised
from bot.domain.importing.problems import RowError
from bot.domain.importing.raw import RawSheet
from bot.domain.importing.rows import ObserverRow, Parsed, SchoolRow, SittingRow
from bot.services.import_coordinators import Displaced

AnyParsed = Parsed[SchoolRow] | Parsed[SittingRow] | Parsed[ObserverRow]
AnyChanges = Changes[int, SchoolRow] | Changes[int, SittingRow] | Changes[int, ObserverRow]
Work = tuple[str, str, str, date]  # school, class, subject, day


@dataclass(frozen=True, slots=True)
class Check:
    """What a file would change. Nothing of it is written yet."""

    run_id: int
    kind: Kind
    file_name: str
    total: int
    new: int
    unchanged: int
    wrong: int
    errors: tuple[RowError, ...]
    changes: AnyChanges
    sheet_title: str
    other_sheets: tuple[str, ...]
    left_out: tuple[Work, ...] = ()  # planned, of the schools and days of the file, and not in it: told, never touched
    displaced: tuple[Displaced, ...] = ()  # who would no longer coordinate their school

    @property
    def changed(self) -> int:
        return len(self.changes.changed)

    @property
    def to_apply(self) -> int:
        return self.new + self.changed


def check_of(
    run_id: int,
    file_name: str,
    raw: RawSheet,
    recognised: Recognised,
    parsed: AnyParsed,
    changes: AnyChanges,
    left_out: tuple[Work, ...],
    displaced: tuple[Displaced, ...],
) -> Check:
    return Check(
        run_id,
        recognised.kind,
        file_name,
        parsed.total,
        len(changes.new),
        len(changes.unchanged),
        parsed.wrong,
        parsed.errors,
        changes,
        raw.title,
        raw.other_tables,
        left_out,
        displaced,
    )


def works_left_out(
    kind: Kind, parsed: AnyParsed, changes: AnyChanges, stored: Mapping[int, Mapping[str, Any]]
) -> tuple[Work, ...]:
    """Works of the file's own schools and days that it does not name; nothing is known while rows of it are wrong."""
    rows = [row for row in parsed.rows if isinstance(row, SittingRow)]
    if kind is not Kind.SCHEDULE or parsed.wrong or not rows:
        return ()
    named, days = {row.school_name for row in rows}, [row.date for row in rows]
    gone = (stored[key] for key in changes.vanished)
    return tuple(
        (row["school_name"], row["class_name"], row["subject"], row["date"])
        for row in gone
        if row["school_name"] in named and min(days) <= row["date"] <= max(days)
    )
