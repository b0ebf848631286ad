"""Who is told about the day by themselves, what they were told, and the live card in each chat."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.domain.people import Account, Role
from bot.domain.period import Period, Scope
from storage.clock import from_text, to_text
from storage.database import Reader, Transaction
from storage.scope import within

MAX_TRIES = 5  # of which nobody can know whether they arrived; one that surely did not go out is given back


@dataclass(frozen=True, slots=True)
class Card:
    """`message_id` is None when it was sent and nobody knows whether it arrived."""

    message_id: int | None
    digest: str
    shown_at: datetime


@dataclass(frozen=True, slots=True)
class DueDigest:
    day: date
    kind: str
    recipient: str
    repeat: bool  # an earlier try may have arrived
    tries: int


async def reached(reader: Reader, roles: tuple[Role, ...]) -> list[tuple[int, Account, datetime]]:
    """(person, account, since when) of everybody who holds one of the roles now and can be written to; one account each."""
    names = {f"r{number}": role.value for number, role in enumerate(roles)}
    rows = await reader.fetch_all(
        "SELECT p.id, a.platform, a.user_id, a.chat_id, MIN(m.approved_at) AS since FROM person p"
        " JOIN membership m ON m.person_id = p.id JOIN account a ON a.person_id = p.id"
        f" WHERE m.role IN ({', '.join(':' + name for name in names)}) AND m.revoked_at IS NULL"
        " AND m.approved_at IS NOT NULL AND p.removed_at IS NULL AND a.unreachable_at IS NULL"
        " AND a.linked_at = (SELECT MAX(b.linked_at) FROM account b WHERE b.person_id = p.id AND b.unreachable_at IS NULL)"
        " GROUP BY p.id, a.platform, a.user_id, a.chat_id ORDER BY p.id",
        **names,
    )
    return [(row[0], Account(row[1], row[2], row[3]), from_text(row[4])) for row in rows]


async def account_of(reader: Reader, person_id: int) -> Account | None:
    """Where this person is reached now."""
    row = await reader.fetch_one(
        "SELECT platform, user_id, chat_id FROM account WHERE person_id = :person AND unreachable_at IS NULL"
        " ORDER BY linked_at DESC LIMIT 1",
        person=person_id,
    )
    return None if row is None else Account(row[0], row[1], row[2])


async def planned_before(reader: Reader, day: date, moment: datetime) -> bool:
    """Whether some work of the day was in the plan at that moment and was not cancelled."""
    return bool(
        await reader.fetch_value(
            "SELECT 1 FROM sitting WHERE date = :day AND state = 'planned' AND created_at <= :moment LIMIT 1",
            day=day.isoformat(),
            moment=to_text(moment),
        )
    )


async def has_sittings(reader: Reader, period: Period, scope: Scope) -> bool:
    where, params = within(period, scope)
    sql = f"SELECT 1 FROM sitting s CROSS JOIN school sc WHERE s.state = 'planned' AND {where} LIMIT 1"
    return await reader.fetch_value(sql, **params) is not None


async def card(reader: Reader, account: Account, name: str) -> Card | None:
    row = await reader.fetch_one(
        "SELECT message_id, digest, shown_at FROM card WHERE platform = :platform AND chat_id = :chat AND name = :name",
        platform=account.platform,
        chat=account.chat_id,
        name=name,
    )
    return None if row is None else Card(row[0] or None, row[1], from_text(row[2]))


async def keep_card(
    tx: Transaction, account: Account, name: str, message_id: int | None, digest: str, now: datetime
) -> None:
    """`message_id` None: sent, and nobody knows whether it arrived."""
    await tx.execute(
        "INSERT INTO card (platform, chat_id, name, message_id, digest, shown_at)"
        " VALUES (:platform, :chat, :name, :message, :digest, :at)"
        " ON CONFLICT (platform, chat_id, name) DO UPDATE SET message_id = :message, digest = :digest, shown_at = :at",
        platform=account.platform,
        chat=account.chat_id,
        name=name,
        message=message_id or 0,
        digest=digest,
        at=to_text(now),
    )


async def old_cards(reader: Reader, account: Account, prefix: str, but: str) -> list[tuple[str, int]]:
    """(name, message) of this chat's cards of a kind, except one; 0 when the message is not known."""
    rows = await reader.fetch_all(
        "SELECT name, message_id FROM card WHERE platform = :platform AND chat_id = :chat"
        " AND name >= :prefix AND name < :prefix || '~' AND name <> :but",
        platform=account.platform,
        chat=account.chat_id,
        prefix=prefix,
        but=but,
    )
    return [(row[0], row[1]) for row in rows]


async def drop_card(tx: Transaction, account: Account, name: str) -> None:
    await tx.execute(
        "DELETE FROM card WHERE platform = :platform AND chat_id = :chat AND name = :name",
        platform=account.platform,
        chat=account.chat_id,
        name=name,
    )


