"""Invitations: stored only as keyed hashes, redeemed by exactly one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.people import Account, Role
from storage.clock import from_text, to_text
from storage.database import Reader, Transaction
from storage.sqlite import Row


@dataclass(frozen=True, slots=True)
class Invite:
    id: int
    role: Role
    person_id: int
    school_id: int | None
    issued_by: int | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """An invitation that let nobody in yet."""

    id: int
    person_id: int
    person_code: str
    role: Role
    expires_at: datetime


async def add(
    tx: Transaction,
    *,
    link_hmac: str,
    code_hmac: str,
    role: Role,
    person_id: int,
    school_id: int | None,
    issued_by: int | None,
    now: datetime,
    valid_for: timedelta,
) -> None:
    """A new invitation; earlier ones of the same person and role that let nobody in end here, opened ones as well."""
    await tx.execute(
        "UPDATE invite SET revoked_at = :at WHERE person_id = :person AND role = :role AND settled_at IS NULL"
        " AND revoked_at IS NULL",
        person=person_id,
        role=role.value,
        at=to_text(now),
    )
    await tx.execute(
        "INSERT INTO invite (link_hmac, code_hmac, role, person_id, school_id, issued_by, issued_at, expires_at)"
        " VALUES (:link, :code, :role, :person, :school, :by, :at, :expires)",
        link=link_hmac,
        code=code_hmac,
        role=role.value,
        person=person_id,
        school=school_id,
        by=issued_by,
        at=to_text(now),
        expires=to_text(now + valid_for),
    )


async def redeem(tx: Transaction, secret_hmac: str, account: Account, now: datetime) -> Invite | None:
    """Use an invitation, by link or by code; None when there is no such valid one. Of many at once exactly one wins."""
    row = await tx.fetch_one(
        "UPDATE invite SET used_at = :now, used_platform = :platform, used_user_id = :user"
        " WHERE (link_hmac = :hmac OR code_hmac = :hmac) AND used_at IS NULL AND revoked_at IS NULL AND expires_at > :now"
        " RETURNING id, role, person_id, school_id, issued_by, expires_at",
        hmac=secret_hmac,
        now=to_text(now),
        platform=account.platform,
        user=account.user_id,
    )
    return None if row is None else _invite(row)


async def used_by(reader: Reader, secret_hmac: str, account: Account) -> Invite | None:
    """The invitation, if this very account used it before (the link was opened again). Once settled, it is only for an
    account that still speaks for the invited: whoever left, and came back as another person, does not get the role by it."""
    row = await reader.fetch_one(
        "SELECT id, role, person_id, school_id, issued_by, expires_at FROM invite"
        " WHERE (link_hmac = :hmac OR code_hmac = :hmac) AND used_platform = :platform AND used_user_id = :user"
        " AND revoked_at IS NULL AND (settled_at IS NULL OR person_id IN"
        " (SELECT person_id FROM account WHERE platform = :platform AND user_id = :user))",
        hmac=secret_hmac,
        platform=account.platform,
        user=account.user_id,
    )
    return None if row is None else _invite(row)


async def held(reader: Reader, invite_id: int, account: Account) -> Invite | None:
    """The invitation, if this very account opened it, has not answered yet, and it was not taken back."""
    row = await reader.fetch_one(
        "SELECT id, role, person_id, school_id, issued_by, expires_at FROM invite WHERE id = :id"
        " AND used_platform = :platform AND used_user_id = :user AND settled_at IS NULL AND revoked_at IS NULL",
        id=invite_id,
        platform=account.platform,
        user=account.user_id,
    )
    return None if row is None else _invite(row)


async def give_back(tx: Transaction, invite_id: int) -> None:
    """Opened by somebody it was not meant for: it can be used again."""
    await tx.execute(
        "UPDATE invite SET used_at = NULL, used_platform = NULL, used_user_id = NULL WHERE id = :id", id=invite_id
    )


async def settle(tx: Transaction, invite_id: int, person_id: int, now: datetime) -> None:
    """It gave this person, who may be known by another code than the invited, what it had to give."""
    await tx.execute(
        "UPDATE invite SET person_id = :person, settled_at = :at WHERE id = :id",
        id=invite_id,
        person=person_id,
        at=to_text(now),
    )


async def note_wrong_code(tx: Transaction, who: str, now: datetime) -> None:
    """`who`: a keyed hash of the account; a parent who typed the code of a message here must not be named."""
    await tx.execute("INSERT INTO code_attempt (account, at) VALUES (:who, :at)", who=who, at=to_text(now))


async def wrong_codes(reader: Reader, who: str, since: datetime) -> tuple[int, int]:
    """How many wrong codes since then: of this account (a keyed hash), and of everybody."""
    row = await reader.fetch_one(
        "SELECT COALESCE(SUM(account = :account), 0), COUNT(*) FROM code_attempt WHERE at > :since",
        account=who,
        since=to_text(since),
    )
    assert row is not None
    return int(row[0]), int(row[1])


async def end_unused(tx: Transaction, person_id: int, now: datetime, *, role: Role | None = None) -> int:
    """Invitations of a person that let nobody in yet stop to work; of one role when given."""
    return await tx.execute(
        "UPDATE invite SET revoked_at = :at WHERE person_id = :person AND settled_at IS NULL AND revoked_at IS NULL"
        " AND (:role IS NULL OR role = :role)",
        person=person_id,
        role=role.value if role is not None else None,
        at=to_text(now),
    )


async def revoke(tx: Transaction, person_id: int, now: datetime, *, declined: bool = False) -> int:
    """End a person's unused or used invitation («Это не я» declines it)."""
    return await tx.execute(
        "UPDATE invite SET revoked_at = :at, declined_at = CASE WHEN :declined THEN :at ELSE declined_at END"
        " WHERE person_id = :person AND revoked_at IS NULL",
        person=person_id,
        at=to_text(now),
        declined=int(declined),
    )


