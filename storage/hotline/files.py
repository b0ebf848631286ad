"""Attachments of a case: first the messenger's sealed reference, then a sealed file under a random name."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.hotline.case import FileKind
from storage.clock import to_text
from storage.database import Reader, Transaction
from storage.sqlite import Row


@dataclass(frozen=True, slots=True)
class CaseFile:
    id: str
    case_id: str
    message_seq: int
    kind: FileKind
    state: str
    reason: str
    reference: bytes | None
    size: int
    tries: int


async def add(
    tx: Transaction, file_id: str, case_id: str, seq: int, kind: FileKind, reference: bytes, size: int, now: datetime
) -> None:
    await tx.execute(
        "INSERT INTO case_file (id, case_id, message_seq, kind, state, reference, size, next_try_at, received_at)"
        " VALUES (:id, :case, :seq, :kind, 'pending', :reference, :size, :at, :at) ON CONFLICT DO NOTHING",
        id=file_id,
        case=case_id,
        seq=seq,
        kind=kind.value,
        reference=reference,
        size=size,
        at=to_text(now),
    )


async def of_case(reader: Reader, case_id: str) -> list[CaseFile]:
    rows = await reader.fetch_all(
        "SELECT * FROM case_file WHERE case_id = :id ORDER BY message_seq, received_at, id", id=case_id
    )
    return [_file(row) for row in rows]


async def pending(reader: Reader, now: datetime, limit: int = 20) -> list[CaseFile]:
    rows = await reader.fetch_all(
        "SELECT * FROM case_file WHERE state = 'pending' AND next_try_at <= :now ORDER BY next_try_at LIMIT :limit",
        now=to_text(now),
        limit=limit,
    )
    return [_file(row) for row in rows]


async def settle(tx: Transaction, file_id: str, state: str, *, reason: str = "", size: int = 0) -> None:
    """Stored, refused or deleted: the messenger's reference is forgotten."""
    await tx.execute(
        "UPDATE case_file SET state = :state, reason = :reason, reference = NULL, size = :size WHERE id = :id",
        id=file_id,
        state=state,
        reason=reason,
        size=size,
    )


async def try_later(tx: Transaction, file_id: str, at: datetime, reason: str) -> None:
    await tx.execute(
        "UPDATE case_file SET tries = tries + 1, next_try_at = :at, reason = :reason WHERE id = :id",
        id=file_id,
        at=to_text(at),
        reason=reason,
    )


async def known_names(reader: Reader) -> set[str]:
    """Names that may lie on the disk."""
    rows = await reader.fetch_all("SELECT id FROM case_file WHERE state IN ('pending', 'stored')")
    return {row[0] for row in rows}


def _file(row: Row) -> CaseFile:
    return CaseFile(
        row["id"],
        row["case_id"],
        row["message_seq"],
        FileKind(row["kind"]),
        row["state"],
        row["reason"],
        row["reference"],
        row["size"],
        row["tries"],
    )
