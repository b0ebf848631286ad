"""Draws as they were made: nothing of them is ever changed but that one was applied."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from storage.clock import from_text, from_text_or_none, to_text
from storage.database import Reader, Transaction


@dataclass(frozen=True, slots=True)
class Drawn:
    id: int
    first: date
    last: date
    seed: str
    pool: dict[str, Any]
    result: dict[str, Any]
    drawn_by: str  # code of the person
    drawn_at: datetime
    applied_at: datetime | None


async def add(
    tx: Transaction, first: date, last: date, seed: str, pool: str, result: str, now: datetime, *, by: int
) -> int:
    return int(
        await tx.fetch_value(
            "INSERT INTO draw (first_day, last_day, seed, pool, result, drawn_by, drawn_at)"
            " VALUES (:first, :last, :seed, :pool, :result, :by, :at) RETURNING id",
            first=first.isoformat(),
            last=last.isoformat(),
            seed=seed,
            pool=pool,
            result=result,
            by=by,
            at=to_text(now),
        )
    )


async def load(reader: Reader, draw_id: int) -> Drawn | None:
    row = await reader.fetch_one(
        "SELECT d.*, p.code FROM draw d LEFT JOIN person p ON p.id = d.drawn_by WHERE d.id = :id", id=draw_id
    )
    if row is None:
        return None
    return Drawn(
        row["id"],
        date.fromisoformat(row["first_day"]),
        date.fromisoformat(row["last_day"]),
        row["seed"],
        json.loads(row["pool"]),
        json.loads(row["result"]),
        row["code"] or "",
        from_text(row["drawn_at"]),
        from_text_or_none(row["applied_at"]),
    )


async def applied(tx: Transaction, draw_id: int, now: datetime, *, by: int) -> bool:
    """False when it was applied before."""
    return bool(
        await tx.execute(
            "UPDATE draw SET applied_at = :at, applied_by = :by WHERE id = :id AND applied_at IS NULL",
            id=draw_id,
            at=to_text(now),
            by=by,
        )
    )
