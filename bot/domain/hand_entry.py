"""One sitting typed by hand, read by the very rules that read a file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.errors import DomainError
from bot.domain.importing.cleaning import clean
from bot.domain.importing.columns import Column, Kind
from bot.domain.importing.dates import parse_date
from bot.domain.importing.headers import Recognised
from bot.domain.importing.parsing import iter_schedule
from bot.domain.importing.problems import BadCell, Reason, RowError
from bot.domain.importing.raw import RawRow
from bot.domain.importing.rows import SittingRow
from bot.domain.importing.rules import ParsingRules
from bot.domain.plan import Sitting
from bot.texts.importing_words import COLUMN_TITLES, LESSON_NOISE

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
_WITHOUT_COMMAS = re.compile(
    r"(?P<school>.*?)(?<![^\W_])(?P<class>\d{1,2} ?«?[^\W\d_]»?)(?![^\W_])\s+(?P<subject>\D+?)\s+"
    r"(?P<date>\d{1,2}\.\d{1,2}(?:\.\d{2,4})?)(?!\d)(?P<rest>.*)"
)
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?!\d)")


@dataclass(eq=False)
class WrongEntry(DomainError):
    """What was typed cannot be read; one error a cell."""

    errors: tuple[RowError, ...]


def read_line(text: str, rules: ParsingRules, *, school: str = "") -> SittingRow:
    """«СОШ № 5, 6Б, Русский язык, 23.04, 2, 09:20, 12»; `school` given, the line begins with the class. Raises `WrongEntry`.

    Without a comma anywhere, the class, the date and the time say by themselves where they are.
    """
    cells = [part.strip() for part in text.replace(";", ",").split(",")]
    values = dict(zip(ORDER, [school, *cells] if school else cells, strict=False))
    if len(cells) == 1 and (found := _WITHOUT_COMMAS.fullmatch(clean(text))):
        values = _by_place(found, school)
    return read_cells(values, rules)


def _by_place(found: re.Match[str], school: str) -> dict[Column, str]:
    """After the date: the lesson is the first number, the time has its colon, what is left is the room."""
    rest = found["rest"]
    starts_at = _CLOCK.search(rest)
    rest = _CLOCK.sub(" ", rest, count=1)
    lesson, _, room = clean(LESSON_NOISE.sub(" ", rest)).partition(" ")
    return {
        Column.SCHOOL: school or found["school"].strip(),
        Column.CLASS: found["class"],
        Column.SUBJECT: found["subject"],
        Column.DATE: found["date"],
        Column.LESSON: lesson,
        Column.STARTS_AT: starts_at.group() if starts_at else "",
        Column.ROOM: room,
    }


def read_cells(values: Mapping[Column, str], rules: ParsingRules) -> SittingRow:
    """A row from its cells as typed; a date without a year is one of this school year. Raises `WrongEntry`."""
    values = {**values, Column.DATE: _with_year(values.get(Column.DATE, ""), rules)}
    titles = COLUMN_TITLES[Kind.SCHEDULE]
    columns = {column: number for number, column in enumerate(ORDER, 1)}
    recognised = Recognised(Kind.SCHEDULE, 0, columns, {column: titles[column] for column in ORDER})
    row = RawRow(1, tuple(values.get(column) or None for column in ORDER))
    outcome = next(iter(iter_schedule([row], recognised, rules)), None)
    if outcome is None or outcome.parsed is None:
        raise WrongEntry(outcome.errors if outcome is not None else ())
    return outcome.parsed


def _with_year(day: str, rules: ParsingRules) -> str:
    try:
        parse_date(day, rules.school_year)
    except BadCell as bad:
        if bad.reason is Reason.DATE_NO_YEAR and bad.suggestion:
            return bad.suggestion
    return day


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
