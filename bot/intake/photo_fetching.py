"""Photos from the messenger to the disk: apart from any handler, with retries, whole or not at all."""

import asyncio
import hashlib
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot.botapi import BotApi, BotApiError, BotApiUnsure
from bot.disk import Disk
from bot.domain.photo import MAX_BYTES, NotAPicture
from bot.durable import put_in_place
from bot.intake.photo_inspecting import IDLE_SECONDS, PhotoInspector
from bot.services.photographing import PhotoFacts, Photographing
from storage.photos import StoredPhoto
from storage.sqlite import TRANSIENT

log = logging.getLogger(__name__)

LOOK_SECONDS = 5.0
TOO_LARGE = "file is too big"


class PhotoFetcher:
    """Runs until cancelled. A death in the middle leaves a temporary file, which the next start removes.

    When the disk is full, photos wait in the messenger: what is left of it belongs to the reports.
    """

    def __init__(
        self, api: BotApi, photographing: Photographing, folder: Path, disk: Disk, clock: Callable[[], datetime]
    ) -> None:
        self._api = api
        self._photographing = photographing
        self._folder = folder
        self._disk = disk
        self._clock = clock
        self._inspector = PhotoInspector()
        self._wake = asyncio.Event()
        self.idle = asyncio.Event()

    def wake(self) -> None:
        """A photo came; do not wait for the next look."""
        self.idle.clear()
        self._wake.set()

    def sweep(self) -> int:
        """Remove what an earlier death left half-written; returns how many files."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        left = list(self._folder.glob("*.part"))
        for path in left:
            path.unlink()
        return len(left)

    async def run(self) -> None:
        try:
            await self._run()
        finally:
            await self._inspector.close()

    async def _run(self) -> None:
        idle_since = 0.0
        while True:
            self._wake.clear()
            try:
                waiting = [] if self._disk.full() else await self._photographing.to_fetch(self._clock())
                for photo in waiting:
                    await self._try(photo)
                if waiting:
                    idle_since = time.monotonic()
                    continue
            except TRANSIENT as error:
                log.warning("photos wait for the database: %s", error)
            if time.monotonic() - idle_since > IDLE_SECONDS:
                await self._inspector.close()
            self.idle.set()
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):  # wait_for may swallow a cancellation (Python 3.11)
                    await self._wake.wait()

    async def _try(self, photo: StoredPhoto) -> None:
        """Whatever is wrong with one photo, the others are fetched, and it is tried again ever less often."""
        try:
            await self._fetch(photo)
        except TRANSIENT:
            raise
        except Exception as error:
            log.error("photo %d could not be fetched: %s", photo.id, type(error).__name__)
            await self._photographing.not_yet(photo, type(error).__name__, self._clock())

    async def _fetch(self, photo: StoredPhoto) -> None:
        part, clean = self._folder / f"{photo.id}.part", self._folder / f"{photo.id}.clean.part"
        try:
            sha256, size = await self._download(photo, part)
            found = await self._inspector.inspect(part, clean)
            name = f"{sha256[:2]}/{sha256}{found.suffix}"
            clean_name = f"{sha256[:2]}/{sha256}.clean{found.clean_suffix}"
            await asyncio.to_thread(put_in_place, clean, self._folder / clean_name)
            await asyncio.to_thread(put_in_place, part, self._folder / name)
        except NotAPicture as error:
            await self._photographing.refuse(photo, error.why, self._clock())
        except BotApiError as error:
            if error.code == 413 or TOO_LARGE in error.description:
                await self._photographing.refuse(photo, "size", self._clock())
            else:
                await self._photographing.not_yet(photo, str(error), self._clock())
        except (BotApiUnsure, OSError) as error:
            await self._photographing.not_yet(photo, type(error).__name__, self._clock())
        else:
            facts = PhotoFacts(
                name,
                sha256,
                size,
                found.mime,
                found.width,
                found.height,
                found.dhash,
                clean_path=clean_name,
                had_place=found.had_place,
            )
            await self._photographing.fetched(photo, facts, self._clock())
        finally:
            part.unlink(missing_ok=True)
            clean.unlink(missing_ok=True)

    async def _download(self, photo: StoredPhoto, part: Path) -> tuple[str, int]:
        path, expected = await self._api.locate(photo.file_id)
        digest, size = hashlib.sha256(), 0
        with part.open("wb") as file:
            async for chunk in self._api.download(path, limit=MAX_BYTES):
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            if expected is not None and expected != size:
                raise BotApiUnsure("download", f"{size} of {expected} bytes")
        return digest.hexdigest(), size
