"""Finding cases by words: everything is opened in memory, nothing is indexed, and the search is on record first."""

import asyncio
from datetime import datetime

from bot.domain.hotline import masking
from bot.domain.hotline.case import Case
from bot.domain.hotline.guessing import folded
from bot.domain.people import Actor
from bot.sealing import CannotUnseal
from bot.services.auditing import Auditing
from bot.services.hotline.access import Access
from bot.services.hotline.bell import DESK_ROLES
from bot.services.hotline.keyring import Keyring
from storage.database import Database
from storage.hotline import cases, messages
from storage.hotline.messages import SealedMessage
from storage.vault import keys
from storage.vault.keys import Wrapped

MOST = 20


class Searching:
    def __init__(
        self, database: Database, vault: Database, keyring: Keyring, access: Access, auditing: Auditing
    ) -> None:
        self._database = database
        self._vault = vault
        self._keyring = keyring
        self._access = access
        self._auditing = auditing

    async def find(self, actor: Actor, words: str, now: datetime) -> list[Case]:
        """Cases whose texts, as masked, hold all these words; the newest first, at most twenty."""
        actor.need(*DESK_ROLES)
        async with self._database.transaction() as tx:
            await self._auditing.note(tx, now, actor, "hotline.search", "cases")
        wanted = folded(masking.mask(words)).split()
        if not wanted:
            return []
        async with self._vault.read() as reader:
            wrapped = {key.case_id: key for key in await keys.all_keys(reader)}
        async with self._database.read() as reader:
            sealed = await messages.every_sealed(reader)
        found_ids = await asyncio.to_thread(self._matching, wrapped, sealed, wanted)
        async with self._database.read(snapshot=True) as reader:
            found = await cases.every(reader, found_ids)
            allowed = [case for case in found if await self._access.may_see(reader, actor, case)]
        return sorted(allowed, key=lambda case: (case.year, case.number), reverse=True)[:MOST]

    def _matching(self, wrapped: dict[str, Wrapped], sealed: list[SealedMessage], wanted: list[str]) -> list[str]:
        found: dict[str, set[str]] = {}
        opened = {case_id: self._keyring.open_case(key) for case_id, key in wrapped.items()}
        for message in sealed:
            seal = opened.get(message.case_id)
            if seal is None:
                continue
            try:
                plain = seal.unseal(message.sealed, f"message|{message.seq}")
            except CannotUnseal:
                continue
            text = folded(plain)
            if any(word in text for word in wanted):  # masking costs more than looking, so it comes second
                shown = folded(masking.mask(plain))
                found.setdefault(message.case_id, set()).update(word for word in wanted if word in shown)
        return [case_id for case_id, hit in found.items() if len(hit) == len(wanted)]
