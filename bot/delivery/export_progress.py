"""The one message that tells how far a file on order is."""

import asyncio
import logging

from bot.botapi import BotApiError, BotApiUnsure
from bot.delivery.messenger import Messenger
from bot.domain.screen import Screen
from bot.screens import export as screens
from bot.services.exporting import Exporting
from storage.export_jobs import Job
from storage.sqlite import TRANSIENT

log = logging.getLogger(__name__)

QUIET_SECONDS = 1.5  # a file that is ready sooner needs no card of progress
STEP_SECONDS = 3.0


class Progress:
    """«Готовлю файл… 40 %» with a button that ends it. A courtesy: it fails neither for the messenger nor for the database."""

    def __init__(self, messenger: Messenger, exporting: Exporting, job: Job) -> None:
        self._messenger = messenger
        self._exporting = exporting
        self._job = job
        self._percent = 0
        self._told = -1
        self._card_id = job.card_id

    async def percent(self, value: int) -> None:
        self._percent = value

    async def tick(self) -> None:
        """Show the percentage from time to time, until cancelled."""
        await asyncio.sleep(QUIET_SECONDS)
        while True:
            if self._percent != self._told:
                self._told = self._percent
                await self.show(screens.progress(self._job.id, self._percent))
            await asyncio.sleep(STEP_SECONDS)

    async def show(self, screen: Screen) -> None:
        try:
            if self._card_id is None:
                self._card_id = await self._messenger.send(self._job.account.chat_id, screen)
                await self._exporting.shown(self._job, self._card_id)
            else:
                await self._messenger.edit(self._job.account.chat_id, self._card_id, screen)
        except (BotApiError, BotApiUnsure, *TRANSIENT) as error:
            log.warning("the progress of order %d was not shown: %s", self._job.id, error)

    async def cancelled(self) -> None:
        """Whoever cancelled it has been told by the button; it may stand under another message."""
        if self._card_id is not None:
            await self.show(screens.cancelled())

    async def end(self) -> None:
        """The file, or the last word about it, takes the place of the card."""
        if self._card_id is None:
            return
        try:
            await self._messenger.delete(self._job.account.chat_id, [self._card_id])
        except BotApiUnsure as error:
            log.warning("the card of order %d was left: %s", self._job.id, error)
