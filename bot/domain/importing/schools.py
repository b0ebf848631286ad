"""Reads one row of the register of schools."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from bot.domain.importing.cells import Field, RowCells
from bot.domain.importing.columns import Column
from bot.domain.importing.rows import SchoolRow
from bot.domain.importing.rules import ParsingRules
from bot.domain.importing.school_names import school_key, tidy_school_name
from bot.domain.importing.values import as_text, parse_parallels, parse_person, parse_phone, parse_years

_SHORT_NAME = Field(Column.SHORT_NAME, lambda value: tidy_school_name(as_text(value)), required=True, longest=120)
_FULL_NAME = Field(Column.FULL_NAME, as_text, longest=500)
_LOGIN = Field(Column.LOGIN, lambda value: as_text(value).casefold(), longest=60)
_ADDRESS = Field(Column.ADDRESS, as_text, longest=300)
_COORDINATOR_NAME = Field(Column.COORDINATOR_NAME, parse_person, longest=150)
_COORDINATOR_PHONE = Field(Column.COORDINATOR_PHONE, parse_phone, invisible_ok=True, longest=100)
_RISK_YEARS = Field(Column.RISK_YEARS, parse_years, show=lambda years: ", ".join(map(str, years)))


class SchoolReader:
    """Reads one row after another by the same rules."""

    def __init__(self, rules: ParsingRules) -> None:
        self._parallels = Field(
            Column.PARALLELS,
            lambda value: parse_parallels(value, rules.grades),
            show=lambda grades: ", ".join(map(str, grades)),
        )

    def read(self, cells: RowCells) -> SchoolRow | None:
        """None when a cell of it is wrong; `cells.errors` says which."""
        short_name = cells.take(_SHORT_NAME)
        row = SchoolRow(
            row=cells.number,
            short_name=short_name or "",
            full_name=cells.take(_FULL_NAME),
            login=cells.take(_LOGIN),
            address=cells.take(_ADDRESS),
            parallels=cells.take(self._parallels) or (),
            coordinator_name=cells.take(_COORDINATOR_NAME),
            coordinator_phone=cells.take(_COORDINATOR_PHONE),
            risk_years=cells.take(_RISK_YEARS) or (),
        )
        return None if cells.errors else row


def school_identities(row: SchoolRow) -> Iterator[tuple[Column, Hashable]]:
    """By what two rows are the same school, and the column to show it in."""
    yield Column.SHORT_NAME, school_key(row.short_name)
    if row.login:
        yield Column.LOGIN, row.login
