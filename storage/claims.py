"""The sender's side of the outbox: what is due is claimed, and each claim is settled with its outcome."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from storage.clock import from_text, to_text
from storage.database import Reader, Transaction
from storage.outbox import Priority, Repeat
from storage.sqlite import Row


@dataclass(frozen=True, slots=True)
class Due:
    id: int
    dedupe_key: str
    recipient: str
    payload: dict[str, Any]
    priority: Priority
    repeat: Repeat
    tries: int
    uncertain: int
    epoch: int = 0

    def is_late(self, now: datetime) -> bool:
        return "not_after" in self.payload and to_text(now) > self.payload["not_after"]


async def claim(
    tx: Transaction,
    now: datetime,
    epoch: int,
    limit: int,
    priority_at_most: int = 3,
    skip: Collection[str] = (),
) -> list[Due]:
    """Take due messages, most urgent first, at most one a recipient and none for those in `skip`.

    From here on a death makes their outcome uncertain. Takes nothing when another instance has a later epoch.
    """
    skipped = {f"skip{index}": recipient for index, recipient in enumerate(skip)}
    candidates = await tx.fetch_all(
        "SELECT id, recipient FROM outbox WHERE state = 'pending' AND not_before <= :now AND priority <= :priority"
        f" AND recipient NOT IN ({', '.join(f':{name}' for name in skipped)})"
        " AND NOT EXISTS (SELECT 1 FROM instance WHERE instance.epoch > :epoch)"
        " ORDER BY priority, not_before, id LIMIT :limit",
        now=to_text(now),
        priority=priority_at_most,
        epoch=epoch,
        limit=8 * limit,
        **skipped,
    )
    first: dict[str, int] = {}
    for row in candidates:
        first.setdefault(row["recipient"], row["id"])
    rows = await tx.fetch_each(
        "UPDATE outbox SET state = 'claimed', epoch = :epoch, tries = tries + 1 WHERE id = :id AND state = 'pending'"
        " RETURNING id, dedupe_key, recipient, payload, priority, repeat_class, tries, uncertain, epoch",
        [{"id": due_id, "epoch": epoch} for due_id in list(first.values())[:limit]],
    )
    return [_due(row) for row in rows if row is not None]


async def finish(
    tx: Transaction,
    due: Due,
    now: datetime,
    state: str,
    *,
    chat_id: int | None = None,
    message_id: int | None = None,
    error: str = "",
    uncertain: bool = False,
) -> bool:
    """A terminal outcome: sent, unreachable, uncertain, failed or cancelled. False when the claim was no longer ours."""
    return await _settle(
        tx,
        due,
        "state = :state, chat_id = :chat_id, message_id = :message_id, error = :error, finished_at = :now,"
        " uncertain = uncertain + :uncertain",
        state=state,
        chat_id=chat_id,
        message_id=message_id,
        error=error,
        now=to_text(now),
        uncertain=int(uncertain),
    )


async def put_back(
    tx: Transaction, due: Due, not_before: datetime, *, uncertain: bool, counts: bool = True, error: str = ""
) -> bool:
    """Try again later. `uncertain`: it may have arrived. `counts` False: a pause the messenger asked for is no try.

    False when the claim was no longer ours.
    """
    return await _settle(
        tx,
        due,
        "state = 'pending', not_before = :at, uncertain = uncertain + :uncertain, tries = tries - :uncounted,"
        " error = :error",
        at=to_text(not_before),
        uncertain=int(uncertain),
        uncounted=0 if counts else 1,
        error=error,
    )


async def _settle(tx: Transaction, due: Due, change: str, **values: Any) -> bool:
    """Only the claim that was made may be settled: an instance that slept through a take-over changes nothing."""
    changed = await tx.execute(
        f"UPDATE outbox SET {change} WHERE id = :due_id AND state = 'claimed' AND epoch = :claimed_by",
        due_id=due.id,
        claimed_by=due.epoch,
        **values,
    )
    return changed == 1


async def recover(tx: Transaction, now: datetime, epoch: int) -> int:
    """At start: what an earlier run had claimed may or may not have arrived. Returns how many rows that were.

    Ordinary ones go out once more, critical ones until confirmed, the rest is put on the list of uncertain ones.
    """
    at = to_text(now)
    again = await tx.execute(
        "UPDATE outbox SET state = 'pending', uncertain = uncertain + 1 WHERE state = 'claimed' AND epoch < :epoch"
        " AND (repeat_class = 'critical' OR (repeat_class = 'ordinary' AND uncertain = 0))",
        epoch=epoch,
    )
    listed = await tx.execute(
        "UPDATE outbox SET state = 'uncertain', uncertain = uncertain + 1, finished_at = :at"
        " WHERE state = 'claimed' AND epoch < :epoch",
        epoch=epoch,
        at=at,
    )
    return again + listed


async def distrust(tx: Transaction, now: datetime) -> int:
    """After a backup was restored: what is due or in hand may have gone out since the backup was made.

    Critical messages go out again, marked as a repeat; the rest is put on the list of uncertain ones. What is due only
    later cannot have been sent and stays. Returns how many rows that were.
    """
    at = to_text(now)
    maybe_sent = "state IN ('pending', 'claimed') AND (state = 'claimed' OR not_before <= :at)"
    again = await tx.execute(
        "UPDATE outbox SET state = 'pending', uncertain = uncertain + 1"
        f" WHERE {maybe_sent} AND repeat_class = 'critical'",
        at=at,
    )
    listed = await tx.execute(
        "UPDATE outbox SET state = 'uncertain', uncertain = uncertain + 1, finished_at = :at, error = 'restored from a backup'"
        f" WHERE {maybe_sent} AND repeat_class <> 'critical'",
        at=at,
    )
    return again + listed


async def hurry(tx: Transaction, now: datetime, promised_after: datetime, pause: timedelta) -> int:
    """After the clock was set back: what was promised "in the future" and is due within `pause` of that is due now.

    What was promised for a moment of its own waits for that moment. Returns how many rows that were.
    """
    rows = await tx.fetch_all(
        "SELECT id, not_before, created_at FROM outbox WHERE state = 'pending' AND created_at > :after",
        after=to_text(promised_after),
    )
    due = [row["id"] for row in rows if from_text(row["not_before"]) - from_text(row["created_at"]) <= pause]
    return await tx.execute_many(
        "UPDATE outbox SET not_before = :now, created_at = :now WHERE id = :id",
        [{"now": to_text(now), "id": id_} for id_ in due],
    )


@dataclass(frozen=True, slots=True)
class Earlier:
    """What became of a message that a later one changes or answers. `message_id` is None unless it is in that chat."""

    waits: bool
    chat_id: int | None
    message_id: int | None
    is_repeat: bool  # it may be there twice, and says so


async def earlier(reader: Reader, dedupe_key: str) -> Earlier | None:
    row = await reader.fetch_one(
        "SELECT state, chat_id, message_id, uncertain FROM outbox WHERE dedupe_key = :key", key=dedupe_key
    )
    if row is None:
        return None
    waits = row["state"] in ("pending", "claimed")
    return Earlier(waits, row["chat_id"], row["message_id"], row["uncertain"] > 0)


async def next_due_at(reader: Reader, skip: Collection[str] = ()) -> str | None:
    """When the earliest pending message wants to go out, apart from those for `skip`."""
    skipped = {f"skip{index}": recipient for index, recipient in enumerate(skip)}
    value = await reader.fetch_value(
        "SELECT not_before FROM outbox WHERE state = 'pending'"
        f" AND recipient NOT IN ({', '.join(f':{name}' for name in skipped)}) ORDER BY not_before LIMIT 1",
        **skipped,
    )
    return None if value is None else str(value)


def _due(row: Row) -> Due:
    return Due(
        row["id"],
        row["dedupe_key"],
        row["recipient"],
        json.loads(row["payload"]),
        Priority(row["priority"]),
        Repeat(row["repeat_class"]),
        row["tries"],
        row["uncertain"],
        row["epoch"],
    )