def _invite(row: Row) -> Invite:
    return Invite(
        row["id"], Role(row["role"]), row["person_id"], row["school_id"], row["issued_by"], from_text(row["expires_at"])
    )


async def open_for_role(reader: Reader, role: Role, now: datetime) -> int | None:
    """The person whose invitation to this role, given by nobody (the console), let nobody in yet."""
    value = await reader.fetch_value(
        "SELECT person_id FROM invite WHERE role = :role AND issued_by IS NULL AND settled_at IS NULL"
        " ORDER BY id DESC LIMIT 1",
        role=role.value,
    )
    return None if value is None else int(value)


async def waiting(reader: Reader, now: datetime) -> list[Waiting]:
    """Valid and not settled, the soonest to expire first; console codes left out."""
    rows = await reader.fetch_all(
        "SELECT i.id, i.person_id, p.code, i.role, i.expires_at FROM invite i JOIN person p ON p.id = i.person_id"
        " WHERE i.settled_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > :now AND i.issued_by IS NOT NULL"
        " ORDER BY i.expires_at, p.code",
        now=to_text(now),
    )
    return [Waiting(row[0], row[1], row[2], Role(row[3]), from_text(row[4])) for row in rows]


async def stop(tx: Transaction, invite_id: int | None, now: datetime) -> int:
    """One invitation that is not settled, or (None) all of them, stop to work; returns how many."""
    return await tx.execute(
        "UPDATE invite SET revoked_at = :at WHERE settled_at IS NULL AND revoked_at IS NULL AND issued_by IS NOT NULL"
        " AND (:id IS NULL OR id = :id)",
        id=invite_id,
        at=to_text(now),
    )


async def forget_wrong_codes(tx: Transaction, before: datetime) -> int:
    return await tx.execute("DELETE FROM code_attempt WHERE at < :before", before=to_text(before))
