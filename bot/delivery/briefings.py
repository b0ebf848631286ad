"""Puts the live cards and the digests into the chats; called by the schedule, safe to call at any time."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from bot.botapi import BotApiError, BotApiUnsure
from bot.delivery.messenger import Messenger
from bot.delivery.outcome import Kind, classify
from bot.screens import pictures as captions
from bot.screens.briefing import with_way_out
from bot.services.briefing import Briefing, Digest, LiveCard
from bot.services.conversation import Conversation
from bot.services.picturing import Picturing

log = logging.getLogger(__name__)


class Briefings:
    """Cards are silent and pinned; a digest is a picture, or its numbers as text when the picture does not get through."""

    def __init__(
        self, briefing: Briefing, picturing: Picturing, conversation: Conversation, messenger: Messenger
    ) -> None:
        self._briefing = briefing
        self._picturing = picturing
        self._conversation = conversation
        self._messenger = messenger

    async def refresh(self, now: datetime) -> None:
        """Live cards."""
        for card in await self._briefing.live_cards(now):
            try:
                await self._show(card, now)
            except (BotApiError, BotApiUnsure) as error:
                if classify(error).kind is Kind.UNREACHABLE:
                    await self._conversation.lost(card.account.chat_id, str(error), now)
                else:
                    log.warning("a live card was not shown: %s", error)

    async def send_digests(self, now: datetime) -> None:
        """Digests whose hour has come; the round ends when the messenger cannot be reached at all."""
        await self._briefing.plan_digests(now)
        while (digest := await self._briefing.claim(now)) is not None:
            if not await self._send(digest, now):
                return

    async def _show(self, card: LiveCard, now: datetime) -> None:
        if card.message_id is not None:
            try:
                await self._messenger.edit(card.account.chat_id, card.message_id, card.screen)
            except BotApiError as error:
                if classify(error).kind is not Kind.REFUSED:
                    raise
                log.info("a live card could not be edited and is sent anew: %s", error)
            else:
                await self._briefing.shown(card, card.message_id, now)
                return
        chat_id = card.account.chat_id
        try:
            message_id = await self._messenger.send(chat_id, replace(card.screen, silent=True))
        except BotApiUnsure as error:
            if error.sent:
                await self._briefing.perhaps_shown(card, now)
            raise
        await self._briefing.shown(card, message_id, now)
        for old in (*card.stale, *([card.message_id] if card.message_id else [])):
            await self._pin(chat_id, old, pinned=False)
        await self._pin(chat_id, message_id)

    async def _send(self, digest: Digest, now: datetime) -> bool:
        """False when it is of no use to try the next one now."""
        picture = await self._picturing.of(digest.scope, digest.period, now)
        zone, due = self._picturing.zone, digest.due
        day = now.astimezone(zone).date()
        screen = captions.digest(picture.summary, day, zone, repeat=due.repeat, in_group=digest.in_group)
        screen = with_way_out(screen, in_group=digest.in_group)
        try:
            await self._messenger.send_photo(digest.chat_id, picture.content, screen)
        except (BotApiError, BotApiUnsure) as error:
            outcome = classify(error)
            log.warning("digest %s: %s", digest.due.recipient, error)
            match outcome.kind:
                case Kind.PAUSE | Kind.NOT_SENT | Kind.TOKEN:
                    await self._briefing.postponed(digest, now, timedelta(seconds=outcome.seconds))
                    return outcome.kind is Kind.PAUSE
                case Kind.UNREACHABLE:
                    await self._conversation.lost(digest.chat_id, str(error), now)
                    await self._briefing.given_up(digest, "cannot be written to", now)
                    return True
                case Kind.MIGRATED if outcome.chat_id is not None:
                    await self._conversation.migrated(digest.chat_id, outcome.chat_id, now)
            text = screen if digest.in_group else captions.without_picture(screen)
            await self._briefing.told_later(digest, picture.summary, text, now, uncertain=outcome.kind is Kind.UNSURE)
            return True
        await self._briefing.sent(digest, picture.summary, now)
        return True

    async def _pin(self, chat_id: int, message_id: int, *, pinned: bool = True) -> None:
        """Without a sound. A card that is not pinned is still a card."""
        method = "pinChatMessage" if pinned else "unpinChatMessage"
        params = {"chat_id": chat_id, "message_id": message_id} | ({"disable_notification": True} if pinned else {})
        try:
            await self._messenger.api.call(method, params)
        except (BotApiError, BotApiUnsure) as error:
            log.info("%s: %s", method, error)
