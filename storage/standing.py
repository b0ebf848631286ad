"""What the messenger still has to learn about roles: menus of commands, and who leaves a staff group."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.people import Account, Role
from storage.clock import to_text
from storage.database import Reader, Transaction


@dataclass(frozen=True, slots=True)
class Removal:
    """Somebody to be taken out of a staff group."""

    id: int
    account: Account
    person_id: int
    group_id: int
    tries: int


@dataclass(frozen=True, slots=True)
class DueMenu:
    """A menu to be put into an account's chat: the role shown there now, failed tries, and changes not shown yet."""

    account: Account
    shown: str
    tries: int
    due: int


async def menu_due(tx: Transaction, person_id: int) -> None:
    """The roles of this person changed: their menus no longer fit."""
    await tx.execute(
        "INSERT INTO command_menu (platform, user_id, chat_id)"
        " SELECT platform, user_id, chat_id FROM account WHERE person_id = :person"
        " ON CONFLICT (platform, user_id) DO UPDATE SET due = due + 1, tries = 0, next_try_at = ''",
        person=person_id,
    )


async def all_menus_due(tx: Transaction) -> int:
    """At start: whoever has an account and no menu gets one. Returns how many."""
    return await tx.execute(
        "INSERT INTO command_menu (platform, user_id, chat_id) SELECT platform, user_id, chat_id FROM account WHERE true"
        " ON CONFLICT (platform, user_id) DO NOTHING"
    )


async def due_menus(reader: Reader, now: datetime, limit: int = 50) -> list[DueMenu]:
    rows = await reader.fetch_all(
        "SELECT platform, user_id, chat_id, menu, tries, due FROM command_menu WHERE due > 0 AND next_try_at <= :now"
        " ORDER BY next_try_at LIMIT :limit",
        now=to_text(now),
        limit=limit,
    )
    return [DueMenu(Account(row[0], row[1], row[2]), row[3], row[4], row[5]) for row in rows]


async def menu_shown(tx: Transaction, asked: DueMenu, menu: str) -> None:
    """Done, unless the roles changed while the messenger was being told: then the menu stays due."""
    await tx.execute(
        "UPDATE command_menu SET menu = :menu, due = CASE due WHEN :due THEN 0 ELSE due END, tries = 0"
        " WHERE platform = :platform AND user_id = :user",
        menu=menu,
        due=asked.due,
        platform=asked.account.platform,
        user=asked.account.user_id,
    )


async def menu_later(tx: Transaction, asked: DueMenu, next_try_at: datetime | None) -> None:
    """Try again then; None: never, until the roles change again. A change in between is tried at once."""
    await tx.execute(
        "UPDATE command_menu SET tries = tries + 1, due = :next_due, next_try_at = :next"
        " WHERE platform = :platform AND user_id = :user AND due = :due",
        due=asked.due,
        next_due=int(next_try_at is not None),
        next=to_text(next_try_at) if next_try_at else "",
        platform=asked.account.platform,
        user=asked.account.user_id,
    )


async def choose_role(tx: Transaction, person_id: int, role: Role, now: datetime) -> None:
    await tx.execute(
        "INSERT INTO chosen_role (person_id, role, chosen_at) VALUES (:person, :role, :at)"
        " ON CONFLICT (person_id) DO UPDATE SET role = :role, chosen_at = :at",
        person=person_id,
        role=role.value,
        at=to_text(now),
    )
    await menu_due(tx, person_id)


async def chosen_role(reader: Reader, person_id: int) -> Role | None:
    value = await reader.fetch_value("SELECT role FROM chosen_role WHERE person_id = :person", person=person_id)
    return None if value is None else Role(value)


async def remove_from_group(tx: Transaction, person_id: int, group_id: int, now: datetime) -> int:
    """Every account of the person is to leave the group; returns how many were asked for."""
    return await tx.execute(
        "INSERT INTO group_removal (platform, user_id, person_id, chat_id, asked_at)"
        " SELECT a.platform, a.user_id, a.person_id, :group, :at FROM account a WHERE a.person_id = :person"
        " AND NOT EXISTS (SELECT 1 FROM group_removal r WHERE r.user_id = a.user_id AND r.chat_id = :group"
        " AND r.state = 'due')",
        person=person_id,
        group=group_id,
        at=to_text(now),
    )


async def due_removals(reader: Reader, now: datetime) -> list[Removal]:
    rows = await reader.fetch_all(
        "SELECT id, platform, user_id, person_id, chat_id, tries FROM group_removal"
        " WHERE state = 'due' AND next_try_at <= :now ORDER BY id LIMIT 50",
        now=to_text(now),
    )
    return [Removal(row[0], Account(row[1], row[2], row[2]), row[3], row[4], row[5]) for row in rows]


async def removal_settled(tx: Transaction, removal_id: int, state: str, error: str = "") -> None:
    """`done` or `failed`."""
    await tx.execute(
        "UPDATE group_removal SET state = :state, error = :error, tries = tries + 1 WHERE id = :id",
        id=removal_id,
        state=state,
        error=error,
    )


async def removal_later(tx: Transaction, removal_id: int, next_try_at: datetime) -> None:
    await tx.execute(
        "UPDATE group_removal SET tries = tries + 1, next_try_at = :next WHERE id = :id",
        id=removal_id,
        next=to_text(next_try_at),
    )
