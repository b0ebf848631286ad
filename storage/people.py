"""Persons, their accounts in messengers, and their roles."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot.domain.enrolment import CONSENT_KIND
from bot.domain.people import Account, Actor, Membership, MunicipalityId, Person, PersonId, Role, SchoolId
from bot.texts.consents import WORK_VERSION
from storage.clock import from_text_or_none, to_text
from storage.database import Reader, Transaction
from storage.sqlite import Row
from storage.standing import menu_due

_PERSON = "p.id, p.municipality_id, p.code, p.full_name, p.phone, p.adult_at, p.rehearsed_at, p.trained_at"
_OTHERS = "person_id = :person AND platform = :platform AND user_id <> :user"


async def actor(reader: Reader, account: Account) -> tuple[Actor, bool]:
    """Who is behind an account, with the roles of this moment; and whether they were thought unreachable.

    A role counts when it is approved and the person has agreed to the current text; an observer's, when they are of age.
    """
    rows = await reader.fetch_all(
        f"SELECT {_PERSON}, a.unreachable_at, m.role, m.municipality_id AS scope, m.school_id"
        " FROM account a JOIN person p ON p.id = a.person_id"
        " LEFT JOIN membership m ON m.person_id = p.id AND m.revoked_at IS NULL AND m.approved_at IS NOT NULL"
        " AND (m.role <> 'observer' OR p.adult_at IS NOT NULL) AND EXISTS (SELECT 1 FROM consent c WHERE c.person_id = p.id"
        " AND c.kind = :kind AND c.version = :version AND c.withdrawn_at IS NULL)"
        " WHERE a.platform = :platform AND a.user_id = :user AND p.removed_at IS NULL",
        platform=account.platform,
        user=account.user_id,
        kind=CONSENT_KIND,
        version=WORK_VERSION,
    )
    if not rows:
        return Actor(account), False
    memberships = tuple(
        Membership(
            Role(row["role"]),
            MunicipalityId(row["scope"]),
            None if row["school_id"] is None else SchoolId(row["school_id"]),
        )
        for row in rows
        if row["role"] is not None
    )
    return Actor(account, _person(rows[0]), memberships), rows[0]["unreachable_at"] is not None


async def link_account(tx: Transaction, account: Account, person_id: int, now: datetime) -> None:
    """This account speaks for this person from now on. Idempotent."""
    await tx.execute(
        "INSERT INTO account (platform, user_id, chat_id, person_id, linked_at)"
        " VALUES (:platform, :user, :chat, :person, :at)"
        " ON CONFLICT (platform, user_id) DO UPDATE SET chat_id = :chat, person_id = :person, linked_at = :at,"
        " unreachable_at = NULL, unreachable_why = ''",
        platform=account.platform,
        user=account.user_id,
        chat=account.chat_id,
        person=person_id,
        at=to_text(now),
    )
    await menu_due(tx, person_id)


async def has_other_account(reader: Reader, account: Account, person_id: int) -> bool:
    """Whether somebody else in the same messenger speaks for this person."""
    return bool(
        await reader.fetch_value(f"SELECT 1 FROM account WHERE {_OTHERS} LIMIT 1", **_others(account, person_id))
    )


async def unlink_others(tx: Transaction, account: Account, person_id: int) -> None:
    """Other accounts in the same messenger no longer speak for this person."""
    await menu_due(tx, person_id)
    await tx.execute(f"DELETE FROM account WHERE {_OTHERS}", **_others(account, person_id))


def _others(account: Account, person_id: int) -> dict[str, Any]:
    return {"person": person_id, "platform": account.platform, "user": account.user_id}


async def add_person(tx: Transaction, municipality_id: int, letters: str, now: datetime, **fields: Any) -> Person:
    """A new person with the next code of these letters (Н-017). Fields: full_name, phone, sent_by, order_ref, remarks."""
    number = await tx.next_numbers(f"code:{letters}")
    person_id = await tx.next_numbers("person")
    values = {"full_name": "", "phone": "", "sent_by": "", "order_ref": "", "remarks": ""} | fields
    await tx.execute(
        "INSERT INTO person (id, municipality_id, code, full_name, phone, sent_by, order_ref, remarks, created_at)"
        " VALUES (:id, :municipality, :code, :full_name, :phone, :sent_by, :order_ref, :remarks, :at)",
        id=person_id,
        municipality=municipality_id,
        code=f"{letters}-{number:03}",
        at=to_text(now),
        **values,
    )
    return await person(tx, person_id)


async def person(reader: Reader, person_id: int) -> Person:
    """Raises LookupError."""
    row = await reader.fetch_one(f"SELECT {_PERSON} FROM person p WHERE p.id = :id", id=person_id)
    if row is None:
        raise LookupError(person_id)
    return _person(row)


async def persons(reader: Reader, person_ids: Iterable[int]) -> dict[int, Person]:
    wanted = sorted(set(person_ids))
    found: dict[int, Person] = {}
    for start in range(0, len(wanted), 500):
        names = {f"p{i}": value for i, value in enumerate(wanted[start : start + 500])}
        marks = ", ".join(f":{name}" for name in names)
        for row in await reader.fetch_all(f"SELECT {_PERSON} FROM person p WHERE p.id IN ({marks})", **names):
            found[row["id"]] = _person(row)
    return found


async def grant(
    tx: Transaction,
    person_id: int,
    role: Role,
    municipality_id: int,
    school_id: int | None,
    now: datetime,
    *,
    by: int | None,
    approved: bool = True,
) -> int | None:
    """Give a role; the id of the membership, None for a role that is already held: it stays as it is."""
    granted = await tx.fetch_value(
        "INSERT INTO membership (person_id, role, municipality_id, school_id, granted_at, granted_by, approved_at)"
        " SELECT :person, :role, :municipality, :school, :at, :by, :approved WHERE NOT EXISTS ("
        " SELECT 1 FROM membership WHERE person_id = :person AND role = :role AND revoked_at IS NULL"
        " AND COALESCE(school_id, 0) = COALESCE(:school, 0)) RETURNING id",
        person=person_id,
        role=role.value,
        municipality=municipality_id,
        school=school_id,
        at=to_text(now),
        by=by,
        approved=to_text(now) if approved else None,
    )
    await menu_due(tx, person_id)
    return None if granted is None else int(granted)


async def revoke(tx: Transaction, person_id: int, role: Role, now: datetime, *, by: int | None) -> int:
    """Take a role away, in every school; returns how many memberships ended."""
    ended = await tx.execute(
        "UPDATE membership SET revoked_at = :at, revoked_by = :by WHERE person_id = :person AND role = :role"
        " AND revoked_at IS NULL",
        person=person_id,
        role=role.value,
        by=by,
        at=to_text(now),
    )
    await menu_due(tx, person_id)
    return ended


async def holders(reader: Reader, role: Role, *, school_id: int | None = None) -> list[Person]:
    """Persons who hold a role now, by code; of one school when given."""
    rows = await reader.fetch_all(
        f"SELECT DISTINCT {_PERSON} FROM person p JOIN membership m ON m.person_id = p.id"
        " WHERE m.role = :role AND m.revoked_at IS NULL AND m.approved_at IS NOT NULL AND p.removed_at IS NULL"
        " AND (:school IS NULL OR m.school_id = :school) ORDER BY p.code",
        role=role.value,
        school=school_id,
    )
    return [_person(row) for row in rows]


async def find_by_phone(reader: Reader, municipality_id: int, phone: str, *, own_word: bool = True) -> Person | None:
    """`own_word` False: not by a number that the person put right themselves, which may be anybody's."""
    row = await reader.fetch_one(
        f"SELECT {_PERSON} FROM person p WHERE p.phone = :phone AND p.municipality_id = :municipality"
        " AND p.removed_at IS NULL AND p.phone <> '' AND (:own_word OR NOT p.phone_is_own_word) ORDER BY p.id LIMIT 1",
        phone=phone,
        municipality=municipality_id,
        own_word=int(own_word),
    )
    return None if row is None else _person(row)


