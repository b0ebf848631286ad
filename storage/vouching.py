"""Who let whom into the roles that open complaints."""

from bot.domain.people import Role
from bot.domain.vouching import Vouched
from storage.database import Reader, Transaction


async def of_staff(reader: Reader) -> list[Vouched]:
    """The latest grant of each role to each person, also of those who no longer hold it; who approved is on record."""
    rows = await reader.fetch_all(
        "WITH approval AS MATERIALIZED (SELECT person_id, object, at FROM audit WHERE action = 'approve')"
        " SELECT m.person_id, m.granted_by, (SELECT a.person_id FROM approval a"
        " WHERE a.object = 'person:' || m.person_id AND a.at = m.approved_at LIMIT 1) FROM membership m"
        " WHERE m.id IN (SELECT MAX(id) FROM membership WHERE role IN (:coordinator, :operator) GROUP BY person_id, role)",
        coordinator=Role.COORDINATOR.value,
        operator=Role.OPERATOR.value,
    )
    return [Vouched(row[0], row[1], row[2]) for row in rows]


async def waits_for_another(reader: Reader, person_id: int, role: Role, by: int) -> bool:
    """Whether this coordinator invited the person to this role, and it is not approved yet."""
    value = await reader.fetch_value(
        "SELECT 1 FROM membership WHERE person_id = :person AND granted_by = :by AND role = :role"
        " AND approved_at IS NULL AND revoked_at IS NULL LIMIT 1",
        person=person_id,
        by=by,
        role=role.value,
    )
    return value is not None


async def doubt(tx: Transaction, person_id: int, by: int) -> list[Role]:
    """Roles that open complaints wait for approval again, as if `by` had just invited the person to them; which those are."""
    rows = await tx.fetch_all(
        "UPDATE membership SET approved_at = NULL, granted_by = :by WHERE person_id = :person AND revoked_at IS NULL"
        " AND approved_at IS NOT NULL AND role IN (:coordinator, :operator) RETURNING role",
        person=person_id,
        by=by,
        coordinator=Role.COORDINATOR.value,
        operator=Role.OPERATOR.value,
    )
    return [Role(row[0]) for row in rows]
