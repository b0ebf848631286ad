"""A webhook may deliver a later update first: hold it back for a moment, so that everybody's order is kept (fault B6)."""

import asyncio
import logging
from collections.abc import Callable, Sequence

from storage.inbox import StoredUpdate

log = logging.getLogger(__name__)

HOLD_SECONDS = 2.0


class InOrder:
    """`add` in place of `Lanes.add`. What is held is stored already: a death loses nothing.

    The very first ones are held as well, since nobody knows yet which number comes first.
    """

    def __init__(
        self, hand_on: Callable[[Sequence[StoredUpdate]], None], *, hold_seconds: float = HOLD_SECONDS
    ) -> None:
        self._hand_on = hand_on
        self._hold_seconds = hold_seconds
        self._next: int | None = None
        self._held: dict[int, StoredUpdate] = {}
        self._timer: asyncio.TimerHandle | None = None

    def add(self, updates: Sequence[StoredUpdate]) -> None:
        for update in updates:
            if self._next is not None and update.update_id < self._next:
                log.info("update %d came late", update.update_id)
                self._hand_on([update])
            else:
                self._held[update.update_id] = update
        self._release()

    def _release(self) -> None:
        ready = []
        while self._next is not None and (update := self._held.pop(self._next, None)) is not None:
            ready.append(update)
            self._next += 1
        if ready:
            self._hand_on(ready)
        if not self._held and self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._held and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._hold_seconds, self._give_up)

    def _give_up(self) -> None:
        """The missing one is late, or was never ours: go on from the next that is here."""
        self._timer = None
        if self._held:
            self._next = min(self._held)
            self._release()
