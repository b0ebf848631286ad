"""Words by which volunteers say when they can come, read and said back; patterns are over folded text («ё» is «е», 15/04)."""

import re
from collections.abc import Collection, Iterable
from typing import Final

from bot.texts.time import MONTHS_OF

SIGNS: Final = {
    "only": re.compile(r"(?<!не )\b(?:только|могу|может|свободн\w*|смогу)\b"),
    "never": re.compile(r"\b(?:кроме|не могу|не может|не смогу|не сможет|нельзя|занят\w*)\b"),
}
DATE_DOT: Final = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})(?!\d)")
MONTH: Final = r"(январ\w*|феврал\w*|март\w*|апрел\w*|ма[йяе]|июн\w*|сентябр\w*|октябр\w*|ноябр\w*|декабр\w*)"
HALVES: Final = re.compile(rf"\b(перв\w+|втор\w+) половин\w+ {MONTH}")
RANGES: Final = re.compile(rf"\bс (\d{{1,2}}) по (\d{{1,2}}) {MONTH}")
NUMERIC: Final = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})(?!\d)")
NAMED: Final = re.compile(rf"((?:\d{{1,2}}(?: и | )?)+) ?{MONTH}")
WHOLE_MONTH: Final = re.compile(rf"\b(?:в|весь|на) {MONTH}")
DAY: Final = re.compile(r"\d{1,2}")
WEEKDAYS: Final = {
    0: re.compile(r"\bпонедельник\w*"),
    1: re.compile(r"\bвторник\w*"),
    2: re.compile(r"\bсред(?:а|у|ам|ы|е)\b"),
    3: re.compile(r"\bчетверг\w*"),
    4: re.compile(r"\bпятниц\w*"),
    5: re.compile(r"\bсуббот\w*"),
}
EVERY_DAY: Final = frozenset({"всегда", "в любой день", "любой день", "могу всегда", "когда угодно", "без ограничений"})
_ON_WEEKDAYS: Final = ("понедельникам", "вторникам", "средам", "четвергам", "пятницам", "субботам", "воскресеньям")
_WEEK: Final = range(7)

Spans = Iterable[tuple[int, int, int]]  # (month, first day, last day)


def told(only: Spans, never: Spans, weekdays: Collection[int]) -> str:
    """The same in words of ours, nothing else of what was typed; read again, it means the same. '' is every day."""
    away = [day for day in _WEEK if weekdays and day not in weekdays]
    by_names = 6 not in weekdays  # «только по средам» leaves Sundays out, «не могу по средам» does not
    can = [*map(_span, only), *([_weekdays(sorted(weekdays))] if weekdays and by_names else [])]
    cannot = [*map(_span, never), *([_weekdays(away)] if away and not by_names else [])]
    parts = [f"{sign} {', '.join(said)}" for sign, said in (("только", can), ("не могу", cannot)) if said]
    return "; ".join(parts)


def _span(span: tuple[int, int, int]) -> str:
    month, first, last = span
    return f"{first:02}.{month:02}" if first == last else f"с {first} по {last} {MONTHS_OF[month - 1]}"


def _weekdays(days: Iterable[int]) -> str:
    return "по " + " и ".join(_ON_WEEKDAYS[day] for day in days)


def month_of(word: str) -> int | None:
    """The number of a month named in any case."""
    return next(
        (
            number
            for number, name in enumerate(MONTHS_OF, 1)
            if name[:3].replace("мая", "май") == word[:3].replace("мая", "май").replace("мае", "май")
        ),
        None,
    )


def is_first(half: str) -> bool:
    return half.startswith("перв")
