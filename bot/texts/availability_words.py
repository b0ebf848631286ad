"""Words by which volunteers say when they can come; patterns over folded text («ё» is «е», dates as 15/04)."""

import re
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
