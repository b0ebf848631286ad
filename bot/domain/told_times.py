"""Times in what people type: a bare «8:50», and the times of a report inside a longer message."""

import re
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from bot.texts import time_words

_CLOCK: Final = r"(?P<hour>[01]?\d|2[0-3])[:.\-ч ]{1,2}(?P<minute>[0-5]\d)"
_BARE: Final = re.compile(rf"\s*(?:(?:{'|'.join(time_words.BETWEEN)})\s+)?{_CLOCK}\s*[.!]?\s*", re.IGNORECASE)
_WORDS: Final = {word: field for field, words in time_words.FIELDS.items() for word in words}
_ANY_WORD: Final = "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True))
_ONWARD: Final = "|".join(time_words.ONWARD)
# Only between separators, so that «Б6 нет, один ушёл 9:30 с телефоном» stays a comment.
_TOLD: Final = re.compile(
    rf"(?:^|(?<=[,;.\n\d]))\s*\b(?P<word>{_ANY_WORD})\s*[:—–-]?\s*(?:(?:{'|'.join(time_words.BETWEEN)})\s+)?"
    rf"(?P<hour>[01]?\d|2[0-3])[:.\-](?P<minute>[0-5]\d)(?=\s*(?:$|[,;.\n]|(?:{_ANY_WORD})\b|{_ONWARD}))",
    re.IGNORECASE,
)


def read_clock(text: str) -> time | None:
    """«8:50», «в 8.50», «08-50»; None for anything else."""
    found = _BARE.fullmatch(text)
    return time(int(found["hour"]), int(found["minute"])) if found else None


def read_times(text: str) -> tuple[dict[str, time], str]:
    """(times by the field of `Details`, the text without them). Said twice, the last word counts."""
    plain = text.replace("ё", "е").replace("Ё", "Е")  # one letter for one: places stay the same
    told: dict[str, time] = {}
    rest, start = [], 0
    for found in _TOLD.finditer(plain):
        told[_WORDS[found["word"].lower()]] = time(int(found["hour"]), int(found["minute"]))
        rest.append(text[start : found.start()])
        start = found.end()
    rest.append(text[start:])
    return told, "".join(rest)


def on_day(at: time, day: date, zone: ZoneInfo) -> datetime:
    """That time of the local day, aware."""
    return datetime.combine(day, at, tzinfo=zone)
