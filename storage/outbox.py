"""Messages that were promised: written with their cause, sent later, each with its own outcome."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from storage.clock import to_text
from storage.database import Reader, Transaction
from storage.sqlite import Row


class Priority(IntEnum):
    ALERT = 0
    HOTLINE = 1
    REMINDER = 2
    BROADCAST = 3


class Repeat(StrEnum):
    """What to do when nobody can know whether the message arrived (there is no idempotency key in the Bot API)."""

    ORDINARY = "ordinary"  # once more, marked «повтор», then the list of uncertain ones
    CRITICAL = "critical"  # until the messenger confirms, marked «повтор»
    ONCE = "once"  # never again: straight to the list


@dataclass(frozen=True, slots=True)
class Promise:
    """A message to be sent. The same `dedupe_key` is sent once, however often it is promised."""

    dedupe_key: str
    recipient: str
    payload: dict[str, Any]
    priority: Priority = Priority.REMINDER
    repeat: Repeat = Repeat.ORDINARY
    not_before: datetime | None = None


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


def to_person(person_id: int) -> str:
    return f"person:{person_id}"


def to_chat(chat_id: int) -> str:
    return f"chat:{chat_id}"


async def promise(tx: Transaction, now: datetime, promises: Iterable[Promise]) -> int:
    """Write the rows; returns how many were new."""
    new = 0
    for item in promises:
        new += await tx.execute(
            "INSERT INTO outbox (dedupe_key, priority, repeat_class, recipient, payload, not_before, created_at)"
            " VALUES (:key, :priority, :repeat, :recipient, :payload, :not_before, :now)"
            " ON CONFLICT (dedupe_key) DO NOTHING",
            key=item.dedupe_key,
            priority=int(item.priority),
            repeat=item.repeat.value,
            recipient=item.recipient,
            payload=json.dumps(item.payload, ensure_ascii=False),
            not_before=to_text(item.not_before or now),
            now=to_text(now),
        )
    return new


async def cancel(tx: Transaction, now: datetime, prefix: str) -> int:
    """Withdraw what is not yet sent, by the beginning of its dedupe key (a reminder to somebody who has just reported)."""
    return await tx.execute(
        "UPDATE outbox SET state = 'cancelled', finished_at = :now"
        " WHERE state = 'pending' AND dedupe_key >= :prefix AND dedupe_key < :prefix || '~'",
        prefix=prefix,
        now=to_text(now),
    )


async def claim(tx: Transaction, now: datetime, epoch: int, limit: int, priority_at_most: int = 3) -> list[Due]:
    """Take due messages, most urgent first. From here on a death makes their outcome uncertain."""
    rows = await tx.fetch_all(
        "UPDATE outbox SET state = 'claimed', epoch = :epoch, tries = tries + 1 WHERE id IN ("
        " SELECT id FROM outbox WHERE state = 'pending' AND not_before <= :now AND priority <= :priority"
        " ORDER BY priority, not_before, id LIMIT :limit)"
        " RETURNING id, dedupe_key, recipient, payload, priority, repeat_class, tries, uncertain",
        now=to_text(now),
        epoch=epoch,
        limit=limit,
        priority=priority_at_most,
    )
    return sorted((_due(row) for row in rows), key=lambda due: (due.priority, due.id))


async def finish(
    tx: Transaction,
    due_id: int,
    now: datetime,
    state: str,
    *,
    chat_id: int | None = None,
    message_id: int | None = None,
    error: str = "",
) -> None:
    """A terminal outcome: sent, unreachable, uncertain or failed."""
    await tx.execute(
        "UPDATE outbox SET state = :state, chat_id = :chat_id, message_id = :message_id, error = :error,"
        " finished_at = :now WHERE id = :id",
        id=due_id,
        state=state,
        chat_id=chat_id,
        message_id=message_id,
        error=error,
        now=to_text(now),
    )


async def put_back(
    tx: Transaction, due_id: int, not_before: datetime, *, uncertain: bool, counts: bool = True, error: str = ""
) -> None:
    """Try again later. `uncertain`: it may have arrived. `counts` False: a pause the messenger asked for is no try."""
    await tx.execute(
        "UPDATE outbox SET state = 'pending', not_before = :at, uncertain = uncertain + :uncertain,"
        " tries = tries - :uncounted, error = :error WHERE id = :id",
        id=due_id,
        at=to_text(not_before),
        uncertain=int(uncertain),
        uncounted=0 if counts else 1,
        error=error,
    )


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


async def next_due_at(reader: Reader) -> str | None:
    """When the earliest pending message wants to go out."""
    value = await reader.fetch_value("SELECT MIN(not_before) FROM outbox WHERE state = 'pending'")
    return None if value is None else str(value)


async def counts(reader: Reader) -> dict[str, int]:
    """How many rows are in each state."""
    return {row[0]: row[1] for row in await reader.fetch_all("SELECT state, COUNT(*) FROM outbox GROUP BY state")}


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
    )
