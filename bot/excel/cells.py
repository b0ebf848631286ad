"""How the cells of a workbook look: one style for each kind of column, for the header and for headings between rows."""

from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from bot.domain.table import Column, Kind

FONT = "Calibri"
PLAIN = 0  # the style of a cell that has none

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


def body_style(sheet: Any, column: Column) -> int:
    """Its number in the workbook of this sheet; so do the others."""
    cell: Any = WriteOnlyCell(sheet)
    text = column.kind in (Kind.TEXT, Kind.LONG, Kind.LINK)
    if column.kind is Kind.LINK:
        cell.font = Font(name=FONT, size=11, color="FF1F4E8C", underline="single")
    cell.alignment = Alignment(
        horizontal="left" if text else "center", vertical="top", wrap_text=column.kind is Kind.LONG
    )
    cell.number_format = _FORMATS[column.kind]
    cell.border = _BORDER
    cell.quotePrefix = text
    return int(cell.style_id)


def header_style(sheet: Any) -> int:
    cell: Any = WriteOnlyCell(sheet)
    cell.font = Font(name=FONT, size=11, bold=True)
    cell.fill = _HEADER_FILL
    cell.border = _BORDER
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return int(cell.style_id)


def section_style(sheet: Any, column: Column) -> int:
    """Of a heading between rows and of «Итого»: a sum stands under the numbers it adds up."""
    cell: Any = WriteOnlyCell(sheet)
    cell.font = Font(name=FONT, size=11, bold=True)
    if column.summed:
        cell.alignment = Alignment(horizontal="center")
    cell.fill = _SECTION_FILL
    cell.border = _BORDER
    return int(cell.style_id)