async def expect_digest(
    tx: Transaction, day: date, kind: str, recipient: str, now: datetime, *, repeat: bool = False
) -> None:
    """Once for each day, kind and recipient, however often it is asked for. `repeat`: it may have arrived already."""
    await tx.execute(
        "INSERT INTO digest (day, kind, recipient, state, next_try_at) VALUES (:day, :kind, :recipient, :state, :at)"
        " ON CONFLICT (day, kind, recipient) DO NOTHING",
        day=day.isoformat(),
        kind=kind,
        recipient=recipient,
        state="sending" if repeat else "due",
        at=to_text(now),
    )


async def distrust_digests(tx: Transaction, now: datetime) -> int:
    """After a backup was restored: what was due may have gone out since, so it goes out as a repeat. How many that were."""
    return await tx.execute(
        "UPDATE digest SET state = 'sending' WHERE state = 'due' AND next_try_at <= :now", now=to_text(now)
    )


async def claim_digest(tx: Transaction, now: datetime) -> DueDigest | None:
    """One that is due. From here on a death leaves its outcome unknown: it is claimed again later, as a repeat."""
    row = await tx.fetch_one(
        "SELECT day, kind, recipient, state, tries FROM digest WHERE state IN ('due', 'sending') AND next_try_at <= :now"
        " ORDER BY day, kind, recipient LIMIT 1",
        now=to_text(now),
    )
    if row is None:
        return None
    await tx.execute(
        "UPDATE digest SET state = 'sending', tries = tries + 1, next_try_at = :later"
        " WHERE day = :day AND kind = :kind AND recipient = :recipient",
        later=to_text(now + timedelta(minutes=10)),
        day=row["day"],
        kind=row["kind"],
        recipient=row["recipient"],
    )
    return DueDigest(
        date.fromisoformat(row["day"]), row["kind"], row["recipient"], row["state"] == "sending", row["tries"] + 1
    )


async def settle_digest(
    tx: Transaction,
    due: DueDigest,
    state: str,
    now: datetime,
    *,
    figures: dict[str, Any] | None = None,
) -> None:
    """sent, text, cancelled (nobody is to get it any more) or given_up (somebody does without it)."""
    await tx.execute(
        "UPDATE digest SET state = :state, figures = :figures, next_try_at = :at, finished_at = :at"
        " WHERE day = :day AND kind = :kind AND recipient = :recipient",
        state=state,
        figures=json.dumps(figures or {}),
        at=to_text(now),
        day=due.day.isoformat(),
        kind=due.kind,
        recipient=due.recipient,
    )


async def give_back_digest(tx: Transaction, due: DueDigest, again_at: datetime) -> None:
    """This try surely did not go out, so it counts for nothing; an earlier one that may have arrived stays one."""
    await tx.execute(
        "UPDATE digest SET state = :state, tries = tries - 1, next_try_at = :again"
        " WHERE day = :day AND kind = :kind AND recipient = :recipient",
        state="sending" if due.repeat else "due",
        again=to_text(again_at),
        day=due.day.isoformat(),
        kind=due.kind,
        recipient=due.recipient,
    )


async def digests_given_up(reader: Reader) -> int:
    return int(await reader.fetch_value("SELECT COUNT(*) FROM digest WHERE state = 'given_up'"))


async def swap_figures(
    tx: Transaction, day: date, recipient: str, figures: dict[str, Any], now: datetime
) -> tuple[dict[str, Any], datetime] | None:
    """Remember what this person was shown of a day; what they were shown before, and when."""
    key = {"day": day.isoformat(), "recipient": recipient}
    row = await tx.fetch_one(
        "SELECT figures, next_try_at FROM digest WHERE day = :day AND kind = 'asked' AND recipient = :recipient", **key
    )
    await tx.execute(
        "INSERT INTO digest (day, kind, recipient, state, next_try_at, figures)"
        " VALUES (:day, 'asked', :recipient, 'sent', :at, :figures)"
        " ON CONFLICT (day, kind, recipient) DO UPDATE SET next_try_at = :at, figures = :figures",
        **key,
        at=to_text(now),
        figures=json.dumps(figures),
    )
    return None if row is None else (json.loads(row[0]), from_text(row[1]))


async def setting(reader: Reader, name: str) -> str | None:
    value = await reader.fetch_value("SELECT value FROM setting WHERE name = :name", name=name)
    return None if value is None else str(value)


async def setting_since(reader: Reader, name: str) -> tuple[str, datetime] | None:
    """What was chosen, and when."""
    row = await reader.fetch_one("SELECT value, changed_at FROM setting WHERE name = :name", name=name)
    return None if row is None else (row[0], from_text(row[1]))


async def put_setting(tx: Transaction, name: str, value: str, now: datetime, *, by: int | None) -> None:
    await tx.execute(
        "INSERT INTO setting (name, value, changed_at, changed_by) VALUES (:name, :value, :at, :by)"
        " ON CONFLICT (name) DO UPDATE SET value = :value, changed_at = :at, changed_by = :by",
        name=name,
        value=value,
        at=to_text(now),
        by=by,
    )


async def drop_setting(tx: Transaction, name: str) -> None:
    await tx.execute("DELETE FROM setting WHERE name = :name", name=name)
