"""One turn of a conversation: who acts, where, and how to answer them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.types import Message

from bot.botapi import BotApiError, BotApiUnsure
from bot.delivery.messenger import Messenger
from bot.delivery.outcome import Kind, classify
from bot.domain.people import Actor
from bot.domain.screen import Screen
from bot.services.all import Services


@dataclass(slots=True)
class Turn:
    """Handlers get this and nothing else. `key` names the update: what is made from it is made once."""

    services: Services
    messenger: Messenger
    wake_sender: Callable[[], None]
    actor: Actor
    now: datetime
    zone: ZoneInfo
    key: str
    chat_id: int
    private: bool = True
    thread_id: int | None = None
    message: Message | None = None  # what they wrote or sent
    card_id: int | None = None  # the message whose button they tapped
    tap_id: str | None = None
    discreet: bool = False  # a writer to the hotline: no row of any table may name this chat
    _answers: int = field(default=0)

    @property
    def text(self) -> str:
        """What they typed: message text or caption."""
        return (self.message.text or self.message.caption or "") if self.message else ""

    @property
    def local(self) -> datetime:
        """Now, as the municipality's clocks show it."""
        return self.now.astimezone(self.zone)

    async def show(self, screen: Screen) -> None:
        """A tap turns its own message into the screen, anything else gets a new message at the bottom.

        Never fails for the messenger's sake: what cannot be delivered now becomes a promise in the outbox.
        """
        if self.card_id is None:
            await self.say(screen)
            return
        card_id = self.card_id
        try:
            await asyncio.gather(self._stop_clock(), self.messenger.edit(self.chat_id, card_id, screen))
        except BotApiError as error:
            if classify(error).kind in (Kind.PAUSE, Kind.UNREACHABLE, Kind.TOKEN):
                await self._later(screen, error)
            else:  # too old, deleted, a photo: a fresh card at the bottom
                await self.say(screen)
        except BotApiUnsure as error:
            await self._later(screen, error)

    async def meanwhile(self, screen: Screen) -> None:
        """The tapped card says what is being made. A courtesy: what does not get through now is not promised for later."""
        if self.card_id is None:
            return
        try:
            await asyncio.gather(self._stop_clock(), self.messenger.edit(self.chat_id, self.card_id, screen))
        except (BotApiError, BotApiUnsure):
            return

    async def say(self, screen: Screen) -> None:
        """A new message at the bottom, whatever was tapped."""
        if self.tap_id is not None:
            await self._stop_clock()
        try:
            await self.messenger.send(self.chat_id, screen, thread_id=self.thread_id)
        except (BotApiError, BotApiUnsure) as error:
            await self._later(screen, error)

    async def toast(self, text: str, *, alert: bool = False) -> None:
        """A short word over the chat (at most 200 characters); without a tap, nothing."""
        if self.tap_id is not None:
            tap_id, self.tap_id = self.tap_id, None
            await self.messenger.answer_tap(tap_id, text, alert=alert)

    async def send_file(self, name: str, content: bytes, caption: str = "", *, buttons: Screen | None = None) -> bool:
        """A document; False (and a plain word to the person is up to the caller) when it did not go through."""
        if self.tap_id is not None:
            await self._stop_clock()
        try:
            await self.messenger.send_document(self.chat_id, name, content, caption, rows=buttons)
        except (BotApiError, BotApiUnsure):
            return False
        return True

    async def expect(self, state: str, **data: Any) -> None:
        """The next message here is the answer to this; `data` holds ids only."""
        await self.services.conversation.expect(self.actor.account, state, self.now, **data)

    async def forget(self) -> None:
        """Nothing is expected any more."""
        await self.services.conversation.forget(self.actor.account, self.now, self.key)

    async def _stop_clock(self) -> None:
        if self.tap_id is not None:
            tap_id, self.tap_id = self.tap_id, None
            await self.messenger.answer_tap(tap_id)

    async def _later(self, screen: Screen, error: BotApiError | BotApiUnsure) -> None:
        outcome = classify(error)
        if outcome.kind is Kind.UNREACHABLE:
            await self.services.conversation.lost(self.chat_id, str(error), self.now)
            return
        self._answers += 1
        await self.services.conversation.send_later(
            f"answer:{self.key}:{self._answers}",
            self.actor.account,
            screen,
            self.now,
            wait=timedelta(seconds=outcome.seconds or 1),
            uncertain=outcome.kind is Kind.UNSURE,
            discreet=self.discreet or self.actor.person is None,
        )
        self.wake_sender()
