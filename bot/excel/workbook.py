"""Tables become a workbook, row by row, in bounded memory: typed cells, one header that repeats on every page."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from math import ceil
from pathlib import Path
from types import MappingProxyType
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule as _CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from bot.domain.table import Heading, Kind, Link, Row, Table, Tone, Value
from bot.excel.cell_text import excel_text
from bot.excel.cells import PLAIN, body_style, header_style, section_style
from bot.excel.chart import bar_chart
from bot.excel.packing import save
from bot.excel.prepared import PreparedRows
from bot.excel.row_xml import RowCells
from bot.excel.sheet_title import safe_titles
from bot.excel.wrapping import height_of, lines_of
from bot.texts.workbook import NO_ROWS, PAGE_OF, SIGN_HERE, TOTAL

MAX_ROWS = 1_048_576
MOST_LINKS = 60_000  # a sheet holds 65 530
KEPT_FREE = 8  # lines for «Итого» and signatures
PAPER_A4 = 9
PAGE_WIDTH = 205  # characters on a landscape page that can still be read
CAPTION_SIZE = 13
FILTER_ARROW = 3  # characters of a header that its button hides
ROWS_WITH_CHART = 45  # table and chart together on one page
ROWS_TO_SIGN = 100  # what is signed stands on one page while it can be read there
CellIsRule: Any = _CellIsRule  # untyped in its stubs
Progress = Callable[[str, int], Awaitable[None]]  # title of the sheet, rows written so far

_TONES = {
    Tone.BAD: (Font(bold=True, color="FF8C1D18"), PatternFill(bgColor="FFF6C9C6", fill_type="solid")),
    Tone.WARNING: (Font(bold=True, color="FF6B4A00"), PatternFill(bgColor="FFFCE4B0", fill_type="solid")),
    Tone.GOOD: (Font(color="FF1E5B2E"), None),
    Tone.MUTED: (Font(color="FF6A7078"), None),
}


async def write_workbook(
    path: Path,
    tables: Sequence[Table],
    written: dict[str, int],
    *,
    sums: dict[str, dict[str, int | float]] | None = None,
    last: Sequence[str] = (),
    progress: Progress | None = None,
    most_rows: int = MAX_ROWS,
) -> None:
    """Write the file at `path`; `written` is told how many rows each table had as soon as it is done,
    «Итого» apart, and `sums` what stands in that row: title of the table -> title of the column -> sum.

    Sheets stand in the order of `tables`; those whose titles are in `last` are filled after all others, so that they can
    speak of them. A table of more than `most_rows` goes on in a next sheet, «Ответы (2)».
    """
    book: Any = Workbook(write_only=True)
    titles = safe_titles([table.title for table in tables])
    try:
        sheets = [_Sheet(book, title, table) for title, table in zip(titles, tables, strict=True)]
        for sheet in sorted(sheets, key=lambda each: each.table.title in last):
            title = sheet.table.title
            written[title], total = await _fill(sheet, progress, most_rows)
            if sums is not None:
                sums[title] = total
        save(book, path)
    finally:
        for each in book._sheets:
            each.abandon()


async def _fill(part: "_Sheet", progress: Progress | None, most_rows: int) -> tuple[int, dict[str, int | float]]:
    """All rows of a table, in as many sheets as it takes; how many they were, and their sums."""
    table, count = part.table, 0
    async for chunk in table.rows():
        left = chunk
        while left:
            if part.lines + KEPT_FREE >= most_rows:
                part.finish(goes_on=True)
                count, part = count + part.count, part.following()
            fits = most_rows - KEPT_FREE - part.lines
            part.add(left[:fits])
            left = left[fits:]
        if progress is not None:
            await progress(table.title, count + part.count)
    part.finish()
    return count + part.count, dict(part.sums)


class _Sheet:
    def __init__(self, book: Any, title: str, table: Table) -> None:
        self._book = book
        self.table = table
        self.count = 0
        self.lines = 1  # of the sheet, the header included
        sheet: Any = PreparedRows(book, title)
        book._add_sheet(sheet)
        self._sheet = sheet
        for number, column in enumerate(table.columns, 1):
            sheet.column_dimensions[get_column_letter(number)].width = column.width
        sheet.freeze_panes = f"{get_column_letter(table.frozen + 1)}2"
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.orientation = "portrait" if table.portrait else "landscape"
        sheet.page_setup.paperSize = PAPER_A4
        sheet.page_setup.fitToHeight = 0
        sheet.page_setup.fitToWidth = ceil(sum(column.width for column in table.columns) / PAGE_WIDTH)
        sheet.page_margins.left = sheet.page_margins.right = 0.4
        sheet.page_margins.top = sheet.page_margins.bottom = 0.7
        sheet.print_title_rows = "1:1"
        if sheet.page_setup.fitToWidth > 1:
            sheet.print_title_cols = f"A:{get_column_letter(table.frozen)}"
            sheet.page_setup.pageOrder = "overThenDown"  # the halves of a row lie side by side
        sheet.oddHeader.left.text = _print_text(table.caption or table.title)
        sheet.oddHeader.left.size = CAPTION_SIZE
        sheet.oddFooter.center.text = PAGE_OF
        self._long = [
            (place, max(8, int(column.width - 1)))
            for place, column in enumerate(table.columns)
            if column.kind is Kind.LONG
        ]
        self._links = [place for place, column in enumerate(table.columns) if column.kind is Kind.LINK]
        self._cells = RowCells([body_style(sheet, column) for column in table.columns])
        self._section = RowCells([section_style(sheet, column) for column in table.columns])
        header = RowCells([header_style(sheet)] * len(table.columns))
        room = FILTER_ARROW if table.filters else 1
        lines = max(lines_of(column.title, column.width - room) for column in table.columns)
        sheet.append_xml(header.row(1, [column.title for column in table.columns], height=height_of(lines)))
        self._summed = [(place, column) for place, column in enumerate(table.columns) if column.summed]
        self.sums: dict[str, int | float] = {column.title: 0 for _, column in self._summed}

    def add(self, rows: Sequence[Row]) -> None:
        append, cells = self._sheet.append_xml, self._cells
        for row in rows:
            self.lines += 1
            if isinstance(row, Heading):
                append(self._heading(row.text))
                continue
            self.count += 1
            for place, column in self._summed:
                value = row[place]
                self.sums[column.title] += value if isinstance(value, (int, float)) else 0
            for place in self._links:
                self._link(place, row[place])
            lines = self._lines_of(row) if self._long else 1
            append(cells.row(self.lines, row, height=height_of(lines) if lines > 1 else None))

    def _link(self, place: int, value: Value) -> None:
        if isinstance(value, Link) and self.count <= MOST_LINKS:
            cell = f"{get_column_letter(place + 1)}{self.lines}"
            self._sheet._hyperlinks.append(Hyperlink(ref=cell, target=value.address))

    def _lines_of(self, row: Sequence[Value]) -> int:
        """How many lines the tallest text of the row takes when it wraps."""
        most = 1
        for place, width in self._long:
            text = row[place]
            if isinstance(text, str) and (len(text) > width or "\n" in text):
                most = max(most, lines_of(text, width))
        return most

    def following(self) -> "_Sheet":
        """The next sheet of the same table, right after this one; sums go on."""
        sheets = self._book._sheets
        part = _Sheet(self._book, safe_titles([*(each.title for each in sheets), self.table.title])[-1], self.table)
        sheets.insert(sheets.index(self._sheet) + 1, sheets.pop())
        part.sums = self.sums
        return part

    def finish(self, *, goes_on: bool = False) -> None:
        """`goes_on`: what ends a table stands in its last sheet."""
        if not self.count:
            self.add([Heading(NO_ROWS)])
        end = get_column_letter(len(self.table.columns))
        if self.table.filters:
            self._sheet.auto_filter.ref = f"A1:{end}{self.lines}"
        for number, column in enumerate(self.table.columns, 1):
            letter = get_column_letter(number)
            for value, tone in column.tones:
                font, fill = _TONES[tone]
                rule = CellIsRule(operator="equal", formula=[f'"{value}"'], font=font, fill=fill)
                self._sheet.conditional_formatting.add(f"{letter}2:{letter}{max(2, self.lines)}", rule)
            if column.above_zero is not None:
                font, fill = _TONES[column.above_zero]
                rule = CellIsRule(operator="greaterThan", formula=["0"], font=font, fill=fill)
                self._sheet.conditional_formatting.add(f"{letter}2:{letter}{max(2, self.lines)}", rule)
        if goes_on:
            return
        below = self.lines + 3
        if self._summed and self.count:
            self._total()
            below += 1
        if self.table.signatures:
            self._sign()
            if self.lines <= ROWS_TO_SIGN:
                self._sheet.page_setup.fitToHeight = 1
        if self.table.chart is not None and self.count:
            if self.count <= ROWS_WITH_CHART:
                self._sheet.page_setup.fitToHeight = 1
            self._sheet.add_chart(bar_chart(self._sheet, self.table.chart, self.count), f"B{below}")

    def _total(self) -> None:
        """Below the rows that are filtered and sorted, so that it stays where it is."""
        sums: dict[int, Value] = {place: self.sums[column.title] for place, column in self._summed}
        self.lines += 1
        self._sheet.append_xml(self._heading(TOTAL, sums))

    def _sign(self) -> None:
        place = RowCells([PLAIN] * 3)
        for who in self.table.signatures:
            self.lines += 2
            self._sheet.append_xml(place.row(self.lines, (who, "", SIGN_HERE)))

    def _heading(self, text: str, values: Mapping[int, Value] = MappingProxyType({})) -> str:
        """A row of bold cells; `values` by their places."""
        rest = [values.get(place) for place in range(1, len(self.table.columns))]
        return self._section.row(self.lines, [text, *rest])


def _print_text(text: str) -> str:
    """In a page header «&» begins a command."""
    return excel_text(text).replace("&", "&&")[:200]
