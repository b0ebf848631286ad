"""A CSV file as raw rows: encoding and delimiter found per file, what cannot be decoded marked and not guessed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from bot.domain.importing.problems import FileReason, UnreadableFile
from bot.domain.importing.raw import RawRow
from bot.excel.limits import LONGEST_CELL, ReadingLimits

_DELIMITERS = (";", ",", "\t", "|")
_SAMPLE_LINES = 30
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def read_csv(path: Path, limits: ReadingLimits) -> Iterator[RawRow]:
    """Raises UnreadableFile when it is no text, of no known encoding, or no table."""
    text = decode(path.read_bytes())
    delimiter, text = _delimiter(text)
    taken = 0
    try:
        # A line break inside quotes begins no new row: numbers are those a spreadsheet shows.
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            values = [cell[:LONGEST_CELL] or None for cell in cells]
            while values and values[-1] is None:
                values.pop()
            row = RawRow(number, tuple(values))
            if row.is_empty:
                continue
            taken += 1
            if taken > limits.rows:
                raise UnreadableFile(FileReason.TOO_MANY_ROWS)
            if len(row.cells) > limits.columns:
                raise UnreadableFile(FileReason.TOO_MANY_COLUMNS)
            yield row
    except csv.Error as error:
        raise UnreadableFile(FileReason.NOT_A_TABLE) from error


def decode(content: bytes) -> str:
    """UTF-8, UTF-16 or cp1251; bytes that are none of the file's encoding become U+FFFD."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(encoding, "replace")
    if utf16 := _utf16_without_bom(content):
        return content.decode(utf16, "replace")
    if b"\x00" in content:
        raise UnreadableFile(FileReason.NOT_A_TABLE)
    if _mostly_utf8(content):
        return content.decode("utf-8", "replace")
    text = content.decode("cp1251", "replace")
    if not _looks_russian(text):
        raise UnreadableFile(FileReason.ENCODING)
    return text


def _utf16_without_bom(content: bytes) -> str | None:
    """Line ends and digits of a table are ASCII: in UTF-16 every second byte of them is zero."""
    sample = content[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 10 < len(sample) or min(even, odd) * 10 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _mostly_utf8(content: bytes) -> bool:
    """A broken line here and there does not make a UTF-8 file another one."""
    good = bad = 0
    for line in content.splitlines():
        if not line.isascii():
            try:
                line.decode("utf-8")
                good += 1
            except UnicodeDecodeError:
                bad += 1
    return good >= bad


def _looks_russian(text: str) -> bool:
    """In Russian text small letters prevail; in a wrongly guessed encoding they do not."""
    letters = [char for char in text[:20_000] if not char.isascii() and char.isalpha()]
    small = sum("\u0430" <= char <= "\u044f" or char == "\u0451" for char in letters)
    return small * 2 >= len(letters)


def _delimiter(text: str) -> tuple[str, str]:
    """The delimiter, and the text without Excel's own "sep=" line, which is replaced by an empty one."""
    if text[:4].casefold() == "sep=" and len(text) > 4:
        return text[4], text[text.find("\n") :] if "\n" in text else ""
    sample = "\n".join(text.splitlines()[:_SAMPLE_LINES])
    widths: dict[str, float] = {}
    for delimiter in _DELIMITERS:
        try:
            counts = sorted(len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if row)
        except csv.Error:
            continue
        widths[delimiter] = counts[len(counts) // 2] if counts else 0
    best = max(widths, key=lambda delimiter: widths[delimiter], default=None)
    if best is None or widths[best] < 2:
        raise UnreadableFile(FileReason.NOT_A_TABLE)
    return best, text
