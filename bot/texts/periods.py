"""Days and weeks as people name them: words they type, and how we say a period back."""

import re
from datetime import date
from typing import Final

from bot.texts.plural import NBSP
from bot.texts.time import MONTHS_OF, day, day_of_month

TODAY: Final = frozenset({"", "сегодня", "день", "сейчас"})
DAYS_AGO: Final = {
    "вчера": 1, "вчерашний день": 1, "позавчера": 2, "завтра": -1, "завтрашний день": -1, "послезавтра": -2,
}  # fmt: skip
THIS_WEEK: Final = frozenset({"неделя", "неделю", "эту неделю", "эта неделя", "этой неделе", "текущую неделю"})
LAST_WEEK: Final = frozenset({"прошлую неделю", "прошлая неделя", "прошлой неделе"})
EVERYTHING: Final = frozenset(
    {"все", "все время", "весь период", "период", "весь период впр", "все дни", "весь впр", "итог", "итоги"}
)
WEEKDAYS: Final = {
    "понедельник": 0, "вторник": 1, "среда": 2, "среду": 2, "четверг": 3, "пятница": 4, "пятницу": 4,
    "суббота": 5, "субботу": 5, "воскресенье": 6,
}  # fmt: skip
MONTHS: Final = {name[:3]: number for number, name in enumerate(MONTHS_OF, 1)} | {"май": 5}
LEADING: Final = re.compile(r"^(?:(?:за|на|по|с|со|в|во|от|день)\s+)+")
RANGE: Final = re.compile(r"^(.+?)\s*(?:-|–|—|\bпо\b|\bдо\b)\s*(.+)$")
NAMED_DAY: Final = re.compile(r"(\d{1,2})(?:-?го)?\s+([а-я]+)\.?(?:\s+(\d{4}))?(?:\s*г(?:ода|\.)?)?")
BARE_DAY: Final = re.compile(r"(\d{1,2})(?:-?го)?")

NOT_UNDERSTOOD: Final = (
    "Не понял, за какой день. Напишите, например: «сводка за вчера», «сводка за 23 апреля» или «сводка за неделю»."
)


def said(first: date, last: date, *, today: date | None = None) -> str:
    """«сегодня, 23 апреля», «23 апреля, четверг», «20–26 апреля», «28 апреля – 3 мая»; years only when they differ."""
    if first == last:
        if first == today:
            return f"сегодня, {day_of_month(first)}"
        return day(first) if today is None or first.year == today.year else f"{day_of_month(first)} {first.year}"
    if first.year != last.year:
        return f"{day_of_month(first)} {first.year} – {day_of_month(last)} {last.year}"
    if first.month == last.month:
        return f"{first.day}–{last.day}{NBSP}{MONTHS_OF[last.month - 1]}"
    return f"{day_of_month(first)} – {day_of_month(last)}"


def figures(first: date, last: date) -> str:
    """`23.04.2026` or `20.04.2026–26.04.2026`, for documents."""
    start = f"{first:%d.%m.%Y}"
    return start if first == last else f"{start}–{last:%d.%m.%Y}"
