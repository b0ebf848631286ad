"""Heads of schools who took a sitting under their own control, as it was then: moved, it wants to be accepted anew."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from storage.clock import from_text, to_text
from storage.database import Reader, Transaction
from storage.scope import one_of

# A start that was not told before, or is not any more, moves nothing.
_STILL_HOLDS = (
    "r.date = s.date AND r.lesson IS s.lesson AND (r.starts_at = s.starts_at OR '' IN (r.starts_at, s.starts_at))"
)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Who accepted, when, for which day and lesson; `holds`: the sitting has not moved since."""

    person_id: int
    code: str
    accepted_at: datetime
    day: date
    lesson: int | None
    holds: bool


async def accept(tx: Transaction, sitting_id: int, person_id: int, now: datetime) -> bool:
    """For the sitting as it is now. False when somebody accepted that before; the first one stays."""
    return bool(
        await tx.execute(
            "INSERT INTO responsibility (sitting_id, person_id, accepted_at, date, lesson, starts_at)"
            " SELECT s.id, :person, :at, s.date, s.lesson, s.starts_at FROM sitting s WHERE s.id = :sitting"
            f" AND NOT EXISTS (SELECT 1 FROM responsibility r WHERE r.sitting_id = s.id AND {_STILL_HOLDS})",
            sitting=sitting_id,
            person=person_id,
            at=to_text(now),
        )
    )


async def accepted(reader: Reader, sitting_ids: Iterable[int]) -> dict[int, tuple[str, datetime]]:
    """Sitting → (code of who accepted it as it is now, when)."""
    condition, params = one_of("r.sitting_id", sorted(set(sitting_ids)))
    rows = await reader.fetch_all(
        "SELECT r.sitting_id, p.code, r.accepted_at FROM responsibility r JOIN person p ON p.id = r.person_id"
        f" JOIN sitting s ON s.id = r.sitting_id WHERE {condition} AND {_STILL_HOLDS} ORDER BY r.id",
        **params,
    )
    return {row[0]: (row[1], from_text(row[2])) for row in rows}


async def history(reader: Reader, sitting_id: int) -> list[Acceptance]:
    """Every acceptance of a sitting, the earliest first."""
    rows = await reader.fetch_all(
        f"SELECT r.person_id, p.code, r.accepted_at, r.date, r.lesson, {_STILL_HOLDS} AS holds"
        " FROM responsibility r JOIN person p ON p.id = r.person_id JOIN sitting s ON s.id = r.sitting_id"
        " WHERE r.sitting_id = :sitting ORDER BY r.id",
        sitting=sitting_id,
    )
    return [
        Acceptance(row[0], row[1], from_text(row[2]), date.fromisoformat(row[3]), row[4], bool(row[5])) for row in rows
    ]
