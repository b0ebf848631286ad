"""Wrapped keys of cases, the sealed way back to the writer, sealed contacts, hashed receipts."""

from dataclasses import dataclass
from datetime import datetime

from storage.clock import to_text
from storage.database import Reader, Transaction


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A key sealed with the master key of this version; with `sealed`, what that key opens."""

    case_id: str
    wrapped: bytes
    key_version: int
    sealed: bytes = b""


async def add_key(tx: Transaction, key: Wrapped, now: datetime) -> bool:
    """False when the case has a key: the first one stays."""
    return (
        await tx.execute(
            "INSERT INTO case_key (case_id, wrapped, key_version, made_at) VALUES (:case, :wrapped, :version, :at)"
            " ON CONFLICT (case_id) DO NOTHING",
            case=key.case_id,
            wrapped=key.wrapped,
            version=key.key_version,
            at=to_text(now),
        )
        == 1
    )


async def key(reader: Reader, case_id: str) -> Wrapped | None:
    row = await reader.fetch_one("SELECT case_id, wrapped, key_version FROM case_key WHERE case_id = :id", id=case_id)
    return None if row is None else Wrapped(row[0], row[1], row[2])


async def all_keys(reader: Reader) -> list[Wrapped]:
    rows = await reader.fetch_all("SELECT case_id, wrapped, key_version FROM case_key")
    return [Wrapped(row[0], row[1], row[2]) for row in rows]


async def key_ids(reader: Reader, *, made_before: datetime) -> set[str]:
    rows = await reader.fetch_all("SELECT case_id FROM case_key WHERE made_at < :at", at=to_text(made_before))
    return {row[0] for row in rows}


async def add_route(tx: Transaction, route: Wrapped) -> None:
    await tx.execute(
        "INSERT INTO case_route (case_id, wrapped, sealed, key_version) VALUES (:case, :wrapped, :sealed, :version)"
        " ON CONFLICT (case_id) DO NOTHING",
        case=route.case_id,
        wrapped=route.wrapped,
        sealed=route.sealed,
        version=route.key_version,
    )


async def route(reader: Reader, case_id: str) -> Wrapped | None:
    row = await reader.fetch_one(
        "SELECT case_id, wrapped, key_version, sealed FROM case_route WHERE case_id = :id", id=case_id
    )
    return None if row is None else Wrapped(row[0], row[1], row[2], row[3])


async def all_routes(reader: Reader) -> list[Wrapped]:
    rows = await reader.fetch_all("SELECT case_id, wrapped, key_version, sealed FROM case_route")
    return [Wrapped(row[0], row[1], row[2], row[3]) for row in rows]


async def keep_route(tx: Transaction, case_id: str, until: datetime | None) -> None:
    """None: as long as the case is open."""
    await tx.execute(
        "UPDATE case_route SET keep_until = :until WHERE case_id = :id",
        id=case_id,
        until=None if until is None else to_text(until),
    )


async def add_contact(tx: Transaction, contact: Wrapped, version: str, text_hash: str, now: datetime) -> None:
    await tx.execute(
        "INSERT INTO case_contact (case_id, wrapped, sealed, key_version, consent_version, consent_hash, given_at)"
        " VALUES (:case, :wrapped, :sealed, :version, :consent, :hash, :at) ON CONFLICT (case_id) DO NOTHING",
        case=contact.case_id,
        wrapped=contact.wrapped,
        sealed=contact.sealed,
        version=contact.key_version,
        consent=version,
        hash=text_hash,
        at=to_text(now),
    )


async def contact(reader: Reader, case_id: str) -> Wrapped | None:
    row = await reader.fetch_one(
        "SELECT case_id, wrapped, key_version, sealed FROM case_contact WHERE case_id = :id", id=case_id
    )
    return None if row is None else Wrapped(row[0], row[1], row[2], row[3])


async def add_receipt(tx: Transaction, case_id: str, code_hash: str) -> None:
    await tx.execute(
        "INSERT INTO case_receipt (case_id, hash) VALUES (:case, :hash) ON CONFLICT (case_id) DO NOTHING",
        case=case_id,
        hash=code_hash,
    )


async def case_of_receipt(reader: Reader, code_hash: str) -> str | None:
    value = await reader.fetch_value("SELECT case_id FROM case_receipt WHERE hash = :hash", hash=code_hash)
    return None if value is None else str(value)


async def shred(tx: Transaction, case_id: str) -> None:
    """After this nobody can read the case, in any copy of the main database."""
    for table in ("case_key", "case_route", "case_contact", "case_receipt"):
        await tx.execute(f"DELETE FROM {table} WHERE case_id = :id", id=case_id)
