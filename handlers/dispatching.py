"""From an update to the feature that handles it.

Taps find their handler by prefix in a dictionary. aiogram runs `F` and synchronous filters through threads: fifty filters
that do not match cost fifty-five times a bare dispatch, so there are none in front of a tap.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Bot, Dispatcher, Router
from aiogram.types import ChatMemberUpdated, Message

from bot.delivery.messenger import Messenger
from bot.domain.errors import DomainError
from bot.domain.people import Account
from bot.services.all import Services
from bot.services.hotline.discretion import Discretion
from bot.texts.hotline_desk import OPENED_IN_PRIVATE
from handlers import errors
from handlers.feature import Command, Feature, Taker
from handlers.spoken import Spoken
from handlers.turn import Turn
from storage.expectations import Expectation

log = logging.getLogger(__name__)

PLATFORM = "tg"
KEPT_OUT = ("left", "kicked")


class Conversationalist:
    """Finds the feature for every update and gives it a `Turn`."""

    def __init__(
        self,
        features: Sequence[Feature],
        services: Services,
        messenger: Messenger,
        clock: Callable[[], datetime],
        zone: ZoneInfo,
        wake_sender: Callable[[], None],
    ) -> None:
        self._services = services
        self._messenger = messenger
        self._clock = clock
        self._zone = zone
        self._wake_sender = wake_sender
        self._taps = _merge(dict(f.taps.items()) for f in features)
        self._group_taps = _merge(dict(f.group_taps.items()) for f in features)
        self._inputs = _merge(dict(f.inputs.items()) for f in features)
        self._spoken = Spoken([command for feature in features for command in feature.commands])
        self._brief = frozenset(state for feature in features for state in feature.brief)
        self._unsigned = frozenset(state for feature in features for state in feature.unsigned)
        self._takes_files = frozenset(state for feature in features for state in feature.takes_files)
        self._media = [feature.media for feature in features if feature.media]
        self._group = [feature.group for feature in features if feature.group]
        self._text = [feature.text for feature in features if feature.text]
        self._edited = [feature.edited for feature in features if feature.edited]

    def create_router(self) -> Router:
        router = Router(name="conversation")
        router.message.register(self.on_message)
        router.edited_message.register(self.on_edited)
        router.my_chat_member.register(self.on_membership)
        return router

    async def on_tap(self, tap: Mapping[str, Any]) -> None:
        """A raw `callback_query`. A tap is a few ids, and most updates are taps, so they skip the framework's models
        and dispatch: a fifth of the whole cost of a tap (`make bench`)."""
        message, user_id = tap.get("message") or {}, tap["from"]["id"]
        chat = message.get("chat") or {"id": user_id, "type": "private"}
        prefix, *fields = (tap.get("data") or "").split(":")
        turn = await self._turn(
            f"tap:{tap['id']}",
            user_id,
            chat["id"],
            tap_id=tap["id"],
            card_id=message.get("message_id"),
            private=chat["type"] == "private",
            thread_id=message.get("message_thread_id") if message.get("is_topic_message") else None,
        )
        if not turn.private and not await self._is_for_group(prefix, turn):
            turn = await self._to_private(turn)
        handler = self._taps.get(prefix)
        try:
            shown_at = datetime.fromtimestamp(message.get("edit_date") or message.get("date") or 0, UTC)
            if handler is None or await self._services.conversation.is_of_lost_time(shown_at):
                await errors.stale_button(turn)
            else:
                await handler(turn, fields)
        except (DomainError, errors.BadButton) as error:
            await errors.explain(turn, error)
        finally:
            await turn.toast("")  # whatever happened, the clock on the button stops
            self._wake_sender()

    async def on_message(self, message: Message) -> None:
        if message.migrate_to_chat_id is not None:
            await self._services.conversation.migrated(message.chat.id, message.migrate_to_chat_id, self._clock())
            return
        if message.from_user is None or message.from_user.is_bot:
            return
        turn = await self._turn(
            f"msg:{message.chat.id}:{message.message_id}",
            message.from_user.id,
            message.chat.id,
            message=message,
            private=message.chat.type == "private",
            thread_id=message.message_thread_id if message.is_topic_message else None,
        )
        try:
            if turn.private:
                await self._private_message(turn)
            else:
                await _offer(self._group, turn)
        except DomainError as error:
            await errors.explain(turn, error)
        finally:
            self._wake_sender()

    async def on_edited(self, message: Message) -> None:
        if message.from_user is None or message.chat.type != "private":
            return
        turn = await self._turn(
            f"edit:{message.chat.id}:{message.message_id}:{message.edit_date}",
            message.from_user.id,
            message.chat.id,
            message=message,
        )
        try:
            await _offer(self._edited, turn)
        except DomainError as error:
            await errors.explain(turn, error)
        finally:
            self._wake_sender()

    async def on_membership(self, change: ChatMemberUpdated) -> None:
        status = change.new_chat_member.status
        if status in KEPT_OUT:
            await self._services.conversation.lost(change.chat.id, status, self._clock())
        else:
            await self._services.conversation.reached(change.chat.id)

    async def on_quarantine(self, raw: dict[str, Any] | None, update_id: int) -> None:
        """An update could not be handled: the coordinators learn it, and its sender is not left in silence."""
        await self._services.conversation.set_aside(raw, update_id, self._clock())
        self._wake_sender()

    async def _private_message(self, turn: Turn) -> None:
        assert turn.message is not None
        media = bool(turn.message.photo or turn.message.document or turn.message.voice or turn.message.video)
        command, rest = self._spoken.alone(turn.actor, turn.text)
        expected = None
        if command is None:
            expected = await self._services.conversation.expectation(turn.actor.account, turn.now, turn.key)
            command, rest = self._spoken.longer(turn.actor, turn.text)
            if command is not None and not self._counts(command, rest, expected):
                command = None
        is_by_name = turn.text.startswith("/")  # whoever picks it from the menu means it
        if command is not None and command.signed and not is_by_name and await self._is_writing_unsigned(turn):
            await errors.signed_or_not(turn)
            return
        if command is not None:
            await turn.forget()
            await command.handle(turn, rest)
            if media and command.with_photo:
                await _offer(self._media, turn)
            return
        awaited = self._inputs.get(expected.state) if expected is not None else None
        taken = False
        if media and (expected is None or expected.state not in self._takes_files):
            taken = await _offer(
                self._media, turn
            )  # words are awaited: a photo that comes instead is kept all the same
            if taken and not turn.text:
                return
        if expected is not None and awaited is not None and await awaited(turn, expected.data) is not False:
            return
        understood = await _offer(self._text if taken or not media else self._media, turn)
        if not understood and not taken:
            await errors.not_understood(turn)

    async def _is_for_group(self, prefix: str, turn: Turn) -> bool:
        return prefix in self._group_taps and await self._group_taps[prefix](turn)

    async def _to_private(self, turn: Turn) -> Turn:
        """Whatever a button in a group opens goes to the one who tapped it: names, files and cases are not for all there."""
        await turn.toast(OPENED_IN_PRIVATE)
        user_id = turn.actor.account.user_id
        return await self._turn(turn.key, user_id, user_id)

    def _counts(self, command: Command, rest: str, expected: Expectation | None) -> bool:
        """Whether the beginning of a message is a command at all: not of what somebody was asked to write, least of all
        to the hotline, where it would be lost, or go out under their name."""
        if expected is None or expected.state in self._brief:
            return True
        return not Discretion.owns(expected.state) and command.breaks_in is not None and command.breaks_in(rest)

    async def _is_writing_unsigned(self, turn: Turn) -> bool:
        """Something for the hotline is begun and not sent, or words for it are awaited: «срочно» may be the first of them."""
        expected = await self._services.conversation.expectation(turn.actor.account, turn.now, turn.key)
        if expected is not None and expected.state in self._unsigned:
            return True
        return await self._services.hotline.intake.draft(turn.actor.account, turn.now) is not None

    async def _turn(self, key: str, user_id: int, chat_id: int, **fields: Any) -> Turn:
        account = Account(PLATFORM, user_id, chat_id)
        actor, was_lost = await self._services.enrolment.actor(account)
        if was_lost and fields.get("private", True):
            await self._services.conversation.reached(chat_id)
        return Turn(
            self._services, self._messenger, self._wake_sender, actor, self._clock(), self._zone, key, chat_id, **fields
        )


def create_handle(conversationalist: Conversationalist, token: str) -> Callable[[dict[str, Any]], Awaitable[None]]:
    """What handles one raw update; whatever a handler raises comes through.

    aiogram's state machine is off: what is awaited is kept in our own table (rules FSM1). Its bot is there for models to
    be bound to; every call to the messenger goes through our own client.
    """
    dispatcher, bot = Dispatcher(disable_fsm=True), Bot(token)
    dispatcher.include_router(conversationalist.create_router())

    async def handle(raw: dict[str, Any]) -> None:
        if tap := raw.get("callback_query"):
            await conversationalist.on_tap(tap)
        else:
            await dispatcher.feed_raw_update(bot, raw)

    return handle


async def _offer(takers: Sequence[Taker], turn: Turn) -> bool:
    for taker in takers:
        if await taker(turn):
            return True
    return False


def _merge(parts: Any) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for part in parts:
        twice = merged.keys() & part.keys()
        assert not twice, f"two features listen to {twice}"
        merged |= part
    return merged
