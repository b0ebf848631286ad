"""What a chat is waiting for, and answers that could not be delivered at once."""

from datetime import datetime, timedelta
from typing import Any

from bot.domain.people import Account
from bot.domain.screen import Screen
from bot.services.staff import Staff
from bot.texts import staff as words
from storage import expectations, outbox, recipients
from storage.database import Database
from storage.expectations import Expectation


class Conversation:
    def __init__(self, database: Database, staff: Staff) -> None:
        self._database = database
        self._staff = staff

    async def expectation(self, account: Account, now: datetime) -> Expectation | None:
        async with self._database.read() as reader:
            return await expectations.get(reader, account, now)

    async def expect(self, account: Account, state: str, now: datetime, **data: Any) -> None:
        async with self._database.transaction() as tx:
            await expectations.put(tx, account, state, data, now)

    async def forget(self, account: Account) -> None:
        async with self._database.transaction() as tx:
            await expectations.clear(tx, account)

    async def send_later(
        self, key: str, chat_id: int, screen: Screen, now: datetime, *, wait: timedelta, uncertain: bool
    ) -> None:
        """A direct answer that did not get through becomes a promise; `uncertain` marks it as a possible repeat."""
        async with self._database.transaction() as tx:
            await outbox.promise(
                tx,
                now,
                [
                    outbox.Promise(
                        key,
                        outbox.to_chat(chat_id),
                        {"screen": screen.to_json()} | ({"repeat": True} if uncertain else {}),
                        outbox.Priority.HOTLINE,
                        not_before=now + wait,
                    )
                ],
            )

    async def reached(self, chat_id: int) -> None:
        """They wrote, so they can be written to."""
        async with self._database.transaction() as tx:
            await recipients.mark_reachable(tx, chat_id)

    async def lost(self, chat_id: int, why: str, now: datetime) -> None:
        """They blocked the bot."""
        async with self._database.transaction() as tx:
            await recipients.mark_unreachable(tx, chat_id, why, now)

    async def set_aside(self, raw: dict[str, Any] | None, update_id: int, now: datetime) -> None:
        """An update went to quarantine: tell the coordinators its number, and its sender that a person will look."""
        async with self._database.transaction() as tx:
            await self._staff.tell(tx, now, f"quarantine:{update_id}", Screen(words.quarantined(update_id)))
            message = (raw or {}).get("message") or {}
            chat = message.get("chat") or {}
            if isinstance(chat.get("id"), int) and chat.get("type") == "private":
                apology = outbox.Promise(
                    f"apology:{update_id}", outbox.to_chat(chat["id"]), {"screen": Screen(words.APOLOGY).to_json()}
                )
                await outbox.promise(tx, now, [apology])

    async def migrated(self, old: int, new: int, now: datetime) -> None:
        async with self._database.transaction() as tx:
            await recipients.migrate_chat(tx, old, new, now)
