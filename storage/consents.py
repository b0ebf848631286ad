"""The log of consents, and declared interests."""

from datetime import datetime

from bot.domain.people import Account
from storage.clock import to_text
from storage.database import Reader, Transaction


async def give(
    tx: Transaction, person_id: int, kind: str, version: str, text_hash: str, account: Account, now: datetime
) -> None:
    """Note a consent once for each version of its text."""
    await tx.execute(
        "INSERT INTO consent (person_id, kind, version, text_hash, platform, chat_id, given_at)"
        " SELECT :person, :kind, :version, :hash, :platform, :chat, :at WHERE NOT EXISTS ("
        " SELECT 1 FROM consent WHERE person_id = :person AND kind = :kind AND version = :version AND withdrawn_at IS NULL)",
        person=person_id,
        kind=kind,
        version=version,
        hash=text_hash,
        platform=account.platform,
        chat=account.chat_id,
        at=to_text(now),
    )


async def given(reader: Reader, person_id: int, kind: str, version: str) -> bool:
    found = await reader.fetch_value(
        "SELECT 1 FROM consent WHERE person_id = :person AND kind = :kind AND version = :version AND withdrawn_at IS NULL",
        person=person_id,
        kind=kind,
        version=version,
    )
    return found is not None


async def withdraw(tx: Transaction, person_id: int, kind: str, now: datetime) -> int:
    return await tx.execute(
        "UPDATE consent SET withdrawn_at = :at WHERE person_id = :person AND kind = :kind AND withdrawn_at IS NULL",
        person=person_id,
        kind=kind,
        at=to_text(now),
    )


async def add_conflict(
    tx: Transaction, person_id: int, school_id: int, reason: str, now: datetime, *, by: int | None
) -> bool:
    """Note that a person may not observe a school; False when it was known."""
    return bool(
        await tx.execute(
            "INSERT INTO conflict (person_id, school_id, reason, noted_at, noted_by)"
            " VALUES (:person, :school, :reason, :at, :by) ON CONFLICT (person_id, school_id) DO NOTHING",
            person=person_id,
            school=school_id,
            reason=reason,
            at=to_text(now),
            by=by,
        )
    )


async def conflicts(reader: Reader, person_id: int) -> dict[int, str]:
    """School id → reason."""
    rows = await reader.fetch_all("SELECT school_id, reason FROM conflict WHERE person_id = :person", person=person_id)
    return {row[0]: row[1] for row in rows}


async def remove_conflict(tx: Transaction, person_id: int, school_id: int) -> None:
    await tx.execute(
        "DELETE FROM conflict WHERE person_id = :person AND school_id = :school", person=person_id, school=school_id
    )
