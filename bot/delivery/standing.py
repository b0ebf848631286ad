"""Keeps the messenger in line with the roles: the menu of commands in each chat, and who may be in a staff group.

What is due is rows, so a killed bot goes on where it stopped; everything here can be done twice without harm.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from bot.botapi import BotApi, BotApiError, BotApiUnsure
from bot.domain.people import leading_role
from bot.services.staff import Staff
from bot.texts import commands
from storage import people, recipients, standing
from storage.database import Database
from storage.sqlite import TRANSIENT
from storage.standing import DueMenu, Removal

log = logging.getLogger(__name__)

LOOK_SECONDS = 15.0
MOST_TRIES = 8
# Nobody to remove, or a plain group, where the ban already is all there is: as good as removed.
DONE_ANYWAY = ("not found", "participant", "supergroup")


class Standing:
    """Runs until cancelled."""

    def __init__(self, api: BotApi, database: Database, staff: Staff, clock: Callable[[], datetime]) -> None:
        self._api = api
        self._database = database
        self._staff = staff
        self._clock = clock
        self._wake = asyncio.Event()
        self._started = False
        self.idle = asyncio.Event()

    def wake(self) -> None:
        """Some role may have changed; do not wait for the next look."""
        self.idle.clear()
        self._wake.set()

    async def run(self) -> None:
        while True:
            self._wake.clear()
            try:
                await self._round()
            except TRANSIENT as error:
                log.warning("menus wait for the database: %s", error)
            if not self._wake.is_set():
                self.idle.set()
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):  # wait_for may swallow a cancellation (Python 3.11)
                    await self._wake.wait()

    async def _round(self) -> None:
        if not self._started:
            self._started = await self._publish_common_menus()
        now = self._clock()
        async with self._database.read() as reader:
            menus = await standing.due_menus(reader, now)
            removals = await standing.due_removals(reader, now)
        for menu in menus:
            await self._menu(menu)
        for removal in removals:
            await self._remove(removal)

    async def _publish_common_menus(self) -> bool:
        """The menu of strangers, and none in groups. False: Telegram is out of reach, later."""
        async with self._database.transaction() as tx:
            await standing.all_menus_due(tx)
        try:
            await self._set({"type": "all_private_chats"}, commands.MENU[""])
            await self._api.call("deleteMyCommands", {"scope": {"type": "all_group_chats"}})
        except (BotApiError, BotApiUnsure) as error:
            log.warning("the menu of commands is not published: %s", error)
            return False
        return True

    async def _menu(self, due: DueMenu) -> None:
        account = due.account
        async with self._database.read() as reader:
            actor, _ = await people.actor(reader, account)
            chosen = await standing.chosen_role(reader, actor.person.id) if actor.person is not None else None
        role = leading_role(actor.memberships, chosen)
        menu = role.value if role is not None else ""
        scope = {"type": "chat", "chat_id": account.chat_id}
        try:
            if menu != due.shown and menu:
                await self._set(scope, commands.MENU[menu])
            elif menu != due.shown:
                await self._api.call("deleteMyCommands", {"scope": scope})
        except (BotApiError, BotApiUnsure) as error:
            again = None if isinstance(error, BotApiError) and not error.passing else self._again(due.tries)
            async with self._database.transaction() as tx:
                await standing.menu_later(tx, due, again)
            return
        async with self._database.transaction() as tx:
            await standing.menu_shown(tx, due, menu)

    async def _set(self, scope: dict[str, Any], menu: dict[str, str]) -> None:
        listed = [{"command": name, "description": text} for name, text in menu.items()]
        await self._api.call("setMyCommands", {"scope": scope, "commands": listed})

    async def _remove(self, removal: Removal) -> None:
        """Out of the group, but free to come back by a new invitation: a ban that is lifted at once."""
        async with self._database.read() as reader:
            group_id = await recipients.current_chat(reader, removal.group_id)
        member = {"chat_id": group_id, "user_id": removal.account.user_id}
        try:
            await self._api.call("banChatMember", member)
            await self._api.call("unbanChatMember", member | {"only_if_banned": True})
        except BotApiUnsure:
            await self._remove_later(removal)
        except BotApiError as error:
            moved_to = error.migrate_to_chat_id
            if moved_to is not None and moved_to != group_id:  # they are members there now
                async with self._database.transaction() as tx:
                    await recipients.migrate_chat(tx, group_id, moved_to, self._clock())
                await self._remove(removal)
            elif error.passing or moved_to is not None:
                await self._remove_later(removal)
            elif any(part in error.description.lower() for part in DONE_ANYWAY):
                await self._removed(removal, "done")
            else:
                await self._removed(removal, "failed", error.description)
        else:
            await self._removed(removal, "done")

    async def _remove_later(self, removal: Removal) -> None:
        if removal.tries >= MOST_TRIES:
            await self._removed(removal, "failed", "no answer")
            return
        async with self._database.transaction() as tx:
            await standing.removal_later(tx, removal.id, self._again(removal.tries))

    async def _removed(self, removal: Removal, state: str, error: str = "") -> None:
        now = self._clock()
        async with self._database.transaction() as tx:
            await standing.removal_settled(tx, removal.id, state, error)
            if state == "failed":
                person = await people.person(tx, removal.person_id)
                await self._staff.not_removed_from_group(tx, now, person, removal.id)

    def _again(self, tries: int) -> datetime:
        return self._clock() + timedelta(seconds=min(10 * 2**tries, 600))
