"""Requests to open a contact: asked by one, decided by another."""

from dataclasses import dataclass
from datetime import datetime

from storage.clock import from_text, to_text
from storage.database import Reader, Transaction
from storage.sqlite import Row


@dataclass(frozen=True, slots=True)
class Reveal:
    """`state`: asked, allowed, refused or read. `reason` is what the one who asked wrote, sealed."""

    id: int
    case_id: str
    asked_by: int
    asked_at: datetime
    reason: bytes
    state: str
    decided_by: int | None


async def ask(tx: Transaction, case_id: str, person_id: int, reason: bytes, now: datetime) -> int:
    number = await tx.next_numbers("case_reveal")
    await tx.execute(
        "INSERT INTO case_reveal (id, case_id, asked_by, asked_at, reason) VALUES (:id, :case, :person, :at, :reason)",
        id=number,
        case=case_id,
        person=person_id,
        at=to_text(now),
        reason=reason,
    )
    return number


async def get(reader: Reader, reveal_id: int) -> Reveal | None:
    row = await reader.fetch_one("SELECT * FROM case_reveal WHERE id = :id", id=reveal_id)
    return None if row is None else _reveal(row)


async def decide(tx: Transaction, reveal_id: int, state: str, person_id: int, now: datetime) -> bool:
    """By somebody else than who asked; False when it is decided already."""
    return (
        await tx.execute(
            "UPDATE case_reveal SET state = :state, decided_by = :person, decided_at = :at"
            " WHERE id = :id AND state = 'asked' AND asked_by <> :person",
            id=reveal_id,
            state=state,
            person=person_id,
            at=to_text(now),
        )
        == 1
    )


async def mark_read(tx: Transaction, reveal_id: int, now: datetime) -> bool:
    """Once; False when it was read before or is not allowed."""
    return (
        await tx.execute(
            "UPDATE case_reveal SET state = 'read', read_at = :at WHERE id = :id AND state = 'allowed'",
            id=reveal_id,
            at=to_text(now),
        )
        == 1
    )


def _reveal(row: Row) -> Reveal:
    return Reveal(
        row["id"],
        row["case_id"],
        row["asked_by"],
        from_text(row["asked_at"]),
        bytes(row["reason"]),
        row["state"],
        row["decided_by"],
    )
