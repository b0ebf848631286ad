"""Schools × items as a grid of cells: what is normal stays pale, what is not can be told without colour."""

from bot.domain.grid import Grid, GridRow, Mark
from bot.pictures import canvas as c
from bot.pictures.canvas import Canvas
from bot.texts import pictures as words

NAME_WIDTH = 236
COUNT_WIDTH = 84
GAP = 5
MOST_COLUMNS = 14
CELL_HEIGHT = 52
PAINT = {
    Mark.FINE: (c.PALE, c.SOFT, False),
    Mark.UNSEEN: (c.PALE, c.SOFT, False),
    Mark.MINOR: (c.GREY, c.INK, True),
    Mark.MAJOR: (c.AMBER, c.INK, True),
    Mark.CRITICAL: (c.RED, c.WHITE, True),
}


def draw_grid(sheet: Canvas, grid: Grid, *, counts: bool = True) -> None:
    """Header, a line a school, and the legend of what occurs. `counts`: with how many reports each school has.

    Without them it is still said of which schools not all reports came.
    """
    left = c.MARGIN + NAME_WIDTH + COUNT_WIDTH
    width = min(62, (c.WIDTH - c.MARGIN - left) / max(1, len(grid.items)))
    if counts or any(row.received < row.plan for row in grid.rows):
        sheet.text(left - 14, sheet.y + 26, words.REPORTS_COLUMN, 22, colour=c.SOFT, anchor="rs")
    for number, item in enumerate(grid.items):
        sheet.text(left + width * number + (width - GAP) / 2, sheet.y + 26, item, 22, colour=c.SOFT, anchor="ms")
    sheet.y += 38
    for row in grid.rows:
        _row(sheet, row, left, width, counts=counts)
    sheet.y += 8
    _legend(sheet, grid)
    if grid.left_out:
        sheet.line(words.MORE_ITEMS, 22, colour=c.SOFT)


def _row(sheet: Canvas, row: GridRow, left: float, width: float, *, counts: bool) -> None:
    middle = sheet.y + CELL_HEIGHT / 2
    name, size = sheet.fit(row.name, NAME_WIDTH - 12, 28)
    sheet.text(c.MARGIN, middle, name, size, anchor="lm")
    if counts or row.received < row.plan:
        told = words.of_reports(row.received, row.plan) if counts else words.NOT_ALL
        sheet.text(left - 14, middle, told, 24, colour=c.SOFT, anchor="rm")
    for number, mark in enumerate(row.marks):
        _cell(sheet, mark, left + width * number, sheet.y, width - GAP, CELL_HEIGHT)
    sheet.y += CELL_HEIGHT + GAP


def _cell(sheet: Canvas, mark: Mark, x: float, y: float, width: float, height: float) -> None:
    if mark not in PAINT:
        sheet.box(x, y, width, height, fill=c.WHITE, outline=c.GREY)
        if mark is Mark.NONE:
            corners = (round(x) + 4, round(y + height) - 6, round(x + width) - 5, round(y) + 5)
            sheet.draw.line(corners, fill=c.GREY, width=2)
        return
    fill, ink, bold = PAINT[mark]
    sheet.box(x, y, width, height, fill=fill)
    size = 28 if height > 40 else 22
    sheet.text(x + width / 2, y + height / 2, words.SIGNS[mark.value], size, bold=bold, colour=ink, anchor="mm")


def _legend(sheet: Canvas, grid: Grid) -> None:
    """Only what is in the grid, and as many lines as it takes."""
    seen = {mark.value for row in grid.rows for mark in row.marks}
    entries = [each for each in words.LEGEND if each[0] in seen]
    x = float(c.MARGIN)
    for key, name in entries:
        needed = 40 + c.font(24).getlength(name) + 28
        if x + needed > c.WIDTH - c.MARGIN:
            x = c.MARGIN
            sheet.y += 42
        _cell(sheet, Mark(key), x, sheet.y, 32, 32)
        sheet.text(x + 42, sheet.y + 16, name, 24, colour=c.SOFT, anchor="lm")
        x += needed
    sheet.y += 52
