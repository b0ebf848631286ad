"""The staff's side of a case: topics, prompts that are answered by a reply, wordings not yet sent, texts on show."""

from dataclasses import dataclass
from datetime import datetime

from storage.clock import to_text
from storage.database import Reader, Transaction


@dataclass(frozen=True, slots=True)
class Wording:
    kind: str
    sealed: bytes
    revision: str


async def thread_of(reader: Reader, case_id: str, chat_id: int) -> int | None:
    value = await reader.fetch_value(
        "SELECT thread_id FROM case_topic WHERE case_id = :case AND chat_id = :chat", case=case_id, chat=chat_id
    )
    return None if value is None else int(value)


async def case_of_thread(reader: Reader, chat_id: int, thread_id: int) -> str | None:
    value = await reader.fetch_value(
        "SELECT case_id FROM case_topic WHERE chat_id = :chat AND thread_id = :thread", chat=chat_id, thread=thread_id
    )
    return None if value is None else str(value)


async def set_thread(tx: Transaction, case_id: str, chat_id: int, thread_id: int, now: datetime) -> None:
    await tx.execute(
        "INSERT INTO case_topic (case_id, chat_id, thread_id, made_at) VALUES (:case, :chat, :thread, :at)"
        " ON CONFLICT (case_id) DO UPDATE SET chat_id = :chat, thread_id = :thread, made_at = :at",
        case=case_id,
        chat=chat_id,
        thread=thread_id,
        at=to_text(now),
    )


async def forget_thread(tx: Transaction, case_id: str, thread_id: int) -> None:
    await tx.execute(
        "DELETE FROM case_topic WHERE case_id = :case AND thread_id = :thread", case=case_id, thread=thread_id
    )


async def add_prompt(tx: Transaction, chat_id: int, message_id: int, case_id: str, kind: str, now: datetime) -> None:
    await tx.execute(
        "INSERT INTO case_prompt (chat_id, message_id, case_id, kind, made_at) VALUES (:chat, :message, :case, :kind, :at)"
        " ON CONFLICT (chat_id, message_id) DO NOTHING",
        chat=chat_id,
        message=message_id,
        case=case_id,
        kind=kind,
        at=to_text(now),
    )


async def prompt(reader: Reader, chat_id: int, message_id: int) -> tuple[str, str] | None:
    """(case id, kind) of what a reply to this message means."""
    row = await reader.fetch_one(
        "SELECT case_id, kind FROM case_prompt WHERE chat_id = :chat AND message_id = :message",
        chat=chat_id,
        message=message_id,
    )
    return None if row is None else (row[0], row[1])


async def put_wording(
    tx: Transaction, case_id: str, person_id: int, kind: str, sealed: bytes, revision: str, now: datetime
) -> None:
    await tx.execute(
        "INSERT INTO case_wording (case_id, person_id, kind, sealed, revision, at)"
        " VALUES (:case, :person, :kind, :sealed, :revision, :at) ON CONFLICT (case_id, person_id) DO UPDATE SET"
        " kind = :kind, sealed = :sealed, revision = :revision, at = :at",
        case=case_id,
        person=person_id,
        kind=kind,
        sealed=sealed,
        revision=revision,
        at=to_text(now),
    )


async def wording(reader: Reader, case_id: str, person_id: int) -> Wording | None:
    row = await reader.fetch_one(
        "SELECT kind, sealed, revision FROM case_wording WHERE case_id = :case AND person_id = :person",
        case=case_id,
        person=person_id,
    )
    return None if row is None else Wording(row[0], row[1], row[2])


async def drop_wording(tx: Transaction, case_id: str, person_id: int) -> None:
    await tx.execute(
        "DELETE FROM case_wording WHERE case_id = :case AND person_id = :person", case=case_id, person=person_id
    )


async def add_shown(tx: Transaction, chat_id: int, message_id: int, case_id: str, delete_at: datetime) -> None:
    await tx.execute(
        "INSERT INTO case_shown (chat_id, message_id, case_id, delete_at) VALUES (:chat, :message, :case, :at)"
        " ON CONFLICT (chat_id, message_id) DO UPDATE SET delete_at = :at",
        chat=chat_id,
        message=message_id,
        case=case_id,
        at=to_text(delete_at),
    )


async def shown_due(reader: Reader, now: datetime, limit: int = 100) -> list[tuple[int, int, int]]:
    """(chat, message, tries) of texts that were on show long enough."""
    rows = await reader.fetch_all(
        "SELECT chat_id, message_id, tries FROM case_shown WHERE delete_at <= :now ORDER BY delete_at LIMIT :limit",
        now=to_text(now),
        limit=limit,
    )
    return [(row[0], row[1], row[2]) for row in rows]


async def drop_shown(tx: Transaction, chat_id: int, message_id: int) -> None:
    await tx.execute(
        "DELETE FROM case_shown WHERE chat_id = :chat AND message_id = :message", chat=chat_id, message=message_id
    )


async def delete_later(tx: Transaction, chat_id: int, message_id: int, at: datetime) -> None:
    await tx.execute(
        "UPDATE case_shown SET delete_at = :at, tries = tries + 1 WHERE chat_id = :chat AND message_id = :message",
        chat=chat_id,
        message=message_id,
        at=to_text(at),
    )
