"""The one sender: claims promised messages, keeps the pace, records each outcome."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from html import unescape
from re import sub
from typing import Any

from bot.botapi import BotApiError, BotApiUnsure
from bot.delivery.messenger import Messenger
from bot.delivery.outcome import Kind, classify
from bot.delivery.pace import Pace
from bot.domain.screen import Screen
from bot.texts import delivery as words
from bot.texts.escape import esc
from storage import claims, outbox, recipients
from storage.clock import from_text, to_text
from storage.database import Database
from storage.sqlite import TRANSIENT

log = logging.getLogger(__name__)

IN_FLIGHT = 16  # round trips of 0.3 s must not halve the pace
IDLE_SECONDS = 5.0
NOT_SENT_PAUSES = (1, 2, 5, 10, 30, 60, 120, 300)
TOKEN_PAUSE = timedelta(seconds=30)

Render = Callable[[Mapping[str, Any]], Awaitable[Screen | None]]
Resolve = Callable[[str], Awaitable[int | None]]


class Sender:
    """Sends until cancelled. `renderers` make the screen of a sealed message at the last moment, by the payload's `render`."""

    def __init__(
        self,
        database: Database,
        messenger: Messenger,
        pace: Pace,
        clock: Callable[[], datetime],
        epoch: int,
        *,
        renderers: Mapping[str, Render] | None = None,
        resolvers: Mapping[str, Resolve] | None = None,
    ) -> None:
        self._database = database
        self._messenger = messenger
        self._pace = pace
        self._clock = clock
        self._epoch = epoch
        self._renderers = dict(renderers or {})
        self._resolvers = dict(resolvers or {})
        self._in_flight = 0
        self._landed = asyncio.Event()
        self._wake = asyncio.Event()
        self.idle = asyncio.Event()

    def wake(self) -> None:
        """A promise was written; do not wait for the next look."""
        self.idle.clear()
        self._wake.set()

    async def recover(self) -> int:
        """At start, before `run`: settle what an earlier run had in hand."""
        async with self._database.transaction() as tx:
            return await claims.recover(tx, self._clock(), self._epoch)

    async def run(self) -> None:
        async with asyncio.TaskGroup() as group:
            while True:
                self._wake.clear()
                try:
                    await self._pause_for_pace()
                    due = await self._claim()
                    if due:
                        for message in due:
                            group.create_task(self._deliver_within_limit(message))
                        continue
                    if self._in_flight == 0:
                        self.idle.set()
                    seconds = await self._until_next()
                except TRANSIENT as error:
                    log.warning("the outbox waits for the database: %s", error)
                    seconds = 1.0
                try:
                    await asyncio.wait_for(self._wake.wait(), seconds)
                except TimeoutError:
                    continue

    async def _pause_for_pace(self) -> None:
        await asyncio.sleep(self._pace.overall_wait())
        while self._in_flight >= IN_FLIGHT:
            self._landed.clear()
            await self._landed.wait()

    async def _claim(self) -> list[claims.Due]:
        async with self._database.read() as reader:
            if (next_at := await claims.next_due_at(reader)) is None or next_at > to_text(self._clock()):
                return []
        limit = min(self._pace.available(), IN_FLIGHT - self._in_flight)
        async with self._database.transaction() as tx:
            due = await claims.claim(tx, self._clock(), self._epoch, max(1, limit))
        self._pace.reserve(len(due))
        self._in_flight += len(due)
        return due

    async def _deliver_within_limit(self, due: claims.Due) -> None:
        try:
            await self._deliver(due)
        except TRANSIENT as error:  # the row stays claimed; the next start settles it
            log.error("the outcome of message %d could not be stored: %s", due.id, error)
        except Exception as error:
            log.error("message %d cannot be made: %s", due.id, type(error).__name__)
            await self._finish(due, "failed", error=type(error).__name__)
        finally:
            self._in_flight -= 1
            self._landed.set()
            self._wake.set()

    async def _until_next(self) -> float:
        async with self._database.read() as reader:
            next_at = await claims.next_due_at(reader)
        if next_at is None:
            return IDLE_SECONDS
        return min(IDLE_SECONDS, max(0.01, (from_text(next_at) - self._clock()).total_seconds()))

    async def _deliver(self, due: claims.Due) -> None:
        chat_id = await self._resolve(due.recipient)
        if chat_id is None:
            await self._finish(due, "unreachable", error="no account")
            return
        seconds = self._pace.wait(chat_id)
        if seconds > 0:
            await self._put_back(due, seconds, counts=False)
            return
        screen = await self._render(due)
        if screen is None:
            await self._finish(due, "cancelled", error="nothing to say any more")
            return
        try:
            message_id = await self._messenger.send(chat_id, screen, thread_id=due.payload.get("thread"), reserved=True)
        except (BotApiError, BotApiUnsure) as error:
            await self._settle(due, chat_id, screen, error)
            return
        await self._finish(due, "sent", chat_id=chat_id, message_id=message_id)

    async def _settle(self, due: claims.Due, chat_id: int, screen: Screen, error: BotApiError | BotApiUnsure) -> None:
        outcome = classify(error)
        if outcome.kind is not Kind.PAUSE:
            log.warning("message %d: %s", due.id, error)
        match outcome.kind:
            case Kind.PAUSE:
                self._pace.freeze(chat_id, outcome.seconds)
                await self._put_back(due, outcome.seconds, counts=False)
            case Kind.NOT_SENT:
                pause = NOT_SENT_PAUSES[min(due.tries, len(NOT_SENT_PAUSES)) - 1]
                await self._put_back(due, pause, error=str(error))
            case Kind.UNSURE:
                await self._unsure(due, error)
            case Kind.UNREACHABLE:
                async with self._database.transaction() as tx:
                    await recipients.mark_unreachable(
                        tx, chat_id, error.description if isinstance(error, BotApiError) else "", self._clock()
                    )
                    await claims.finish(tx, due, self._clock(), "unreachable", chat_id=chat_id, error=str(error))
            case Kind.MIGRATED:
                assert outcome.chat_id is not None
                async with self._database.transaction() as tx:
                    await recipients.migrate_chat(tx, chat_id, outcome.chat_id, self._clock())
                    await claims.put_back(tx, due, self._clock(), uncertain=False, counts=False)
            case Kind.TOKEN:
                self._pace.freeze(None, TOKEN_PAUSE.total_seconds())
                await self._put_back(due, TOKEN_PAUSE.total_seconds(), counts=False, error=str(error))
            case Kind.BAD_TEXT:
                await self._plainly(due, chat_id, screen)
            case Kind.REFUSED:
                await self._finish(due, "failed", chat_id=chat_id, error=str(error))

    async def _unsure(self, due: claims.Due, error: BotApiError | BotApiUnsure) -> None:
        again = due.repeat is outbox.Repeat.CRITICAL or (due.repeat is outbox.Repeat.ORDINARY and due.uncertain == 0)
        async with self._database.transaction() as tx:
            if again:
                pause = timedelta(seconds=NOT_SENT_PAUSES[min(due.uncertain, len(NOT_SENT_PAUSES) - 1)])
                await claims.put_back(tx, due, self._clock() + pause, uncertain=True, error=str(error))
            else:
                await claims.finish(tx, due, self._clock(), "uncertain", error=str(error))

    async def _plainly(self, due: claims.Due, chat_id: int, screen: Screen) -> None:
        plain = unescape(sub(r"<[^>]*>", "", screen.text))
        try:
            message_id = await self._messenger.send(chat_id, Screen(esc(plain), screen.rows))
        except (BotApiError, BotApiUnsure) as error:
            await self._finish(due, "failed", chat_id=chat_id, error=str(error))
            return
        await self._finish(due, "sent", chat_id=chat_id, message_id=message_id, error="sent as plain text")

    async def _resolve(self, recipient: str) -> int | None:
        kind, _, value = recipient.partition(":")
        if kind in self._resolvers:
            return await self._resolvers[kind](value)
        async with self._database.read() as reader:
            if kind == "person":
                return await recipients.chat_of_person(reader, int(value))
            return await recipients.current_chat(reader, int(value))

    async def _render(self, due: claims.Due) -> Screen | None:
        kind = due.payload.get("render")
        screen = await self._renderers[kind](due.payload) if kind else Screen.from_json(due.payload["screen"])
        if screen is not None and due.uncertain:
            screen = Screen(f"{screen.text}\n{words.REPEATED}", screen.rows, screen.protect)
        return screen

    async def _put_back(self, due: claims.Due, seconds: float, *, counts: bool = True, error: str = "") -> None:
        async with self._database.transaction() as tx:
            at = self._clock() + timedelta(seconds=seconds)
            await claims.put_back(tx, due, at, uncertain=False, counts=counts, error=error)

    async def _finish(
        self, due: claims.Due, state: str, *, chat_id: int | None = None, message_id: int | None = None, error: str = ""
    ) -> None:
        async with self._database.transaction() as tx:
            await claims.finish(tx, due, self._clock(), state, chat_id=chat_id, message_id=message_id, error=error)
