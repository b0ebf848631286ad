"""An import taken back: rows as they were before it, and none that came with it; all of it or nothing."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from storage.clock import to_text
from storage.database import Reader, Transaction
from storage.errors import StorageError

TABLES = {"schools": "school", "schedule": "sitting", "observers": "person"}


class SomethingDepends(StorageError):
    """A row that came with the import is used by now; `why` names how: used, changed."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


async def before(reader: Reader, kind: str, ids: Iterable[int]) -> dict[str, dict[str, Any]]:
    """The rows as they are now, by id as text, ready for JSON."""
    found = {}
    for row_id in ids:
        row = await reader.fetch_one(f"SELECT * FROM {TABLES[kind]} WHERE id = :id", id=row_id)
        if row is None:
            continue
        stored = dict(row)
        if kind == "schools":
            years = await reader.fetch_all("SELECT * FROM risk_mark WHERE school_id = :id", id=row_id)
            stored["_risk"] = [dict(year) for year in years]
        if kind == "observers":
            held = await reader.fetch_all("SELECT * FROM conflict WHERE person_id = :id", id=row_id)
            stored["_conflicts"] = [dict(one) for one in held]
        found[str(row_id)] = stored
    return found


async def revisions(reader: Reader, ids: Iterable[int]) -> dict[str, int]:
    """Sitting → its revision, as the import left it."""
    return {
        str(one): int(await reader.fetch_value("SELECT revision FROM sitting WHERE id = :id", id=one) or 0)
        for one in ids
    }


async def undo(tx: Transaction, kind: str, kept: dict[str, Any], now: datetime) -> tuple[int, int]:
    """(rows taken away, rows put back). Raises `SomethingDepends`; the caller's unit then leaves no trace."""
    try:
        for row_id in kept["added"]:
            await {"schools": _drop_school, "schedule": _drop_sitting, "observers": _drop_person}[kind](
                tx, row_id, kept
            )
        for row_id in kept.get("people", ()):
            await _drop_person(tx, row_id, kept)
        for row_id, row in (kept["before"] | kept.get("revived", {})).items():
            await _put_back(tx, kind, int(row_id), row, kept, now)
    except sqlite3.IntegrityError as error:
        raise SomethingDepends("used") from error
    return len(kept["added"]) + len(kept.get("revived", ())), len(kept["before"])


async def _drop_sitting(tx: Transaction, sitting_id: int, kept: dict[str, Any]) -> None:
    await _same_revision(tx, sitting_id, kept)
    used = await tx.fetch_value(
        "SELECT (SELECT COUNT(*) FROM assignment WHERE sitting_id = :id)"
        " + (SELECT COUNT(*) FROM report WHERE sitting_id = :id AND state NOT IN ('expected', 'missed'))",
        id=sitting_id,
    )
    if used:
        raise SomethingDepends("used")
    await tx.execute("DELETE FROM report WHERE sitting_id = :id", id=sitting_id)
    await tx.execute("DELETE FROM sitting WHERE id = :id", id=sitting_id)


async def _drop_school(tx: Transaction, school_id: int, kept: dict[str, Any]) -> None:
    held = await tx.fetch_all("SELECT person_id FROM membership WHERE school_id = :id", id=school_id)
    if {row[0] for row in held} - set(kept.get("people", ())):
        raise SomethingDepends("used")
    for table in ("risk_mark", "membership"):
        await tx.execute(f"DELETE FROM {table} WHERE school_id = :id", id=school_id)
    await tx.execute("DELETE FROM school WHERE id = :id", id=school_id)


async def _drop_person(tx: Transaction, person_id: int, kept: dict[str, Any]) -> None:
    used = await tx.fetch_value(
        "SELECT (SELECT COUNT(*) FROM account WHERE person_id = :id) + (SELECT COUNT(*) FROM invite WHERE person_id = :id)"
        " + (SELECT COUNT(*) FROM assignment WHERE person_id = :id)",
        id=person_id,
    )
    if used:
        raise SomethingDepends("used")
    for table in ("conflict", "membership"):
        await tx.execute(f"DELETE FROM {table} WHERE person_id = :id", id=person_id)
    await tx.execute("DELETE FROM person WHERE id = :id", id=person_id)


async def _put_back(
    tx: Transaction, kind: str, row_id: int, row: dict[str, Any], kept: dict[str, Any], now: datetime
) -> None:
    if kind == "schedule":
        await _same_revision(tx, row_id, kept)
        row = row | {"revision": row["revision"] + 2, "changed_at": to_text(now)}
    columns = [name for name in row if name != "id" and not name.startswith("_")]
    await tx.execute(
        f"UPDATE {TABLES[kind]} SET {', '.join(f'{name} = :{name}' for name in columns)} WHERE id = :id",
        **{name: row[name] for name in columns},
        id=row_id,
    )
    for key, table, owner in (("_risk", "risk_mark", "school_id"), ("_conflicts", "conflict", "person_id")):
        if key in row:
            await tx.execute(f"DELETE FROM {table} WHERE {owner} = :id", id=row_id)
            for one in row[key]:
                names = ", ".join(one)
                await tx.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{n}' for n in one)})", **one)


async def _same_revision(tx: Transaction, sitting_id: int, kept: dict[str, Any]) -> None:
    now = await tx.fetch_value("SELECT revision FROM sitting WHERE id = :id", id=sitting_id)
    if now != kept["revisions"].get(str(sitting_id)):
        raise SomethingDepends("changed")
