"""The production calendar: weekends, holidays and transferred days of Russia."""

from datetime import date
from functools import lru_cache

import holidays


@lru_cache(maxsize=8)
def _calendar(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("RU", years=year)


def is_working_day(day: date) -> bool:
    """Whether offices work that day, as far as the year's transfers are known to the installed calendar."""
    return bool(_calendar(day.year).is_working_day(day))
