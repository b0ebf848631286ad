"""Captions: every figure of a picture once more as text, in at most 1 024 characters."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.grid import CaptionRoom, Grid, by_need
from bot.domain.period import Period
from bot.domain.screen import MAX_CAPTION, Button, Rows, Screen, row, rows
from bot.domain.summary import Summary
from bot.pictures.charts import TOP, ItemCount, left_out
from bot.pictures.school_day import WorkLine
from bot.screens import figures
from bot.screens import summary as summary_screens
from bot.texts import pictures as words
from bot.texts import summary as summary_words
from bot.texts.delivery import REPEATED
from bot.texts.escape import esc, truncate, utf16_length
from bot.texts.time import clock

ROOM = MAX_CAPTION - 24
AROUND = 130  # a title, and that it may be a repetition
MOST_SCHOOLS = 10
NAME = 22


def day(summary: Summary, today: date, zone: ZoneInfo) -> Screen:
    """The card's lines: what the picture shows and the chat says are the same numbers."""
    title = summary_words.title(summary_screens.said(summary.period, today), clock(summary.at, zone))
    return Screen(_within([title, *_told(summary)[0]]), _rows(summary.period))


def digest(summary: Summary, day: date, zone: ZoneInfo, *, repeat: bool, in_group: bool = False) -> Screen:
    """The evening's summary of a day or a week: the same lines; a possible repeat says so.

    In a group it has none of its buttons: what they open is not for everybody there.
    """
    title = words.digest_title(summary_screens.said(summary.period, day), clock(summary.at, zone))
    lines = [title, *_told(summary)[0]]
    return Screen(_within([*lines, REPEATED] if repeat else lines), () if in_group else _rows(summary.period))


def room(summary: Summary) -> CaptionRoom:
    """What the card of the day may draw: its caption says it too."""
    return _told(summary)[1]


def _told(summary: Summary) -> tuple[list[str], CaptionRoom]:
    """The lines under the card of the day. What has no room is not drawn; the shortest comes first."""
    needing = by_need(summary.needing_attention)
    shown = needing[:MOST_SCHOOLS]
    each = [
        words.school_reports(truncate(school.name, NAME), school.observers.received, school.observers.plan)
        for school in shown
    ]
    hours = words.hours(summary.arrivals) if summary.arrivals else ""

    def lines(by_hour: bool, by_school: bool, names: bool = False) -> list[str]:
        attention = words.attention_line(len(shown), len(needing), each if by_school else ()) if shown else ""
        told = figures.lines(summary, live=False, attention=attention, names=names)
        return [*told, hours] if by_hour and hours else told

    tries = [(True, True, True), (True, True, False), (True, False, False), (False, False, False)]
    for by_hour, by_school, names in tries:
        told = lines(by_hour, by_school, names)
        if utf16_length("\n".join(told)) <= ROOM - AROUND:
            break
    return told, CaptionRoom(by_hour, by_school)


def heatmap(number: int, total: int, grid: Grid) -> str:
    """Under one sheet of all schools: the reports of each."""
    told = ""
    for length in (NAME, NAME // 2):
        reports = [words.school_reports(truncate(row.name, length), row.received, row.plan) for row in grid.rows]
        told = words.heatmap_caption(number, total, grid.total, reports)
        if utf16_length(told) <= ROOM:
            break
    return told


def school_day(title: str, works: Sequence[WorkLine], rows: Rows) -> Screen:
    """Under the strips of a school's day: the same times in words."""
    told = [
        words.work_line(
            work.name,
            work.note,
            (
                (words.PLAN, words.from_to(*map(_clock, work.planned)) if work.planned else ""),
                (words.CAME, _clock(work.arrived_at)),
                (words.FACT, words.from_to(_clock(work.started_at), _clock(work.ended_at)) if work.started_at else ""),
                (words.REPORT_CAME, _clock(work.submitted_at)),
            ),
        )
        for work in works
    ]
    return Screen(_within([esc(title), *told]), rows)


def _clock(at: datetime | None) -> str:
    """Of local time without a zone."""
    return f"{at:%H:%M}" if at else ""


def without_picture(screen: Screen) -> Screen:
    """With the word that brings the picture; groups do not understand it."""
    return Screen(f"{screen.text}\n{words.PICTURE_BY_BUTTON}", screen.rows)


def violations(counts: Sequence[ItemCount], period: Period, today: date) -> Screen:
    head = words.caption_title(words.BY_ITEM, summary_screens.said(period, today))
    told = [words.item_count(each.code, each.label, each.count) for each in counts[:TOP]]
    rest = left_out(counts)
    return Screen(_within([head, *(told or [words.NO_VIOLATIONS]), *([rest] if rest else [])]), _rows(period))


def punctuality(days: Sequence[tuple[date, int, int]], period: Period, today: date) -> Screen:
    head = words.caption_title(words.PUNCTUALITY, summary_screens.said(period, today))
    return Screen(_within([head, *(words.day_count(*each) for each in days)]), _rows(period))


def choice(period: Period, today: date) -> Screen:
    """Which picture."""
    code = period.code
    return Screen(
        words.caption_title(words.CHOOSE, summary_screens.said(period, today)),
        rows(
            row(Button(words.DAY_CARD, f"sp:d:{code}"), Button(words.HEATMAP, f"sp:h:{code}")),
            row(Button(words.BY_ITEM_SHORT, f"sp:v:{code}"), Button(words.PUNCTUALITY_SHORT, f"sp:p:{code}")),
            (Button(summary_words.BACK, f"sv:c:{code}"), summary_screens.HOME),
        ),
    )


def _within(lines: Sequence[str]) -> str:
    """As many whole lines as a caption holds; what is left out is said."""
    kept: list[str] = []
    for line in lines:
        if utf16_length("\n".join([*kept, line])) > ROOM:
            return "\n".join([*kept, words.REST_IN_EXCEL])
        kept.append(line)
    return "\n".join(kept)


def _rows(period: Period) -> Rows:
    return rows((Button(words.TO_SUMMARY, f"sv:c:{period.code}"), Button(summary_words.EXCEL, f"ex:d:{period.code}")))
