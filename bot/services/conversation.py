"""What a chat is waiting for, and answers that could not be delivered at once."""

from datetime import datetime, timedelta
from typing import Any

from bot.domain.people import Account
from bot.domain.screen import Screen
from bot.services.hotline.discretion import Discretion
from bot.services.staff import Staff
from bot.texts import staff as words
from storage import expectations, lost_time, outbox, recipients
from storage.database import Database
from storage.expectations import Expectation

PLATFORM = "tg"
MOST_REMEMBERED = 20_000


class Conversation:
    """With `discretion`, what concerns a writer to the hotline is kept where no row names their chat."""

    def __init__(self, database: Database, staff: Staff, discretion: Discretion | None = None) -> None:
        self._database = database
        self._staff = staff
        self._discretion = discretion
        self._lost: list[tuple[datetime, datetime]] | None = None
        self._unasked: dict[
            Account, str
        ] = {}  # chats that wait for nothing, and the update that ended it: most taps need not look

    async def is_of_lost_time(self, shown_at: datetime) -> bool:
        """Whether a message was sent, or last changed, when a copy that was put back since was already made.

        Copies are put back while nobody runs, so one look is enough.
        """
        if self._lost is None:
            async with self._database.read() as reader:
                self._lost = await lost_time.spans(reader)
        return any(since.replace(microsecond=0) <= shown_at <= until for since, until in self._lost)

    async def expectation(self, account: Account, now: datetime, source: str = "") -> Expectation | None:
        """What this chat waits for; also what `source` itself has ended, when it is handled again."""
        if self._unasked.get(account, source) != source:
            return None
        if self._discretion is not None and (found := await self._discretion.expectation(account, now, source)):
            return found
        async with self._database.read() as reader:
            return await expectations.get(reader, account, now, source)

    async def expect(self, account: Account, state: str, now: datetime, **data: Any) -> None:
        """The latest question is the one that counts, wherever it is kept."""
        self._unasked.pop(account, None)
        if self._discretion is not None and self._discretion.owns(state):
            await self._forget_openly(account, now)
            await self._discretion.expect(account, state, data, now)
            return
        if self._discretion is not None:
            await self._discretion.forget(account, now)
        async with self._database.transaction() as tx:
            await expectations.put(tx, account, state, data, now)

    async def forget(self, account: Account, now: datetime, source: str = "") -> None:
        """Nothing is awaited any more; `source` is the update that ended it, should it have to be handled again."""
        if account in self._unasked:
            return
        if self._discretion is not None:
            await self._discretion.forget(account, now, source)
        await self._forget_openly(account, now, source)
        if len(self._unasked) >= MOST_REMEMBERED:
            self._unasked.clear()
        self._unasked[account] = source

    async def _forget_openly(self, account: Account, now: datetime, source: str = "") -> None:
        async with self._database.read() as reader:
            if await expectations.get(reader, account, now) is None:
                return
        async with self._database.transaction() as tx:
            if source:
                await expectations.end(tx, account, source, now)
            else:
                await expectations.clear(tx, account)

    async def send_later(
        self,
        key: str,
        account: Account,
        screen: Screen,
        now: datetime,
        *,
        wait: timedelta,
        uncertain: bool,
        discreet: bool = False,
    ) -> None:
        """A direct answer that did not get through becomes a promise; `uncertain` marks it as a possible repeat."""
        if discreet and self._discretion is not None:
            await self._discretion.send_later(key, account, screen, now, wait=wait, uncertain=uncertain)
            return
        async with self._database.transaction() as tx:
            await outbox.promise(
                tx,
                now,
                [
                    outbox.Promise(
                        key,
                        outbox.to_chat(account.chat_id),
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
        sender = _writes_in_private(raw)
        if sender is not None:  # nobody knows what it was about; perhaps it was for the hotline
            apology, key = Screen(words.APOLOGY), f"apology:{update_id}"
            await self.send_later(key, sender, apology, now, wait=timedelta(0), uncertain=False, discreet=True)

    async def migrated(self, old: int, new: int, now: datetime) -> None:
        async with self._database.transaction() as tx:
            await recipients.migrate_chat(tx, old, new, now)


def _writes_in_private(raw: dict[str, Any] | None) -> Account | None:
    message = (raw or {}).get("message") or {}
    chat, sender = message.get("chat") or {}, message.get("from") or {}
    if chat.get("type") != "private" or not isinstance(chat.get("id"), int):
        return None
    user_id = sender.get("id", chat["id"])
    return Account(PLATFORM, user_id, chat["id"]) if isinstance(user_id, int) else None
