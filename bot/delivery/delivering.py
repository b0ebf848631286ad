"""One claimed message: who, what, send, and what came of it (table "Send outcomes" of the reliability design)."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from html import unescape
from re import sub
from typing import Any, TypeVar

from bot.botapi import BotApiError, BotApiUnsure
from bot.delivery.destination import Destination
from bot.delivery.messenger import Messenger
from bot.delivery.outcome import Kind, classify
from bot.delivery.pace import Pace
from bot.delivery.persistently import persistently
from bot.domain.screen import Screen
from bot.texts import delivery as words
from bot.texts.escape import esc
from storage import claims, recipients
from storage.claims import Due
from storage.database import Database, Transaction
from storage.outbox import Priority, Repeat
from storage.sqlite import TRANSIENT

log = logging.getLogger(__name__)

NOT_SENT_PAUSES = (1, 2, 5, 10, 30, 60, 120, 300)
URGENT_PAUSE = 15  # the longest for alerts and answers of the hotline
LINK_PAUSE = 1.0
TOKEN_PAUSE = 30.0
EARLIER_FIRST = 1.0

Render = Callable[[Mapping[str, Any]], Awaitable[Screen | None]]
Resolve = Callable[[str], Awaitable[int | Destination | None]]
Error = BotApiError | BotApiUnsure
T = TypeVar("T")


class CannotBeMade(Exception):
    """The message itself is broken: an unknown renderer, a payload without a screen."""


class Delivery:
    """`deliver` returns when the outcome is stored, however long the database takes; a death before that leaves the claim."""

    def __init__(
        self,
        database: Database,
        messenger: Messenger,
        pace: Pace,
        clock: Callable[[], datetime],
        renderers: Mapping[str, Render],
        resolvers: Mapping[str, Resolve],
    ) -> None:
        self._database = database
        self._messenger = messenger
        self._pace = pace
        self._clock = clock
        self._renderers = dict(renderers)
        self._resolvers = dict(resolvers)
        self.token_refused = False

    async def deliver(self, due: Due) -> float:
        """Returns how many seconds this recipient has to rest."""
        try:
            place = await persistently(lambda: self._resolve(due))
            screen = None if place is None else await persistently(lambda: self._render(due))
        except CannotBeMade as error:
            self._pace.give_back()
            log.error("message %d cannot be made: %s", due.id, error)
            await self._finish(due, "failed", error=str(error))
            return 0.0
        if place is None or screen is None or due.is_late(self._clock()):
            self._pace.give_back()
            if place is None:
                await self._finish(due, "unreachable", error="no account")
            else:
                await self._finish(due, "cancelled", error="nothing to say any more" if screen is None else "too late")
            return 0.0
        if (seconds := self._pace.chat_wait(place.chat_id)) > 0:
            self._pace.give_back()
            await self._put_back(due, 0.0, counts=False)
            return seconds
        earlier = await persistently(lambda: self._earlier(due))
        if earlier is not None and earlier.waits:
            self._pace.give_back()
            await self._put_back(due, EARLIER_FIRST, counts=False)
            return 0.0
        if earlier is not None and earlier.is_repeat and "edits" in due.payload:
            screen = replace(screen, text=f"{screen.text}\n{words.REPEATED}")
        known = earlier.message_id if earlier is not None and earlier.chat_id == place.chat_id else None
        if known is None or "edits" not in due.payload or not await self._edit(due, place, screen, known):
            await self._send(due, place, screen, reply_to=known)
        return self._pace.chat_wait(place.chat_id)

    async def _earlier(self, due: Due) -> claims.Earlier | None:
        key = due.payload.get("edits") or due.payload.get("answers")
        if key is None:
            return None
        async with self._database.read() as reader:
            return await claims.earlier(reader, key)

    async def _edit(self, due: Due, place: Destination, screen: Screen, message_id: int) -> bool:
        """False when the earlier message is gone: to be sent anew."""
        try:
            await self._messenger.edit(place.chat_id, message_id, screen, reserved=True)
        except (BotApiError, BotApiUnsure) as error:
            if classify(error).kind is Kind.REFUSED:
                return False
            await self._settle(due, place, screen, error, "")
            return True
        await self._finish(due, "sent", chat_id=place.chat_id, message_id=message_id)
        return True

    async def _send(
        self, due: Due, place: Destination, screen: Screen, note: str = "", *, reply_to: int | None = None
    ) -> None:
        try:
            message_id = await self._messenger.send(
                place.chat_id, screen, thread_id=place.thread_id, reply_to=reply_to, reserved=True
            )
        except (BotApiError, BotApiUnsure) as error:
            await self._settle(due, place, screen, error, note)
            return
        except (ValueError, TypeError) as error:  # what no request can be made of
            await self._finish(due, "failed", chat_id=place.chat_id, error=type(error).__name__)
            return
        self.token_refused = False
        await self._finish(due, "sent", chat_id=place.chat_id, message_id=message_id, error=note)

    async def _settle(self, due: Due, place: Destination, screen: Screen, error: Error, note: str) -> None:
        outcome = classify(error)
        log.log(logging.INFO if outcome.kind is Kind.PAUSE else logging.WARNING, "message %d: %s", due.id, error)
        match outcome.kind:
            case Kind.PAUSE:  # the messenger has told the pace
                await self._put_back(due, outcome.seconds, counts=False, error=str(error))
            case Kind.NOT_SENT:
                self._pace.freeze(None, LINK_PAUSE)
                await self._put_back(due, _pause(due, due.tries - 1), error=str(error))
            case Kind.UNSURE:
                await self._unsure(due, error)
            case Kind.UNREACHABLE:
                await self._unreachable(due, place.chat_id, error)
            case Kind.MIGRATED if outcome.chat_id is not None:
                await self._migrated(due, place.chat_id, outcome.chat_id)
            case Kind.TOKEN:
                self.token_refused = True
                self._pace.freeze(None, TOKEN_PAUSE)
                await self._put_back(due, TOKEN_PAUSE, counts=False, error=str(error))
            case Kind.NO_THREAD if place.lost is not None and due.tries < 3:
                await place.lost()
                await self._put_back(due, 0.0, error=str(error))
            case Kind.NO_THREAD if place.thread_id is not None:
                await self._send(due, Destination(place.chat_id), screen, note="sent outside of its topic")
            case Kind.BAD_TEXT if not note:
                plain = esc(unescape(sub(r"<[^>]*>", "", screen.text)))
                await self._send(due, place, replace(screen, text=plain), note="sent as plain text")
            case _:
                await self._finish(due, "failed", chat_id=place.chat_id, error=str(error))

    async def _unsure(self, due: Due, error: Error) -> None:
        """Nobody can know whether it arrived, and there is no way to ask."""
        if due.repeat is Repeat.CRITICAL or (due.repeat is Repeat.ORDINARY and due.uncertain == 0):
            await self._put_back(due, _pause(due, due.uncertain), uncertain=True, error=str(error))
        else:
            await self._finish(due, "uncertain", error=str(error), uncertain=True)

    async def _unreachable(self, due: Due, chat_id: int, error: Error) -> None:
        async def store(tx: Transaction) -> bool:
            if not self._is_sealed(due):
                why = error.description if isinstance(error, BotApiError) else ""
                await recipients.mark_unreachable(tx, chat_id, why, self._clock())
            known_chat = None if self._is_sealed(due) else chat_id
            return await claims.finish(tx, due, self._clock(), "unreachable", chat_id=known_chat, error=str(error))

        await self._store(due, store)

    async def _migrated(self, due: Due, old: int, new: int) -> None:
        async def store(tx: Transaction) -> bool:
            await recipients.migrate_chat(tx, old, new, self._clock())
            return await claims.put_back(tx, due, self._clock(), uncertain=False, counts=False)

        await self._store(due, store)

    async def _put_back(
        self, due: Due, seconds: float, *, uncertain: bool = False, counts: bool = True, error: str = ""
    ) -> None:
        async def store(tx: Transaction) -> bool:
            at = self._clock() + timedelta(seconds=seconds)
            return await claims.put_back(tx, due, at, uncertain=uncertain, counts=counts, error=error)

        await self._store(due, store)

    async def _finish(
        self,
        due: Due,
        state: str,
        *,
        chat_id: int | None = None,
        message_id: int | None = None,
        error: str = "",
        uncertain: bool = False,
    ) -> None:
        known_chat = None if self._is_sealed(due) else chat_id

        async def store(tx: Transaction) -> bool:
            return await claims.finish(
                tx,
                due,
                self._clock(),
                state,
                chat_id=known_chat,
                message_id=message_id,
                error=error,
                uncertain=uncertain,
            )

        await self._store(due, store)

    async def _store(self, due: Due, change: Callable[[Transaction], Awaitable[bool]]) -> None:
        async def once() -> bool:
            async with self._database.transaction() as tx:
                return await change(tx)

        if not await persistently(once):
            log.error("message %d was taken over by another instance; its outcome here is not stored", due.id)

    def _is_sealed(self, due: Due) -> bool:
        """Somebody found by a resolver is known to no table: their chat must not appear in this one either."""
        return due.recipient.partition(":")[0] in self._resolvers

    async def _resolve(self, due: Due) -> Destination | None:
        kind, _, value = due.recipient.partition(":")
        if kind in self._resolvers:
            found = await _guarded(self._resolvers[kind](value))
        elif not value.lstrip("-").isdigit() or kind not in ("person", "chat"):
            raise CannotBeMade("unknown recipient")
        else:
            async with self._database.read() as reader:
                find = recipients.chat_of_person if kind == "person" else recipients.current_chat
                found = await find(reader, int(value))
        return Destination(found, due.payload.get("thread")) if isinstance(found, int) else found

    async def _render(self, due: Due) -> Screen | None:
        kind = due.payload.get("render")
        if kind is not None and kind not in self._renderers:
            raise CannotBeMade("unknown renderer")
        try:
            screen = (
                await _guarded(self._renderers[kind](due.payload)) if kind else Screen.from_json(due.payload["screen"])
            )
        except (KeyError, TypeError, ValueError) as error:
            raise CannotBeMade(type(error).__name__) from None
        if screen is not None and due.uncertain and "edits" not in due.payload:
            screen = replace(screen, text=f"{screen.text}\n{words.REPEATED}")
        return screen


def _pause(due: Due, times: int) -> int:
    seconds = NOT_SENT_PAUSES[min(max(times, 0), len(NOT_SENT_PAUSES) - 1)]
    return min(seconds, URGENT_PAUSE) if due.priority <= Priority.HOTLINE else seconds


async def _guarded(work: Awaitable[T]) -> T:
    """Only the database's own trouble is worth another try; anything else would fail for ever."""
    try:
        return await work
    except TRANSIENT:
        raise
    except Exception as error:
        raise CannotBeMade(type(error).__name__) from error
