"""One topic of the staff forum for each case of the hotline: a view that is made anew when it is gone."""

import asyncio
import logging

from bot.botapi import BotApi, BotApiError, BotApiUnsure
from bot.delivery.destination import Destination
from bot.services.hotline.board import Board

log = logging.getLogger(__name__)

NEEDED = "can_manage_topics"


class Topics:
    """Finds the topic of a case for the sender. Whatever the forum refuses, the news goes to its general chat instead."""

    def __init__(self, api: BotApi, board: Board) -> None:
        self._api = api
        self._board = board
        self._one_at_a_time = asyncio.Lock()

    async def resolve(self, case_id: str) -> Destination | None:
        """None: there is no staff group, or no such case."""
        group_id = await self._board.group_id()
        title = await self._board.title(case_id)
        if group_id is None or title is None:
            return None
        async with self._one_at_a_time:  # two messages of a new case make one topic
            thread_id = await self._board.thread(case_id, group_id)
            if thread_id is None:
                thread_id = await self._make(case_id, group_id, title)
        return Destination(group_id, thread_id, lambda: self._lost(case_id, group_id, thread_id))

    async def _lost(self, case_id: str, group_id: int, thread_id: int | None) -> None:
        """Somebody closed the topic, or deleted it."""
        try:
            await self._api.call("reopenForumTopic", {"chat_id": group_id, "message_thread_id": thread_id}, timeout=10)
        except BotApiError:
            await self._board.forget(case_id, thread_id)
        except BotApiUnsure:
            return

    async def _make(self, case_id: str, group_id: int, title: str) -> int | None:
        try:
            made = await self._api.call("createForumTopic", {"chat_id": group_id, "name": title}, timeout=20)
            thread_id = int(made["message_thread_id"])
        except (BotApiError, BotApiUnsure, KeyError, TypeError, ValueError) as error:
            log.warning(
                "no topic for a case: %s", type(error).__name__ if not isinstance(error, BotApiError) else error
            )
            return None
        await self._board.remember(case_id, group_id, thread_id)
        return thread_id

    async def faults(self) -> list[str]:
        """What keeps the staff group from working, as codes of `bot.texts.hotline_desk.GROUP_FAULTS`; empty: all is well."""
        group_id = await self._board.group_id()
        if group_id is None:
            return []
        try:
            me = await self._api.call("getMe", timeout=10)
            chat = await self._api.call("getChat", {"chat_id": group_id}, timeout=10)
            member = await self._api.call("getChatMember", {"chat_id": group_id, "user_id": me["id"]}, timeout=10)
        except BotApiUnsure:
            return ["unknown"]
        except BotApiError:
            return ["no_access"]
        found = [] if chat.get("is_forum") else ["no_forum"]
        is_admin = member.get("status") in ("administrator", "creator")
        if chat.get("is_forum") and not (is_admin and member.get(NEEDED)):
            found.append("no_topics")
        return found
