"""Dates and times as people say them: «23 апреля, четверг», `09:05`, «12 минут назад»."""

from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from bot.texts.plural import NBSP, counted

MONTHS_OF: Final = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)
WEEKDAYS: Final = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
RELATIVE_UNDER: Final = timedelta(minutes=60)


def day(value: date) -> str:
    """«23 апреля, четверг»."""
    return f"{day_of_month(value)}, {WEEKDAYS[value.weekday()]}"


def day_of_month(value: date) -> str:
    """«23 апреля»."""
    return f"{value.day}{NBSP}{MONTHS_OF[value.month - 1]}"


def day_in_figures(value: date) -> str:
    """`23.04.2026`, for documents and tables."""
    return f"{value:%d.%m.%Y}"


def clock(moment: datetime, zone: tzinfo) -> str:
    """`09:05` on the wall clock of `zone`. `moment` must be aware."""
    return f"{_local(moment, zone):%H:%M}"


def day_and_clock(moment: datetime, zone: tzinfo) -> str:
    """«23 апреля, 09:05» on the wall clock of `zone`. `moment` must be aware."""
    local = _local(moment, zone)
    return f"{day_of_month(local)}, {local:%H:%M}"


def when(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """Relative under an hour, then `09:05` on the same local day, then «23 апреля, 09:05»."""
    distance = moment - now
    minutes = int(abs(distance).total_seconds() // 60)
    if abs(distance) < RELATIVE_UNDER:
        if minutes == 0:
            return "сейчас" if distance > timedelta(0) else "только что"
        spoken = counted(minutes, "минуту", "минуты", "минут")
        return f"через {spoken}" if distance > timedelta(0) else f"{spoken} назад"
    if _local(moment, zone).date() == _local(now, zone).date():
        return clock(moment, zone)
    return day_and_clock(moment, zone)


def _local(moment: datetime, zone: tzinfo) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a naive datetime has no wall clock elsewhere")
    return moment.astimezone(zone)
