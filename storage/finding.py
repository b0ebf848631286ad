"""Schools and people by what somebody typed; and the log of deeds, page by page."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.people import Person
from storage import people
from storage.clock import from_text
from storage.database import Reader


@dataclass(frozen=True, slots=True)
class Deed:
    """One entry of the audit; `details` hold ids and states."""

    seq: int
    at: datetime
    person_code: str
    role: str
    action: str
    object: str
    details: dict[str, Any]


async def everybody(reader: Reader, municipality_id: int) -> list[Person]:
    """Persons who were not removed, by code."""
    rows = await reader.fetch_all(
        "SELECT id FROM person WHERE municipality_id = :municipality AND removed_at IS NULL ORDER BY code",
        municipality=municipality_id,
    )
    found = await people.persons(reader, [row[0] for row in rows])
    return [found[row[0]] for row in rows]


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
    return [Deed(row[0], from_text(row[1]), row[2], row[3], row[4], row[5], json.loads(row[6])) for row in rows]
