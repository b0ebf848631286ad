"""What the hotline needs of the messenger besides messages: files, topics, and texts taken off the screen in time."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.botapi import BotApi, BotApiError, BotApiUnsure
from bot.delivery.destination import Destination
from bot.delivery.outcome import Kind, classify
from bot.delivery.topics import Topics
from bot.disk import Disk
from bot.domain.hotline.case import FileKind
from bot.domain.hotline.draft import MAX_FILE_BYTES
from bot.domain.photo import NotAPicture
from bot.pictures.stripping import strip
from bot.services.hotline.all import Hotline
from bot.services.hotline.attachments import Wanted

log = logging.getLogger(__name__)

LOOKS_EVERY = timedelta(days=1)
WHILE_DELETABLE = 48 * 30  # tries, one each two minutes: a message of a bot can be deleted for 48 hours
TOO_LARGE = "file is too big"


class HotlineEdge:
    """Wired by the composition root: `resolvers()` for the sender, `deletions()` and `works()` for loops of the schedule."""

    def __init__(self, api: BotApi, hotline: Hotline, disk: Disk) -> None:
        self._api = api
        self._hotline = hotline
        self._disk = disk
        self._looked_at: datetime | None = None
        self.topics = Topics(api, hotline.board)

    def resolvers(self) -> dict[str, Callable[[str], Awaitable[int | Destination | None]]]:
        return {"desk": self.topics.resolve}

    def deletions(self) -> dict[str, Callable[[datetime], Awaitable[object]]]:
        """What has to leave the screens in time, however long the files of others take to come."""
        return {"hotline_shown": self.take_off}

    def works(self) -> dict[str, Callable[[datetime], Awaitable[object]]]:
        return {"hotline_files": self.fetch_due, "hotline_group": self.look_at_group}

    async def fetch_due(self, now: datetime) -> int:
        """Fetch what writers attached; returns how many files were looked at.

        When the disk is full, files wait in the messenger: what is left of it belongs to the reports.
        """
        wanted = [] if self._disk.full() else await self._hotline.attachments.wanted(now)
        for one in wanted:
            await self._fetch(one, now)
        return len(wanted)

    async def look_at_group(self, now: datetime) -> list[str]:
        """At the start and every day: can the staff group be used? Coordinators are told what to mend."""
        if self._looked_at is not None and now - self._looked_at < LOOKS_EVERY:
            return []
        self._looked_at = now
        faults = await self.topics.faults()
        if faults:
            log.warning("the staff group cannot be used as it is: %s", ", ".join(faults))
            await self._hotline.tell_group_faults(faults, now)
        return faults

    async def take_off(self, now: datetime) -> int:
        """Delete messages that showed a text to staff for long enough; returns how many are gone.

        One stays on the list until it is deleted, or Telegram says that it cannot be.
        """
        gone = 0
        for chat_id, message_id, tries in await self._hotline.shelf.due(now):
            try:
                await self._api.call("deleteMessage", {"chat_id": chat_id, "message_id": message_id}, timeout=10)
            except BotApiError as error:
                kind = classify(error).kind
                if error.passing or kind is Kind.TOKEN or (kind is Kind.UNREACHABLE and tries < WHILE_DELETABLE):
                    await self._hotline.shelf.later(chat_id, message_id, now)
                    if kind is Kind.TOKEN:  # every other would be refused as well
                        break
                    continue
                log.warning("a shown text could not be deleted: %s", error)
            except BotApiUnsure:
                await self._hotline.shelf.later(chat_id, message_id, now)
                continue
            await self._hotline.shelf.gone(chat_id, message_id)
            gone += 1
        return gone

    async def _fetch(self, wanted: Wanted, now: datetime) -> None:
        attachments = self._hotline.attachments
        try:
            content = await self._download(wanted.reference)
            if wanted.file.kind in (FileKind.PHOTO, FileKind.DOCUMENT):
                content = await self._drawn_anew(wanted, content)
        except NotAPicture as error:
            await attachments.refuse(wanted.file, error.why)
        except BotApiError as error:
            if error.code == 413 or TOO_LARGE in error.description:
                await attachments.refuse(wanted.file, "size")
            else:
                await attachments.not_yet(wanted.file, f"{error.code}", now)
        except BotApiUnsure as error:
            await attachments.not_yet(wanted.file, error.what, now)
        except Exception as error:  # whatever is wrong with one file, the others are fetched
            log.error("a file of the hotline could not be fetched: %s", type(error).__name__)
            await attachments.not_yet(wanted.file, type(error).__name__, now)
        else:
            await attachments.keep(wanted.file, content)

    async def _download(self, reference: str) -> bytes:
        path, expected = await self._api.locate(reference)
        parts = [chunk async for chunk in self._api.download(path, limit=MAX_FILE_BYTES)]
        content = b"".join(parts)
        if expected is not None and expected != len(content):
            raise BotApiUnsure("download", f"{len(content)} of {expected} bytes")
        return content

    async def _drawn_anew(self, wanted: Wanted, content: bytes) -> bytes:
        """Pictures lose their metadata; a document that is no picture stays as it came, and staff are warned."""
        try:
            return await asyncio.to_thread(strip, content)
        except NotAPicture as error:
            if wanted.file.kind is FileKind.DOCUMENT and error.why == "kind":
                return content
            raise
