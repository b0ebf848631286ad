"""The production calendar: weekends, holidays and transferred days of Russia, with exceptions of the place."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final

import holidays

FARTHEST = 40  # no country rests longer
UPLOAD_DAYS: Final = 5
MOST_UPLOAD_DAYS: Final = 20


@lru_cache(maxsize=8)
def _calendar(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("RU", years=year)


def is_working_day(day: date) -> bool:
    """Whether offices work that day, as far as the year's transfers are known to the installed calendar."""
    return bool(_calendar(day.year).is_working_day(day))


@dataclass(frozen=True)
class WorkingDays:
    """The calendar of a place: `off` and `working` are stronger than the calendar of the country.

    `upload_days`: how many working days after a work its results are uploaded, by the plan of the region.
    """

    off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()
    upload_days: int = UPLOAD_DAYS

    @classmethod
    def load(cls, path: Path) -> "WorkingDays":
        """`calendar.toml`: lists of dates `off` and `working`, and `upload_days`; all may be missing. Raises ValueError."""
        if not path.is_file():
            return cls()
        told = tomllib.loads(path.read_text("utf-8"))
        lists = {name: told.get(name, []) for name in ("off", "working")}
        if not all(type(day) is date for days in lists.values() for day in days):
            raise ValueError(f"{path.name}: off and working are lists of dates")
        upload = told.get("upload_days", UPLOAD_DAYS)
        if type(upload) is not int or not 1 <= upload <= MOST_UPLOAD_DAYS:
            raise ValueError(f"{path.name}: upload_days is a number from 1 to {MOST_UPLOAD_DAYS}")
        return cls(frozenset(lists["off"]), frozenset(lists["working"]), upload)

    def is_working(self, day: date) -> bool:
        if day in self.working:
            return True
        return day not in self.off and is_working_day(day)

    def before(self, day: date) -> date:
        """The last working day before this one."""
        return next(each for n in range(1, FARTHEST) if self.is_working(each := day - timedelta(days=n)))

    def after(self, day: date, count: int = 1) -> date:
        """The `count`-th working day after this one."""
        return _after(self, day, count)


COUNTRY: Final = WorkingDays()  # a place without exceptions


@lru_cache(maxsize=1024)  # asked for every work of a region again and again
def _after(days: WorkingDays, day: date, count: int) -> date:
    for _ in range(count):
        day = next(each for n in range(1, FARTHEST) if days.is_working(each := day + timedelta(days=n)))
    return day
