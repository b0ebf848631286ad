"""Messages in the making, under the keyed hash of an account; a day at most."""

from datetime import datetime

from storage.clock import to_text
from storage.database import Reader, Transaction
from storage.sqlite import Row


async def of_owner(reader: Reader, owner: str, since: datetime) -> Row | None:
    """Row of `case_id, sealed`, unless it is older than `since`."""
    return await reader.fetch_one(
        "SELECT case_id, sealed FROM draft WHERE owner = :owner AND changed_at > :since",
        owner=owner,
        since=to_text(since),
    )


async def pieces(reader: Reader, case_id: str) -> list[Row]:
    """Rows of `seq, sealed` in order."""
    return await reader.fetch_all("SELECT seq, sealed FROM draft_message WHERE case_id = :id ORDER BY seq", id=case_id)


async def put(tx: Transaction, owner: str, case_id: str, sealed: bytes, now: datetime) -> None:
    await tx.execute(
        "INSERT INTO draft (owner, case_id, sealed, changed_at) VALUES (:owner, :case, :sealed, :at)"
        " ON CONFLICT (owner) DO UPDATE SET sealed = :sealed, changed_at = :at",
        owner=owner,
        case=case_id,
        sealed=sealed,
        at=to_text(now),
    )


async def add_piece(tx: Transaction, case_id: str, seq: int, source: str, sealed: bytes) -> bool:
    """False when a piece of the same source is there already."""
    return (
        await tx.execute(
            "INSERT INTO draft_message (case_id, seq, source, sealed) VALUES (:case, :seq, :source, :sealed)"
            " ON CONFLICT DO NOTHING",
            case=case_id,
            seq=seq,
            source=source,
            sealed=sealed,
        )
        == 1
    )


async def replace_pieces(tx: Transaction, case_id: str) -> None:
    """Forget what was written, keep the answers given."""
    await tx.execute("DELETE FROM draft_message WHERE case_id = :id", id=case_id)


async def drop(tx: Transaction, owner: str) -> None:
    await tx.execute(
        "DELETE FROM draft_message WHERE case_id IN (SELECT case_id FROM draft WHERE owner = :owner)", owner=owner
    )
    await tx.execute("DELETE FROM draft WHERE owner = :owner", owner=owner)


async def drop_older(tx: Transaction, before: datetime) -> int:
    await tx.execute(
        "DELETE FROM draft_message WHERE case_id IN (SELECT case_id FROM draft WHERE changed_at < :at)",
        at=to_text(before),
    )
    return await tx.execute("DELETE FROM draft WHERE changed_at < :at", at=to_text(before))


async def seq_of(reader: Reader, case_id: str, source: str) -> int | None:
    value = await reader.fetch_value(
        "SELECT seq FROM draft_message WHERE case_id = :case AND source = :source", case=case_id, source=source
    )
    return None if value is None else int(value)


async def replace_piece(tx: Transaction, case_id: str, seq: int, sealed: bytes) -> None:
    await tx.execute(
        "UPDATE draft_message SET sealed = :sealed WHERE case_id = :case AND seq = :seq",
        case=case_id,
        seq=seq,
        sealed=sealed,
    )
