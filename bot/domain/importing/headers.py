"""Finds the header among the first rows of a sheet, in any sensible order and spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import fuzz

from bot.domain.importing.cleaning import clean, fold
from bot.domain.importing.columns import COLUMNS, REQUIRED, Column, Kind
from bot.domain.importing.problems import HeaderNotFound
from bot.domain.importing.raw import RawRow, RawSheet
from bot.texts.importing_words import COLUMN_SYNONYMS, COLUMN_TITLES

HEADER_WITHIN = 15
_FEWEST_COLUMNS = 2  # one word of a title may look like a header
_BRACKETED = re.compile(r"\([^)]*\)")
_ALIKE = 86.0
_LONGEST_HEADER = 150


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a sheet holds: `columns` leads from a column's meaning to its 1-based number, `titles` to its header."""

    kind: Kind
    header_row: int
    columns: Mapping[Column, int]
    titles: Mapping[Column, str]


def recognise(raw: RawSheet) -> Recognised:
    """Raises HeaderNotFound with the obligatory columns missed by the likeliest row."""
    return recognise_rows(raw.rows)


def recognise_rows(rows: Iterable[RawRow]) -> Recognised:
    """The same for the beginning of a stream: takes no row beyond the first fifteen that hold anything."""
    candidates = [found for row in islice(rows, HEADER_WITHIN) for kind in Kind if (found := _read_as(kind, row))]
    # The likeliest kind first, completeness second: a schedule without dates is not a register of schools.
    best = max(candidates, key=lambda found: (len(found.columns), not _missing(found)), default=None)
    if best is None or len(best.columns) < _FEWEST_COLUMNS:
        raise HeaderNotFound(None, ())
    if missing := _missing(best):
        raise HeaderNotFound(best.kind, missing)
    return _lower_half(best, candidates)


def _lower_half(best: Recognised, candidates: Iterable[Recognised]) -> Recognised:
    """A header merged over two rows reads the same in both; the lower one must not be left as data."""
    for found in candidates:
        if found.header_row == best.header_row + 1 and (found.kind, found.columns) == (best.kind, best.columns):
            return found
    return best


def _missing(found: Recognised) -> tuple[Column, ...]:
    return tuple(column for column in REQUIRED[found.kind] if column not in found.columns)


def _read_as(kind: Kind, row: RawRow) -> Recognised | None:
    """The best one-to-one reading of a row as the header of this kind; None when nothing fits."""
    headers = {at: cell for at, cell in enumerate(row.cells, start=1) if isinstance(cell, str) and cell.strip()}
    scored = sorted(
        ((score, -at, column) for at, text in headers.items() for column, score in _scores(kind, text)), reverse=True
    )
    columns: dict[Column, int] = {}
    for _, minus_at, column in scored:
        if column not in columns and -minus_at not in columns.values():
            columns[column] = -minus_at
    if not columns:
        return None
    ordered = {column: columns[column] for column in COLUMNS[kind] if column in columns}
    return Recognised(kind, row.number, ordered, {column: clean(headers[at]) for column, at in ordered.items()})


def _scores(kind: Kind, text: str) -> list[tuple[Column, float]]:
    if len(text) > _LONGEST_HEADER:
        return []
    whole, outside = fold(text), fold(_BRACKETED.sub(" ", text))
    return [(column, score) for column in COLUMNS[kind] if (score := _score(_SPELLINGS[kind][column], whole, outside))]


def _score(spellings: Sequence[str], whole: str, outside: str) -> float:
    """100 for the very words, less for words in brackets left out, for misspelling, for further words around."""
    if whole in spellings:
        return 100.0
    if not outside:
        return 0.0
    if outside in spellings:
        return 98.0
    near = max(fuzz.ratio(outside, spelling) for spelling in spellings)
    if near >= _ALIKE:
        return near
    words = outside.split()
    within = [s for s in spellings if len(s) > 3 and set(s.split()) <= set(words)]
    return max((60.0 + 20.0 * len(s) / len(outside) for s in within), default=0.0)


_SPELLINGS: Mapping[Kind, Mapping[Column, tuple[str, ...]]] = {
    kind: {
        column: tuple(fold(s) for s in (COLUMN_TITLES[kind][column], *COLUMN_SYNONYMS[kind][column]))
        for column in COLUMNS[kind]
    }
    for kind in Kind
}
