"""Captions: every figure of a picture once more as text, in at most 1 024 characters."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.period import Period
from bot.domain.screen import MAX_CAPTION, Button, Rows, Screen, row, rows
from bot.domain.summary import Summary
from bot.pictures.charts import ItemCount
from bot.screens import figures
from bot.screens import summary as summary_screens
from bot.texts import pictures as words
from bot.texts import summary as summary_words
from bot.texts.delivery import REPEATED
from bot.texts.escape import utf16_length
from bot.texts.time import clock

ROOM = MAX_CAPTION - 24


def day(summary: Summary, today: date, zone: ZoneInfo) -> Screen:
    """The card's lines: what the picture shows and the chat says are the same numbers."""
    title = summary_words.title(summary_screens.said(summary.period, today), clock(summary.at, zone))
    return Screen(_within([title, *figures.lines(summary, live=False)]), _rows(summary.period))


def digest(summary: Summary, day: date, zone: ZoneInfo, *, repeat: bool) -> Screen:
    """The evening's summary of a day or a week: the same lines; a possible repeat says so."""
    title = words.digest_title(summary_screens.said(summary.period, day), clock(summary.at, zone))
    lines = [title, *figures.lines(summary, live=False)]
    return Screen(_within([*lines, REPEATED] if repeat else lines), _rows(summary.period))


def without_picture(screen: Screen) -> Screen:
    return Screen(f"{screen.text}\n{words.PICTURE_BY_BUTTON}", screen.rows)


def violations(counts: Sequence[ItemCount], period: Period, today: date) -> Screen:
    head = words.caption_title(words.BY_ITEM, summary_screens.said(period, today))
    told = [words.item_count(each.code, each.label, each.count) for each in counts]
    return Screen(_within([head, *(told or [words.NO_VIOLATIONS])]), _rows(period))


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
