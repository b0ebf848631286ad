"""Assignments over many days: who is bound where, and the history of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.people import Person, Role
from bot.domain.plan import Sitting
from storage import people, sittings
from storage.clock import from_text, to_text
from storage.database import Reader, Transaction


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history of a sitting's observers."""

    person_code: str
    event: str
    other_code: str
    reason: str
    by_code: str
    at: datetime


async def note(
    tx: Transaction,
    sitting_id: int,
    person_id: int,
    event: str,
    now: datetime,
    *,
    by: int | None,
    other: int | None = None,
    reason: str = "",
) -> None:
    """`event`: assigned, ended, replaced, cannot."""
    await tx.execute(
        "INSERT INTO assignment_event (sitting_id, person_id, event, other_id, reason, by_id, at)"
        " VALUES (:sitting, :person, :event, :other, :reason, :by, :at)",
        sitting=sitting_id,
        person=person_id,
        event=event,
        other=other,
        reason=reason,
        by=by,
        at=to_text(now),
    )


async def history(reader: Reader, sitting_id: int) -> list[Event]:
    rows = await reader.fetch_all(
        "SELECT p.code, e.event, COALESCE(o.code, ''), e.reason, COALESCE(b.code, ''), e.at FROM assignment_event e"
        " JOIN person p ON p.id = e.person_id LEFT JOIN person o ON o.id = e.other_id"
        " LEFT JOIN person b ON b.id = e.by_id WHERE e.sitting_id = :sitting ORDER BY e.id",
        sitting=sitting_id,
    )
    return [Event(row[0], row[1], row[2], row[3], row[4], from_text(row[5])) for row in rows]


async def bound(reader: Reader, *, from_day: date) -> list[tuple[int, Sitting]]:
    """(person, planned sitting) of every assignment that holds, from a day on."""
    rows = await reader.fetch_all(
        f"SELECT {sittings.COLUMNS}, a.person_id {sittings.FROM} JOIN assignment a ON a.sitting_id = s.id"
        " WHERE a.ended_at IS NULL AND s.state = 'planned' AND s.date >= :first ORDER BY s.date, s.id",
        first=from_day.isoformat(),
    )
    return [(row["person_id"], sittings.from_row(row)) for row in rows]


async def all_conflicts(reader: Reader) -> dict[int, dict[int, str]]:
    """Person → school → reason."""
    found: dict[int, dict[int, str]] = {}
    for row in await reader.fetch_all("SELECT person_id, school_id, reason FROM conflict"):
        found.setdefault(row[0], {})[row[1]] = row[2]
    return found


async def observers(reader: Reader) -> list[tuple[Person, str]]:
    """Everybody who may be asked to watch, with their remark, by code."""
    held = await people.holders(reader, Role.OBSERVER)
    rows = await reader.fetch_all("SELECT id, remarks FROM person WHERE remarks <> ''")
    remarks = {row[0]: row[1] for row in rows}
    return [(person, remarks.get(person.id, "")) for person in held]


async def without_observer(reader: Reader, first: date, last: date) -> list[Sitting]:
    """Planned sittings of these days that nobody watches, by date and time."""
    rows = await reader.fetch_all(
        f"SELECT {sittings.COLUMNS} {sittings.FROM} WHERE s.state = 'planned' AND s.date BETWEEN :first AND :last"
        " AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.sitting_id = s.id AND a.ended_at IS NULL)"
        " ORDER BY s.date, s.starts_at, s.lesson, s.id",
        first=first.isoformat(),
        last=last.isoformat(),
    )
    return [sittings.from_row(row) for row in rows]


async def mark_arrival(tx: Transaction, sitting_id: int, person_id: int, arrival: str) -> bool:
    """`coming`, `late` or `cannot`; False when they are not assigned."""
    return bool(
        await tx.execute(
            "UPDATE assignment SET arrival = :arrival WHERE sitting_id = :sitting AND person_id = :person"
            " AND ended_at IS NULL",
            sitting=sitting_id,
            person=person_id,
            arrival=arrival,
        )
    )


async def arrivals(reader: Reader, person_id: int) -> dict[int, str]:
    """Sitting -> what this person said of coming there, '' for nothing yet."""
    rows = await reader.fetch_all(
        "SELECT sitting_id, arrival FROM assignment WHERE person_id = :person AND ended_at IS NULL", person=person_id
    )
    return {row[0]: row[1] for row in rows}


async def of_persons(reader: Reader, person_ids: Iterable[int], sitting_id: int) -> set[int]:
    """Which of these persons watch the sitting now."""
    return set(person_ids) & set(await sittings.assigned(reader, sitting_id))
