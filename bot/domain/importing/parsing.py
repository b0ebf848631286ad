"""Reads the rows below a recognised header into typed rows, one at a time or all at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import pairwise
from typing import Any

from bot.domain.importing.cells import RowCells
from bot.domain.importing.cleaning import fold
from bot.domain.importing.columns import COLUMNS, REQUIRED, Column, Kind
from bot.domain.importing.headers import Recognised
from bot.domain.importing.observers import observer_identities, read_observer
from bot.domain.importing.problems import Reason
from bot.domain.importing.raw import Formula, RawRow, RawSheet
from bot.domain.importing.rows import ObserverRow, Outcome, Parsed, RowT, SchoolRow, SittingRow, gather
from bot.domain.importing.rules import ParsingRules
from bot.domain.importing.schedule import SittingReader, sitting_identities
from bot.domain.importing.schools import SchoolReader, school_identities
from bot.domain.importing.values import as_text
from bot.texts.importing_words import FOOTERS


def parse_schools(raw: RawSheet, recognised: Recognised, rules: ParsingRules) -> Parsed[SchoolRow]:
    return gather(iter_schools(raw.rows, recognised, rules), _fields(recognised))


def parse_schedule(raw: RawSheet, recognised: Recognised, rules: ParsingRules) -> Parsed[SittingRow]:
    return gather(iter_schedule(raw.rows, recognised, rules), _fields(recognised))


def parse_observers(raw: RawSheet, recognised: Recognised, rules: ParsingRules) -> Parsed[ObserverRow]:
    return gather(iter_observers(raw.rows, recognised, rules), _fields(recognised))


def parse_sheet(
    raw: RawSheet, recognised: Recognised, rules: ParsingRules
) -> Parsed[SchoolRow] | Parsed[SittingRow] | Parsed[ObserverRow]:
    """Whichever of the three tables it is."""
    match recognised.kind:
        case Kind.SCHOOLS:
            return parse_schools(raw, recognised, rules)
        case Kind.SCHEDULE:
            return parse_schedule(raw, recognised, rules)
        case Kind.OBSERVERS:
            return parse_observers(raw, recognised, rules)


def iter_schools(rows: Iterable[RawRow], recognised: Recognised, rules: ParsingRules) -> Iterator[Outcome[SchoolRow]]:
    return _outcomes(rows, recognised, SchoolReader(rules).read, school_identities)


def iter_schedule(rows: Iterable[RawRow], recognised: Recognised, rules: ParsingRules) -> Iterator[Outcome[SittingRow]]:
    return _outcomes(rows, recognised, SittingReader(rules).read, sitting_identities)


def iter_observers(
    rows: Iterable[RawRow], recognised: Recognised, rules: ParsingRules
) -> Iterator[Outcome[ObserverRow]]:
    return _outcomes(rows, recognised, lambda cells: read_observer(cells, rules), observer_identities)


def _outcomes(
    rows: Iterable[RawRow],
    recognised: Recognised,
    read: Callable[[RowCells], RowT | None],
    identities: Callable[[RowT], Iterable[tuple[Column, Hashable]]],
) -> Iterator[Outcome[RowT]]:
    """One outcome per data row, in order; of the past only the identities of right rows are kept."""
    first_seen: dict[tuple[Column, Hashable], int] = {}
    right: dict[tuple[Column, str], Any] = {}
    for row in data_rows(rows, recognised):
        cells = RowCells(row, recognised, right)
        parsed = read(cells)
        if parsed is not None:
            own = tuple(identities(parsed))
            for identity in own:
                if identity in first_seen:
                    cells.note(identity[0], Reason.DUPLICATE, other_row=first_seen[identity])
                    break
            if not cells.errors:
                first_seen.update(dict.fromkeys(own, row.number))
        errors = tuple(cells.errors)
        yield Outcome(row.number, None if errors else parsed, errors)


def data_rows(rows: Iterable[RawRow], recognised: Recognised) -> Iterator[RawRow]:
    """The rows below the header without empty ones, a repeated header, a line of column numbers and totals."""
    for row in rows:
        if row.number <= recognised.header_row:
            continue
        cells = {column: _text_of(row, at) for column, at in recognised.columns.items()}
        if not any(cells.values()) or _is_prefilled(row, recognised):
            continue
        if _is_header_again(cells, recognised) or _is_numbering(row, recognised) or _is_footer(row, cells, recognised):
            continue
        yield row


def _text_of(row: RawRow, at: int) -> str:
    value = row.at(at)
    return value.strip() if isinstance(value, str) else as_text(value)


def _is_prefilled(row: RawRow, recognised: Recognised) -> bool:
    """Formulas drawn down for rows to come, in optional columns only."""
    if not any(isinstance(cell, Formula) for cell in row.cells):
        return False
    required = REQUIRED[recognised.kind]
    filled = [(column, row.at(at)) for column, at in recognised.columns.items() if row.at(at) is not None]
    return all(isinstance(value, Formula) and column not in required for column, value in filled)


def _is_header_again(cells: dict[Column, str], recognised: Recognised) -> bool:
    return len(cells) > 1 and all(fold(text) == fold(recognised.titles[column]) for column, text in cells.items())


def _is_numbering(row: RawRow, recognised: Recognised) -> bool:
    """The line 1, 2, 3... that printed forms have under the header."""
    if row.number != recognised.header_row + 1 or len(recognised.columns) < 3:
        return False
    numbers = [as_text(row.at(at)) for at in sorted(recognised.columns.values())]
    if not all(number.isdecimal() for number in numbers):
        return False
    whole = [int(number) for number in numbers]
    return all(later == earlier + 1 for earlier, later in pairwise(whole))


def _is_footer(row: RawRow, cells: dict[Column, str], recognised: Recognised) -> bool:
    """Totals and signatures: at most one obligatory cell filled, and the first word says so."""
    if sum(1 for column in REQUIRED[recognised.kind] if cells.get(column)) > 1:
        return False
    first = next((fold(as_text(cell)[:60]) for cell in row.cells if as_text(cell)), "")
    return any(first == word or first.startswith(word + " ") for word in FOOTERS)


def _fields(recognised: Recognised) -> frozenset[str]:
    """Names of the row's fields that the file speaks about; those of absent columns must not be erased."""
    fields = {column.value for column in COLUMNS[recognised.kind] if column in recognised.columns}
    if Column.CLASS in recognised.columns:
        fields.add("grade")
    if Column.CONFLICT in recognised.columns:
        fields.add("conflict_schools")
    return frozenset(fields)
