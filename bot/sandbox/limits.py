"""Telegram's pace of sending: about 30 a second in all, 1 a second in a chat, 20 a minute in a group."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

from bot.sandbox.clock import Clock
from bot.sandbox.errors import too_many_requests

PACED = frozenset(
    {"sendmessage", "sendphoto", "senddocument", "sendvoice", "sendvideo", "sendmediagroup", "copymessage"}
    | {"forwardmessage", "editmessagetext", "editmessagecaption", "editmessagemedia", "editmessagereplymarkup"}
)


@dataclass(slots=True)
class _Bucket:
    level: float
    at: float

    def wait(self, now: float, rate: float, burst: float) -> float:
        """Seconds until one token is there; takes nothing."""
        self.level = min(burst, self.level + (now - self.at) * rate)
        self.at = now
        return max(0.0, (1.0 - self.level) / rate)


class Pace:
    """Off until `strict` is set. A refused call takes nothing from the buckets, so obeying retry_after always helps."""

    overall_rate = 30.0
    overall_burst = 30.0
    chat_rate = 1.0
    chat_burst = 3.0
    group_calls = 20
    group_seconds = 60.0

    def __init__(self, clock: Clock, *, strict: bool = False) -> None:
        self.strict = strict
        self._clock = clock
        self._overall = _Bucket(self.overall_burst, clock.monotonic())
        self._chats: dict[int, _Bucket] = {}
        self._groups: dict[int, deque[float]] = {}

    def check(self, method: str, chat_id: int | None, weight: int = 1) -> None:
        """Raises 429 with retry_after in whole seconds; `weight` is the number of messages of an album."""
        if not self.strict or method not in PACED:
            return
        now = self._clock.monotonic()
        waits = [self._overall.wait(now, self.overall_rate, self.overall_burst)]
        chat = group = None
        if chat_id is not None and chat_id > 0:
            chat = self._chats.setdefault(chat_id, _Bucket(self.chat_burst, now))
            waits.append(chat.wait(now, self.chat_rate, self.chat_burst))
        elif chat_id is not None:
            group = self._groups.setdefault(chat_id, deque())
            while group and group[0] <= now - self.group_seconds:
                group.popleft()
            if len(group) >= self.group_calls:
                waits.append(group[0] + self.group_seconds - now)
        if (longest := max(waits)) > 0:
            raise too_many_requests(max(1, math.ceil(longest)))
        self._overall.level -= weight
        if chat is not None:
            chat.level -= weight
        if group is not None:
            group.extend([now] * weight)
