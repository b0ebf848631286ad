"""Messages that were promised: written with their cause, sent later, each with its own outcome."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum, StrEnum
from itertools import groupby
from operator import itemgetter
from typing import Any

from storage.clock import from_text, to_text
from storage.database import Reader, Transaction


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
    """A message to be sent. The same `dedupe_key` is sent once, however often it is promised.

    `payload`: `screen` (a whole screen) or `render` (a kind, and ids, of which the sender makes the screen at the last
    moment); optionally `thread`; `edits` or `answers`, the dedupe key of an earlier message that this one changes in place
    (without a sound; anew, when that one is gone) or replies to; and `repeat` when the recipient may have got it already.
    `not_after`: it is pointless later; then it is cancelled instead of sent.
    """

    dedupe_key: str
    recipient: str
    payload: dict[str, Any]
    priority: Priority = Priority.REMINDER
    repeat: Repeat = Repeat.ORDINARY
    not_before: datetime | None = None
    not_after: datetime | None = None


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message whose outcome a person has to know: uncertain, unreachable or failed."""

    dedupe_key: str
    recipient: str
    state: str
    error: str
    finished_at: datetime


def to_person(person_id: int) -> str:
    return f"person:{person_id}"


def to_chat(chat_id: int) -> str:
    return f"chat:{chat_id}"


async def promise(tx: Transaction, now: datetime, promises: Iterable[Promise]) -> int:
    """Write the rows, in one hop; returns how many were new."""
    return await tx.execute_many(
        "INSERT INTO outbox (dedupe_key, priority, repeat_class, recipient, payload, not_before, uncertain, created_at)"
        " VALUES (:key, :priority, :repeat, :recipient, :payload, :not_before, :uncertain, :now)"
        " ON CONFLICT (dedupe_key) DO NOTHING",
        [
            {
                "key": item.dedupe_key,
                "priority": int(item.priority),
                "repeat": item.repeat.value,
                "recipient": item.recipient,
                "payload": _payload(item),
                "not_before": to_text(item.not_before or now),
                "uncertain": int(bool(item.payload.get("repeat"))),
                "now": to_text(now),
            }
            for item in promises
        ],
    )


async def postpone(tx: Transaction, dedupe_key: str, not_before: datetime) -> bool:
    """Let a message wait longer; False when there is none pending by this key."""
    return bool(
        await tx.execute(
            "UPDATE outbox SET not_before = :at WHERE dedupe_key = :key AND state = 'pending'",
            key=dedupe_key,
            at=to_text(not_before),
        )
    )


async def gather(tx: Transaction, now: datetime, prefix: str, field: str) -> None:
    """Let each recipient's first waiting message under the prefix say what the later ones would: their lists are joined.

    What may have arrived already is left as it is. The later ones keep their keys and are never sent.
    """
    rows = await tx.fetch_all(
        "SELECT id, recipient, payload FROM outbox WHERE state = 'pending' AND uncertain = 0 AND not_before <= :now"
        " AND dedupe_key >= :from_key AND dedupe_key < :to_key ORDER BY recipient, id",
        from_key=f"{prefix}:",
        to_key=f"{prefix};",
        now=to_text(now),
    )
    for _, group in groupby(rows, key=itemgetter("recipient")):
        first, *later = group
        if later:
            payload = json.loads(first["payload"])
            payload[field] = [each for row in (first, *later) for each in json.loads(row["payload"])[field]]
            whole = json.dumps(payload, ensure_ascii=False)
            await tx.execute("UPDATE outbox SET payload = :whole WHERE id = :id", whole=whole, id=first["id"])
            await tx.execute_many(
                "UPDATE outbox SET state = 'cancelled', finished_at = :now, error = 'told together' WHERE id = :id",
                [{"id": row["id"], "now": to_text(now)} for row in later],
            )


async def exists(reader: Reader, dedupe_key: str) -> bool:
    """Whether it was ever promised."""
    return await reader.fetch_value("SELECT 1 FROM outbox WHERE dedupe_key = :key", key=dedupe_key) is not None


async def last_promised_at(reader: Reader) -> datetime:
    """Of what is not yet sent; long ago when there is nothing."""
    last = await reader.fetch_value("SELECT MAX(created_at) FROM outbox WHERE state = 'pending'")
    return from_text(last) if last is not None else datetime.min.replace(tzinfo=UTC)


async def cancel(tx: Transaction, now: datetime, prefix: str) -> int:
    """Withdraw what is not yet sent: this dedupe key, and every key that goes on after it with a colon.

    `remind:7315` withdraws `remind:7315` and `remind:7315:2h`, but not `remind:73151`.
    """
    stem = prefix.rstrip(":")
    return await tx.execute(
        "UPDATE outbox SET state = 'cancelled', finished_at = :now WHERE state = 'pending'"
        " AND (dedupe_key = :stem OR (dedupe_key >= :from_key AND dedupe_key < :to_key))",
        stem=stem,
        from_key=f"{stem}:",
        to_key=f"{stem};",  # the character after the colon
        now=to_text(now),
    )


async def counts(reader: Reader) -> dict[str, int]:
    """How many rows are in each state."""
    return {row[0]: row[1] for row in await reader.fetch_all("SELECT state, COUNT(*) FROM outbox GROUP BY state")}


async def undelivered(reader: Reader, since: datetime) -> list[Undelivered]:
    """What somebody has to be told by telephone, the newest first."""
    rows = await reader.fetch_all(
        "SELECT dedupe_key, recipient, state, error, finished_at FROM outbox"
        " WHERE state IN ('uncertain', 'unreachable', 'failed') AND finished_at >= :since ORDER BY finished_at DESC, id DESC",
        since=to_text(since),
    )
    return [Undelivered(row[0], row[1], row[2], row[3], from_text(row[4])) for row in rows]


async def purge(tx: Transaction, finished_before: datetime) -> int:
    """Forget what was delivered or withdrawn long ago. The dedupe keys go with it, so keep longer than anything repeats."""
    return await tx.execute(
        "DELETE FROM outbox WHERE state IN ('sent', 'cancelled') AND finished_at < :before",
        before=to_text(finished_before),
    )


def _payload(item: Promise) -> str:
    payload = item.payload | ({"not_after": to_text(item.not_after)} if item.not_after else {})
    return json.dumps(payload, ensure_ascii=False)
