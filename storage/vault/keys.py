"""Wrapped keys of cases, the sealed way back to the writer, sealed contacts, hashed receipts."""

from dataclasses import dataclass
from datetime import datetime

from storage.clock import to_text
from storage.database import Reader, Transaction
from storage.sqlite import Row


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


async def all_keys(reader: Reader) -> list[Row]:
    """Rows of `case_id, wrapped, key_version` of every case, for a search through all of them."""
    return await reader.fetch_all("SELECT case_id, wrapped, key_version FROM case_key")


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


async def forget_writer(tx: Transaction, case_id: str) -> None:
    """The way back, the contact and the code of a case; its text stays readable."""
    for table in ("case_route", "case_contact", "case_receipt"):
        await tx.execute(f"DELETE FROM {table} WHERE case_id = :id", id=case_id)


async def routes_of(reader: Reader, case_ids: list[str]) -> set[str]:
    """Which of these cases still have a way back to their writer, or a contact."""
    found: set[str] = set()
    for start in range(0, len(case_ids), 500):
        names = {f"p{i}": value for i, value in enumerate(case_ids[start : start + 500])}
        marks = ", ".join(f":{name}" for name in names)
        for table in ("case_route", "case_contact"):
            rows = await reader.fetch_all(f"SELECT case_id FROM {table} WHERE case_id IN ({marks})", **names)
            found |= {f"{table}:{row[0]}" for row in rows}
    return found


async def forget_route(tx: Transaction, case_id: str) -> None:
    await tx.execute("DELETE FROM case_route WHERE case_id = :id", id=case_id)


async def forget_contact(tx: Transaction, case_id: str) -> None:
    await tx.execute("DELETE FROM case_contact WHERE case_id = :id", id=case_id)


async def rewrap(tx: Transaction, table: str, keys: list[Wrapped]) -> None:
    """Put the same keys back under another version of the master key."""
    assert table in ("case_key", "case_route", "case_contact")
    await tx.execute_many(
        f"UPDATE {table} SET wrapped = :wrapped, key_version = :version WHERE case_id = :case",
        [{"case": key.case_id, "wrapped": key.wrapped, "version": key.key_version} for key in keys],
    )


async def of_older_version(reader: Reader, table: str, version: int) -> list[Wrapped]:
    assert table in ("case_key", "case_route", "case_contact")
    rows = await reader.fetch_all(
        f"SELECT case_id, wrapped, key_version FROM {table} WHERE key_version < :version", version=version
    )
    return [Wrapped(row[0], row[1], row[2]) for row in rows]


async def versions(reader: Reader) -> dict[int, int]:
    """Version of the master key → how many keys of cases, ways back and contacts are under it."""
    tables = " UNION ALL ".join(
        f"SELECT key_version FROM {table}" for table in ("case_key", "case_route", "case_contact")
    )
    found = await reader.fetch_all(f"SELECT key_version, COUNT(*) FROM ({tables}) GROUP BY key_version")
    return {row[0]: row[1] for row in found}
