"""Files that were checked and applied, and the stored rows they are compared with."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from storage.clock import from_text_or_none, to_text
from storage.database import Reader, Transaction


@dataclass(frozen=True, slots=True)
class Run:
    id: int
    kind: str
    file_name: str
    file_path: str
    state: str
    counts: dict[str, int]
    undo: str = ""  # JSON, '' before it was applied
    applied_at: datetime | None = None


async def add(
    tx: Transaction,
    *,
    kind: str,
    file_name: str,
    file_sha256: str,
    file_path: str,
    person_id: int | None,
    counts: dict[str, int],
    now: datetime,
) -> int:
    """A checked file; returns the number of the run."""
    return int(
        await tx.fetch_value(
            "INSERT INTO import_run (kind, file_name, file_sha256, file_path, person_id, counts, checked_at)"
            " VALUES (:kind, :name, :sha256, :path, :person, :counts, :at) RETURNING id",
            kind=kind,
            name=file_name,
            sha256=file_sha256,
            path=file_path,
            person=person_id,
            counts=json.dumps(counts),
            at=to_text(now),
        )
    )


async def run(reader: Reader, run_id: int) -> Run | None:
    row = await reader.fetch_one(
        "SELECT id, kind, file_name, file_path, state, counts, undo, applied_at FROM import_run WHERE id = :id",
        id=run_id,
    )
    if row is None:
        return None
    return Run(
        row["id"],
        row["kind"],
        row["file_name"],
        row["file_path"],
        row["state"],
        json.loads(row["counts"]),
        row["undo"],
        from_text_or_none(row["applied_at"]),
    )


async def begin(tx: Transaction, run_id: int) -> bool:
    """Writing starts, or goes on after a stop; False when it was applied or cancelled before."""
    return bool(
        await tx.execute(
            "UPDATE import_run SET state = 'applying' WHERE id = :id AND state IN ('checked', 'applying')", id=run_id
        )
    )


async def keep_undo(tx: Transaction, run_id: int, undo: dict[str, Any]) -> None:
    """What a unit of rows needs to be taken back, added to what earlier units left."""
    kept = json.loads(await tx.fetch_value("SELECT undo FROM import_run WHERE id = :id", id=run_id) or "{}")
    for name, value in undo.items():
        kept[name] = [*kept.get(name, []), *value] if isinstance(value, list) else kept.get(name, {}) | value
    await tx.execute("UPDATE import_run SET undo = :undo WHERE id = :id", id=run_id, undo=json.dumps(kept))


async def finish(tx: Transaction, run_id: int, new: int, changed: int, wrong: int, now: datetime) -> dict[str, int]:
    """Everything is written; the counts, with those of units before a stop."""
    kept = json.loads(await tx.fetch_value("SELECT undo FROM import_run WHERE id = :id", id=run_id) or "{}")
    counts = {
        "new": max(new, len(kept.get("added", [])) + len(kept.get("revived", {}))),
        "changed": max(changed, len(kept.get("before", {}))),
        "wrong": wrong,
    }
    await tx.execute(
        "UPDATE import_run SET state = 'applied', applied_at = :at, counts = :counts, undo = :undo WHERE id = :id",
        id=run_id,
        at=to_text(now),
        counts=json.dumps(counts),
        undo=json.dumps(
            {"added": [], "before": {}, "people": [], "revisions": {}, "revived": {}, "granted": [], "revoked": []}
            | kept
        ),
    )
    return counts


async def undone(tx: Transaction, run_id: int, now: datetime) -> bool:
    """False when it was not applied, or undone before."""
    return bool(
        await tx.execute(
            "UPDATE import_run SET state = 'undone', undone_at = :at WHERE id = :id AND state = 'applied'",
            id=run_id,
            at=to_text(now),
        )
    )


async def cancel(tx: Transaction, run_id: int) -> None:
    await tx.execute("UPDATE import_run SET state = 'cancelled' WHERE id = :id AND state = 'checked'", id=run_id)


async def stored_rows(reader: Reader, kind: str, municipality_id: int) -> dict[int, dict[str, Any]]:
    """What is stored of a kind, by id, under the field names of the imported rows; '' reads as None."""
    readers = {"schools": _schools, "schedule": _schedule, "observers": _observers}
    return await readers[kind](reader, municipality_id)


async def _schools(reader: Reader, municipality_id: int) -> dict[int, dict[str, Any]]:
    years: dict[int, list[int]] = {}
    for row in await reader.fetch_all(
        "SELECT school_id, year FROM risk_mark WHERE list = 'objectivity' AND procedure = 'vpr' ORDER BY year"
    ):
        years.setdefault(row[0], []).append(row[1])
    rows = await reader.fetch_all(
        "SELECT id, short_name, full_name, login, address, parallels, coordinator_name, coordinator_phone"
        " FROM school WHERE municipality_id = :municipality AND archived_at IS NULL",
        municipality=municipality_id,
    )
    return {
        row["id"]: {
            "short_name": row["short_name"],
            "full_name": row["full_name"] or None,
            "login": row["login"] or None,
            "address": row["address"] or None,
            "parallels": tuple(int(part) for part in row["parallels"].split(",") if part),
            "coordinator_name": row["coordinator_name"] or None,
            "coordinator_phone": row["coordinator_phone"] or None,
            "risk_years": tuple(years.get(row["id"], ())),
        }
        for row in rows
    }


async def _schedule(reader: Reader, municipality_id: int) -> dict[int, dict[str, Any]]:
    rows = await reader.fetch_all(
        "SELECT s.*, sc.short_name FROM sitting s JOIN school sc ON sc.id = s.school_id"
        " WHERE sc.municipality_id = :municipality AND s.state = 'planned'",
        municipality=municipality_id,
    )
    return {
        row["id"]: {
            "school_name": row["short_name"],
            "class_name": row["class_name"],
            "grade": row["grade"],
            "subject": row["subject"],
            "date": date.fromisoformat(row["date"]),
            "lesson": row["lesson"],
            "starts_at": time.fromisoformat(row["starts_at"]) if row["starts_at"] else None,
            "room": row["room"] or None,
            "pupils": row["pupils"],
            "form": row["form"],
            "duration_min": row["duration_min"],
        }
        for row in rows
    }


async def _observers(reader: Reader, municipality_id: int) -> dict[int, dict[str, Any]]:
    conflicts: dict[int, list[str]] = {}
    for row in await reader.fetch_all(
        "SELECT c.person_id, sc.short_name FROM conflict c JOIN school sc ON sc.id = c.school_id WHERE c.reason = 'imported'"
    ):
        conflicts.setdefault(row[0], []).append(row[1])
    rows = await reader.fetch_all(
        "SELECT DISTINCT p.id, p.full_name, p.phone, p.sent_by, p.order_ref, p.remarks FROM person p"
        " JOIN membership m ON m.person_id = p.id AND m.role = 'observer' AND m.revoked_at IS NULL"
        " WHERE p.municipality_id = :municipality AND p.removed_at IS NULL",
        municipality=municipality_id,
    )
    return {
        row["id"]: {
            "full_name": row["full_name"],
            "phone": row["phone"],
            "sent_by": row["sent_by"] or None,
            "order_ref": row["order_ref"] or None,
            "conflict_schools": tuple(sorted(conflicts.get(row["id"], ()))),
            "remarks": row["remarks"] or None,
        }
        for row in rows
    }
