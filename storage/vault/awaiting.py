"""What a chat of the hotline waits for, under the keyed hash of its account."""

from datetime import datetime

from storage.clock import to_text
from storage.database import Reader, Transaction


async def get(reader: Reader, owner: str, since: datetime) -> bytes | None:
    """Sealed; None when nothing is awaited since then."""
    value = await reader.fetch_value(
        "SELECT sealed FROM awaiting WHERE owner = :owner AND set_at > :since", owner=owner, since=to_text(since)
    )
    return None if value is None else bytes(value)


async def put(tx: Transaction, owner: str, sealed: bytes, now: datetime) -> None:
    await tx.execute(
        "INSERT INTO awaiting (owner, sealed, set_at) VALUES (:owner, :sealed, :at)"
        " ON CONFLICT (owner) DO UPDATE SET sealed = :sealed, set_at = :at",
        owner=owner,
        sealed=sealed,
        at=to_text(now),
    )


async def clear(tx: Transaction, owner: str) -> None:
    await tx.execute("DELETE FROM awaiting WHERE owner = :owner", owner=owner)


async def clear_older(tx: Transaction, before: datetime) -> int:
    return await tx.execute("DELETE FROM awaiting WHERE set_at < :at", at=to_text(before))
