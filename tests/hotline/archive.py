"""A hotline without a messenger: services over real database files, with as many cases as are wanted."""

import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.hotline.case import Case, CaseId, Category, Channel, Direction, Level, Status, Urgency
from bot.domain.people import Account, Actor, Role
from bot.sealing import Keys
from bot.services.auditing import Auditing
from bot.services.hotline.all import Hotline, open_hotline
from bot.services.hotline.rules import HotlineRules
from bot.services.staff import Staff
from storage import people, schools
from storage.audit import Audit
from storage.database import Database, Transaction
from storage.hotline import cases, messages
from storage.migrating import migrate
from storage.vault import keys as vault_keys
from tests.agreeing import agree

MASTER = bytes(range(32))
TEXT = (
    "В классе {n} учитель подсказывал ответы и ходил между рядами, дети списывали с телефонов, приметное слово {word}."
)


@dataclass
class Archive:
    database: Database
    vault: Database
    hotline: Hotline
    now: datetime

    async def operator(self) -> Actor:
        """The one operator there is, made at the first call."""
        account = Account("tg", 900_001, 900_001)
        async with self.database.transaction() as tx:
            actor, _ = await people.actor(tx, account)
            if actor.person is None:
                person = await people.add_person(tx, 1, "О", self.now, full_name="Оператор")
                await people.link_account(tx, account, person.id, self.now)
                await people.grant(tx, person.id, Role.OPERATOR, 1, None, self.now, by=None)
                await agree(tx, person.id, account, self.now)
                actor, _ = await people.actor(tx, account)
        return actor

    async def fill(self, count: int, *, word: str = "нет", chat_ids: list[int] | None = None) -> list[CaseId]:
        """Cases of one message each; with `chat_ids`, each has the way back to the chat at its place."""
        ids = [CaseId(secrets.token_hex(16)) for _ in range(count)]
        ring = self.hotline.keyring
        seals = {}
        async with self.vault.transaction() as tx:
            for place, case_id in enumerate(ids):
                key, seals[case_id] = ring.new_key(case_id)
                await vault_keys.add_key(tx, key, self.now)
                if chat_ids is not None:
                    account = Account("tg", chat_ids[place], chat_ids[place])
                    await vault_keys.add_route(tx, ring.new_route(case_id, account))
        async with self.database.transaction() as tx:
            first = await tx.next_numbers(f"hotline:{self.now.year}", count)
            for place, case_id in enumerate(ids):
                text = TEXT.format(n=place % 11, word=word if place % 1000 else "редкость")
                sealed = seals[case_id].seal(text, "message|1")
                await self._store(tx, case_id, first + place, sealed)
        return ids

    async def _store(self, tx: Transaction, case_id: CaseId, number: int, sealed: bytes) -> None:
        case = Case(
            case_id,
            self.now.year,
            number,
            Level.HIDDEN,
            Channel.TELEGRAM,
            Category.ORDER,
            None,
            Status.ACCEPTED,
            Urgency.USUAL,
            self.now,
            self.now,
            self.now,
        )
        await cases.add(tx, case)
        await messages.add(tx, case_id, 1, Direction.IN, sealed, self.now)


@asynccontextmanager
async def archive_at(
    folder: Path, now: datetime, *, masters: Mapping[int, Keys] | None = None
) -> AsyncIterator[Archive]:
    """Open or make it, under these master keys."""
    masters = masters or {1: Keys(MASTER)}
    path = folder / "bot.db"
    await migrate(path)
    database = await Database.open(path)
    rules = HotlineRules(1, ZoneInfo("Europe/Moscow"), "Управление", "https://example.org", lambda: now)
    auditing = Auditing(Audit(masters[1].derive("audit")))
    try:
        async with database.transaction() as tx:
            await schools.ensure_municipality(tx, "Город Н.", "Europe/Moscow")
        async with open_hotline(folder / "vault.db", database, masters, auditing, Staff(), rules) as hotline:
            yield Archive(database, hotline._vault, hotline, now)
    finally:
        await database.close()
