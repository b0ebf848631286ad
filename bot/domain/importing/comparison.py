"""What an import would change: the file's rows against the stored ones, before anything is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Generic, TypeVar

from bot.domain.importing.rows import ObserverRow, Parsed, RowT, RowT_co, SchoolRow, SittingRow
from bot.domain.importing.school_names import school_key

K = TypeVar("K", bound=Hashable)
K_co = TypeVar("K_co", bound=Hashable, covariant=True)

Stored = Mapping[str, Any]  # a stored row by the field names of the imported one


@dataclass(frozen=True, slots=True)
class FieldChange:
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Change(Generic[K_co, RowT_co]):
    """A stored row, by its key, and how the file's row differs from it; `row` is what it will be."""

    key: K_co
    row: RowT_co
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Changes(Generic[K_co, RowT_co]):
    """Every right row of the file is in exactly one of the first three; `vanished` are keys only stored.

    A stored row counts as vanished also when its row in the file is wrong: delete nothing by it alone.
    """

    new: tuple[RowT_co, ...]
    changed: tuple[Change[K_co, RowT_co], ...]
    unchanged: tuple[K_co, ...]
    vanished: tuple[K_co, ...]


def compare_schools(existing: Mapping[K, Stored], parsed: Parsed[SchoolRow]) -> Changes[K, SchoolRow]:
    """By login, which outlives a new name; schools without a common login by their name."""
    pairs = _pair(existing, parsed.rows, lambda row: row["login"] or None, lambda row: row.login)
    pairs = _pair_rest(
        pairs, existing, parsed.rows, lambda row: school_key(row["short_name"]), lambda row: school_key(row.short_name)
    )
    return _changes(existing, parsed, pairs)


def compare_observers(existing: Mapping[K, Stored], parsed: Parsed[ObserverRow]) -> Changes[K, ObserverRow]:
    """By phone number."""
    return _changes(existing, parsed, _pair(existing, parsed.rows, lambda row: row["phone"], lambda row: row.phone))


def compare_schedule(existing: Mapping[K, Stored], parsed: Parsed[SittingRow]) -> Changes[K, SittingRow]:
    """By school, class, subject and date; a work left over once on either side has moved to its new date."""
    pairs = _pair(
        existing,
        parsed.rows,
        lambda row: (*_work_of(row), row["date"]),
        lambda row: (row.school_name, row.class_name, row.subject, row.date),
    )
    pairs = _pair_rest(
        pairs, existing, parsed.rows, _work_of, lambda row: (row.school_name, row.class_name, row.subject)
    )
    return _changes(existing, parsed, pairs)


def _work_of(row: Stored) -> tuple[Any, ...]:
    return row["school_name"], row["class_name"], row["subject"]


def _pair(
    existing: Mapping[K, Stored],
    rows: Iterable[RowT],
    stored_identity: Callable[[Stored], Hashable],
    row_identity: Callable[[RowT], Hashable],
) -> dict[int, K]:
    """Keys by row number, where an identity stands for exactly one row on each side; None stands for nothing."""
    stored: dict[Hashable, list[K]] = defaultdict(list)
    for key, row in existing.items():
        stored[stored_identity(row)].append(key)
    imported: dict[Hashable, list[int]] = defaultdict(list)
    for new in rows:
        imported[row_identity(new)].append(new.row)
    return {
        numbers[0]: stored[identity][0]
        for identity, numbers in imported.items()
        if identity is not None and len(numbers) == 1 and len(stored.get(identity, ())) == 1
    }


def _pair_rest(
    pairs: dict[int, K],
    existing: Mapping[K, Stored],
    rows: Sequence[RowT],
    stored_identity: Callable[[Stored], Hashable],
    row_identity: Callable[[RowT], Hashable],
) -> dict[int, K]:
    """The given pairs and those that a looser identity finds among the rows still alone."""
    paired = set(pairs.values())
    alone = {key: row for key, row in existing.items() if key not in paired}
    return pairs | _pair(alone, [row for row in rows if row.row not in pairs], stored_identity, row_identity)


def _changes(existing: Mapping[K, Stored], parsed: Parsed[RowT], pairs: Mapping[int, K]) -> Changes[K, RowT]:
    new: list[RowT] = []
    changed: list[Change[K, RowT]] = []
    unchanged: list[K] = []
    for row in parsed.rows:
        if row.row not in pairs:
            new.append(row)
            continue
        key = pairs[row.row]
        if differences := _differences(existing[key], row, parsed.fields):
            changed.append(Change(key, _kept(existing[key], row, parsed.fields), differences))
        else:
            unchanged.append(key)
    met = set(pairs.values())
    return Changes(tuple(new), tuple(changed), tuple(unchanged), tuple(key for key in existing if key not in met))


def _kept(stored: Stored, row: RowT, spoken_of: frozenset[str]) -> RowT:
    """The row with what is stored where the file has no column: what is written is what was shown."""
    silent = [field.name for field in fields(row) if field.name not in spoken_of and field.name in stored]
    return replace(row, **{name: stored[name] for name in silent})


def _differences(stored: Stored, row: RowT, spoken_of: frozenset[str]) -> tuple[FieldChange, ...]:
    """Only fields the file has a column for and the store knows: an absent column erases nothing."""
    return tuple(
        FieldChange(field.name, stored[field.name], value)
        for field in fields(row)
        if field.name in spoken_of
        and field.name in stored
        and stored[field.name] != (value := getattr(row, field.name))
    )
