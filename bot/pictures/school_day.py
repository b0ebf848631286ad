"""A school's day on one strip for each work: plan above, fact below, and when the report came."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.pictures import canvas as c
from bot.pictures.canvas import Canvas
from bot.pictures.charts import Heading
from bot.texts import pictures as words

STRIP = 34
LEFT = 300
HALF_LABEL = 34  # of the last hour stands within the sheet too
MOST_HOURS = 8  # labels that fit side by side


@dataclass(frozen=True, slots=True)
class WorkLine:
    """Local times of one work. `planned` is None when no time was told; `note` is said under its name."""

    name: str
    note: str
    planned: tuple[datetime, datetime] | None
    arrived_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    submitted_at: datetime | None


def draw_school_day(heading: Heading, works: Sequence[WorkLine]) -> bytes:
    """No judgement and no comparison with other schools: only when things were to be and when they were."""
    return school_sheet(heading, works).finish()


def school_sheet(heading: Heading, works: Sequence[WorkLine]) -> Canvas:
    sheet = Canvas()
    sheet.line(heading.title, 42, bold=True, after=4)
    sheet.line(heading.subtitle, 26, colour=c.SOFT, after=20)
    first, last = _ends(works)
    hours = max(1, round((last - first).total_seconds() / 3600))
    width = (c.ROOM - LEFT - HALF_LABEL) / hours
    for number in range(0, hours + 1, -(-hours // MOST_HOURS)):
        hour = (first + timedelta(hours=number)).hour
        sheet.text(c.MARGIN + LEFT + number * width, sheet.y, words.hour(hour), 22, colour=c.SOFT, anchor="ma")
    sheet.y += 40

    def x(moment: datetime) -> float:
        return c.MARGIN + LEFT + (moment - first).total_seconds() / 3600 * width

    for work in works:
        _work(sheet, work, x)
    _legend(sheet)
    return sheet


def _work(sheet: Canvas, work: WorkLine, x: Callable[[datetime], float]) -> None:
    top = sheet.y
    sheet.draw.line((c.MARGIN, top, c.WIDTH - c.MARGIN, top), fill=c.PALE, width=2)
    name, size = sheet.fit(work.name, LEFT - 20, 26, bold=True)
    sheet.text(c.MARGIN, top + 12, name, size, bold=True)
    note, size = sheet.fit(work.note, LEFT - 20, 22)
    sheet.text(c.MARGIN, top + 50, note, size, colour=c.SOFT)
    if work.planned is not None:
        start, end = work.planned
        sheet.box(x(start), top + 14, x(end) - x(start), STRIP, fill=c.GREY)
    if work.started_at is not None and work.ended_at is not None and work.ended_at > work.started_at:
        sheet.box(x(work.started_at), top + 14 + STRIP, x(work.ended_at) - x(work.started_at), STRIP, fill=c.BLUE)
    elif work.started_at is not None:
        sheet.hatched(x(work.started_at), top + 14 + STRIP, 40, STRIP, c.BLUE)
    if work.arrived_at is not None:
        at = x(work.arrived_at)
        sheet.draw.polygon(((at - 9, top + 14 + STRIP), (at + 9, top + 14 + STRIP), (at, top + 34 + STRIP)), fill=c.INK)
    if work.submitted_at is not None:
        at = x(work.submitted_at)
        sheet.draw.ellipse((at - 9, top + 22 + STRIP, at + 9, top + 40 + STRIP), outline=c.INK, width=4)
    sheet.y = top + 14 + STRIP * 2 + 18


def _legend(sheet: Canvas) -> None:
    sheet.y += 10
    middle = sheet.y + 15
    sheet.box(c.MARGIN, sheet.y, 30, 30, fill=c.GREY)
    sheet.text(c.MARGIN + 40, middle, words.PLAN, 24, colour=c.SOFT, anchor="lm")
    sheet.box(c.MARGIN + 150, sheet.y, 30, 30, fill=c.BLUE)
    sheet.text(c.MARGIN + 190, middle, words.FACT, 24, colour=c.SOFT, anchor="lm")
    left = c.MARGIN + 300
    sheet.draw.polygon(((left, sheet.y + 4), (left + 18, sheet.y + 4), (left + 9, sheet.y + 26)), fill=c.INK)
    sheet.text(left + 30, middle, words.CAME, 24, colour=c.SOFT, anchor="lm")
    left += 330
    sheet.draw.ellipse((left, sheet.y + 6, left + 18, sheet.y + 24), outline=c.INK, width=4)
    sheet.text(left + 30, middle, words.REPORT_CAME, 24, colour=c.SOFT, anchor="lm")
    sheet.y += 34


def _ends(works: Sequence[WorkLine]) -> tuple[datetime, datetime]:
    """Whole hours around everything that is shown. Raises ValueError when there is nothing to show."""
    told: list[datetime] = []
    for work in works:
        told += work.planned or ()
        told += [
            moment
            for moment in (work.arrived_at, work.started_at, work.ended_at, work.submitted_at)
            if moment is not None
        ]
    first, last = min(told), max(told)
    start = first.replace(minute=0, second=0, microsecond=0)
    end = last.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return start, max(end, start + timedelta(hours=3))
