"""Long polling over the raw client: the offset moves only past what is committed."""

import asyncio
import logging
import time
from typing import Any

from bot.botapi import BotApi, BotApiError, BotApiUnsure, backoff
from bot.intake.health import Health
from bot.intake.receiving import ALLOWED_UPDATES, Receiver, number_of
from storage.sqlite import TRANSIENT

log = logging.getLogger(__name__)

POLL_SECONDS = 25
UNHOOK_SECONDS = 60.0


class Poller:
    """Asks for updates until cancelled. Survives every answer the server can give."""

    def __init__(self, api: BotApi, receiver: Receiver, health: Health, *, poll_seconds: int = POLL_SECONDS) -> None:
        self._api = api
        self._receiver = receiver
        self._health = health
        self._poll_seconds = poll_seconds
        self._offset: int | None = None
        self._unhooked_at = float("-inf")
        self.ready = asyncio.Event()

    async def run(self) -> None:
        failures = 0
        while True:
            self.ready.set()
            try:
                moved = await self._poll(self._poll_seconds if failures == 0 else 0)
            except (BotApiError, BotApiUnsure) as error:
                self._health.failed(error)
                await self._wait_after(error, failures)
            except TRANSIENT as error:  # disk full, locked: nothing was stored, so nothing is confirmed
                log.error("updates could not be stored: %s", error)
                self._health.storage_failed(error)
                await backoff(failures, most=5)
            except Exception as error:
                # the class only: the text of an exception may quote an update
                log.error("polling failed: %s", type(error).__name__)
                await backoff(failures)
            else:
                self._health.polled(time.monotonic())
                if moved:
                    failures = 0
                    continue
                await backoff(failures)
            failures += 1

    async def _poll(self, seconds: int) -> bool:
        """One getUpdates; False when the answer held something, but nothing that moves the offset."""
        params: dict[str, Any] = {"timeout": seconds, "limit": 100, "allowed_updates": ALLOWED_UPDATES}
        if self._offset is not None:
            params["offset"] = self._offset
        answer = await self._api.call("getUpdates", params, timeout=seconds + 20)
        if not isinstance(answer, list):
            raise BotApiUnsure("getUpdates", "no list of updates")
        updates = [update for update in answer if isinstance(update, dict)]
        await self._receiver.receive(updates)
        numbers = [number for update in updates if (number := number_of(update)) is not None]
        if numbers:
            self._offset = numbers[-1] + 1
        return bool(numbers) or not answer

    async def _wait_after(self, error: BotApiError | BotApiUnsure, failures: int) -> None:
        if isinstance(error, BotApiError) and error.code == 409 and "webhook" in error.description:
            await self._unhook()
        if isinstance(error, BotApiError) and error.retry_after:
            await asyncio.sleep(error.retry_after)
        else:
            await backoff(failures)

    async def _unhook(self) -> None:
        """A webhook is left over from another way of running, or a thief of the token has set one. Once a minute at most."""
        if time.monotonic() - self._unhooked_at < UNHOOK_SECONDS:
            return
        self._unhooked_at = time.monotonic()
        log.warning("a webhook is set: removing it, pending updates are kept")
        try:
            await self._api.call("deleteWebhook", {"drop_pending_updates": False})
        except (BotApiError, BotApiUnsure) as error:
            log.warning("the webhook could not be removed: %s", error)