async def set_moment(tx: Transaction, person_id: int, field: str, now: datetime) -> None:
    """Note when a person did a step of the enrolment: `adult_at`, `rehearsed_at` or `trained_at`."""
    assert field in {"adult_at", "rehearsed_at", "trained_at"}
    await tx.execute(
        f"UPDATE person SET {field} = :at WHERE id = :id AND {field} IS NULL", id=person_id, at=to_text(now)
    )


def _person(row: Row) -> Person:
    return Person(
        PersonId(row["id"]),
        MunicipalityId(row["municipality_id"]),
        row["code"],
        row["full_name"],
        row["phone"],
        from_text_or_none(row["adult_at"]),
        from_text_or_none(row["rehearsed_at"]),
        from_text_or_none(row["trained_at"]),
    )


async def roles(reader: Reader, person_id: int) -> list[tuple[Role, bool]]:
    """Roles that were given and not taken back, with whether they are approved, oldest first."""
    rows = await reader.fetch_all(
        "SELECT role, approved_at FROM membership WHERE person_id = :person AND revoked_at IS NULL ORDER BY id",
        person=person_id,
    )
    return [(Role(row["role"]), row["approved_at"] is not None) for row in rows]


async def unlink_account(tx: Transaction, account: Account) -> None:
    await tx.execute(
        "UPDATE command_menu SET due = 1, tries = 0, next_try_at = '' WHERE platform = :platform AND user_id = :user",
        platform=account.platform,
        user=account.user_id,
    )
    await tx.execute(
        "DELETE FROM account WHERE platform = :platform AND user_id = :user",
        platform=account.platform,
        user=account.user_id,
    )


