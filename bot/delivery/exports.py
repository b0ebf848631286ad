"""Makes ordered files, two at once, and sends them; a supervised loop beside the sender."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.botapi import BotApiError, BotApiUnsure
from bot.delivery.export_progress import Progress
from bot.delivery.messenger import Messenger
from bot.delivery.outcome import Kind, classify
from bot.delivery.persistently import persistently
from bot.domain.errors import DomainError
from bot.domain.export import ExportedFile, ExportFailed
from bot.domain.screen import Screen
from bot.screens import export as screens
from bot.services.exporting import Exporting
from bot.texts import errors as error_words
from storage.export_jobs import Job
from storage.sqlite import TRANSIENT

log = logging.getLogger(__name__)

IDLE_SECONDS = 30.0
PATIENCE_SECONDS = 10.0  # a pause this short is waited for with the file in hand
SEND_TRIES = 3
PAUSES = (10, 30, 60, 120, 300)  # seconds, while there is no connection


@dataclass(frozen=True, slots=True)
class Ending:
    """What becomes of an order: sent or failed with a last word, or queued again for `seconds` from now."""

    state: str
    last_word: Screen | None = None
    error: str = ""
    seconds: float | None = None


class ExportRunner:
    """Runs until cancelled. Orders of an earlier run are made again; two at once, so that a short one need not wait long."""

    def __init__(
        self,
        exporting: Exporting,
        messenger: Messenger,
        clock: Callable[[], datetime],
        wake_sender: Callable[[], None],
        *,
        at_once: int = 2,
    ) -> None:
        self._exporting = exporting
        self._messenger = messenger
        self._clock = clock
        self._wake_sender = wake_sender
        self._free = asyncio.Semaphore(at_once)
        self._working = 0
        self.idle = asyncio.Event()

    def wake(self) -> None:
        self.idle.clear()
        self._exporting.ordered.set()

    async def run(self) -> None:
        given_up = await persistently(lambda: self._exporting.recover(self._clock()))
        async with asyncio.TaskGroup() as group:
            for lost in given_up:
                group.create_task(Progress(self._messenger, self._exporting, lost).end())
            while True:
                self._exporting.ordered.clear()
                await self._free.acquire()
                job = None
                try:
                    job = await self._exporting.claim(self._clock())
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
        """Never raises: no order may end the bot."""
        progress = Progress(self._messenger, self._exporting, job)
        try:
            await self._settle(job, await self._outcome(job, progress), progress)
        except Exception as error:  # the order stays; the next start makes it
            log.error("order %d could not be settled: %s", job.id, type(error).__name__)
        finally:
            self._working -= 1
            self._free.release()
            self._exporting.ordered.set()

    async def _outcome(self, job: Job, progress: Progress) -> Ending:
        try:
            file = await self._make(job, progress)
            if not await persistently(lambda: self._exporting.still_wanted(job)):
                return Ending("cancelled")
            return await self._send(job, file)
        except DomainError as error:
            return Ending("failed", screens.said(error_words.text(error)), type(error).__name__)
        except TRANSIENT as error:
            log.warning("order %d waits for the database: %s", job.id, error)
            return Ending("queued")
        except Exception as error:
            log.error("order %d failed: %s", job.id, type(error).__name__)
            return Ending("failed", screens.said(error_words.text(ExportFailed())), type(error).__name__)

    async def _make(self, job: Job, progress: Progress) -> ExportedFile:
        """Raises what the making raises, not a group of it."""
        failure: Exception | None = None
        async with asyncio.TaskGroup() as group:
            ticking = group.create_task(progress.tick())
            try:
                file = await self._exporting.make(job, self._clock(), progress.percent, await self._link())
            except Exception as error:
                failure = error
            ticking.cancel()
        if failure is not None:
            raise failure
        return file

    async def _link(self) -> str:
        """The beginning of links into the bot; «» while its name cannot be asked: a file without links is a file."""
        try:
            return await self._messenger.link("")
        except (BotApiError, BotApiUnsure):
            return ""

    async def _send(self, job: Job, file: ExportedFile) -> Ending:
        if file.content is None:
            return Ending("sent", screens.kept(file))
        tries = 0
        while True:
            tries += 1
            try:
                await self._messenger.send_document(
                    job.account.chat_id, file.name, file.content, screens.caption(file), rows=screens.under_file()
                )
                return Ending("sent")
            except (BotApiError, BotApiUnsure) as error:
                outcome = classify(error)
                log.warning("the file of order %d: %s", job.id, error)
                match outcome.kind:
                    case Kind.PAUSE if outcome.seconds <= PATIENCE_SECONDS and tries < SEND_TRIES:
                        await asyncio.sleep(outcome.seconds)
                    case Kind.PAUSE:
                        return Ending("queued", seconds=outcome.seconds)
                    case Kind.NOT_SENT | Kind.TOKEN:
                        return Ending("queued")
                    case Kind.UNSURE:  # a second copy would only confuse
                        return Ending("failed", screens.perhaps_sent(), "unsure")
                    case _:
                        return Ending("failed", screens.not_sent(), "not sent")

    async def _settle(self, job: Job, ending: Ending, progress: Progress) -> None:
        """Stored however long the database takes; the last word is promised with it."""
        if ending.state == "queued":
            seconds = PAUSES[min(job.postponed, len(PAUSES) - 1)] if ending.seconds is None else ending.seconds
            until = self._clock() + timedelta(seconds=seconds)
            if await persistently(lambda: self._exporting.postpone(job, until)):
                asyncio.get_running_loop().call_later(seconds, self._exporting.ordered.set)
                await progress.show(screens.delayed(job.id))
                return
        elif await persistently(
            lambda: self._exporting.finished(job, ending.state, self._clock(), ending.error, ending.last_word)
        ):
            self._wake_sender()
            await progress.end()
            return
        await progress.cancelled()
