"""Tables become a workbook, row by row, in bounded memory: typed cells, one header that repeats on every page."""

from collections.abc import Awaitable, Callable, Sequence
from math import ceil
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.formatting.rule import CellIsRule as _CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from bot.domain.table import Heading, Kind, Link, Row, Table, Tone, Value
from bot.excel.cell_text import excel_text
from bot.excel.cells import body_cell, header_cell, put, section_cell
from bot.excel.chart import bar_chart
from bot.excel.prepared import PreparedCell, PreparedRows
from bot.excel.sheet_title import safe_titles
from bot.texts.workbook import NO_ROWS, PAGE_OF, SIGN_HERE, TOTAL

MAX_ROWS = 1_048_576
MOST_LINKS = 60_000  # a sheet holds 65 530
KEPT_FREE = 8  # lines for «Итого» and signatures
PAPER_A4 = 9
PAGE_WIDTH = 205  # characters on a landscape page that can still be read
LINE_HEIGHT = 15
CAPTION_SIZE = 13
FILTER_ARROW = 3  # characters of a header that its button hides
ROWS_WITH_CHART = 45  # table and chart together on one page
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
    sheets = [_Sheet(book, title, table) for title, table in zip(titles, tables, strict=True)]
    for sheet in sorted(sheets, key=lambda each: each.table.title in last):
        title, count, part = sheet.table.title, 0, sheet
        async for chunk in sheet.table.rows():
            left = chunk
            while left:
                if part.lines + KEPT_FREE >= most_rows:
                    part.finish(goes_on=True)
                    count, part = count + part.count, part.following()
                fits = most_rows - KEPT_FREE - part.lines
                part.add(left[:fits])
                left = left[fits:]
            if progress is not None:
                await progress(title, count + part.count)
        part.finish()
        written[title] = count + part.count
        if sums is not None:
            sums[title] = dict(part.sums)
    book.save(path)


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
        numbered = list(enumerate(table.columns, 1))
        self._cells = [PreparedCell(body_cell(sheet, column), number) for number, column in numbered]
        self._header = [PreparedCell(header_cell(sheet), number) for number, _ in numbered]
        self._section = [PreparedCell(section_cell(sheet), number) for number, _ in numbered]
        for cell, column in zip(self._header, table.columns, strict=True):
            put(cell, column.title)
        room = FILTER_ARROW if table.filters else 1
        self._append_tall(self._header, max(_lines(column.title, column.width - room) for column in table.columns))
        self._summed = [(place, column) for place, column in enumerate(table.columns) if column.summed]
        self.sums: dict[str, int | float] = {column.title: 0 for _, column in self._summed}

    def add(self, rows: Sequence[Row]) -> None:
        append, cells = self._sheet.append, self._cells
        for row in rows:
            self.lines += 1
            if isinstance(row, Heading):
                append(self._heading(row))
                continue
            self.count += 1
            for place, column in self._summed:
                value = row[place]
                self.sums[column.title] += value if isinstance(value, (int, float)) else 0
            for cell, value in zip(cells, row, strict=True):
                put(cell, value)
            for place in self._links:
                self._link(place, row[place])
            if self._long and (lines := self._lines_of(row)) > 1:
                self._append_tall(cells, lines)
            else:
                append(cells)

    def _link(self, place: int, value: Value) -> None:
        """A cell is used for every row, so a link of an earlier one must go."""
        cell = self._cells[place]
        cell.hyperlink = None
        if isinstance(value, Link) and self.count <= MOST_LINKS:
            cell.hyperlink = Hyperlink(ref=f"{cell.letter}{self.lines}", target=value.address)

    def _lines_of(self, row: Sequence[Value]) -> int:
        """How many lines the tallest text of the row takes when it wraps."""
        most = 1
        for place, width in self._long:
            text = row[place]
            if isinstance(text, str) and (len(text) > width or "\n" in text):
                most = max(most, _lines(text, width))
        return most

    def _append_tall(self, cells: list[Any], lines: int) -> None:
        """A wrapped row needs its height told: not every spreadsheet finds it when it opens the file."""
        dimensions = self._sheet.row_dimensions
        dimensions[self.lines] = RowDimension(self._sheet, index=self.lines, ht=min(409, LINE_HEIGHT * lines))
        self._sheet.append(cells)
        del dimensions[self.lines]  # it is written; a hundred thousand of them would stay in memory

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
        if self.table.chart is not None and self.count:
            if self.count <= ROWS_WITH_CHART:
                self._sheet.page_setup.fitToHeight = 1
            self._sheet.add_chart(bar_chart(self._sheet, self.table.chart, self.count), f"B{below}")

    def _total(self) -> None:
        """Below the rows that are filtered and sorted, so that it stays where it is."""
        row = self._heading(Heading(TOTAL))
        for place, column in self._summed:
            put(row[place], self.sums[column.title])
        self.lines += 1
        self._sheet.append(row)

    def _sign(self) -> None:
        for who in self.table.signatures:
            self._sheet.append([])
            self._sheet.append([WriteOnlyCell(self._sheet, text) for text in (who, "", SIGN_HERE)])
            self.lines += 2

    def _heading(self, heading: Heading) -> list[Any]:
        put(self._section[0], heading.text)
        for cell in self._section[1:]:
            put(cell, None)
        return self._section


def _lines(text: str, width: float) -> int:
    """How many lines a text takes that wraps between words; long words are cut."""
    room = max(4, int(width))
    count = 0
    for paragraph in text.split("\n"):
        used = 0
        count += 1
        for word in paragraph.split(" "):
            length = len(word)
            if used and used + 1 + length > room:
                count += 1
                used = 0
            count += max(0, ceil(length / room) - 1)
            used += length + (1 if used else 0)
    return count


def _print_text(text: str) -> str:
    """In a page header «&» begins a command."""
    return excel_text(text).replace("&", "&&")[:200]
