"""What makes a coordinator's phone ring."""

from zoneinfo import ZoneInfo

from bot.domain.checklist import Answer, Item
from bot.domain.plan import Sitting
from bot.domain.screen import Screen
from bot.texts import report as words


def critical(sitting: Sitting, item: Item, answer: Answer, who: str, number: int, zone: ZoneInfo) -> Screen:
    time = answer.entered_at.astimezone(zone).strftime("%H:%M")
    return Screen(
        words.critical(
            number, sitting.school_name, sitting.class_name, item.code, item.label, answer.comment, who, time
        )
    )
