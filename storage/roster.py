"""Lists of people by role, and whether they can be reached."""

from datetime import datetime

from bot.domain.people import Person, Role
from storage import people
from storage.clock import to_text
from storage.database import Reader, Transaction
from storage.standing import menu_due

_INVITED = "SELECT person_id, role, school_id FROM invite WHERE settled_at IS NULL AND revoked_at IS NULL"


async def listed(reader: Reader, role: Role) -> list[tuple[Person, bool]]:
    """Holders of a role by code, approved or not, and those invited to it who have not come (their code may have expired);
    with whether an account of theirs is linked."""
    rows = await reader.fetch_all(
        "SELECT p.id, p.code, EXISTS (SELECT 1 FROM account a WHERE a.person_id = p.id) AS linked FROM person p"
        " WHERE p.removed_at IS NULL AND (p.id IN"
        " (SELECT person_id FROM membership WHERE role = :role AND revoked_at IS NULL)"
        f" OR p.id IN (SELECT person_id FROM ({_INVITED}) WHERE role = :role)) ORDER BY p.code",
        role=role.value,
    )
    found = await people.persons(reader, [row["id"] for row in rows])
    return [(found[row["id"]], bool(row["linked"])) for row in rows]


async def reach(reader: Reader, person_id: int) -> tuple[bool, str]:
    """(has an account, why it cannot be reached or '')."""
    row = await reader.fetch_one(
        "SELECT unreachable_at, unreachable_why FROM account WHERE person_id = :person ORDER BY linked_at DESC LIMIT 1",
        person=person_id,
    )
    if row is None:
        return False, ""
    return True, (row["unreachable_why"] or "?") if row["unreachable_at"] else ""


async def linked(reader: Reader) -> set[int]:
    """Everybody who has an account."""
    return {row[0] for row in await reader.fetch_all("SELECT DISTINCT person_id FROM account")}


async def approve(tx: Transaction, person_id: int, role: Role, now: datetime) -> int:
    """Approve a waiting role of a person and none of their others; returns how many memberships that were."""
    await menu_due(tx, person_id)
    return await tx.execute(
        "UPDATE membership SET approved_at = :at WHERE person_id = :person AND role = :role AND approved_at IS NULL"
        " AND revoked_at IS NULL",
        person=person_id,
        role=role.value,
        at=to_text(now),
    )


async def schools_of(reader: Reader, role: Role) -> dict[int, int]:
    """Person → a school they hold this role in, or are invited to."""
    rows = await reader.fetch_all(
        "SELECT person_id, MIN(school_id) FROM (SELECT person_id, role, school_id FROM membership"
        f" WHERE revoked_at IS NULL UNION ALL {_INVITED}) WHERE role = :role AND school_id IS NOT NULL GROUP BY person_id",
        role=role.value,
    )
    return {row[0]: row[1] for row in rows}


async def invited_to(reader: Reader, person_id: int) -> list[Role]:
    """Roles whose invitation nobody has used yet, expired ones included."""
    rows = await reader.fetch_all(
        f"SELECT DISTINCT role FROM ({_INVITED}) WHERE person_id = :person ORDER BY role", person=person_id
    )
    return [Role(row[0]) for row in rows]
