"""Dates and times of day in the spellings people use in tables."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from bot.domain.importing.cleaning import clean
from bot.domain.importing.problems import BadCell, Reason
from bot.domain.importing.raw import CellValue
from bot.texts import importing_words as words

_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)  # the years 1954 to 2119
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[./\-\s]\s*(\d{1,2})\s*[./\-\s]\s*(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[./\-](\d{1,2})[./\-](\d{1,2})(?:[t ]00:00(?::00(?:\.0+)?)?)?")
_MONTH_NAMED = re.compile(r"(\d{1,2})[\s.\-]*([^\W\d_]+)\.?[\s,.\-]*(\d{4}|\d{2})?")
_NO_YEAR = re.compile(r"(\d{1,2})[./\-](\d{1,2})\.?")
_SERIAL = re.compile(r"\d{5}(?:[.,]0+)?")
_CLOCK = re.compile(r"(\d{1,2})\s*[:.\-\u2013]\s*(\d{2})(?::00)?")
_CLOCK_RANGE = re.compile(r"(\d{1,2}[:.]\d{2})(?::00)?\s*[-\u2013\u2014]\s*\d{1,2}[:.]\d{2}(?::00)?")
_MINUTES_OF_DAY = 24 * 60


def show_date(value: date) -> str:
    return value.strftime("%d.%m.%Y")


def show_time(value: time) -> str:
    return value.strftime("%H:%M")


def school_years_around(school_year: int) -> tuple[date, date]:
    """First and last day of the school years one before to one after; `school_year` is when it begins."""
    return date(school_year - 1, 9, 1), date(school_year + 2, 8, 31)


def parse_date(value: CellValue, school_year: int) -> date:
    """Raises BadCell when there is no such day, or it lies outside the neighbouring school years."""
    found = _date_of(value, school_year)
    first, last = school_years_around(school_year)
    if not first <= found <= last:
        raise BadCell(Reason.DATE_FAR, _with_digits_swapped(found, first, last))
    return found


def _date_of(value: CellValue, school_year: int) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_serial(value)
    if not isinstance(value, str):
        raise BadCell(Reason.DATE_UNCLEAR)
    text = clean(words.DATE_NOISE.sub(" ", clean(value).casefold())).strip(" ,.")
    if _SERIAL.fullmatch(text):
        return _from_serial(float(text.replace(",", ".")))
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.fullmatch(text):
        return _day(_full_year(found[3]), int(found[2]), int(found[1]))
    if (found := _MONTH_NAMED.fullmatch(text)) and (month := words.MONTHS.get(found[2])):
        if found[3] is None:
            raise _year_missing(month, int(found[1]), school_year)
        return _day(_full_year(found[3]), month, int(found[1]))
    if found := _NO_YEAR.fullmatch(text):
        raise _year_missing(int(found[2]), int(found[1]), school_year)
    raise BadCell(Reason.DATE_UNCLEAR)


def _from_serial(value: int | float) -> date:
    if not _SERIALS.start <= value < _SERIALS.stop:  # also false for what is not a number
        raise BadCell(Reason.DATE_UNCLEAR)
    return _SERIAL_ZERO + timedelta(days=int(value))


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise BadCell(Reason.DATE_IMPOSSIBLE) from None


def _year_missing(month: int, day: int, school_year: int) -> BadCell:
    try:
        meant = date(school_year if month >= 9 else school_year + 1, month, day)
    except ValueError:
        return BadCell(Reason.DATE_IMPOSSIBLE)
    return BadCell(Reason.DATE_NO_YEAR, show_date(meant))


def _with_digits_swapped(found: date, first: date, last: date) -> str | None:
    """2072 is 2027 typed in haste: the same day with two neighbouring digits of the year exchanged."""
    year = str(found.year)
    for at in range(3):
        swapped = int(year[:at] + year[at + 1] + year[at] + year[at + 2 :])
        try:
            candidate = found.replace(year=swapped)
        except ValueError:
            continue
        if first <= candidate <= last:
            return show_date(candidate)
    return None


def parse_time(value: CellValue) -> time:
    """A moment of the day to the minute; of "10:15-11:00" the beginning."""
    if isinstance(value, datetime):
        return value.time().replace(second=0, microsecond=0)
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    if isinstance(value, timedelta):
        return _minute_of_day(round(value.total_seconds() / 60))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if 0 < value < 1:
            return _minute_of_day(round(value * _MINUTES_OF_DAY))
        value = f"{value:.2f}" if value >= 1 else ""
    if isinstance(value, str):
        text = clean(value)
        if found := _CLOCK_RANGE.fullmatch(text):
            text = found[1]
        if found := _CLOCK.fullmatch(text):
            hour, minute = int(found[1]), int(found[2])
            if hour < 24 and minute < 60:
                return time(hour, minute)
    raise BadCell(Reason.TIME_UNCLEAR)


def _minute_of_day(minutes: int) -> time:
    if not 0 <= minutes < _MINUTES_OF_DAY:
        raise BadCell(Reason.TIME_UNCLEAR)
    return time(minutes // 60, minutes % 60)
