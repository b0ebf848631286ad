"""Everything that is stored about one person: to be shown to them, corrected, and taken away."""

from dataclasses import dataclass
from datetime import datetime

from storage.clock import from_text, from_text_or_none, to_text
from storage.database import Reader, Transaction


@dataclass(frozen=True, slots=True)
class Stored:
    """Counts and facts; names of schools are for display."""

    full_name: str
    phone: str
    sent_by: str
    order_ref: str
    remarks: str
    joined_at: datetime
    trained_at: datetime | None
    consent_version: str
    consent_at: datetime | None
    conflicts: tuple[tuple[str, str], ...]  # (school, reason)
    reports: int
    photos: int
    accounts: int


async def stored(reader: Reader, person_id: int) -> Stored:
    """Raises LookupError."""
    row = await reader.fetch_one(
        "SELECT full_name, phone, sent_by, order_ref, remarks, created_at, trained_at FROM person WHERE id = :id",
        id=person_id,
    )
    if row is None:
        raise LookupError(person_id)
    consent = await reader.fetch_one(
        "SELECT version, given_at FROM consent WHERE person_id = :id AND withdrawn_at IS NULL ORDER BY id DESC LIMIT 1",
        id=person_id,
    )
    conflicts = await reader.fetch_all(
        "SELECT sc.short_name, c.reason FROM conflict c JOIN school sc ON sc.id = c.school_id WHERE c.person_id = :id"
        " ORDER BY sc.short_name",
        id=person_id,
    )
    counts = [
        int(await reader.fetch_value(f"SELECT COUNT(*) FROM {table} WHERE person_id = :id AND {more}", id=person_id))
        for table, more in (
            ("report", "training = 0 AND version > 0"),
            ("photo", "state IN ('pending', 'stored')"),
            ("account", "1 = 1"),
        )
    ]
    return Stored(
        row["full_name"],
        row["phone"],
        row["sent_by"],
        row["order_ref"],
        row["remarks"],
        from_text(row["created_at"]),
        from_text_or_none(row["trained_at"]),
        consent["version"] if consent is not None else "",
        from_text(consent["given_at"]) if consent is not None else None,
        tuple((found[0], found[1]) for found in conflicts),
        *counts,
    )


async def erase(tx: Transaction, person_id: int, now: datetime) -> None:
    """Name, phone and accounts go; the code, the reports under it and the log of consents stay.

    What waits to be sent to the person is withdrawn, what was sent is emptied.
    """
    phone = await tx.fetch_value("SELECT phone FROM person WHERE id = :id", id=person_id)
    name = await tx.fetch_value("SELECT full_name FROM person WHERE id = :id", id=person_id)
    at = to_text(now)
    if phone or name:
        await tx.execute(
            "UPDATE school SET coordinator_name = '', coordinator_phone = ''"
            " WHERE (coordinator_phone = :phone AND :phone <> '') OR (coordinator_name = :name AND :name <> '')",
            phone=phone,
            name=name,
        )
    await tx.execute(
        "UPDATE person SET full_name = '', phone = '', sent_by = '', order_ref = '', remarks = '', removed_at = :at"
        " WHERE id = :id",
        id=person_id,
        at=at,
    )
    await tx.execute(
        "UPDATE invite SET used_platform = NULL, used_user_id = NULL,"
        " revoked_at = COALESCE(revoked_at, CASE WHEN settled_at IS NULL THEN :at END) WHERE person_id = :id",
        id=person_id,
        at=at,
    )
    await tx.execute(
        "UPDATE outbox SET state = 'cancelled', finished_at = :at WHERE recipient = :to AND state = 'pending'",
        to=f"person:{person_id}",
        at=at,
    )
    await tx.execute(
        "UPDATE outbox SET payload = '{}', chat_id = NULL WHERE recipient = :to AND state IN ('sent', 'cancelled')",
        to=f"person:{person_id}",
    )
    await tx.execute("DELETE FROM chosen_role WHERE person_id = :id", id=person_id)
    await tx.execute("DELETE FROM conflict WHERE person_id = :id", id=person_id)
    await tx.execute(
        "UPDATE command_menu SET due = 1, tries = 0, next_try_at = ''"
        " WHERE user_id IN (SELECT user_id FROM account WHERE person_id = :id)",
        id=person_id,
    )
    await tx.execute("DELETE FROM account WHERE person_id = :id", id=person_id)


async def roles_ended(tx: Transaction, person_id: int, now: datetime) -> int:
    return await tx.execute(
        "UPDATE membership SET revoked_at = :at, revoked_by = :id WHERE person_id = :id AND revoked_at IS NULL",
        id=person_id,
        at=to_text(now),
    )
