"""Who gets the digest and when: the hour, the group, and each receiver's own word about it."""

import json
from dataclasses import dataclass
from datetime import datetime, time

from bot.domain.digest import DIGEST_ROLES, Choice
from bot.domain.people import Actor, MunicipalityId, Role
from bot.services.auditing import Auditing
from storage import briefings, recipients
from storage.database import Database, Reader
from storage.outbox import to_chat, to_person

DIGEST_AT = time(17, 0)
TIME_SETTING, CHAT_SETTING = "digest_time", "digest_chat"
OWN_SETTING = "digest_of:"  # and the person
ON, OFF = "on", "off"


@dataclass(frozen=True, slots=True)
class Group:
    chat_id: int
    municipality_id: MunicipalityId
    since: datetime


class DigestChoice:
    def __init__(self, database: Database, auditing: Auditing) -> None:
        self._database = database
        self._auditing = auditing

    async def of(self, actor: Actor) -> Choice:
        """Raises `NotAllowed`."""
        person = actor.need(*DIGEST_ROLES)
        async with self._database.read() as reader:
            wanted = await is_wanted_by(reader, person.id)
            return Choice(await hour(reader), wanted, await group(reader) is not None, actor.has(Role.COORDINATOR))

    async def switch(self, actor: Actor, now: datetime, *, on: bool) -> None:
        """Their own digests, from now on. Raises `NotAllowed`."""
        person = actor.need(*DIGEST_ROLES)
        async with self._database.transaction() as tx:
            if await is_wanted_by(tx, person.id) != on:
                name = f"{OWN_SETTING}{person.id}"
                await briefings.put_setting(tx, name, ON if on else OFF, now, by=person.id)

    async def set_hour(self, actor: Actor, at: time, now: datetime) -> None:
        """When the daily digest goes out, local time. Raises `NotAllowed`."""
        await self._set(actor, TIME_SETTING, at.strftime("%H:%M"), now)

    async def set_group(self, actor: Actor, chat_id: int, now: datetime) -> None:
        """The group that gets the digest too, from now on; said once more, it changes nothing. Raises `NotAllowed`."""
        person = actor.need(Role.COORDINATOR)
        async with self._database.read() as reader:
            known = await group(reader)
        if known is None or (known.chat_id, known.municipality_id) != (chat_id, person.municipality_id):
            await self._set(actor, CHAT_SETTING, json.dumps([chat_id, person.municipality_id]), now)

    async def drop_group(self, actor: Actor, now: datetime, *, only: int | None = None) -> bool:
        """No group gets it any more; False when none did. `only`: when it is this chat. Raises `NotAllowed`."""
        actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            known = await group(tx)
            if known is None or only not in (None, known.chat_id, await recipients.current_chat(tx, known.chat_id)):
                return False
            await briefings.drop_setting(tx, CHAT_SETTING)
            await self._auditing.note(tx, now, actor, "setting", CHAT_SETTING)
            return True

    async def _set(self, actor: Actor, name: str, value: str, now: datetime) -> None:
        person = actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            await briefings.put_setting(tx, name, value, now, by=person.id)
            await self._auditing.note(tx, now, actor, "setting", name)


async def hour(reader: Reader) -> time:
    """When the daily digest goes out, local time."""
    told = await briefings.setting(reader, TIME_SETTING)
    return time.fromisoformat(told) if told else DIGEST_AT


async def group(reader: Reader) -> Group | None:
    chosen = await briefings.setting_since(reader, CHAT_SETTING)
    if chosen is None:
        return None
    chat_id, municipality_id = json.loads(chosen[0])
    return Group(chat_id, MunicipalityId(municipality_id), chosen[1])


async def is_wanted_by(reader: Reader, person_id: int) -> bool:
    """Everybody does who has not said otherwise."""
    return await briefings.setting(reader, f"{OWN_SETTING}{person_id}") != OFF


async def receivers(reader: Reader, moment: datetime) -> list[str]:
    """Those who held their role, and wanted it, when the digest was due; and the group when it was chosen by then."""
    found = []
    for person_id, _, since in await briefings.reached(reader, DIGEST_ROLES):
        own = await briefings.setting_since(reader, f"{OWN_SETTING}{person_id}")
        if since <= moment and (own is None or (own[0] == ON and own[1] <= moment)):
            found.append(to_person(person_id))
    chosen = await group(reader)
    if chosen is not None and chosen.since <= moment:
        found.append(to_chat(chosen.chat_id))
    return found
