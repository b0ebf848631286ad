"""Takes the cells of one row by meaning, and collects what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from bot.domain.importing.cleaning import clean, fold, has_invisible, is_undecodable, shorten
from bot.domain.importing.columns import Column
from bot.domain.importing.headers import Recognised
from bot.domain.importing.problems import BadCell, Reason, RowError
from bot.domain.importing.raw import CellFault, CellValue, Formula, RawRow
from bot.domain.importing.values import as_text
from bot.texts.importing_words import BLANKS, COLUMN_TITLES

T = TypeVar("T")
_REMEMBERED = 8192  # a table repeats its schools, classes, subjects and dates thousands of times


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """How one column is read; `show` turns the value back into what a person would type.

    `invisible_ok` is for values that are rebuilt from their digits, such as phones.
    """

    column: Column
    parse: Callable[[CellValue], T]
    show: Callable[[T], str] = str
    required: bool = False
    longest: int = 200
    invisible_ok: bool = False


class RowCells:
    """One row being read: `take` never raises, it notes the error and returns None."""

    def __init__(self, row: RawRow, recognised: Recognised, right: dict[tuple[Column, str], Any] | None = None) -> None:
        """`right`: texts of this table that were read without an error, shared by its rows and bounded here."""
        self._row = row
        self._recognised = recognised
        self._right = {} if right is None else right
        self.errors: list[RowError] = []

    @property
    def number(self) -> int:
        return self._row.number

    def take(self, field: Field[T]) -> T | None:
        """The value of the column; None when it is absent, empty or wrong."""
        value = self._value(field.column)
        known = (field.column, value) if isinstance(value, str) else None
        if known is not None and known in self._right:
            return cast("T | None", self._right[known])
        try:
            read = self._read(field, value)
        except BadCell as bad:
            self.note(field.column, bad.reason, bad.suggestion)
            return None
        if known is not None:
            if len(self._right) >= _REMEMBERED:
                self._right.clear()
            self._right[known] = read
        return read

    def note(self, column: Column, reason: Reason, suggestion: str | None = None, other_row: int | None = None) -> None:
        recognised = self._recognised
        title = recognised.titles.get(column) or COLUMN_TITLES[recognised.kind][column]
        raw = shorten(_visible(self._value(column)))
        at = recognised.columns.get(column, 0)
        self.errors.append(RowError(self.number, at, title, raw, reason, suggestion, other_row))

    def _value(self, column: Column) -> CellValue:
        at = self._recognised.columns.get(column)
        return None if at is None else self._row.at(at)

    def _read(self, field: Field[T], value: CellValue) -> T | None:
        if isinstance(value, CellFault):
            raise BadCell(Reason.CELL_FAULT)
        if isinstance(value, Formula):
            raise BadCell(Reason.FORMULA, _meant(field, value.text.lstrip("=")))
        if isinstance(value, str):
            self._check_text(field, value)
        if _is_blank(value):
            if field.required:
                raise BadCell(Reason.MISSING)
            return None
        return field.parse(value)

    def _check_text(self, field: Field[T], text: str) -> None:
        if is_undecodable(text):
            raise BadCell(Reason.UNDECODABLE)
        if len(text) > field.longest:
            raise BadCell(Reason.TOO_LONG)
        if text.lstrip().startswith("="):
            raise BadCell(Reason.FORMULA, _meant(field, text.lstrip(" =")))
        if not field.invisible_ok and has_invisible(text):
            raise BadCell(Reason.INVISIBLE, _meant(field, clean(text)))


def _meant(field: Field[T], text: str) -> str | None:
    """What to type instead of a cell that only looks like a value, when the rest of it makes sense."""
    if len(text) > field.longest or not text:
        return None
    try:
        return field.show(field.parse(clean(text)))
    except BadCell as bad:
        return bad.suggestion


def _is_blank(value: CellValue) -> bool:
    return value is None or (isinstance(value, str) and fold(value) in BLANKS)


def _visible(value: CellValue) -> str:
    if isinstance(value, Formula):
        return clean(value.text)
    if isinstance(value, CellFault):
        return value.code
    return as_text(value)
