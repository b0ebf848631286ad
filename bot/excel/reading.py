"""Reads the one sheet of a stranger's file that holds a table of ours."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from bot.domain.importing.cleaning import fold
from bot.domain.importing.headers import HEADER_WITHIN, recognise_rows
from bot.domain.importing.problems import FileReason, HeaderNotFound, UnreadableFile
from bot.domain.importing.raw import RawRow, RawSheet
from bot.excel.csv_rows import read_csv
from bot.excel.file_kind import classify
from bot.excel.limits import DEFAULT_LIMITS, ReadingLimits
from bot.excel.xlsx_rows import Sheet, open_workbook
from bot.texts.importing_words import SAMPLE_SHEETS


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """The chosen sheet while its file is open: `rows` is a stream that may be taken once."""

    title: str
    rows: Iterator[RawRow]
    sha256: str
    other_tables: tuple[str, ...]


def read_sheet(path: Path, limits: ReadingLimits = DEFAULT_LIMITS) -> RawSheet:
    """In this very process: for files of our own, and inside the limited process."""
    with open_sheet(path, limits) as sheet:
        return RawSheet(sheet.title, tuple(sheet.rows), sheet.sha256, sheet.other_tables)


@contextmanager
def open_sheet(path: Path, limits: ReadingLimits = DEFAULT_LIMITS) -> Iterator[OpenSheet]:
    """A stream for files too long to hold; raises UnreadableFile on opening and while rows are taken."""
    kind = classify(path, limits)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    with ExitStack() as stack:
        if kind == "text":
            yield OpenSheet("", read_csv(path, limits), sha256, ())
            return
        sheet, others = _choose(stack.enter_context(open_workbook(path, limits)))
        yield OpenSheet(sheet.title, sheet.rows, sha256, others)


def _choose(sheets: Sequence[Sheet]) -> tuple[Sheet, tuple[str, ...]]:
    """The first sheet with a header we know and rows under it, else with the header, else with anything."""
    begun = [_begin(sheet) for sheet in sheets if fold(sheet.title) not in SAMPLE_SHEETS]
    filled = [sheet for sheet, weight in begun if weight == _FILLED]
    best = max(begun, key=lambda pair: pair[1], default=None)
    if best is None or best[1] == _EMPTY:
        raise UnreadableFile(FileReason.EMPTY)
    return best[0], tuple(sheet.title for sheet in filled if sheet is not best[0])


_EMPTY, _UNKNOWN, _HEADER_ONLY, _FILLED = range(4)


def _begin(sheet: Sheet) -> tuple[Sheet, int]:
    """The sheet with its beginning looked at and put back, and how good a candidate it is."""
    beginning = list(islice(sheet.rows, HEADER_WITHIN + 1))
    whole = Sheet(sheet.title, chain(beginning, sheet.rows))
    if not beginning:
        return whole, _EMPTY
    try:
        header_row = recognise_rows(beginning).header_row
    except HeaderNotFound:
        return whole, _UNKNOWN
    return whole, _FILLED if beginning[-1].number > header_row else _HEADER_ONLY
