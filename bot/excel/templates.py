"""Empty workbooks to fill in: drop-downs, a sheet of notes, a sample; they read back through our own reader."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from bot.domain.importing.columns import COLUMNS, REQUIRED, Column, Kind
from bot.excel.cell_text import set_text
from bot.texts import importing_templates as texts
from bot.texts.importing_words import COLUMN_TITLES, FORM_TITLES, SUBJECTS

_ROWS_TO_FILL = 2_000
_REQUIRED_FILL = PatternFill("solid", start_color="FFFFF2CC", end_color="FFFFF2CC")
_OPTIONAL_FILL = PatternFill("solid", start_color="FFE7E6E6", end_color="FFE7E6E6")
_THIN = Side(style="thin", color="FF999999")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_SAMPLE_FONT = Font(italic=True, color="FF666666")
_TEXT, _DATE = "@", "DD.MM.YYYY"
_WIDE = frozenset({Column.FULL_NAME, Column.CONFLICT, Column.RISK_YEARS, Column.SUBJECT, Column.COORDINATOR_NAME})
# Dates and counts are values; all else is text, so that "4, 5" stays a list and a phone keeps its plus.
_VALUES = frozenset({Column.LESSON, Column.PUPILS, Column.DURATION})


def template(kind: Kind, schools: Sequence[str] = (), school_year: int | None = None) -> bytes:
    """An .xlsx; `schools` fill the drop-down of schools, `school_year` (its first year) bounds the dates."""
    book = Workbook()
    data: Any = book.active
    data.title = texts.DATA_SHEETS[kind]
    _write_header(data, kind)
    for at, column in enumerate(COLUMNS[kind], start=1):
        number_format = _DATE if column is Column.DATE else "General" if column in _VALUES else _TEXT
        # A format for the whole column: no empty cells are written for it.
        data.column_dimensions[get_column_letter(at)].number_format = number_format
    _add_validations(book, data, kind, schools, school_year)
    _write_notes(book, kind)
    _write_sample(book, kind)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def _write_header(sheet: Any, kind: Kind) -> None:
    for at, column in enumerate(COLUMNS[kind], start=1):
        cell = sheet.cell(1, at)
        set_text(cell, COLUMN_TITLES[kind][column])
        cell.font, cell.border = Font(bold=True), _BORDER
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        cell.fill = _REQUIRED_FILL if column in REQUIRED[kind] else _OPTIONAL_FILL
        sheet.column_dimensions[get_column_letter(at)].width = 38 if column in _WIDE else 18
    sheet.row_dimensions[1].height = 45
    sheet.freeze_panes = "A2"


def _add_validations(book: Any, data: Any, kind: Kind, schools: Sequence[str], school_year: int | None) -> None:
    if kind is not Kind.SCHEDULE:
        return
    lists = book.create_sheet(texts.LISTS_SHEET)
    lists.sheet_state = "hidden"
    choices: Mapping[Column, Sequence[str]] = {
        Column.SCHOOL: schools,
        Column.SUBJECT: tuple(SUBJECTS),
        Column.FORM: tuple(FORM_TITLES.values()),
    }
    for at, (column, values) in enumerate(choices.items(), start=1):
        if values:
            _apply(data, kind, column, _choice(lists, at, values))
    _apply(data, kind, Column.DURATION, DataValidation(type="list", formula1='"45,90"', allow_blank=True))
    _apply(data, kind, Column.LESSON, _between("whole", "1", "12", texts.WRONG_LESSON))
    _apply(data, kind, Column.PUPILS, _between("whole", "0", "60", texts.WRONG_COUNT))
    if school_year is not None:
        first, last = _serial(date(school_year, 9, 1)), _serial(date(school_year + 1, 8, 31))
        _apply(data, kind, Column.DATE, _between("date", first, last, texts.WRONG_DATE))


def _choice(lists: Any, at: int, values: Sequence[str]) -> DataValidation:
    """A warning, not a ban: the bot itself says which value it does not know, and what was meant."""
    for row, value in enumerate(values, start=1):
        set_text(lists.cell(row, at), value)
    letter = get_column_letter(at)
    source = f"{quote_sheetname(lists.title)}!${letter}$1:${letter}${len(values)}"
    return DataValidation(
        type="list", formula1=source, allow_blank=True, showErrorMessage=True, errorStyle="warning",
        errorTitle=texts.WRONG_VALUE_TITLE, error=texts.NOT_IN_LIST,
    )  # fmt: skip


def _between(kind: Any, first: str, last: str, message: str) -> DataValidation:
    return DataValidation(
        type=kind, operator="between", formula1=first, formula2=last, allow_blank=True, showErrorMessage=True,
        errorTitle=texts.WRONG_VALUE_TITLE, error=message,
    )  # fmt: skip


def _serial(day: date) -> str:
    return str((day - date(1899, 12, 30)).days)


def _apply(data: Any, kind: Kind, column: Column, validation: DataValidation) -> None:
    letter = get_column_letter(COLUMNS[kind].index(column) + 1)
    validation.add(f"{letter}2:{letter}{_ROWS_TO_FILL}")
    data.add_data_validation(validation)


def _write_notes(book: Any, kind: Kind) -> None:
    sheet = book.create_sheet(texts.NOTES_SHEET)
    sheet.column_dimensions["A"].width = 110
    for row, note in enumerate(texts.NOTES[kind], start=1):
        set_text(sheet.cell(row, 1), note)
        sheet.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")


def _write_sample(book: Any, kind: Kind) -> None:
    sheet = book.create_sheet(texts.SAMPLE_SHEET)
    _write_header(sheet, kind)
    for row, values in enumerate(texts.SAMPLE_ROWS[kind], start=2):
        for at, value in enumerate(values, start=1):
            if value:
                set_text(sheet.cell(row, at), value)
                sheet.cell(row, at).font = _SAMPLE_FONT
