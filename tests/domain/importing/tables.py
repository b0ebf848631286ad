"""Makes raw sheets from plain lists."""

from collections.abc import Sequence

from bot.domain.importing.headers import recognise
from bot.domain.importing.parsing import parse_sheet
from bot.domain.importing.raw import CellValue, RawRow, RawSheet
from bot.domain.importing.rules import ParsingRules
from bot.domain.importing.school_names import SchoolMatcher
from tests.municipality import NAMES, SCHOOL_YEAR

RULES = ParsingRules(SCHOOL_YEAR, SchoolMatcher(NAMES))
SCHEDULE_HEADER = ("ОО", "Класс", "Предмет", "Дата", "Урок", "Начало", "Кабинет", "Участников", "Форма", "Минут")
GOOD_SITTING = ("СОШ № 5", "5А", "История", "15.04.2027", 2, "09:20", "12", 24, "КФ", 45)


def sheet(*rows: Sequence[CellValue]) -> RawSheet:
    """Row numbers are those of a sheet whose first row is `rows[0]`; empty rows are left out, as in reading."""
    numbered = (RawRow(number, tuple(cells)) for number, cells in enumerate(rows, start=1))
    return RawSheet("Лист1", tuple(row for row in numbered if not row.is_empty), "0" * 64)


def parsed(*rows: Sequence[CellValue], rules: ParsingRules = RULES):
    raw = sheet(*rows)
    return parse_sheet(raw, recognise(raw), rules)


def sitting(**changed: CellValue):
    """The outcome of one schedule row that is right but for the changed cells, named as the row's fields."""
    names = ("school_name", "class_name", "subject", "date", "lesson", "starts_at", "room", "pupils", "form", "minutes")
    cells = [changed.get(name, value) for name, value in zip(names, GOOD_SITTING, strict=True)]
    return parsed(SCHEDULE_HEADER, cells)
