"""Until when somebody answers: working hours and days, and at once on the day of a work."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.hotline.case import URGENT_ON_THE_DAY, Category, Urgency

WORK_BEGINS = time(9)
WORK_ENDS = time(18)
CRITICAL_MINUTES = 30
DAYS_FOR_QUESTION = 1
DAYS_FOR_VIOLATION = 3
SOON_BEFORE = timedelta(hours=4)
# Before the first lesson somebody must be there, whatever the office hours say.
DAY_BEGINS = time(7, 30)

IsWorkingDay = Callable[[date], bool]


def urgency(category: Category, *, work_today: bool) -> Urgency:
    """`work_today`: the school named has a sitting today; without a school, any school has."""
    return Urgency.CRITICAL if work_today and category in URGENT_ON_THE_DAY else Urgency.USUAL


def due_at(
    category: Category, urgency: Urgency, accepted_at: datetime, zone: ZoneInfo, is_working_day: IsWorkingDay
) -> datetime:
    """Critical: half an hour. Else the end of the first (question) or third working day after the day it came."""
    if urgency is Urgency.CRITICAL:
        local = accepted_at.astimezone(zone)
        begins = datetime.combine(local.date(), DAY_BEGINS, tzinfo=zone)
        return max(accepted_at, begins.astimezone(accepted_at.tzinfo)) + timedelta(minutes=CRITICAL_MINUTES)
    days = DAYS_FOR_QUESTION if category is Category.QUESTION else DAYS_FOR_VIOLATION
    day = _day_it_counts_from(accepted_at.astimezone(zone), is_working_day)
    for _ in range(days):
        day = _next_working_day(day, is_working_day)
    return datetime.combine(day, WORK_ENDS, tzinfo=zone).astimezone(accepted_at.tzinfo)


def _day_it_counts_from(local: datetime, is_working_day: IsWorkingDay) -> date:
    """What comes after hours or on a day off came on the next working day."""
    if is_working_day(local.date()) and local.time() < WORK_ENDS:
        return local.date()
    return _next_working_day(local.date(), is_working_day)


def _next_working_day(day: date, is_working_day: IsWorkingDay) -> date:
    for distance in range(1, 40):
        if is_working_day(day + timedelta(days=distance)):
            return day + timedelta(days=distance)
    raise ValueError("no working day within forty days")


class Stage(StrEnum):
    """How far the time of a case has run."""

    SOON = "soon"
    NOW = "now"
    OVERDUE = "overdue"  # and every day after


def stage(accepted_at: datetime, due: datetime, urgency: Urgency, now: datetime) -> tuple[Stage, int] | None:
    """The latest stage that was reached, with the number of days it is overdue; None while there is time."""
    before = (due - accepted_at) / 2 if urgency is Urgency.CRITICAL else min(SOON_BEFORE, (due - accepted_at) / 2)
    if now < due - before:
        return None
    if now < due:
        return Stage.SOON, 0
    late = now - due
    grace = timedelta(minutes=CRITICAL_MINUTES) if urgency is Urgency.CRITICAL else timedelta(hours=12)
    return (Stage.NOW, 0) if late < grace else (Stage.OVERDUE, late.days)
