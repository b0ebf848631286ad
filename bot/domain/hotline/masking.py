"""Names, phones, addresses and accounts inside a text: found, named, and put out of sight. The one function for it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.texts import hotline_names as words

HIDDEN = words.HIDDEN
PASSES = 5


class Trace(StrEnum):
    """What in a text may lead to a person."""

    PHONE = "phone"
    EMAIL = "email"
    ACCOUNT = "account"
    NAME = "name"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Found:
    start: int
    end: int
    trace: Trace


# Seven to fifteen digits as people write them; dates, times and school numbers have fewer or other signs.
_PHONE = re.compile(r"(?<![\w+])(?:\+|8|7)?(?:[\s\-.()‑–]*\d){10,14}(?!\d)|(?<!\d)\d{3}[\-–‑ ]\d{2}[\-–‑ ]\d{2}(?!\d)")
_EMAIL = re.compile(r"[\w.+\-]+\s?@\s?[\w\-]+(?:\.[\w\-]+)+")
_ACCOUNT = re.compile(
    r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{3,31}\b|(?:https?://)?(?:t\.me|telegram\.me|vk\.com|ok\.ru|wa\.me)/\S+",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"(?<!\d)\d{3}-\d{3}-\d{3}[ \-]\d{2}(?!\d)|(?<!\d)\d{4} ?\d{6}(?!\d)|(?<!\d)\d{4}(?:[ \-]?\d{4}){3}(?!\d)"
)
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}")
_WORD = re.compile(r"[А-ЯЁа-яё]+(?:-[А-ЯЁа-яё]+)*")
_INITIALS = re.compile(r"\s*[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?")
_INITIALS_BEFORE = re.compile(r"(?:(?<=^)|(?<=[\s(«\"]))[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.\s?)?$")


def find(text: str) -> list[Found]:
    """Traces in order, none overlapping another."""
    spans: list[Found] = []
    for pattern, trace in (
        (_EMAIL, Trace.EMAIL),
        (_ACCOUNT, Trace.ACCOUNT),
        (_DOCUMENT, Trace.DOCUMENT),
        (_PHONE, Trace.PHONE),
    ):
        spans.extend(
            Found(*_trimmed(text, found.start(), found.end()), trace)
            for found in pattern.finditer(text)
            if trace is not Trace.PHONE or not _DATE.search(found.group())
        )
    spans.extend(_names(text))
    kept: list[Found] = []
    for span in sorted(spans, key=lambda found: (found.start, -found.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
        elif span.end > kept[-1].end:
            kept[-1] = Found(kept[-1].start, span.end, kept[-1].trace)
    return kept


def traces(text: str) -> frozenset[Trace]:
    return frozenset(found.trace for found in find(text))


def mask(text: str) -> str:
    """The text with every trace replaced by `[скрыто]`. Idempotent."""
    for _ in range(PASSES):  # what is hidden may uncover what stood beside it
        masked = _mask_once(text)
        if masked == text:
            break
        text = masked
    return text


def _mask_once(text: str) -> str:
    parts: list[str] = []
    at = 0
    for found in find(text):
        parts += [text[at : found.start], HIDDEN]
        at = found.end
    return "".join([*parts, text[at:]])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t\n-.‑–(":
        start += 1
    while end > start and text[end - 1] in " \t\n.,;":
        end -= 1
    return start, end


def _names(text: str) -> Iterator[Found]:
    """Runs of words that are names: given name, patronymic, surname, with initials before or after."""
    said = [(word.start(), word.end(), word.group()) for word in _WORD.finditer(text)]
    at = 0
    while at < len(said):
        last = at
        sure = False
        while last < len(said) and (last == at or _joined(text, said[last - 1][1], said[last][0])):
            certain, possible = _is_name(text, said, last)
            if not possible:
                break
            sure = sure or certain
            last += 1
        if last > at:
            yield from _close(text, said, at, last - 1, sure=sure)
        at = max(last, at + 1)


def _close(text: str, said: list[tuple[int, int, str]], first: int, last: int, *, sure: bool) -> Iterator[Found]:
    if words.PATRONYMIC.fullmatch(_low(said[last][2])):
        first = _with_small_letters(text, said, first)
    start, end = said[first][0], said[last][1]
    after = _INITIALS.match(text, end)
    before = _INITIALS_BEFORE.search(text, max(0, start - 8), start)
    if sure or after or before:
        yield Found(before.start() if before else start, after.end() if after else end, Trace.NAME)


def _with_small_letters(text: str, said: list[tuple[int, int, str]], first: int) -> int:
    """«иванова мария ивановна»: before a patronymic small letters are names, too."""
    for _ in range(2):
        if first == 0 or not _joined(text, said[first - 1][1], said[first][0]):
            break
        low = _low(said[first - 1][2])
        if low in words.NOT_NAMES or low in words.TITLES or not (_is_given(low) or words.SURNAME.fullmatch(low)):
            break
        first -= 1
    return first


def _is_name(text: str, said: list[tuple[int, int, str]], at: int) -> tuple[bool, bool]:
    """(surely, perhaps): a patronymic is sure in any case of letters, everything else wants its capital."""
    start, _, word = said[at]
    low = _low(word)
    if words.PATRONYMIC.fullmatch(low) and low not in words.NOT_NAMES:
        return True, True
    if low in words.NOT_NAMES or low in words.TITLES or not word[0].isupper():
        return False, False
    begins = _begins_sentence(text, start)
    titled = at > 0 and _joined(text, said[at - 1][1], start) and _low(said[at - 1][2]) in words.TITLES
    if _is_given(low) or (titled and len(low) > 1 and not word.isupper()):
        return True, True
    if words.SURNAME.fullmatch(low) and len(low) > 4:
        return not begins, True
    return False, not begins and len(low) > 2


def _is_given(low: str) -> bool:
    return any(low.startswith(stem) and len(low) - len(stem) <= 3 for stem in words.given_stems(low))


def _joined(text: str, end: int, start: int) -> bool:
    return not text[end:start].strip(" \n") and start - end < 4


def _low(word: str) -> str:
    return word.lower().replace("ё", "е")


def _begins_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(' «"(—–-\t')
    return not before or before[-1] in ".!?\n:…"
