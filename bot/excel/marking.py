"""The sender's own workbook back, with every wrong cell red and explained."""

from __future__ import annotations

import io
import warnings
from collections import defaultdict
from collections.abc import Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from bot.domain.importing.problems import FileReason, Reason, RowError, UnreadableFile
from bot.excel.cell_text import excel_text, set_text
from bot.excel.csv_rows import read_csv
from bot.excel.file_kind import classify
from bot.excel.limits import MARKING_LIMITS, ReadingLimits
from bot.texts.importing import explain
from bot.texts.importing_templates import CSV_SHEET, FIX_COLUMN, MARK_AUTHOR

_RED = "FFFFC7CE"
_FILL = PatternFill("solid", start_color=_RED, end_color=_RED)
_FIX_FONT = Font(color="FF9C0006")
_FIX_WIDTH = 60
_NOTE_WIDTH, _NOTE_HEIGHT = 320, 110


def mark(
    path: Path, sheet_title: str, header_row: int, errors: Sequence[RowError], limits: ReadingLimits = MARKING_LIMITS
) -> bytes:
    """As .xlsx bytes, in this very process. Formats and other sheets stay; our marks of an earlier time go."""
    output = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about extensions that openpyxl leaves out
        book = _open(path, limits)
        _mark_sheet(book[sheet_title or CSV_SHEET], header_row, errors)
        book.save(output)
    return output.getvalue()


def _open(path: Path, limits: ReadingLimits) -> Any:
    if classify(path, limits) == "xlsx":
        try:
            return load_workbook(path)
        except Exception as error:  # openpyxl raises nearly anything on a damaged file
            raise UnreadableFile(FileReason.BROKEN) from error
    book = Workbook()
    sheet: Any = book.active
    sheet.title = CSV_SHEET
    for row in read_csv(path, limits):
        for column, value in enumerate(row.cells, start=1):
            if value is not None:
                set_text(sheet.cell(row.number, column), str(value))
    return book


def _mark_sheet(sheet: Any, header_row: int, errors: Sequence[RowError]) -> None:
    fix_column = _fix_column(sheet, header_row)
    _clear_earlier_marks(sheet, fix_column)
    by_cell: dict[tuple[int, int], list[RowError]] = defaultdict(list)
    by_row: dict[int, list[RowError]] = defaultdict(list)
    for error in errors:
        by_row[error.row].append(error)
        if error.column:
            cell = _owner(sheet, error.row, error.column)
            by_cell[cell.row, cell.column].append(error)
    for (row, column), wrong in by_cell.items():
        _mark_cell(sheet.cell(row, column), wrong)
    _write_fixes(sheet, header_row, fix_column, by_row)


def _owner(sheet: Any, row: int, column: int) -> Any:
    """The cell itself, or the first cell of the merged range it belongs to: only that one can hold anything."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, MergedCell):
        return cell
    for merged in sheet.merged_cells.ranges:
        if cell.coordinate in merged:
            return sheet.cell(merged.min_row, merged.min_col)
    raise UnreadableFile(FileReason.BROKEN)


def _mark_cell(cell: Any, errors: Sequence[RowError]) -> None:
    if any(error.reason is Reason.FORMULA for error in errors):
        set_text(cell, str(cell.value))  # what looked like a formula comes back as text, and runs nowhere
    cell.fill = _FILL
    note = Comment(excel_text("\n".join(explain(error) for error in errors)), MARK_AUTHOR)
    note.width, note.height = _NOTE_WIDTH, _NOTE_HEIGHT
    cell.comment = note


def _fix_column(sheet: Any, header_row: int) -> int:
    """The column for the explanations: ours of an earlier time, else the first one free on the right."""
    for cell in sheet[header_row]:
        if cell.value == FIX_COLUMN:
            return int(cell.column)
    filled = (cell.column for row in sheet.iter_rows() for cell in row if cell.value is not None)
    return int(max(filled, default=0)) + 1


def _clear_earlier_marks(sheet: Any, fix_column: int) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None and cell.comment.author == MARK_AUTHOR:
                cell.comment = None
                cell.fill = PatternFill()
            if cell.column == fix_column and not isinstance(cell, MergedCell):
                cell.value = None


def _write_fixes(sheet: Any, header_row: int, column: int, by_row: Mapping[int, Sequence[RowError]]) -> None:
    header = sheet.cell(header_row, column)
    before = sheet.cell(header_row, column - 1)
    header.font, header.alignment, header.border = copy(before.font), copy(before.alignment), copy(before.border)
    set_text(header, FIX_COLUMN)
    for row, errors in by_row.items():
        cell = sheet.cell(row, column)
        set_text(cell, " ".join(explain(error) for error in errors))
        cell.font, cell.alignment = _FIX_FONT, Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions[get_column_letter(column)].width = _FIX_WIDTH
