"""Raw updates: stored before they are acknowledged, kept until they are handled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.clock import from_text, from_text_or_none, to_text
from storage.database import Reader, Transaction


@dataclass(frozen=True, slots=True)
class NewUpdate:
    update_id: int
    lane: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class StoredUpdate:
    id: int
    update_id: int
    lane: str
    payload: bytes
    tries: int
    crashes: int


async def store(
    tx: Transaction, platform: str, bot_id: int, updates: Sequence[NewUpdate], now: datetime
) -> list[StoredUpdate]:
    """Store the batch; returns the ones not seen before, in order. Idempotent by (platform, bot, update id)."""
    at = to_text(now)
    ids = await tx.fetch_each(
        "INSERT INTO inbox (platform, bot_id, update_id, lane, payload, received_at)"
        " VALUES (:platform, :bot_id, :update_id, :lane, :payload, :at)"
        " ON CONFLICT (platform, bot_id, update_id) DO NOTHING RETURNING id",
        [
            {
                "platform": platform,
                "bot_id": bot_id,
                "update_id": update.update_id,
                "lane": update.lane,
                "payload": update.payload,
                "at": at,
            }
            for update in updates
        ],
    )
    return [
        StoredUpdate(row["id"], update.update_id, update.lane, update.payload, 0, 0)
        for update, row in zip(updates, ids, strict=True)
        if row is not None
    ]


async def open_updates(reader: Reader, after_id: int = 0, limit: int = 2000) -> list[StoredUpdate]:
    """Updates that are still to be handled, oldest first."""
    rows = await reader.fetch_all(
        "SELECT id, update_id, lane, payload, tries, crashes FROM inbox"
        " WHERE state = 'new' AND id > :after ORDER BY id LIMIT :limit",
        after=after_id,
        limit=limit,
    )
    return [StoredUpdate(*row) for row in rows]


async def count_crash(tx: Transaction, inbox_ids: Sequence[int]) -> None:
    """These were in hand when the process died."""
    await tx.execute_many("UPDATE inbox SET crashes = crashes + 1 WHERE id = :id", [{"id": i} for i in inbox_ids])


async def mark_done(tx: Transaction, inbox_ids: Sequence[int], now: datetime) -> None:
    """Handled: the row stays for deduplication; what it said and whose it was does not."""
    at = to_text(now)
    await tx.execute_many(
        "UPDATE inbox SET state = 'done', done_at = :at, payload = x'', lane = '' WHERE id = :id",
        [{"id": i, "at": at} for i in inbox_ids],
    )


async def mark_failed(tx: Transaction, inbox_id: int, error: str) -> int:
    """Count a failed try; returns how many there were."""
    return int(
        await tx.fetch_value(
            "UPDATE inbox SET tries = tries + 1, error = :error WHERE id = :id RETURNING tries",
            id=inbox_id,
            error=error,
        )
    )


async def quarantine(tx: Transaction, inbox_id: int, error: str, now: datetime) -> None:
    """Set aside with its content, for the administrator."""
    await tx.execute(
        "UPDATE inbox SET state = 'quarantined', error = :error, done_at = :at WHERE id = :id",
        id=inbox_id,
        error=error,
        at=to_text(now),
    )


async def purge(tx: Transaction, done_before: datetime) -> int:
    """Forget handled updates; Telegram repeats none after 24 hours, so keep at least 48."""
    return await tx.execute("DELETE FROM inbox WHERE state = 'done' AND done_at < :before", before=to_text(done_before))


async def purge_set_aside(tx: Transaction, before: datetime) -> int:
    """Forget what could not be handled, and with it what somebody wrote."""
    return await tx.execute("DELETE FROM inbox WHERE state = 'quarantined' AND done_at < :at", at=to_text(before))


async def forget_set_aside(tx: Transaction, lane: str) -> int:
    """Forget at once what one person wrote and what could not be handled."""
    return await tx.execute("DELETE FROM inbox WHERE state = 'quarantined' AND lane = :lane", lane=lane)


async def counts(reader: Reader) -> dict[str, int]:
    """How many rows are in each state."""
    return {row[0]: row[1] for row in await reader.fetch_all("SELECT state, COUNT(*) FROM inbox GROUP BY state")}


async def oldest_open(reader: Reader) -> datetime | None:
    """When the oldest update that still waits was received."""
    return from_text_or_none(await reader.fetch_value("SELECT MIN(received_at) FROM inbox WHERE state = 'new'"))


async def last_seen(reader: Reader, platform: str, bot_id: int) -> tuple[int, datetime] | None:
    """Number and arrival of the update stored last; None when there is none."""
    row = await reader.fetch_one(
        "SELECT update_id, received_at FROM inbox WHERE platform = :platform AND bot_id = :bot_id ORDER BY id DESC LIMIT 1",
        platform=platform,
        bot_id=bot_id,
    )
    return None if row is None else (row[0], from_text(row[1]))
