"""Finding cases by words: everything is opened in memory, nothing is indexed, and the search is on record first."""

import asyncio
from datetime import datetime

from bot.domain.hotline import masking
from bot.domain.hotline.case import Case
from bot.domain.hotline.guessing import folded
from bot.domain.people import Actor
from bot.services.auditing import Auditing
from bot.services.hotline.access import Access
from bot.services.hotline.bell import DESK_ROLES
from bot.services.hotline.keyring import Keyring
from storage.database import Database
from storage.hotline import cases, messages
from storage.sqlite import Row
from storage.vault import keys

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
        async with self._vault.read() as vault, self._database.read() as reader:
            wrapped, sealed = await asyncio.gather(keys.all_keys(vault), messages.every_sealed(reader))
        candidates = await asyncio.to_thread(self._holding, wrapped, sealed, wanted)
        async with self._database.read(snapshot=True) as reader:
            found = await cases.every(reader, list(candidates))
            allowed = [case for case in found if await self._access.may_see(reader, actor, case)]
        newest = sorted(allowed, key=lambda case: (case.year, case.number), reverse=True)
        return await asyncio.to_thread(_shown, newest, candidates, wanted)

    def _holding(self, wrapped: list[Row], sealed: list[Row], wanted: list[str]) -> dict[str, str]:
        """Case id → its texts, of cases that hold all the words in clear; texts of other cases are not kept."""
        missing: dict[str, list[str]] = {}
        for case_id, text in self._keyring.each_text(wrapped, sealed):
            plain = text.lower().replace("ё", "е")
            left = [word for word in missing.get(case_id, wanted) if word not in plain]
            missing[case_id] = left
        held = {case_id for case_id, left in missing.items() if not left}
        texts: dict[str, list[str]] = {}
        for case_id, text in self._keyring.each_text(wrapped, [row for row in sealed if row[0] in held]):
            texts.setdefault(case_id, []).append(text)
        return {case_id: "\n".join(said) for case_id, said in texts.items()}


def _shown(newest: list[Case], texts: dict[str, str], wanted: list[str]) -> list[Case]:
    """Those that hold the words still when masked; masking is dear, so only until there are enough."""
    found: list[Case] = []
    for case in newest:
        if _holds(masking.mask(texts[case.id]), wanted):
            found.append(case)
            if len(found) == MOST:
                break
    return found


def _holds(text: str, wanted: list[str]) -> bool:
    plain = text.lower().replace("ё", "е")
    return all(word in plain for word in wanted)
