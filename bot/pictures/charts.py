"""Pictures of more than a day: what is violated most, what came late, all schools by all items."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.checklist import Severity
from bot.domain.grid import Grid
from bot.pictures import canvas as c
from bot.pictures.canvas import Canvas
from bot.pictures.grid import draw_grid
from bot.texts import pictures as words

ROW = 58
TOP = 10
MOST_DAYS = 24


@dataclass(frozen=True, slots=True)
class Heading:
    """The lines above every picture."""

    title: str
    subtitle: str


@dataclass(frozen=True, slots=True)
class ItemCount:
    code: str
    label: str
    severity: Severity
    count: int


def draw_violations(heading: Heading, counts: Sequence[ItemCount]) -> bytes:
    """The ten items violated most, the number at the end of each bar. `counts` in the order to show."""
    return violations_sheet(heading, counts).finish()


def violations_sheet(heading: Heading, counts: Sequence[ItemCount]) -> Canvas:
    sheet = _begin(heading, words.BY_ITEM)
    name_width = 390
    most = max((each.count for each in counts), default=1)
    for each in counts[:TOP]:
        middle = sheet.y + ROW / 2
        name, size = sheet.fit(f"{each.code} {each.label}", name_width - 16, 26)
        sheet.text(c.MARGIN, middle, name, size, anchor="lm")
        length = max(6.0, (c.ROOM - name_width - 80) * each.count / most)
        left = c.MARGIN + name_width
        critical = each.severity is Severity.CRITICAL
        sheet.box(left, sheet.y + 8, length, ROW - 16, fill=c.RED if critical else c.BLUE)
        sign = f" ({words.SIGNS['critical']})" if critical else ""
        sheet.text(left + length + 12, middle, f"{each.count}{sign}", 26, bold=True, anchor="lm")
        sheet.y += ROW
    if not counts:
        sheet.line(words.NO_VIOLATIONS, 28)
    sheet.y += 16
    if any(each.severity is Severity.CRITICAL for each in counts[:TOP]):
        sheet.line(words.CRITICAL_SIGN, 24, colour=c.SOFT, after=4)
    if rest := left_out(counts):
        sheet.line(rest, 24, colour=c.SOFT)
    return sheet


def left_out(counts: Sequence[ItemCount]) -> str:
    """How much of all the bars show; nothing when they show everything."""
    shown = counts[:TOP]
    if len(shown) == len(counts):
        return ""
    return words.worst_of(len(shown), len(counts), _sum(shown), _sum(counts))


def _sum(counts: Sequence[ItemCount]) -> int:
    return sum(each.count for each in counts)


def draw_punctuality(heading: Heading, days: Sequence[tuple[date, int, int]]) -> bytes:
    """(day, in time, late) as stacked bars of two tones; the last twenty-four days with reports."""
    return punctuality_sheet(heading, days).finish()


def punctuality_sheet(heading: Heading, days: Sequence[tuple[date, int, int]]) -> Canvas:
    sheet = _begin(heading, words.PUNCTUALITY)
    shown = days[-MOST_DAYS:]
    most = max((on_time + late for _, on_time, late in shown), default=1) or 1
    row = 46 if len(shown) > 12 else ROW
    for day, on_time, late in shown:
        middle = sheet.y + row / 2
        sheet.text(c.MARGIN, middle, words.short_day(day), 26, anchor="lm")
        left = c.MARGIN + 150.0
        scale = (c.ROOM - 150 - 170) / most
        sheet.box(left, sheet.y + 6, on_time * scale, row - 12, fill=c.BLUE)
        if late:
            sheet.hatched(left + on_time * scale, sheet.y + 6, late * scale, row - 12, c.RED)
        told = words.in_time_and_late(on_time, late)
        sheet.text(left + (on_time + late) * scale + 12, middle, told, 24, bold=True, anchor="lm")
        sheet.y += row
    sheet.y += 16
    sheet.box(c.MARGIN, sheet.y, 30, 30, fill=c.BLUE)
    sheet.text(c.MARGIN + 40, sheet.y + 15, words.ON_TIME, 24, colour=c.SOFT, anchor="lm")
    sheet.hatched(c.MARGIN + 190, sheet.y, 30, 30, c.RED)
    sheet.text(c.MARGIN + 230, sheet.y + 15, words.LATE, 24, colour=c.SOFT, anchor="lm")
    sheet.y += 34
    return sheet


def draw_heatmap(heading: Heading, grid: Grid, page: str = "") -> bytes:
    """Schools × items; at most thirty rows, which is what a phone can still show. `page`: «Лист 2 из 3»."""
    return heatmap_sheet(heading, grid, page).finish()


def heatmap_sheet(heading: Heading, grid: Grid, page: str = "") -> Canvas:
    sheet = _begin(heading, words.GRID + (f" · {page}" if page else ""))
    draw_grid(sheet, grid)
    return sheet


def _begin(heading: Heading, name: str) -> Canvas:
    sheet = Canvas()
    sheet.line(heading.title, 42, bold=True, after=4)
    sheet.line(heading.subtitle, 26, colour=c.SOFT, after=18)
    sheet.line(name, 30, bold=True, after=10)
    return sheet
