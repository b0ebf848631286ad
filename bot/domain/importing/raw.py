"""A table as it came out of a file: values only, with the row and column numbers Excel shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell holding a formula; it is never evaluated, `text` starts with `=`."""

    text: str


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell in which the spreadsheet itself shows an error, such as `#N/A`."""

    code: str


# A datetime here is wall-clock time without a zone: a cell has none.
CellValue = str | int | float | bool | datetime | date | time | timedelta | Formula | CellFault | None


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row: `number` is 1-based; `cells` start at column A, empty cells at the end are cut."""

    number: int
    cells: tuple[CellValue, ...]

    def at(self, column: int) -> CellValue:
        """The value in a 1-based column; beyond the last filled cell, None."""
        return self.cells[column - 1] if 0 < column <= len(self.cells) else None

    @property
    def is_empty(self) -> bool:
        return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet of a file; empty rows are left out, so row numbers may jump.

    `sha256` is of the whole file (hex); `other_tables` names further sheets that look like
    tables of ours and were not read, so that nobody loses them unawares.
    """

    title: str
    rows: tuple[RawRow, ...]
    sha256: str
    other_tables: tuple[str, ...] = ()
