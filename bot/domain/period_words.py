"""Which days somebody means who types «за вчера», «за 23 апреля», «с 20 по 24.04», «за неделю»."""

import re
from datetime import date, timedelta

from bot.domain.period import Period
from bot.texts import periods as words

EVERYTHING = Period(date(2000, 1, 1), date(2099, 12, 31))
_FIGURES = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?\.?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def parse_period(text: str, today: date) -> Period | None:
    """None when it is not a period. A day without its year is the one nearest to today. «Всё» is `EVERYTHING`."""
    folded = " ".join(text.casefold().replace("ё", "е").strip(' .,!?:«»"').split())
    return _parse(words.LEADING.sub("", folded).strip() if folded not in words.TODAY else folded, today)


def _parse(text: str, today: date) -> Period | None:
    if text in words.TODAY:
        return Period.day(today)
    if text in words.DAYS_AGO:
        return Period.day(today - timedelta(days=words.DAYS_AGO[text]))
    if text in words.THIS_WEEK:
        return Period.week_of(today)
    if text in words.LAST_WEEK:
        return Period.week_of(today - timedelta(days=7))
    if text in words.EVERYTHING:
        return EVERYTHING
    if text in words.WEEKDAYS:
        return Period.day(today - timedelta(days=(today.weekday() - words.WEEKDAYS[text]) % 7))
    if (single := _day(text, today)) is not None:
        return Period.day(single)
    return _range(text, today)


def _range(text: str, today: date) -> Period | None:
    found = words.RANGE.match(text)
    if found is None:
        return None
    last = _day(found[2].strip(), today)
    if last is None:
        return None
    bare = words.BARE_DAY.fullmatch(found[1].strip())
    first = _date(last.year, last.month, int(bare[1])) if bare else _day(found[1].strip(), last)
    return None if first is None or first > last else Period(first, last)


def _day(text: str, near: date) -> date | None:
    if found := _ISO.fullmatch(text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _FIGURES.fullmatch(text):
        return _with_year(int(found[1]), int(found[2]), found[3], near)
    if (found := words.NAMED_DAY.fullmatch(text)) and (month := words.MONTHS.get(found[2][:3])):
        return _with_year(int(found[1]), month, found[3], near)
    return None


def _with_year(day: int, month: int, year: str | None, near: date) -> date | None:
    if year is not None:
        return _date(int(year) if len(year) == 4 else 2000 + int(year), month, day)
    candidates = [_date(near.year + shift, month, day) for shift in (-1, 0, 1)]
    known = [each for each in candidates if each is not None]
    return min(known, key=lambda each: abs(each - near)) if known else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
