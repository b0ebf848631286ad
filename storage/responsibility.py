"""Heads of schools who took a sitting under their own control."""

from collections.abc import Iterable
from datetime import datetime

from storage.clock import from_text, to_text
from storage.database import Reader, Transaction
from storage.scope import one_of


async def accept(tx: Transaction, sitting_id: int, person_id: int, now: datetime) -> bool:
    """False when somebody accepted it before; the first one stays."""
    return bool(
        await tx.execute(
            "INSERT INTO responsibility (sitting_id, person_id, accepted_at) VALUES (:sitting, :person, :at)"
            " ON CONFLICT (sitting_id) DO NOTHING",
            sitting=sitting_id,
            person=person_id,
            at=to_text(now),
        )
    )


async def accepted(reader: Reader, sitting_ids: Iterable[int]) -> dict[int, tuple[str, datetime]]:
    """Sitting → (code of who accepted, when)."""
    condition, params = one_of("r.sitting_id", sorted(set(sitting_ids)))
    rows = await reader.fetch_all(
        f"SELECT r.sitting_id, p.code, r.accepted_at FROM responsibility r JOIN person p ON p.id = r.person_id"
        f" WHERE {condition}",
        **params,
    )
    return {row[0]: (row[1], from_text(row[2])) for row in rows}
