"""Long polling over the raw client: the offset moves only past what is committed."""

import asyncio
import logging
import time

from bot.botapi import BotApi, BotApiError, BotApiUnsure, backoff
from bot.intake.health import Health
from bot.intake.receiving import ALLOWED_UPDATES, Receiver
from storage.sqlite import TRANSIENT

log = logging.getLogger(__name__)

POLL_SECONDS = 25


class Poller:
    """Asks for updates until cancelled. Survives every answer the server can give."""

    def __init__(self, api: BotApi, receiver: Receiver, health: Health, *, poll_seconds: int = POLL_SECONDS) -> None:
        self._api = api
        self._receiver = receiver
        self._health = health
        self._poll_seconds = poll_seconds
        self.ready = asyncio.Event()

    async def run(self) -> None:
        offset: int | None = None
        failures = 0
        while True:
            params = {
                "timeout": self._poll_seconds if failures == 0 else 0,
                "limit": 100,
                "allowed_updates": ALLOWED_UPDATES,
            }
            if offset is not None:
                params["offset"] = offset
            self.ready.set()
            try:
                updates = await self._api.call("getUpdates", params, timeout=self._poll_seconds + 20)
                updates = [update for update in updates if isinstance(update, dict)]
                await self._receiver.receive(updates)
            except (BotApiError, BotApiUnsure) as error:
                failures += 1
                self._health.failed(error)
                pause = getattr(error, "retry_after", None)
                if pause:
                    await asyncio.sleep(pause)
                else:
                    await backoff(failures - 1)
                continue
            except TRANSIENT as error:  # disk full, locked: nothing was stored, so nothing is confirmed
                failures += 1
                log.error("updates could not be stored: %s", error)
                self._health.storage_failed(error)
                await backoff(failures - 1, most=5)
                continue
            failures = 0
            self._health.polled(time.monotonic())
            numbers = [update["update_id"] for update in updates if isinstance(update.get("update_id"), int)]
            if numbers:
                offset = numbers[-1] + 1
