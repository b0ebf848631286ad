"""Text as people paste it, brought to text that can be compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.texts.importing_words import LOOKALIKES

_ESCAPED_BREAK = re.compile(r"_x000[9AaDd]_")
_NOT_WORD = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER_SIGN = "\u2116"
# Printable by Unicode, and nothing to be seen: fillers and selectors of a glyph's variant.
_BLANK_GLYPH = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\ufe00-\ufe0f\uffa0]")
_UNDECODABLE = "\ufffd"
_REMEMBERED = 4096  # a table repeats its few schools, subjects and forms thousands of times


def has_invisible(text: str) -> bool:
    """Whether the text holds what is not on the screen; white space of any kind does not count."""
    if text.isprintable():
        return _BLANK_GLYPH.search(text) is not None
    return any(map(_is_invisible, text))


def _is_invisible(char: str) -> bool:
    if _BLANK_GLYPH.match(char):
        return True
    category = unicodedata.category(char)
    if category == "Cc":
        return not char.isspace()
    return category in {"Cf", "Co", "Cs", "Cn"}


def is_undecodable(text: str) -> bool:
    return _UNDECODABLE in text


@lru_cache(_REMEMBERED)
def clean(text: str) -> str:
    """NFC, one space between words, nothing invisible."""
    text = _ESCAPED_BREAK.sub(" ", text)
    if has_invisible(text):
        text = "".join(char for char in text if not _is_invisible(char))
    return unicodedata.normalize("NFC", " ".join(text.split()))


@lru_cache(_REMEMBERED)
def fold(text: str) -> str:
    """The comparison form: lower case, no punctuation, one alphabet, digits kept; never shown to anybody."""
    text = unicodedata.normalize("NFKC", clean(text).replace(_NUMBER_SIGN, " ")).casefold()
    text = _WORD.sub(lambda found: _one_alphabet(found.group()), text).replace("\u0451", "\u0435")
    return _NOT_WORD.sub(" ", text).strip()


def _one_alphabet(word: str) -> str:
    """Latin letters that only look Cyrillic become Cyrillic; a plainly Latin word stays."""
    if any("a" <= char <= "z" and ord(char) not in LOOKALIKES for char in word):
        return word
    return word.translate(LOOKALIKES)


def shorten(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "\u2026"
