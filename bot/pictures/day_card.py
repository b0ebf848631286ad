"""The day on one card: four figures, the ledger as a bar, the schools that need attention, the hours reports came."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.domain.grid import CaptionRoom, Grid
from bot.domain.ledger import Ledger
from bot.domain.report.states import ReportState
from bot.domain.summary import Summary
from bot.pictures import canvas as c
from bot.pictures.canvas import Canvas
from bot.pictures.grid import draw_grid
from bot.texts import pictures as words

TILE_HEIGHT = 132
SECOND_LINE = 30
BAR_HEIGHT = 40
CHART_HEIGHT = 150


@dataclass(frozen=True, slots=True)
class DayCard:
    """`grid` holds schools that need attention only. `room`: what has a place in the caption too, and so is drawn."""

    summary: Summary
    grid: Grid
    municipality: str
    zone: ZoneInfo
    room: CaptionRoom


def draw_day(card: DayCard) -> bytes:
    """PNG, 1080 pixels wide. Every figure in it is also in the caption of the message."""
    return day_sheet(card).finish()


def day_sheet(card: DayCard) -> Canvas:
    summary = card.summary
    sheet = Canvas()
    sheet.line(words.title(summary.period.first, summary.period.last), 46, bold=True, after=4)
    sheet.line(words.subtitle(card.municipality, summary.at, card.zone), 26, colour=c.SOFT, after=16)
    _tiles(sheet, summary)
    _ledger(sheet, summary.observers)
    _attention(sheet, card)
    if summary.arrivals and card.room.hours:
        _arrivals(sheet, summary.arrivals)
    return sheet


def _tiles(sheet: Canvas, summary: Summary) -> None:
    sittings, observers, found = summary.sittings, summary.observers, summary.violations
    tiles = (
        (words.part_of(sittings.held, sittings.plan), words.HELD, "", c.INK),
        (words.part_of(observers.received, observers.plan), words.RECEIVED, "", c.INK),
        (str(observers.awaited), words.awaited(observers.awaited), "", c.INK),
        (
            str(found.total), words.violations(found.total), words.critical(found.critical),
            c.RED if found.critical else c.INK,
        ),
    )  # fmt: skip
    height = TILE_HEIGHT + (SECOND_LINE if any(more for _, _, more, _ in tiles) else 0)
    gap = 14
    width = (c.ROOM - gap * (len(tiles) - 1)) / len(tiles)
    for number, (figure, name, more, colour) in enumerate(tiles):
        x = c.MARGIN + number * (width + gap)
        sheet.box(x, sheet.y, width, height, outline=c.LINE, radius=14)
        figure, size = sheet.fit(figure, width - 32, 52, bold=True)
        sheet.text(x + 16, sheet.y + 52, figure, size, bold=True, colour=colour, anchor="lm")
        name, size = sheet.fit(name, width - 30, 24)
        sheet.text(x + 16, sheet.y + 104, name, size, colour=c.SOFT, anchor="lm")
        if more:
            more, size = sheet.fit(more, width - 30, 24)
            sheet.text(x + 16, sheet.y + 104 + SECOND_LINE, more, size, colour=colour, anchor="lm")
    sheet.y += height + 28


def _ledger(sheet: Canvas, ledger: Ledger) -> None:
    """Every report is in exactly one part of the bar."""
    sheet.line(words.reports_title(ledger.received, ledger.plan), 30, bold=True, after=6)
    begun = ledger[ReportState.OPENED] + ledger[ReportState.PARTIAL] + ledger[ReportState.RETURNED]
    parts = (
        ("received", ledger.received),
        ("begun", begun),
        ("waiting", ledger[ReportState.EXPECTED]),
        ("missed", ledger.missed),
        ("excused", ledger.excused),
    )
    sheet.box(c.MARGIN, sheet.y, c.ROOM, BAR_HEIGHT, fill=c.WHITE, outline=c.LINE)
    states = {state.value: ledger[state] for state in ReportState}
    done = 0
    for name, count in parts:
        start = c.MARGIN + c.ROOM * done / max(1, ledger.plan)
        done += count
        end = c.MARGIN + c.ROOM * done / max(1, ledger.plan)
        _part(sheet, name, start, sheet.y, end - start, BAR_HEIGHT)
    sheet.y += BAR_HEIGHT + 14
    x = float(c.MARGIN)
    for name, count in parts:
        if count:
            told = words.state(name, count, states)
            needed = 40 + c.font(24).getlength(told) + 26
            if x + needed - 26 > c.WIDTH - c.MARGIN:
                x = c.MARGIN
                sheet.y += 42
            _part(sheet, name, x, sheet.y, 30, 30)
            sheet.text(x + 40, sheet.y + 15, told, 24, colour=c.SOFT, anchor="lm")
            x += needed
    sheet.y += 58


def _part(sheet: Canvas, name: str, x: float, y: float, width: float, height: float) -> None:
    match name:
        case "received":
            sheet.box(x, y, width, height, fill=c.BLUE)
        case "begun":
            sheet.box(x, y, width, height, fill=c.LIGHT_BLUE)
        case "waiting":
            sheet.box(x, y, width, height, fill=c.WHITE, outline=c.LINE)
        case "missed":
            sheet.hatched(x, y, width, height, c.RED)
        case "excused":
            sheet.box(x, y, width, height, fill=c.GREY)


def _attention(sheet: Canvas, card: DayCard) -> None:
    grid, summary = card.grid, card.summary
    if grid.rows:
        sheet.line(words.attention(len(grid.rows), grid.total), 30, bold=True, after=8)
        draw_grid(sheet, grid, counts=card.room.schools)
    else:
        all_well = summary.observers.received == summary.observers.plan
        sheet.line(words.ALL_WELL if all_well else words.NO_ATTENTION_YET, 30, bold=True, after=20)


def _arrivals(sheet: Canvas, arrivals: Sequence[tuple[int, int]]) -> None:
    sheet.line(words.ARRIVALS, 30, bold=True, after=4)
    most = max(count for _, count in arrivals)
    width = min(130.0, c.ROOM / len(arrivals))
    base = sheet.y + CHART_HEIGHT
    for number, (hour, count) in enumerate(arrivals):
        x = c.MARGIN + number * width
        height = (CHART_HEIGHT - 44) * count / most
        sheet.box(x + 6, base - height, width - 12, height, fill=c.BLUE)
        sheet.text(x + width / 2, base - height - 6, str(count), 24, bold=True, anchor="ms")
        sheet.text(x + width / 2, base + 10, words.hour(hour), 22, colour=c.SOFT, anchor="ma")
    sheet.draw.line((c.MARGIN, base, c.MARGIN + width * len(arrivals), base), fill=c.LINE, width=2)
    sheet.y = base + 34
