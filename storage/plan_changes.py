"""The plan changed by hand: conditional on what was seen, kept with its reason, proposed by schools, looked at by parents."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.domain.plan import Sitting
from storage import sittings
from storage.clock import from_text, from_text_or_none, to_text
from storage.database import Reader, Transaction


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a school wants in the plan. `content`: cells as typed, by column."""

    id: int
    kind: str  # add | change | cancel
    school_id: int
    sitting_id: int | None
    revision: int | None
    content: dict[str, str]
    reason: str
    person_id: int
    state: str


async def revision(reader: Reader, sitting_id: int) -> int:
    return int(await reader.fetch_value("SELECT revision FROM sitting WHERE id = :id", id=sitting_id) or 0)


async def claim_revision(tx: Transaction, sitting_id: int, seen: int) -> bool:
    """False when somebody changed the sitting since it was shown; then nothing may be written."""
    return bool(
        await tx.execute(
            "UPDATE sitting SET revision = revision + 1 WHERE id = :id AND revision = :seen AND state = 'planned'",
            id=sitting_id,
            seen=seen,
        )
    )


async def twin(reader: Reader, sitting: Sitting) -> bool:
    """Whether another planned sitting is the same work of the same class on the same day."""
    found = await reader.fetch_value(
        "SELECT 1 FROM sitting WHERE school_id = :school AND class_name = :class AND subject = :subject"
        " AND date = :date AND id <> :id AND state = 'planned'",
        school=sitting.school_id,
        **{"class": sitting.class_name},
        subject=sitting.subject,
        date=sitting.date.isoformat(),
        id=sitting.id,
    )
    return found is not None


async def note(
    tx: Transaction, sitting_id: int, what: dict[str, list[str]], reason: str, now: datetime, *, by: int | None
) -> None:
    await tx.execute(
        "INSERT INTO sitting_change (sitting_id, what, reason, person_id, at) VALUES (:id, :what, :reason, :by, :at)",
        id=sitting_id,
        what=json.dumps(what, ensure_ascii=False),
        reason=reason,
        by=by,
        at=to_text(now),
    )


async def propose(
    tx: Transaction,
    kind: str,
    school_id: int,
    sitting_id: int | None,
    seen: int | None,
    content: dict[str, str],
    reason: str,
    person_id: int,
    now: datetime,
) -> int:
    return int(
        await tx.fetch_value(
            "INSERT INTO sitting_proposal (kind, school_id, sitting_id, revision, content, reason, person_id, asked_at)"
            " VALUES (:kind, :school, :sitting, :seen, :content, :reason, :person, :at) RETURNING id",
            kind=kind,
            school=school_id,
            sitting=sitting_id,
            seen=seen,
            content=json.dumps(content, ensure_ascii=False),
            reason=reason,
            person=person_id,
            at=to_text(now),
        )
    )


async def proposed(reader: Reader, proposal_id: int) -> Proposed | None:
    row = await reader.fetch_one("SELECT * FROM sitting_proposal WHERE id = :id", id=proposal_id)
    if row is None:
        return None
    return Proposed(
        row["id"],
        row["kind"],
        row["school_id"],
        row["sitting_id"],
        row["revision"],
        json.loads(row["content"]),
        row["reason"],
        row["person_id"],
        row["state"],
    )


async def settle(tx: Transaction, proposal_id: int, state: str, now: datetime, *, by: int) -> bool:
    """`accepted` or `declined`; False when another coordinator was faster."""
    return bool(
        await tx.execute(
            "UPDATE sitting_proposal SET state = :state, settled_by = :by, settled_at = :at"
            " WHERE id = :id AND state = 'open'",
            id=proposal_id,
            state=state,
            by=by,
            at=to_text(now),
        )
    )


async def of_school(
    reader: Reader, school_id: int, *, from_day: date, limit: int = 40
) -> list[tuple[Sitting, datetime, datetime]]:
    """(sitting, added, changed) from a day on, cancelled ones included, by date and time."""
    rows = await reader.fetch_all(
        f"SELECT {sittings.COLUMNS}, s.created_at, s.changed_at {sittings.FROM}"
        " WHERE s.school_id = :school AND s.date >= :first AND s.state IN ('planned', 'cancelled')"
        " ORDER BY s.date, s.starts_at, s.lesson, s.class_name LIMIT :limit",
        school=school_id,
        first=from_day.isoformat(),
        limit=limit,
    )
    return [(sittings.from_row(row), from_text(row["created_at"]), from_text(row["changed_at"])) for row in rows]


async def look(tx: Transaction, viewer: str, school_id: int, now: datetime) -> datetime | None:
    """Note that somebody looked; when they did before."""
    value = await tx.fetch_value(
        "SELECT seen_at FROM schedule_view WHERE viewer = :viewer AND school_id = :school",
        viewer=viewer,
        school=school_id,
    )
    await tx.execute(
        "INSERT INTO schedule_view (viewer, school_id, seen_at) VALUES (:viewer, :school, :at)"
        " ON CONFLICT (viewer, school_id) DO UPDATE SET seen_at = :at",
        viewer=viewer,
        school=school_id,
        at=to_text(now),
    )
    return from_text_or_none(value)


async def planned_from(reader: Reader, first: date) -> list[Sitting]:
    """Every planned sitting from a day on."""
    rows = await reader.fetch_all(
        f"SELECT {sittings.COLUMNS} {sittings.FROM} WHERE s.state = 'planned' AND s.date >= :first ORDER BY s.date, s.id",
        first=first.isoformat(),
    )
    return [sittings.from_row(row) for row in rows]


def as_json(fields: Iterable[tuple[str, Any, Any]]) -> dict[str, list[str]]:
    """(field, before, after) as it is kept."""
    return {
        name: ["" if before is None else str(before), "" if after is None else str(after)]
        for name, before, after in fields
    }
