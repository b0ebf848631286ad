"""What people typed, made safe to show: cleaned, cut by UTF-16 units, escaped for HTML."""

import re
import unicodedata
from typing import Final

REPLACEMENT: Final = "\ufffd"
ELLIPSIS: Final = "…"

_ENTITIES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
# C0 except tab and newline, DEL, C1; soft hyphen, zero-width characters and joiners; bidi marks and isolates; tags.
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_UNREADABLE: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")
_HTML_PIECE: Final = re.compile(r"<(?P<closing>/?)(?P<tag>[a-z]+)[^<>]*>|&[#0-9a-zA-Z]+;|[^<&]+|[<&]")
_NEW_LINES: Final = re.compile("\r\n?|\u2028|\u2029|\x85")


def clean(text: str) -> str:
    """Text without characters that break a message, a workbook or the reading order; idempotent.

    Lone surrogates and non-characters become U+FFFD, every line end becomes a newline, the rest is composed (NFC).
    """
    lines = _NEW_LINES.sub("\n", text)
    return unicodedata.normalize("NFC", _UNREADABLE.sub(REPLACEMENT, _INVISIBLE.sub("", lines)))


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units: what messengers count."""
    return len(text) + sum(char > "\uffff" for char in text)


def truncate(text: str, limit: int) -> str:
    """The text, or its beginning with «…», in at most `limit` UTF-16 units; no character is cut in two."""
    if utf16_length(text) <= limit:
        return text
    if limit < 1:
        return ""
    return text[: _cut(text, 0, limit - 1)].rstrip() + ELLIPSIS


def esc(text: str, limit: int | None = None) -> str:
    """Clean, cut to `limit` UTF-16 units of the *source* text, then escape: the order that never breaks an entity."""
    safe = clean(text)
    if limit is not None:
        safe = truncate(safe, limit)
    return safe.translate(_ENTITIES)


def ended(text: str) -> str:
    """A sentence's end: a full stop, unless the text brings its own («Город Н.», «перенос!»)."""
    kept = text.rstrip()
    return kept if kept.endswith((".", "!", "?", ELLIPSIS)) else f"{kept}."


def sentence(text: str, limit: int | None = None) -> str:
    """`esc` at the end of a sentence, with exactly one stop."""
    safe = clean(text).rstrip()
    return ended(truncate(safe, limit) if limit is not None else safe).translate(_ENTITIES)


def one_line(text: str) -> str:
    """Clean text with every run of white space turned into one space: for labels, lists and file names."""
    return " ".join(clean(text).split())


def split_text(text: str, limit: int) -> list[str]:
    """Pieces of at most `limit` UTF-16 units whose concatenation is exactly `text`; empty text gives no pieces.

    Prefers to end a piece after a newline, then after a space, in its second half. Split source text, not HTML.
    Raises ValueError for a limit below 2, which one character may exceed.
    """
    if limit < 2:
        raise ValueError("one character may take two UTF-16 units")
    pieces: list[str] = []
    start = 0
    while start < len(text):
        end = _cut(text, start, limit)
        if end < len(text):
            end = _friendly_end(text, start, end)
        pieces.append(text[start:end])
        start = end
    return pieces


def fit_html(html: str, limit: int) -> str:
    """The HTML, or its beginning with «…» and every tag closed, so that at most `limit` UTF-16 units are visible.

    The last net under screens whose parts come from tables without a limit; a message too long would not be sent at all.
    """
    if utf16_length(html) <= limit:
        return html
    left, kept, tags = limit - 1, list[str](), list[str]()
    for found in _HTML_PIECE.finditer(html):
        piece, closing, tag = found.group(), found["closing"], found["tag"]
        if tag and closing and tags:
            tags.pop()
        elif tag and not closing:
            tags.append(tag)
        elif not tag:
            reference = len(piece) > 1 and piece.startswith("&")
            length = 1 if reference else utf16_length(piece)
            if length > left:
                kept += ["" if reference else piece[: _cut(piece, 0, left)], ELLIPSIS]
                return "".join(kept) + "".join(f"</{name}>" for name in reversed(tags))
            left -= length
        kept.append(piece)
    return html


def _cut(text: str, start: int, limit: int) -> int:
    """The largest end such that text[start:end] takes at most `limit` units."""
    units = 0
    for end in range(start, len(text)):
        units += 2 if text[end] > "\uffff" else 1
        if units > limit:
            return end
    return len(text)


def _friendly_end(text: str, start: int, end: int) -> int:
    half = start + (end - start) // 2
    for separator in ("\n", " "):
        found = text.rfind(separator, half, end)
        if found >= 0:
            return found + 1
    return end
