"""Against floods and abuse: delay, never silence; a ban knows no name."""

from datetime import datetime, timedelta

from bot.domain.hotline.case import Case
from bot.domain.people import Account, Actor
from bot.services.auditing import Auditing
from bot.services.hotline.access import Access
from bot.services.hotline.keyring import Keyring
from bot.services.hotline.tries import Allowance
from storage.database import Database
from storage.vault import bans

BANNED_FOR = timedelta(days=30)


class Limits:
    """Counts live in memory and die with the day; only a ban is stored, as the keyed hash of an account."""

    def __init__(
        self, database: Database, vault: Database, keyring: Keyring, access: Access, auditing: Auditing
    ) -> None:
        self._database = database
        self._vault = vault
        self._keyring = keyring
        self._access = access
        self._auditing = auditing
        self.messages = Allowance(20, 1000, timedelta(minutes=1))
        self.files = Allowance(30, 1000)
        self.cases = Allowance(5, 1000, timedelta(days=1))
        self.notices = Allowance(1, 10_000, timedelta(minutes=1))

    async def is_banned(self, account: Account, now: datetime) -> bool:
        async with self._vault.read() as reader:
            return await bans.is_banned(reader, self._keyring.owner(account), now)

    async def ban(self, actor: Actor, case_id: str, now: datetime) -> bool:
        """Take nothing from this writer for a month; who they are stays unknown. False: there is no way back to them."""
        async with self._database.transaction() as tx:
            case: Case = await self._access.need(tx, actor, case_id)
            await self._auditing.note(tx, now, actor, "hotline.ban", f"case:{case.id}")
        account = await self._keyring.route(case_id)
        if account is None:
            return False
        async with self._vault.transaction() as tx:
            await bans.put(tx, self._keyring.owner(account), now + BANNED_FOR)
        return True
