"""Texts on show in the staff's chats, and when they are taken off."""

from datetime import datetime, timedelta

from storage.database import Database
from storage.hotline import desk

SHOWN_FOR = timedelta(minutes=30)
AGAIN = timedelta(minutes=2)


class Shelf:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, chat_id: int, message_id: int, case_id: str, now: datetime) -> None:
        """A text is on show in this message: it is deleted in half an hour."""
        async with self._database.transaction() as tx:
            await desk.add_shown(tx, chat_id, message_id, case_id, now + SHOWN_FOR)

    async def due(self, now: datetime) -> list[tuple[int, int, int]]:
        """(chat, message, tries) of what was on show long enough."""
        async with self._database.read() as reader:
            return await desk.shown_due(reader, now)

    async def gone(self, chat_id: int, message_id: int) -> None:
        async with self._database.transaction() as tx:
            await desk.drop_shown(tx, chat_id, message_id)

    async def later(self, chat_id: int, message_id: int, now: datetime) -> None:
        async with self._database.transaction() as tx:
            await desk.delete_later(tx, chat_id, message_id, now + AGAIN)
