"""The sheets of an .xlsx workbook as streams of raw rows: values only, merged cells filled downwards."""

from __future__ import annotations

import math
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from bot.domain.importing.problems import FileReason, UnreadableFile
from bot.domain.importing.raw import CellFault, CellValue, Formula, RawRow
from bot.excel.limits import LONGEST_CELL, ReadingLimits
from bot.excel.slimming import slim

_LAST_ROW = 1_048_576


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible sheet; `rows` may be taken once."""

    title: str
    rows: Iterator[RawRow]


@contextmanager
def open_workbook(path: Path, limits: ReadingLimits) -> Iterator[Sequence[Sheet]]:
    """The visible sheets in order; hidden ones hold lists for drop-downs. Raises UnreadableFile, also while reading."""
    try:
        archive = slim(path, limits)
        with _quiet():
            book = load_workbook(archive.content, read_only=True, data_only=False, keep_links=False)
    except (UnreadableFile, MemoryError):
        raise
    except Exception as error:  # openpyxl raises nearly anything on a damaged file
        raise UnreadableFile(FileReason.BROKEN) from error
    try:
        yield [
            Sheet(sheet.title, _rows(sheet, archive.merged.get(_part_of(sheet), ()), limits))
            for sheet in book.worksheets
            if sheet.sheet_state == "visible"
        ]
    finally:
        book.close()


@contextmanager
def _quiet() -> Iterator[None]:
    """Without openpyxl's warnings about extensions that reading values does not need."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _part_of(sheet: Any) -> str:
    """The sheet's path inside the archive, which openpyxl keeps to itself."""
    return str(sheet._worksheet_path)


def _rows(sheet: Any, merged: Sequence[str], limits: ReadingLimits) -> Iterator[RawRow]:
    try:
        yield from _limited(_filled_down(_values(sheet), merged), limits)
    except (UnreadableFile, MemoryError):
        raise
    except Exception as error:  # the sheet is parsed while its rows are taken
        raise UnreadableFile(FileReason.BROKEN) from error


def _taken_quietly(rows: Iterator[Any]) -> Iterator[Any]:
    """Silence ends between rows: a generator must not hold it while others run."""
    while True:
        with _quiet():
            row = next(rows, None)
        if row is None:
            return
        yield row


def _values(sheet: Any) -> Iterator[RawRow]:
    sheet.reset_dimensions()  # what the file says about its size may be wrong
    for number, cells in enumerate(_taken_quietly(sheet.iter_rows()), start=1):
        if number > _LAST_ROW:
            raise UnreadableFile(FileReason.BROKEN)
        if not cells:
            continue
        values = [_value(cell) for cell in cells]
        while values and values[-1] in (None, ""):
            values.pop()
        if values:
            yield RawRow(number, tuple(values))


def _value(cell: Any) -> CellValue:
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f":
        text = value if isinstance(value, str) else getattr(value, "text", None)
        return Formula(str(text or "=")[:LONGEST_CELL])
    if cell.data_type == "e":
        return CellFault(str(value)[:20])
    if isinstance(value, datetime):
        return value.date() if value.time() == time(0) else value
    if isinstance(value, float) and not math.isfinite(value):
        return CellFault(str(value))
    if isinstance(value, (bool, int, float, date, time, timedelta)):
        return value
    return str(value)[:LONGEST_CELL]


def _filled_down(rows: Iterable[RawRow], merged: Sequence[str]) -> Iterator[RawRow]:
    """A name merged over the rows of one school belongs to each of them that holds anything else."""
    ranges: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for reference in merged:
        column, first, _, last = range_boundaries(reference)
        if column and first and last and last > first:
            ranges[first].append((column, last))
    spread: dict[int, tuple[CellValue, int]] = {}
    for row in rows:
        for column, last in ranges.get(row.number, ()):
            spread[column] = (row.at(column), last)
        yield _with_spread(row, spread) if spread else row


def _with_spread(row: RawRow, spread: dict[int, tuple[CellValue, int]]) -> RawRow:
    cells = list(row.cells)
    for column, (value, last) in spread.items():
        if row.number <= last and value is not None and row.at(column) is None:
            cells.extend([None] * (column - len(cells)))
            cells[column - 1] = value
    return RawRow(row.number, tuple(cells))


def _limited(rows: Iterable[RawRow], limits: ReadingLimits) -> Iterator[RawRow]:
    taken = 0
    for row in rows:
        if row.is_empty:
            continue
        taken += 1
        if taken > limits.rows:
            raise UnreadableFile(FileReason.TOO_MANY_ROWS)
        if len(row.cells) > limits.columns:
            raise UnreadableFile(FileReason.TOO_MANY_COLUMNS)
        yield row
