"""Coming back with a code: tries are limited, and who came is known only while they are here, in memory."""

import math
from datetime import datetime, timedelta

from bot.domain.errors import DomainError
from bot.domain.hotline.draft import Piece
from bot.domain.hotline.views import CodeView
from bot.domain.people import Account
from bot.services.hotline.dialogue import Dialogue
from bot.services.hotline.receipts import Receipts
from bot.services.hotline.tries import Tries
from storage.database import Database
from storage.hotline import cases
from storage.vault import keys

STAYS = timedelta(minutes=30)


class CodeRefused(DomainError):
    """No case has this code, or there were too many wrong ones; then `wait_minutes` says for how long."""

    def __init__(self, wait_minutes: int = 0) -> None:
        super().__init__()
        self.wait_minutes = wait_minutes


class ByCode:
    def __init__(
        self, database: Database, vault: Database, receipts: Receipts, dialogue: Dialogue, tries: Tries
    ) -> None:
        self._database = database
        self._vault = vault
        self._receipts = receipts
        self._dialogue = dialogue
        self._tries = tries
        self._here: dict[Account, tuple[str, datetime]] = {}

    async def enter(self, account: Account, code: str, now: datetime) -> CodeView:
        """The case of a well-formed code. Raises `CodeRefused`; every try costs the same slow hash."""
        wait = self._tries.wait(str(account), now)
        if wait > timedelta(0):
            raise CodeRefused(math.ceil(wait.total_seconds() / 60))
        self._tries.count(str(account), now)
        code_hash = await self._receipts.hash(code)
        async with self._vault.read() as reader:
            case_id = await keys.case_of_receipt(reader, code_hash)
        if case_id is None:
            raise CodeRefused
        self._tries.forgive(str(account))
        self._forget_old(now)
        self._here[account] = (case_id, now)
        return await self._view(case_id)

    async def again(self, account: Account, now: datetime) -> CodeView | None:
        """The case this chat entered within the last half hour."""
        case_id = self._case_of(account, now)
        return None if case_id is None else await self._view(case_id)

    async def add(self, account: Account, source: str, piece: Piece, now: datetime) -> CodeView | None:
        case_id = self._case_of(account, now)
        if case_id is None:
            return None
        await self._dialogue.add(None, case_id, source, piece, now)
        return await self._view(case_id)

    def leave(self, account: Account) -> None:
        self._here.pop(account, None)

    def _case_of(self, account: Account, now: datetime) -> str | None:
        self._forget_old(now)
        case_id, _ = self._here.get(account, (None, now))
        if case_id is not None:
            self._here[account] = (case_id, now)
        return case_id

    def _forget_old(self, now: datetime) -> None:
        self._here = {account: (case_id, at) for account, (case_id, at) in self._here.items() if now - at < STAYS}

    async def _view(self, case_id: str) -> CodeView:
        said = await self._dialogue.answers(case_id)
        async with self._database.read() as reader:
            case = await cases.get(reader, case_id)
        if case is None:
            raise CodeRefused
        return CodeView(case, tuple(said))
