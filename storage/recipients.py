"""Where a person or group is reached now, and who cannot be reached."""

from datetime import datetime

from storage.clock import to_text
from storage.database import Reader, Transaction


async def chat_of_person(reader: Reader, person_id: int) -> int | None:
    """The chat of a person's reachable account, the newest first; None when there is none."""
    value = await reader.fetch_value(
        "SELECT chat_id FROM account WHERE person_id = :person AND unreachable_at IS NULL ORDER BY linked_at DESC LIMIT 1",
        person=person_id,
    )
    return None if value is None else int(value)


async def current_chat(reader: Reader, chat_id: int) -> int:
    """The chat, or what it became when the group migrated."""
    value = await reader.fetch_value("SELECT new_chat_id FROM chat_migration WHERE old_chat_id = :chat", chat=chat_id)
    return chat_id if value is None else int(value)


async def migrate_chat(tx: Transaction, old: int, new: int, now: datetime) -> None:
    await tx.execute(
        "INSERT INTO chat_migration (old_chat_id, new_chat_id, at) VALUES (:old, :new, :at)"
        " ON CONFLICT (old_chat_id) DO UPDATE SET new_chat_id = :new, at = :at",
        old=old,
        new=new,
        at=to_text(now),
    )
    await tx.execute("UPDATE chat_migration SET new_chat_id = :new WHERE new_chat_id = :old", old=old, new=new)


async def mark_unreachable(tx: Transaction, chat_id: int, why: str, now: datetime) -> int:
    """Returns how many accounts that concerned; 0 when it was known."""
    return await tx.execute(
        "UPDATE account SET unreachable_at = :at, unreachable_why = :why WHERE chat_id = :chat AND unreachable_at IS NULL",
        chat=chat_id,
        why=why,
        at=to_text(now),
    )


async def mark_reachable(tx: Transaction, chat_id: int) -> int:
    """They wrote or unblocked the bot. Returns how many accounts that changed."""
    return await tx.execute(
        "UPDATE account SET unreachable_at = NULL, unreachable_why = '' WHERE chat_id = :chat AND unreachable_at IS NOT NULL",
        chat=chat_id,
    )
