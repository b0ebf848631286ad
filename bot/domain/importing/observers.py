"""Reads one row of the list of observers."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from bot.domain.importing.cells import Field, RowCells
from bot.domain.importing.columns import Column
from bot.domain.importing.problems import Reason
from bot.domain.importing.rows import ObserverRow
from bot.domain.importing.rules import ParsingRules
from bot.domain.importing.values import as_text, parse_person, parse_phone

_FULL_NAME = Field(Column.FULL_NAME, parse_person, required=True, longest=150)
_PHONE = Field(Column.PHONE, parse_phone, required=True, invisible_ok=True, longest=100)
_SENT_BY = Field(Column.SENT_BY, as_text, longest=200)
_ORDER_REF = Field(Column.ORDER_REF, as_text, longest=300)
_CONFLICT = Field(Column.CONFLICT, as_text, longest=1000)
_REMARKS = Field(Column.REMARKS, as_text, longest=1000)


def read_observer(cells: RowCells, rules: ParsingRules) -> ObserverRow | None:
    full_name, phone = cells.take(_FULL_NAME), cells.take(_PHONE)
    conflict = cells.take(_CONFLICT)
    row = ObserverRow(
        row=cells.number,
        full_name=full_name or "",
        phone=phone or "",
        sent_by=cells.take(_SENT_BY),
        order_ref=cells.take(_ORDER_REF),
        conflict_schools=_conflict_schools(conflict, cells, rules),
        conflict_text=conflict,
        remarks=cells.take(_REMARKS),
    )
    return None if cells.errors else row


def _conflict_schools(text: str | None, cells: RowCells, rules: ParsingRules) -> tuple[str, ...]:
    """A school that is named and not known is an error: an overlooked conflict of interests costs more."""
    if text is None or not rules.schools:
        return ()
    mentions = rules.schools.mentions(text)
    for mention in mentions:
        if mention.match is None or not mention.match.exact:
            cells.note(Column.CONFLICT, Reason.SCHOOL_UNKNOWN, mention.match.name if mention.match else None)
            return ()
    return tuple(mention.match.name for mention in mentions if mention.match)


def observer_identities(row: ObserverRow) -> Iterator[tuple[Column, Hashable]]:
    yield Column.PHONE, row.phone
