"""When a volunteer can come, as far as their remark says it in a way we understand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bot.texts import availability_words as words
from bot.texts.folding import fold


@dataclass(frozen=True, slots=True)
class Availability:
    """`only` and `never` hold (month, first day, last day); an empty `only` is every day.

    `weekdays` (0 = Monday) limits further.
    """

    only: tuple[tuple[int, int, int], ...] = ()
    never: tuple[tuple[int, int, int], ...] = ()
    weekdays: frozenset[int] = frozenset()

    def can(self, day: date) -> bool:
        if any(_within(day, span) for span in self.never):
            return False
        if self.weekdays and day.weekday() not in self.weekdays:
            return False
        return not self.only or any(_within(day, span) for span in self.only)

    def __str__(self) -> str:
        """In plain words that mean the same when read; '' is every day."""
        return words.told(self.only, self.never, self.weekdays)


ALWAYS = Availability()


def read_availability(remark: str) -> Availability:
    """«только вторая половина апреля», «кроме 15.04 и 16.04», «только по средам»; anything else limits nothing."""
    text = fold_dates(remark)
    if not text:
        return ALWAYS
    starts = sorted((match.start(), sign) for sign, pattern in words.SIGNS.items() for match in pattern.finditer(text))
    if not starts:
        return ALWAYS
    parts = [
        (sign, text[at:end]) for (at, sign), (end, _) in pairwise([(0, starts[0][1]), *starts[1:], (len(text), "")])
    ]
    only: list[tuple[int, int, int]] = []
    never: list[tuple[int, int, int]] = []
    weekdays: set[int] = set()
    for sign, part in parts:
        (only if sign == "only" else never).extend(_spans(part))
        if sign == "only":
            weekdays |= {number for number, pattern in words.WEEKDAYS.items() if pattern.search(part)}
        else:
            away = {number for number, pattern in words.WEEKDAYS.items() if pattern.search(part)}
            weekdays |= (set(range(7)) - away) if away else set()
    return Availability(_possible(only), _possible(never), frozenset(weekdays))


def is_every_day(text: str) -> bool:
    """Said in so many words, not for want of others."""
    return fold(text) in words.EVERY_DAY


def _possible(spans: Iterable[tuple[int, int, int]]) -> tuple[tuple[int, int, int], ...]:
    """Without what only looks like a date."""
    return tuple((month, first, last) for month, first, last in spans if 1 <= month <= 12 and 1 <= first <= last <= 31)


def fold_dates(text: str) -> str:
    """Folded, but dots between digits stay: they are dates."""
    return fold(words.DATE_DOT.sub(r"\1/\2", text))


def _spans(part: str) -> Sequence[tuple[int, int, int]]:
    found = []
    for half, month in words.HALVES.findall(part):
        number = words.month_of(month)
        if number:
            found.append((number, 1, 15) if words.is_first(half) else (number, 16, 31))
    for first, last, month in words.RANGES.findall(part):
        number = words.month_of(month)
        if number:
            found.append((number, int(first), int(last)))
    for day, month in words.NUMERIC.findall(part):
        found.append((int(month), int(day), int(day)))
    rest = words.RANGES.sub(" ", words.HALVES.sub(" ", part))
    for days, month in words.NAMED.findall(rest):
        number = words.month_of(month)
        if number:
            found.extend((number, int(day), int(day)) for day in words.DAY.findall(days))
    if not found:
        found = [(number, 1, 31) for month in words.WHOLE_MONTH.findall(part) if (number := words.month_of(month))]
    return found


def _within(day: date, span: tuple[int, int, int]) -> bool:
    month, first, last = span
    return day.month == month and first <= day.day <= last
