"""Delivery of updates to a webhook: order within a lane, parallel lanes, retries with growing pauses."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Callable
from typing import Any

import aiohttp

from bot.sandbox.clock import Clock
from bot.sandbox.faults import Faults
from bot.sandbox.updates import Update, UpdateQueue

LONGEST_PAUSE = 60.0
LONGEST_RETRY_AFTER = 3600.0
ANSWER_SECONDS = 60.0


class Courier:
    """One supervised loop. `pace` scales the pauses between retries, so that tests need not wait for minutes.

    First failure: again at once; then 2, 4, 8 … seconds up to one or two minutes; Retry-After is obeyed. A method in
    the body of a 2xx answer is handed to `reply`.
    """

    def __init__(self, updates: UpdateQueue, clock: Clock, faults: Faults) -> None:
        self.pace = 1.0
        self.reply: Callable[[dict[str, Any]], None] = lambda answer: None
        self._updates, self._clock, self._faults = updates, clock, faults
        self._url = ""
        self._secret = ""
        self._generation = 0
        self._connections = 40
        self._slots = asyncio.Semaphore(self._connections)
        self._error = ""
        self._error_at = 0.0
        self._lanes: dict[str, deque[Update]] = {}
        self._busy: set[str] = set()
        self._taken: set[int] = set()

    def open(self, url: str, secret: str, connections: int) -> None:
        self._forget()
        self._url, self._secret, self._connections = url, secret, connections
        self._slots = asyncio.Semaphore(connections)
        self._error, self._error_at = "", 0.0
        self._updates.webhook_active = True
        self._updates.arrived.set()

    def close(self) -> None:
        self._forget()
        self._url = ""
        self._updates.webhook_active = False

    def _forget(self) -> None:
        self._generation += 1
        self._lanes.clear()
        self._busy.clear()
        self._taken.clear()

    def info(self) -> dict[str, Any]:
        """WebhookInfo without the count of pending updates."""
        info: dict[str, Any] = {"url": self._url, "has_custom_certificate": False}
        if self._url:
            info["max_connections"] = self._connections
        if self._error:
            info |= {"last_error_date": int(self._error_at), "last_error_message": self._error}
        return info

    async def run(self) -> None:
        """Serve one webhook after another until cancelled."""
        limit = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        async with aiohttp.ClientSession(timeout=limit) as session, asyncio.TaskGroup() as group:
            while True:
                await self._updates.arrived.wait()
                self._updates.arrived.clear()
                if not self._url:
                    continue
                self._sort_in()
                for lane in [name for name in self._lanes if name not in self._busy]:
                    self._busy.add(lane)
                    group.create_task(self._drain(session, lane, self._generation))

    def _sort_in(self) -> None:
        for update in [*self._updates.take_duplicates(), *self._updates.pending()]:
            if update.fate == "pending" and update.id in self._taken:
                continue
            self._taken.add(update.id)
            hasty = self._faults.happens(self._faults.updates.shuffle)
            lane = f"hasty:{update.id}" if hasty else update.lane
            self._lanes.setdefault(lane, deque()).append(update)

    async def _drain(self, session: aiohttp.ClientSession, lane: str, generation: int) -> None:
        while generation == self._generation and (queue := self._lanes.get(lane)):
            if not await self._hand_over(session, queue[0], generation):
                return
            queue.popleft()
        if generation == self._generation:
            self._lanes.pop(lane, None)
            self._busy.discard(lane)

    async def _hand_over(self, session: aiohttp.ClientSession, update: Update, generation: int) -> bool:
        """False when the webhook was changed meanwhile and the update stays pending."""
        failures, pause = 0, 1.0
        while generation == self._generation:
            if update.fate == "pending" and update.expires_at <= self._clock.seconds():
                self._updates.confirm(update.id, "expired")
                return True
            error, retry_after = await self._post(session, update)
            if not error:
                self._updates.confirm(update.id)
                self._taken.discard(update.id)
                self._updates.arrived.set()
                return True
            self._error, self._error_at = error, self._clock.seconds()
            if failures and not retry_after:
                pause = min(random.uniform(LONGEST_PAUSE, 2 * LONGEST_PAUSE), pause * 2)
            wait = min(retry_after, LONGEST_RETRY_AFTER) or (pause if failures else 0.0)
            failures += 1
            await asyncio.sleep(wait * self.pace)
        return False

    async def _post(self, session: aiohttp.ClientSession, update: Update) -> tuple[str, float]:
        """An error (empty when delivered) and the Retry-After of the answer."""
        headers = {"Content-Type": "application/json"}
        if self._secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._secret
        async with self._slots:
            update.deliveries += 1
            try:
                async with session.post(
                    self._url, data=update.body.encode(errors="backslashreplace"), headers=headers
                ) as answer:
                    if 200 <= answer.status <= 299:
                        await self._take_reply(answer)
                        return "", 0.0
                    after = answer.headers.get("Retry-After", "0")
                    error = f"Wrong response from the webhook: {answer.status} {answer.reason}"
                    return error, float(after) if after.isdigit() else 0.0
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                return f"Connection failed: {type(error).__name__}", 0.0

    async def _take_reply(self, answer: aiohttp.ClientResponse) -> None:
        if answer.content_type == "application/json" and (body := await answer.read()):
            try:
                parsed = await answer.json()
            except ValueError:
                return
            if body and isinstance(parsed, dict) and "method" in parsed:
                self.reply(parsed)
