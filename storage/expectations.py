"""What free text, number or photo a chat is asked for; ids only, gone when it came."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.domain.people import Account
from storage.clock import to_text
from storage.database import Reader, Transaction

VALID_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Expectation:
    state: str
    data: dict[str, Any]


OVER = "over"  # `data` then holds what was awaited, and the update that ended it


async def get(reader: Reader, account: Account, now: datetime, source: str = "") -> Expectation | None:
    """`source` is the update that asks: one that ended the waiting and is handled again after a crash still finds it."""
    row = await reader.fetch_one(
        "SELECT state, data FROM expectation WHERE platform = :platform AND chat_id = :chat AND user_id = :user"
        " AND set_at > :since",
        platform=account.platform,
        chat=account.chat_id,
        user=account.user_id,
        since=to_text(now - VALID_FOR),
    )
    if row is None:
        return None
    state, data = row["state"], json.loads(row["data"])
    if state != OVER:
        return Expectation(state, data)
    return Expectation(data["state"], data["data"]) if source and data["source"] == source else None


async def put(tx: Transaction, account: Account, state: str, data: dict[str, Any], now: datetime) -> None:
    await tx.execute(
        "INSERT INTO expectation (platform, chat_id, user_id, state, data, set_at)"
        " VALUES (:platform, :chat, :user, :state, :data, :at)"
        " ON CONFLICT (platform, chat_id, user_id) DO UPDATE SET state = :state, data = :data, set_at = :at",
        platform=account.platform,
        chat=account.chat_id,
        user=account.user_id,
        state=state,
        data=json.dumps(data),
        at=to_text(now),
    )


async def end(tx: Transaction, account: Account, source: str, now: datetime) -> None:
    """Nothing is awaited any more, except by `source` itself."""
    open_ = await get(tx, account, now)
    if open_ is not None:
        await put(tx, account, OVER, {"state": open_.state, "data": open_.data, "source": source}, now)


async def clear(tx: Transaction, account: Account) -> None:
    await tx.execute(
        "DELETE FROM expectation WHERE platform = :platform AND chat_id = :chat AND user_id = :user",
        platform=account.platform,
        chat=account.chat_id,
        user=account.user_id,
    )


async def clear_of_person(tx: Transaction, person_id: int) -> int:
    """Nothing is asked of any account of this person any more."""
    return await tx.execute(
        "DELETE FROM expectation WHERE EXISTS (SELECT 1 FROM account a WHERE a.person_id = :person"
        " AND a.platform = expectation.platform AND a.user_id = expectation.user_id)",
        person=person_id,
    )
