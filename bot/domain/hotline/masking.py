"""Names, phones, addresses and accounts inside a text: found, named, and put out of sight. The one function for it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.texts import hotline_names as words

HIDDEN = words.HIDDEN


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
_DOCUMENT = re.compile(r"(?<!\d)\d{3}-\d{3}-\d{3}[ \-]\d{2}(?!\d)|(?<!\d)\d{4} ?\d{6}(?!\d)")
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
        spans.extend(Found(*_trimmed(text, found.start(), found.end()), trace) for found in pattern.finditer(text))
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
    run: list[tuple[int, int, bool]] = []
    for word in _WORD.finditer(text):
        start, end = word.span()
        certain, possible = _is_name(word.group(), begins=_begins_sentence(text, start))
        joined = bool(run) and text[run[-1][1] : start].strip(" \n") == "" and end - run[0][0] < 80
        if not joined and run:
            yield from _close(text, run)
            run = []
        if certain or possible:
            run.append((start, end, certain))
        elif run:
            yield from _close(text, run)
            run = []
    if run:
        yield from _close(text, run)


def _close(text: str, run: list[tuple[int, int, bool]]) -> Iterator[Found]:
    start, end = run[0][0], run[-1][1]
    after = _INITIALS.match(text, end)
    before = _INITIALS_BEFORE.search(text, max(0, start - 8), start)
    if not (any(certain for _, _, certain in run) or after or before):
        return
    if after:
        end = after.end()
    if before:
        start = before.start()
    yield Found(*_trimmed(text, start, end) if not after else (start, end), Trace.NAME)


def _is_name(word: str, *, begins: bool) -> tuple[bool, bool]:
    """(surely, perhaps): a given name or patronymic is sure in any case of letters; a surname wants its capital."""
    low = word.lower().replace("ё", "е")
    if words.PATRONYMIC.fullmatch(low) and low not in words.NOT_NAMES:
        return True, True
    capital = word[0].isupper()
    if low in words.NOT_NAMES or not capital:
        return False, False
    if any(low.startswith(stem) and len(low) - len(stem) <= 3 for stem in words.given_stems(low)):
        return True, True
    if words.SURNAME.fullmatch(low) and len(low) > 4:
        return not begins, True
    return False, not begins and len(low) > 2


def _begins_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(' «"(—–-\t')
    return not before or before[-1] in ".!?\n:…"
