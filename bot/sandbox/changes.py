"""News of the world: listeners get every event, waiters are woken to look again."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any, TypeVar

Event = dict[str, Any]
Listener = Callable[[Event], None]
T = TypeVar("T")


class Changes:
    """`count` grows with every event, so "did anything happen since" is one comparison."""

    def __init__(self) -> None:
        self.count = 0
        self._listeners: list[Listener] = []
        self._waiters: set[asyncio.Future[None]] = set()

    def publish(self, event: Event) -> None:
        for listener in self._listeners:
            listener(event)
        self.stir()

    def stir(self) -> None:
        """Wake the waiters without an event (a call began or ended, an update was confirmed)."""
        self.count += 1
        if self._waiters:
            waiters, self._waiters = self._waiters, set()
            for waiter in waiters:
                if not waiter.done():
                    waiter.set_result(None)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Returns the function that stops listening."""
        self._listeners.append(listener)

        def stop() -> None:
            with contextlib.suppress(ValueError):
                self._listeners.remove(listener)

        return stop

    async def next(self, timeout: float | None = None) -> bool:
        """Wait for one more change; False when the time is up."""
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            async with asyncio.timeout(timeout):
                await waiter
        except TimeoutError:
            return False
        finally:
            self._waiters.discard(waiter)
        return True

    async def until(self, probe: Callable[[], T | None], timeout: float) -> T | None:
        """The first result of `probe` that is neither None nor False; None when the time is up."""
        deadline = asyncio.get_running_loop().time() + timeout
        while True:
            found = probe()
            if found is not None and found is not False:
                return found
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0 or not await self.next(left):
                return probe() or None
