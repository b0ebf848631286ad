"""Cells of a workbook: how each kind of column looks, and values that keep the type they have."""

from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils.datetime import to_excel as _to_excel

from bot.domain.table import Column, Kind, Link, Value
from bot.excel.cell_text import excel_text

FONT = "Calibri"
to_excel: Any = _to_excel  # untyped in its stubs

_FORMATS = {
    Kind.TEXT: "@",
    Kind.LONG: "@",
    Kind.LINK: "@",
    Kind.NUMBER: "0",
    Kind.SHARE: "0%",
    Kind.DATE: "DD.MM.YYYY",
    Kind.TIME: "HH:MM",
    Kind.MOMENT: "DD.MM.YYYY HH:MM",
}
_LINE = Side(style="thin", color="FFBFC5CC")
_BORDER = Border(_LINE, _LINE, _LINE, _LINE)
_HEADER_FILL = PatternFill("solid", start_color="FFDDE3EA", end_color="FFDDE3EA")
_SECTION_FILL = PatternFill("solid", start_color="FFF0F2F5", end_color="FFF0F2F5")


@lru_cache(maxsize=512)
def _serial(day: date) -> Any:
    """A date as spreadsheets count it: the same few days stand in thousands of rows."""
    return to_excel(day)


def put(cell: Any, value: Value) -> None:
    """The type is ours, not openpyxl's guess: «=1+1» is text, «05» is text."""
    if value is None or value == "":
        cell._value = ""
        cell.data_type = "n"  # an empty cell with its border
    elif isinstance(value, str):
        cell._value = excel_text(value)
        cell.data_type = "s"
    elif isinstance(value, Link):
        cell._value = excel_text(value.text)
        cell.data_type = "s"
    elif isinstance(value, date) and not isinstance(value, datetime):
        cell._value = _serial(value)
        cell.data_type = "n"
    elif isinstance(value, (datetime, time)):
        cell._value = value
        cell.data_type = "d"
    else:
        cell._value = value
        cell.data_type = "n"


def body_cell(sheet: Any, column: Column) -> Any:
    cell = WriteOnlyCell(sheet)
    text = column.kind in (Kind.TEXT, Kind.LONG, Kind.LINK)
    if column.kind is Kind.LINK:
        cell.font = Font(name=FONT, size=11, color="FF1F4E8C", underline="single")
    cell.alignment = Alignment(
        horizontal="left" if text else "center", vertical="top", wrap_text=column.kind is Kind.LONG
    )
    cell.number_format = _FORMATS[column.kind]
    cell.border = _BORDER
    cell.quotePrefix = text
    return cell


def header_cell(sheet: Any) -> Any:
    cell = WriteOnlyCell(sheet)
    cell.font = Font(name=FONT, size=11, bold=True)
    cell.fill = _HEADER_FILL
    cell.border = _BORDER
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return cell


def section_cell(sheet: Any) -> Any:
    cell = WriteOnlyCell(sheet)
    cell.font = Font(name=FONT, size=11, bold=True)
    cell.fill = _SECTION_FILL
    cell.border = _BORDER
    return cell
