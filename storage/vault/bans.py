"""Accounts that nothing is taken from for a while, as keyed hashes."""

from datetime import datetime

from storage.clock import to_text
from storage.database import Reader, Transaction


async def is_banned(reader: Reader, owner: str, now: datetime) -> bool:
    value = await reader.fetch_value(
        "SELECT 1 FROM ban WHERE owner = :owner AND until > :now", owner=owner, now=to_text(now)
    )
    return value is not None


async def put(tx: Transaction, owner: str, until: datetime) -> None:
    await tx.execute(
        "INSERT INTO ban (owner, until) VALUES (:owner, :until) ON CONFLICT (owner) DO UPDATE SET until = :until",
        owner=owner,
        until=to_text(until),
    )


async def forget_over(tx: Transaction, now: datetime) -> int:
    return await tx.execute("DELETE FROM ban WHERE until <= :now", now=to_text(now))
