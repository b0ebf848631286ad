"""One sitting typed by hand, read by the very rules that read a file."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.errors import DomainError
from bot.domain.importing.columns import Column, Kind
from bot.domain.importing.headers import Recognised
from bot.domain.importing.parsing import iter_schedule
from bot.domain.importing.problems import RowError
from bot.domain.importing.raw import RawRow
from bot.domain.importing.rows import SittingRow
from bot.domain.importing.rules import ParsingRules
from bot.domain.plan import Sitting
from bot.texts.importing_words import COLUMN_TITLES

ORDER = (
    Column.SCHOOL,
    Column.CLASS,
    Column.SUBJECT,
    Column.DATE,
    Column.LESSON,
    Column.STARTS_AT,
    Column.ROOM,
    Column.PUPILS,
)
CHANGEABLE = (Column.DATE, Column.LESSON, Column.STARTS_AT, Column.ROOM, Column.CLASS, Column.SUBJECT, Column.PUPILS)


@dataclass(eq=False)
class WrongEntry(DomainError):
    """What was typed cannot be read; one error a cell."""

    errors: tuple[RowError, ...]


def read_line(text: str, rules: ParsingRules, *, school: str = "") -> SittingRow:
    """«СОШ № 5, 6Б, Русский язык, 23.04, 2, 09:20, 12»; `school` given, the line begins with the class. Raises `WrongEntry`."""
    cells = [part.strip() for part in text.replace(";", ",").split(",")]
    values = dict(zip(ORDER, [school, *cells] if school else cells, strict=False))
    return read_cells(values, rules)


def read_cells(values: Mapping[Column, str], rules: ParsingRules) -> SittingRow:
    """A row from its cells as typed. Raises `WrongEntry`."""
    titles = COLUMN_TITLES[Kind.SCHEDULE]
    columns = {column: number for number, column in enumerate(ORDER, 1)}
    recognised = Recognised(Kind.SCHEDULE, 0, columns, {column: titles[column] for column in ORDER})
    row = RawRow(1, tuple(values.get(column) or None for column in ORDER))
    outcome = next(iter(iter_schedule([row], recognised, rules)), None)
    if outcome is None or outcome.parsed is None:
        raise WrongEntry(outcome.errors if outcome is not None else ())
    return outcome.parsed


def cells_of(sitting: Sitting) -> dict[Column, str]:
    """As somebody would type it."""
    return {
        Column.SCHOOL: sitting.school_name,
        Column.CLASS: sitting.class_name,
        Column.SUBJECT: sitting.subject,
        Column.DATE: f"{sitting.date:%d.%m.%Y}",
        Column.LESSON: str(sitting.lesson or ""),
        Column.STARTS_AT: f"{sitting.starts_at:%H:%M}" if sitting.starts_at else "",
        Column.ROOM: sitting.room,
        Column.PUPILS: str(sitting.pupils or ""),
    }
