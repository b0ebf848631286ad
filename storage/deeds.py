"""The log of deeds, page by page, each with a name of what it was about."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.clock import from_text
from storage.database import Reader

# What an entry's object stands for, by its kind: a query from ids to the columns of a name that coordinators know.
_NAMES = {
    "person": "SELECT id, code FROM person WHERE id IN",
    "invite": "SELECT i.id, p.code FROM invite i JOIN person p ON p.id = i.person_id WHERE i.id IN",
    "school": "SELECT id, short_name FROM school WHERE id IN",
    "sitting": "SELECT t.id, s.short_name, t.class_name FROM sitting t JOIN school s ON s.id = t.school_id WHERE t.id IN",
    "photo": "SELECT id, COALESCE(report_number, 0) FROM photo WHERE id IN",
    "case": "SELECT id, year, number FROM hotline_case WHERE id IN",
}


@dataclass(frozen=True, slots=True)
class Deed:
    """One entry of the audit; `details` hold ids and states. `object` is `kind:id`, `name` what people call it."""

    seq: int
    at: datetime
    person_code: str
    role: str
    action: str
    object: str
    name: tuple[Any, ...]
    details: dict[str, Any]

    @property
    def kind(self) -> str:
        return self.object.partition(":")[0]

    @property
    def key(self) -> str:
        return self.object.partition(":")[2]


async def deeds(reader: Reader, *, before: int | None = None, after: int = 0, limit: int = 10) -> list[Deed]:
    """The newest first, older than `before`; or, with `after`, the oldest first, newer than it."""
    order = "a.seq" if after or before == 0 else "a.seq DESC"
    rows = await reader.fetch_all(
        "SELECT a.seq, a.at, COALESCE(p.code, ''), a.role, a.action, a.object, a.details FROM audit a"
        " LEFT JOIN person p ON p.id = a.person_id"
        f" WHERE a.seq > :after AND (:before IS NULL OR :before = 0 OR a.seq < :before) ORDER BY {order} LIMIT :limit",
        after=after,
        before=before,
        limit=limit,
    )
    names = await _names(reader, (row[5] for row in rows))
    return [
        Deed(row[0], from_text(row[1]), row[2], row[3], row[4], row[5], names.get(row[5], ()), json.loads(row[6]))
        for row in rows
    ]


async def _names(reader: Reader, objects: Iterable[str]) -> dict[str, tuple[Any, ...]]:
    asked: dict[str, set[str]] = defaultdict(set)
    for object_ in objects:
        kind, _, key = object_.partition(":")
        if kind in _NAMES:
            asked[kind].add(key)
    found = {}
    for kind, keys in asked.items():
        for start in range(0, len(keys), 500):
            marked = {f"k{place}": key for place, key in enumerate(sorted(keys)[start : start + 500])}
            marks = ", ".join(f":{mark}" for mark in marked)
            for row in await reader.fetch_all(f"{_NAMES[kind]} ({marks})", **marked):
                found[f"{kind}:{row[0]}"] = tuple(row)[1:]
    return found
