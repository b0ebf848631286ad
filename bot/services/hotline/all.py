"""The hotline of a running bot, put together."""

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.domain.hotline.case import Case
from bot.domain.people import Account
from bot.domain.screen import Screen
from bot.screens import hotline_desk as desk_screens
from bot.sealing import Keys
from bot.services.auditing import Auditing
from bot.services.hotline.access import Access
from bot.services.hotline.attachments import Attachments
from bot.services.hotline.bell import Bell
from bot.services.hotline.board import Board
from bot.services.hotline.by_code import ByCode
from bot.services.hotline.clocks import Clocks
from bot.services.hotline.desk import Desk
from bot.services.hotline.dialogue import Dialogue, Render
from bot.services.hotline.discretion import SEALED, Discretion
from bot.services.hotline.entering import Entering
from bot.services.hotline.intake import Intake
from bot.services.hotline.joining import Joining
from bot.services.hotline.journal import Journal
from bot.services.hotline.keyring import Keyring
from bot.services.hotline.limits import Limits
from bot.services.hotline.masters import Reload
from bot.services.hotline.progress import Progress
from bot.services.hotline.reading import Reading
from bot.services.hotline.receipts import Receipts
from bot.services.hotline.revealing import Revealing
from bot.services.hotline.rules import HotlineRules
from bot.services.hotline.school_names import SchoolNames
from bot.services.hotline.searching import Searching
from bot.services.hotline.shelf import Shelf
from bot.services.hotline.signalling import Signalling
from bot.services.hotline.tries import Tries
from bot.services.hotline.unfinished import UNFINISHED, Unfinished
from bot.services.staff import Staff
from bot.texts import hotline_consent
from bot.texts import hotline_desk as desk_words
from storage import expectations, inbox
from storage.database import Database
from storage.expectations import VALID_FOR
from storage.hotline import cases
from storage.migrating import migrate
from storage.vault import MIGRATIONS
from storage.vault import keys as vault_keys

FILES_FOLDER = "hotline_files"
FORGETS_EVERY = timedelta(hours=1)
KEY_WITHOUT_CASE = timedelta(hours=25)  # a draft may still become the case
CODES_AN_HOUR, CODES_AN_HOUR_OF_ALL = 5, 100


