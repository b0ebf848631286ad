"""Text as people paste it, brought to text that can be compared."""

from __future__ import annotations

import re
import unicodedata

from bot.texts.importing_words import LOOKALIKES

_ESCAPED_BREAK = re.compile(r"_x000[9AaDd]_")
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER_SIGN = "\u2116"
_BLANK_GLYPHS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_UNDECODABLE = "\ufffd"


def is_invisible(char: str) -> bool:
    """True for what is in the text and not on the screen; ordinary and no-break spaces are visible."""
    if char in _BLANK_GLYPHS or "\ufe00" <= char <= "\ufe0f":
        return True
    category = unicodedata.category(char)
    if category == "Cc":
        return not char.isspace()
    return category in {"Cf", "Co", "Cs", "Cn"}


def has_invisible(text: str) -> bool:
    return not text.isprintable() and any(map(is_invisible, text))


def is_undecodable(text: str) -> bool:
    return _UNDECODABLE in text


def clean(text: str) -> str:
    """NFC, one space between words, nothing invisible."""
    if text.isascii() and text.isalnum():
        return text
    text = _ESCAPED_BREAK.sub(" ", text)
    text = "".join(char for char in text if not is_invisible(char))
    return unicodedata.normalize("NFC", _SPACES.sub(" ", text).strip())


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
