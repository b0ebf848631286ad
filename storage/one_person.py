"""Two persons who turn out to be one: what the second one held goes over to the first."""

from datetime import datetime

from bot.domain.people import Role
from storage import consents, people
from storage.clock import to_text
from storage.database import Reader, Transaction


async def joined(reader: Reader, person_id: int) -> bool:
    """Whether some account speaks for the person."""
    return bool(await reader.fetch_value("SELECT 1 FROM account WHERE person_id = :person LIMIT 1", person=person_id))


async def absorb(tx: Transaction, into: int, gone: int, now: datetime) -> None:
    """Roles and declared interests of `gone`, and a name and phone that `into` lacks; then `gone` is no more.

    Assignments are not touched: whoever calls hands them over first, with their reports.
    """
    for row in await tx.fetch_all(
        "SELECT role, municipality_id, school_id, granted_by, approved_at FROM membership"
        " WHERE person_id = :gone AND revoked_at IS NULL ORDER BY id",
        gone=gone,
    ):
        scope = row["municipality_id"], row["school_id"]
        approved = row["approved_at"] is not None
        await people.grant(tx, into, Role(row["role"]), *scope, now, by=row["granted_by"], approved=approved)
        await people.revoke(tx, gone, Role(row["role"]), now, by=into)
    for school_id, reason in (await consents.conflicts(tx, gone)).items():
        await consents.add_conflict(tx, into, school_id, reason, now, by=None)
    for field in ("full_name", "phone", "sent_by", "order_ref", "remarks"):
        await tx.execute(
            f"UPDATE person SET {field} = (SELECT {field} FROM person WHERE id = :gone) WHERE id = :into AND {field} = ''",
            into=into,
            gone=gone,
        )
    await tx.execute("UPDATE person SET removed_at = :at WHERE id = :gone", gone=gone, at=to_text(now))