class Hotline:
    """One part for each side: `intake` and `dialogue` and `by_code` for writers, `desk` and `reading` for staff.

    `vault` is the second database file (see `storage.vault`); `masters` are the installation's keys by version;
    `folder` is for attachments.
    """

    def __init__(
        self,
        database: Database,
        vault: Database,
        masters: Mapping[int, Keys],
        auditing: Auditing,
        staff: Staff,
        rules: HotlineRules,
        folder: Path,
        reload: Reload | None = None,
    ) -> None:
        self._database = database
        self._vault = vault
        self._staff = staff
        self._logs_to_empty = True
        self._forgot_at: datetime | None = None
        self.rules = rules
        self.keyring = Keyring(vault, masters, reload=reload, custodian=rules.custodian)
        self.board = Board(database, rules)
        self.discretion = Discretion(database, vault, self.keyring)
        receipts = Receipts(self.keyring.installation)
        bell = Bell(staff, rules)
        access = Access()
        progress = Progress(auditing, rules)
        self.schools = SchoolNames(database, rules.municipality_id)
        self.intake = Intake(database, vault, self.keyring, receipts, bell, rules)
        self.unfinished = Unfinished(database, self.intake, self.discretion, rules)
        self.dialogue = Dialogue(database, self.keyring, progress, bell, rules)
        self.by_code = ByCode(database, vault, receipts, self.dialogue, Tries(CODES_AN_HOUR, CODES_AN_HOUR_OF_ALL))
        self.desk = Desk(database, self.keyring, access, progress, self.dialogue, bell, rules)
        self.attachments = Attachments(database, self.keyring, access, auditing, folder)
        self.clocks = Clocks(database, vault, self.attachments, access, bell, auditing, rules)
        self.joining = Joining(database, self.keyring, access, progress, auditing, rules)
        self.revealing = Revealing(database, vault, self.keyring, access, auditing)
        self.entering = Entering(database, self.intake, auditing)
        self.searching = Searching(database, vault, self.keyring, access, auditing)
        self.limits = Limits(database, vault, self.keyring, access, auditing)
        self.journal = Journal(database, self.keyring, access, auditing, rules)
        self.signalling = Signalling(database, self.keyring, access, bell, auditing)
        self.shelf = Shelf(database)
        self.reading = Reading(database, self.keyring, access, progress, auditing)

    @property
    def contact_consent(self) -> str:
        return hotline_consent.contact(self.rules.organiser)

    @property
    def contact_consent_mark(self) -> tuple[str, str]:
        """Version and hash of the text agreed to."""
        return hotline_consent.CONTACT_VERSION, hashlib.sha256(self.contact_consent.encode()).hexdigest()

    async def forget_trace(self, account: Account) -> None:
        """What a writer without trace left on the way: the draft, what was awaited, answers that waited to be sent."""
        await self.intake.forget(account)
        await self.discretion.forget(account, self.rules.clock())
        async with self._database.transaction() as tx:
            await self.discretion.forget_answers(tx, account)
            await expectations.clear(tx, account)
            await inbox.forget_set_aside(tx, self.keyring.lane(account))
        self._logs_to_empty = True

    async def empty_logs(self, now: datetime) -> bool:
        """Due work: cut the write-ahead logs after somebody's trace was deleted. True when there is nothing more to do."""
        if self._logs_to_empty:
            emptied = [await database.empty_log() for database in (self._database, self._vault)]
            self._logs_to_empty = not all(emptied)
        return not self._logs_to_empty

    async def sweep_keys(self) -> int:
        """Destroy keys whose case was never stored: a crash between the two commits. Returns how many."""
        before = self.rules.clock() - KEY_WITHOUT_CASE
        async with self._database.read() as reader:
            known = await cases.ids(reader)
        async with self._vault.transaction() as tx:
            orphans = await vault_keys.key_ids(tx, made_before=before) - known
            for case_id in orphans:
                await vault_keys.shred(tx, case_id)
        return len(orphans)

    def renderers(self) -> dict[str, Render]:
        """For the sender: screens made at the last moment."""
        return {
            **self.dialogue.renderers(),
            "hotline_card": self._card,
            "hotline_news": self._news,
            "hotline_new": self._new,
            "hotline_due": self.clocks.render,
            SEALED: self.discretion.render,
            UNFINISHED: self.unfinished.render,
        }

    def resolvers(self) -> dict[str, Callable[[str], Awaitable[int | None]]]:
        """For the sender: chats that no table names."""
        return {"case": self.dialogue.resolve, SEALED: self.discretion.resolve}

    def works(self) -> dict[str, Callable[[datetime], Awaitable[object]]]:
        """For the schedule: what is due by the clock."""
        return {
            "hotline_reminders": self.clocks.remind,
            "hotline_forgetting": self.forget,
            "hotline_logs": self.empty_logs,
        }

    async def forget(self, now: datetime) -> None:
        """Due work, once an hour: what the clocks of retention demand."""
        if self._forgot_at is not None and now - self._forgot_at < FORGETS_EVERY:
            return
        self._forgot_at = now
        async with self._database.transaction() as tx:
            await self.discretion.forget_old_answers(tx, now - VALID_FOR)
        await self.clocks.forget(now)
        self._logs_to_empty = True  # also of what a writer took back, or an operator joined, within the hour

    async def tell_group_faults(self, faults: list[str], now: datetime) -> None:
        """Coordinators, once a day."""
        async with self._database.transaction() as tx:
            await self._staff.tell(tx, now, f"hl-group:{now:%Y%m%d}", Screen(desk_words.group_faults(faults)))

    async def _card(self, payload: Mapping[str, Any]) -> Screen | None:
        async with self._database.read(snapshot=True) as reader:
            case = await cases.get(reader, str(payload["case"]))
            if case is None:
                return None
            view = await self.desk.view(reader, case)
        return desk_screens.card(view, self.rules.clock(), self.rules.zone, in_topic=True)

    async def _news(self, payload: Mapping[str, Any]) -> Screen | None:
        async with self._database.read() as reader:
            case = await cases.get(reader, str(payload["case"]))
        if case is None:
            return None
        return desk_screens.news(case.id, news_text(case, str(payload["what"])))

    async def _new(self, payload: Mapping[str, Any]) -> Screen | None:
        """One case with its doors, or how many there are and which."""
        async with self._database.read() as reader:
            found = sorted(await cases.every(reader, payload["cases"]), key=lambda case: (case.year, case.number))
        if len(found) == 1:
            return desk_screens.news(found[0].id, news_text(found[0], ""))
        return desk_screens.several_new(found) if found else None


def news_text(case: Case, what: str) -> str:
    return desk_words.news(desk_screens.number(case), case.category, critical=case.urgency == "critical", again=what)


@asynccontextmanager
async def open_hotline(
    vault_path: Path,
    database: Database,
    masters: Mapping[int, Keys],
    auditing: Auditing,
    staff: Staff,
    rules: HotlineRules,
    reload: Reload | None = None,
) -> AsyncIterator[Hotline]:
    """Open the vault beside the main database, and close it at the end. Raises what storage raises."""
    await migrate(vault_path, MIGRATIONS)
    vault = await Database.open(vault_path)
    try:
        folder = vault_path.with_name(FILES_FOLDER)
        hotline = Hotline(database, vault, masters, auditing, staff, rules, folder, reload)
        await hotline.keyring.rotate()
        await hotline.sweep_keys()
        await hotline.attachments.sweep()
        yield hotline
    finally:
        await vault.close()
