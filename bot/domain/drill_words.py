"""What somebody asks of a school in words: «6Б», «6Б за вчера», «6Б Б6», «история», or only days."""

import re
from dataclasses import dataclass
from datetime import date

from bot.domain.period import Period
from bot.domain.period_words import parse_period
from bot.texts.drill import HISTORY_WORDS, ITEM_LOOKALIKES

_PHOTO = re.compile(r"f([0-9]{1,11})-([0-9]{1,11})")
_TYPED_PHOTO = re.compile(r"([0-9]{1,11}) ?[-–—] ?([0-9]{1,11})")
_ITEM = re.compile(r"[АБВГДЕ]\d{1,2}")
_CLASS = re.compile(r"^(\d{1,2}\s*[-«\"']*\s*[а-яё])(?![а-яё])[»\"']*(?=\s|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """`class_name` is folded as `folded_class` does; «» means all classes. `item` is a code, or «»."""

    period: Period
    class_name: str = ""
    item: str = ""
    history: bool = False


def parse_asked(text: str, today: date) -> Asked | None:
    """None when something in it is not understood."""
    rest = text.strip()
    if rest.casefold() in HISTORY_WORDS:
        return Asked(Period.day(today), history=True)
    class_name = ""
    if found := _CLASS.match(rest):
        class_name, rest = folded_class(found[1]), rest[found.end() :].strip()
    first, _, left = rest.partition(" ")
    item = item_code(first) if class_name else ""
    period = parse_period(left if item else rest, today)
    return None if period is None else Asked(period, class_name, item)


def photo_payload(report: int, photo: int) -> str:
    """Of a deep link to a photo; the inverse of `linked_photo`."""
    return f"f{report}-{photo}"


def linked_photo(payload: str) -> tuple[int, int] | None:
    """(report, photo) of such a link."""
    found = _PHOTO.fullmatch(payload)
    return (int(found[1]), int(found[2])) if found else None


def typed_photo(text: str) -> tuple[int, int] | None:
    """(report, photo) of «7315-812», as the workbook writes it."""
    found = _TYPED_PHOTO.fullmatch(text.strip(" №#."))
    return (int(found[1]), int(found[2])) if found else None


def item_code(text: str) -> str:
    """«б6», «Б6», «B6» typed with a Latin letter: Б6… of the checklist's letters; «» when it is no code."""
    plain = text.strip(" .,;:").upper().translate(ITEM_LOOKALIKES)
    return plain if _ITEM.fullmatch(plain) else ""


def folded_class(name: str) -> str:
    """6 «Б», 6-Б and 6б are one class."""
    return "".join(sign for sign in name.casefold() if sign.isalnum())
