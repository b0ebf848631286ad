"""Orders of files: queued, made by one process at a time for a person, sent or ended with a reason."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.people import Account
from storage.clock import to_text
from storage.database import Reader, Transaction
from storage.sqlite import Row

MAX_TRIES = 3
_COLUMNS = "id, person_id, platform, user_id, chat_id, details, state, tries, card_id, postponed"


@dataclass(frozen=True, slots=True)
class Job:
    id: int
    person_id: int
    account: Account
    details: dict[str, Any]
    state: str
    tries: int
    card_id: int | None
    postponed: int


async def add(
    tx: Transaction, source: str, person_id: int, account: Account, kind: str, details: dict[str, Any], now: datetime
) -> int | None:
    """The order's id; None when this person has an open one. The same `source` is one order."""
    known = await tx.fetch_value("SELECT id FROM export_job WHERE source = :source", source=source)
    if known is not None:
        return int(known)
    value = await tx.fetch_value(
        "INSERT INTO export_job (source, person_id, platform, user_id, chat_id, kind, details, ordered_at)"
        " SELECT :source, :person, :platform, :user, :chat, :kind, :details, :at WHERE NOT EXISTS ("
        "  SELECT 1 FROM export_job WHERE person_id = :person AND state IN ('queued', 'running')) RETURNING id",
        source=source,
        person=person_id,
        platform=account.platform,
        user=account.user_id,
        chat=account.chat_id,
        kind=kind,
        details=json.dumps(details),
        at=to_text(now),
    )
    return None if value is None else int(value)


async def get(reader: Reader, job_id: int) -> Job | None:
    row = await reader.fetch_one(f"SELECT {_COLUMNS} FROM export_job WHERE id = :id", id=job_id)
    return None if row is None else _job(row)


async def claim(tx: Transaction, now: datetime) -> Job | None:
    """The oldest queued order that is due, running from now on."""
    row = await tx.fetch_one(
        "UPDATE export_job SET state = 'running', tries = tries + 1"
        " WHERE id = (SELECT MIN(id) FROM export_job WHERE state = 'queued' AND not_before <= :now)"
        f" RETURNING {_COLUMNS}",
        now=to_text(now),
    )
    return None if row is None else _job(row)


async def waiting_before(reader: Reader, job_id: int) -> int:
    """How many open orders are older."""
    return int(
        await reader.fetch_value(
            "SELECT COUNT(*) FROM export_job WHERE state IN ('queued', 'running') AND id < :id", id=job_id
        )
    )


async def show(tx: Transaction, job_id: int, card_id: int) -> None:
    """The message that shows the progress."""
    await tx.execute("UPDATE export_job SET card_id = :card WHERE id = :id", id=job_id, card=card_id)


async def finish(tx: Transaction, job_id: int, state: str, now: datetime, *, error: str = "") -> bool:
    """sent, failed or cancelled; False when it had ended already."""
    return bool(
        await tx.execute(
            "UPDATE export_job SET state = :state, error = :error, finished_at = :at"
            " WHERE id = :id AND state IN ('queued', 'running')",
            id=job_id,
            state=state,
            error=error,
            at=to_text(now),
        )
    )


async def postpone(tx: Transaction, job_id: int, not_before: datetime) -> bool:
    """Queued again for later; this try does not count. False when it had ended."""
    return bool(
        await tx.execute(
            "UPDATE export_job SET state = 'queued', not_before = :at, tries = tries - 1, postponed = postponed + 1"
            " WHERE id = :id AND state = 'running'",
            id=job_id,
            at=to_text(not_before),
        )
    )


async def recover(tx: Transaction, now: datetime) -> list[Job]:
    """At start: what an earlier run was making is queued again; what has been tried too often failed and is returned."""
    given_up = await tx.fetch_all(
        "UPDATE export_job SET state = 'failed', error = 'tries', finished_at = :at"
        f" WHERE state = 'running' AND tries >= :most RETURNING {_COLUMNS}",
        at=to_text(now),
        most=MAX_TRIES,
    )
    await tx.execute("UPDATE export_job SET state = 'queued' WHERE state = 'running'")
    return [_job(row) for row in given_up]


def _job(row: Row) -> Job:
    return Job(
        row["id"],
        row["person_id"],
        Account(row["platform"], row["user_id"], row["user_id"]),  # to themselves, wherever it was ordered
        json.loads(row["details"]),
        row["state"],
        row["tries"],
        row["card_id"],
        row["postponed"],
    )
