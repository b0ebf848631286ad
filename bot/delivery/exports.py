"""Makes ordered files one after the other and sends them; a supervised loop beside the sender."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import datetime

from bot.botapi import BotApiError, BotApiUnsure
from bot.delivery.messenger import Messenger
from bot.domain.errors import DomainError
from bot.domain.export import ExportedFile, ExportFailed
from bot.domain.screen import Screen
from bot.screens import export as screens
from bot.services.exporting import Exporting
from bot.texts import errors as error_words
from storage.export_jobs import Job
from storage.sqlite import TRANSIENT

log = logging.getLogger(__name__)

QUIET_SECONDS = 1.5  # a file that is ready sooner needs no card of progress
STEP_SECONDS = 3.0
IDLE_SECONDS = 30.0
SEND_TRIES = 3


class ExportRunner:
    """Runs until cancelled. Orders of an earlier run are made again; two at once, so that a short one need not wait long."""

    def __init__(
        self, exporting: Exporting, messenger: Messenger, clock: Callable[[], datetime], *, at_once: int = 2
    ) -> None:
        self._exporting = exporting
        self._messenger = messenger
        self._clock = clock
        self._free = asyncio.Semaphore(at_once)
        self._working = 0
        self.idle = asyncio.Event()

    def wake(self) -> None:
        self.idle.clear()
        self._exporting.ordered.set()

    async def run(self) -> None:
        await self._exporting.recover(self._clock())
        async with asyncio.TaskGroup() as group:
            while True:
                self._exporting.ordered.clear()
                await self._free.acquire()
                job = None
                try:
                    job = await self._exporting.claim()
                except TRANSIENT as error:
                    log.warning("orders wait for the database: %s", error)
                if job is not None:
                    self.idle.clear()
                    self._working += 1
                    group.create_task(self._fulfil(job))
                    continue
                self._free.release()
                if self._working == 0:
                    self.idle.set()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(IDLE_SECONDS):  # `wait_for` of Python 3.11 may swallow a cancellation
                        await self._exporting.ordered.wait()

    async def _fulfil(self, job: Job) -> None:
        progress = Progress(self._messenger, self._exporting, job)
        try:
            await self._make_and_send(job, progress)
        except DomainError as error:
            text = error_words.text(error)
            if await self._exporting.finished(job, "failed", self._clock(), type(error).__name__):
                await progress.end(screens.said(text))
            else:
                await progress.end(screens.cancelled())
        except TRANSIENT as error:  # the order stays; the next start makes it
            log.error("order %d could not be settled: %s", job.id, error)
        except Exception as error:
            log.error("order %d failed: %s", job.id, type(error).__name__)
            if await self._exporting.finished(job, "failed", self._clock(), type(error).__name__):
                await progress.end(screens.said(error_words.text(ExportFailed())))
        finally:
            progress.stop()
            self._working -= 1
            self._free.release()
            self._exporting.ordered.set()

    async def _make_and_send(self, job: Job, progress: "Progress") -> None:
        async with asyncio.TaskGroup() as group:
            ticking = group.create_task(progress.tick())
            try:
                file = await self._exporting.make(job, self._clock(), progress.percent, await self._link())
            except DomainError as error:
                failure: DomainError | None = error
            else:
                failure = None
            ticking.cancel()
        if failure is not None:
            raise failure
        if not await self._exporting.still_wanted(job):
            await progress.end(screens.cancelled())
            return
        if file.content is None:
            await self._exporting.finished(job, "sent", self._clock())
            await progress.end(screens.kept(file))
            return
        await self._send(job, file, progress)

    async def _link(self) -> str:
        """The beginning of links into the bot; «» while its name cannot be asked: a file without links is a file."""
        try:
            return await self._messenger.link("")
        except (BotApiError, BotApiUnsure):
            return ""

    async def _send(self, job: Job, file: ExportedFile, progress: "Progress") -> None:
        assert file.content is not None
        for attempt in range(1, SEND_TRIES + 1):
            try:
                await self._messenger.send_document(
                    job.account.chat_id, file.name, file.content, screens.caption(file), rows=screens.under_file()
                )
            except BotApiError as error:
                if error.retry_after is None or attempt == SEND_TRIES:
                    break
                await asyncio.sleep(error.retry_after)
            except BotApiUnsure:
                break  # it may have arrived; a second copy would only confuse
            else:
                await self._exporting.finished(job, "sent", self._clock())
                await progress.end(None)
                return
        if await self._exporting.finished(job, "failed", self._clock(), "not sent"):
            await progress.end(screens.not_sent())


class Progress:
    """One message «Готовлю файл… 40 %» with a button that ends it; it never fails for the messenger's sake."""

    def __init__(self, messenger: Messenger, exporting: Exporting, job: Job) -> None:
        self._messenger = messenger
        self._exporting = exporting
        self._job = job
        self._percent = 0
        self._told = -1
        self._card_id = job.card_id
        self._over = False

    async def percent(self, value: int) -> None:
        self._percent = value

    def stop(self) -> None:
        self._over = True

    async def tick(self) -> None:
        """Show the percentage from time to time, until cancelled."""
        await asyncio.sleep(QUIET_SECONDS)
        while True:
            if self._percent != self._told:
                self._told = self._percent
                await self._show()
            await asyncio.sleep(STEP_SECONDS)

    async def end(self, screen: Screen | None) -> None:
        """The last word about the order; None: the file itself is the last word, and the card goes."""
        chat_id = self._job.account.chat_id
        try:
            if screen is None:
                if self._card_id is not None:
                    await self._messenger.delete(chat_id, [self._card_id])
            elif self._card_id is not None:
                await self._messenger.edit(chat_id, self._card_id, screen)
            else:
                await self._messenger.send(chat_id, screen)
        except (BotApiError, BotApiUnsure) as error:
            log.warning("the end of order %d was not told: %s", self._job.id, error)

    async def _show(self) -> None:
        screen = screens.progress(self._job.id, self._percent)
        try:
            if self._card_id is None:
                self._card_id = await self._messenger.send(self._job.account.chat_id, screen)
                await self._exporting.shown(self._job, self._card_id)
            else:
                await self._messenger.edit(self._job.account.chat_id, self._card_id, screen)
        except (BotApiError, BotApiUnsure) as error:
            log.warning("the progress of order %d was not shown: %s", self._job.id, error)
