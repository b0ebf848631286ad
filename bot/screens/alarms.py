"""What makes a coordinator's phone ring, and what they learn about changes of a sent report."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.checklist import Answer, Item
from bot.domain.plan import Sitting
from bot.domain.report import CorrectionReason, Report, content
from bot.domain.report.difference import TIMES, Difference, differences
from bot.domain.screen import Button, Screen, row
from bot.texts import corrections
from bot.texts import report as words
from bot.texts.time import clock


def critical(sitting: Sitting, item: Item, answer: Answer, who: str, number: int, zone: ZoneInfo) -> Screen:
    time = answer.entered_at.astimezone(zone).strftime("%H:%M")
    return Screen(
        words.critical(
            number, sitting.school_name, sitting.class_name, item.code, item.label, answer.comment, who, time
        ),
        (row(Button(corrections.SHOW_REPORT, f"vc:{number}")),),
    )


def critical_words(number: int, code: str, comment: str) -> Screen:
    """What is new of an alarm whose card is above."""
    return Screen(words.critical_words(number, code, comment))


def withdrawn(sitting: Sitting, item: Item, answer: Answer, who: str, number: int, zone: ZoneInfo) -> Screen:
    """What was alarmed about is answered otherwise now."""
    time = answer.entered_at.astimezone(zone).strftime("%H:%M")
    value = corrections.side(answer.value.value, answer.comment)
    text = corrections.withdrawn(
        number, sitting.school_name, sitting.class_name, item.code, item.label, value, who, time
    )
    return Screen(text, (row(Button(corrections.SHOW_REPORT, f"vc:{number}")),))


def corrected(
    sitting: Sitting,
    old: Mapping[str, Any],
    new: Report,
    who: str,
    reason: CorrectionReason | None,
    zone: ZoneInfo,
    *,
    returned: bool = False,
) -> Screen:
    """A report was changed after it was sent: both sides of every change. `old`: its content before."""
    assert new.touched_at is not None
    lines = difference_lines(old, content(new), zone)
    text = corrections.corrected(
        new.number,
        sitting.school_name,
        sitting.class_name,
        who,
        "returned" if returned else reason.value if reason else "",
        clock(new.touched_at, zone),
        lines[:20],
    )
    buttons = row(Button(corrections.SHOW_REPORT, f"vc:{new.number}"), Button(corrections.HISTORY, f"vh:{new.number}"))
    return Screen(text, (buttons,))


def difference_lines(before: Mapping[str, Any], after: Mapping[str, Any], zone: ZoneInfo) -> list[str]:
    """One line a change, in words."""
    return [
        corrections.difference(each.what, _side(each, each.before, zone), _side(each, each.after, zone))
        for each in differences(before, after)
    ]


def _side(each: Difference, value: tuple[str, str] | str | None, zone: ZoneInfo) -> str:
    if value is None:
        return corrections.NOT_SAID
    if isinstance(value, tuple):
        return corrections.side(*value)
    return clock(datetime.fromisoformat(value), zone) if each.what in TIMES else value