async def revoke_school(tx: Transaction, person_id: int, role: Role, school_id: int, now: datetime) -> list[int]:
    """Take a role in one school away; the ids of the memberships that ended."""
    ended = await tx.fetch_all(
        "UPDATE membership SET revoked_at = :at WHERE person_id = :person AND role = :role AND school_id = :school"
        " AND revoked_at IS NULL RETURNING id",
        person=person_id,
        role=role.value,
        school=school_id,
        at=to_text(now),
    )
    await menu_due(tx, person_id)
    return [row[0] for row in ended]


async def drop_memberships(tx: Transaction, ids: Iterable[int]) -> list[tuple[int, int, str]]:
    """As if they had never been given; (person, school, its name) of each that was still held."""
    return await _memberships(tx, "DELETE FROM membership WHERE id = :id AND revoked_at IS NULL", ids)


async def restore_memberships(tx: Transaction, ids: Iterable[int]) -> list[tuple[int, int, str]]:
    """Ended ones begin again, unless the same role was given anew; (person, school, its name) of each that did."""
    again = (
        "UPDATE membership SET revoked_at = NULL, revoked_by = NULL WHERE id = :id AND NOT EXISTS (SELECT 1 FROM membership m"
        " WHERE m.person_id = membership.person_id AND m.role = membership.role AND m.revoked_at IS NULL"
        " AND COALESCE(m.school_id, 0) = COALESCE(membership.school_id, 0))"
    )
    return await _memberships(tx, again, ids)


async def _memberships(tx: Transaction, change: str, ids: Iterable[int]) -> list[tuple[int, int, str]]:
    changed = []
    for one in ids:
        row = await tx.fetch_one(
            "SELECT m.person_id, m.school_id, s.short_name FROM membership m JOIN school s ON s.id = m.school_id"
            " WHERE m.id = :id",
            id=one,
        )
        if row is not None and await tx.execute(change, id=one):
            await menu_due(tx, row[0])
            changed.append((row[0], row[1], row[2]))
    return changed


async def update(tx: Transaction, person_id: int, **fields: str) -> None:
    """Overwrite full_name, phone, sent_by, order_ref, remarks; a telephone is nobody's own word from then on."""
    assert fields.keys() <= {"full_name", "phone", "sent_by", "order_ref", "remarks"}
    changes = [f"{name} = :{name}" for name in fields] + (["phone_is_own_word = 0"] if "phone" in fields else [])
    await tx.execute(f"UPDATE person SET {', '.join(changes)} WHERE id = :id", id=person_id, **fields)


async def mark_phone_own_word(tx: Transaction, person_id: int) -> None:
    """Nobody else has said that this telephone is theirs (see `find_by_phone`)."""
    await tx.execute("UPDATE person SET phone_is_own_word = 1 WHERE id = :id", id=person_id)


async def of_schools(reader: Reader) -> dict[int, list[int]]:
    """School -> its school coordinators."""
    rows = await reader.fetch_all(
        "SELECT m.school_id, m.person_id FROM membership m JOIN person p ON p.id = m.person_id"
        " WHERE m.role = :role AND m.revoked_at IS NULL AND m.approved_at IS NOT NULL AND m.school_id IS NOT NULL"
        " AND p.removed_at IS NULL ORDER BY m.school_id, m.person_id",
        role=Role.SCHOOL_COORDINATOR.value,
    )
    found: dict[int, list[int]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row[1])
    return found
