"""The messenger's limits as token buckets: overall, per chat, per group (rules OUT3, LIM)."""

import time
from collections.abc import Callable

OVERALL_PER_SECOND = 25.0
# The messenger allows a chat 1 a second and counts arrivals, so a little less is kept for what the way there shifts.
CHAT_PER_SECOND, CHAT_BURST = 0.95, 2.7
GROUP_PER_MINUTE = 20.0
# Direct answers never wait here, so the paced ones leave them this much of the overall rate.
ROOM_FOR_ANSWERS = 3.0
# However many direct answers there are, so much of the paced goes out: an alarm must not wait for a lull.
PACED_PER_SECOND_AT_LEAST = 4.0
ROUNDING = 1e-6


class Bucket:
    """`rate` tokens a second, at most `burst` saved up; may go below zero when a direct answer takes without asking."""

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self._rate = rate
        self._burst = burst
        self._tokens = burst
        self._at = now

    def wait(self, now: float) -> float:
        """Seconds until one token is there; 0 when it is there now."""
        self._refill(now)
        return 0.0 if self._tokens >= 1 - ROUNDING else (1 - self._tokens) / self._rate

    def take(self, now: float) -> None:
        self._refill(now)
        self._tokens = max(self._tokens - 1, -self._burst)

    def give_back(self, now: float) -> None:
        self._refill(now)
        self._tokens = min(self._burst, self._tokens + 1)

    def available(self, now: float) -> int:
        self._refill(now)
        return max(0, int(self._tokens + ROUNDING))

    def full(self, now: float) -> bool:
        self._refill(now)
        return self._tokens >= self._burst

    def _refill(self, now: float) -> None:
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now


class Pace:
    """Who may be written to now, and if not, how long to wait. A 429 freezes one chat, or everything."""

    def __init__(
        self, monotonic: Callable[[], float] = time.monotonic, *, overall_per_second: float = OVERALL_PER_SECOND
    ) -> None:
        self._now = monotonic
        self._overall = Bucket(overall_per_second, ROOM_FOR_ANSWERS, monotonic())
        self._at_least = Bucket(PACED_PER_SECOND_AT_LEAST, PACED_PER_SECOND_AT_LEAST, monotonic())
        self._chats: dict[int, Bucket] = {}
        self._frozen: dict[int | None, float] = {}
        self._limited: dict[int, float] = {}

    def wait(self, chat_id: int) -> float:
        """Seconds until a paced message may go to this chat; 0 = now."""
        return max(self.chat_wait(chat_id), self.overall_wait())

    def chat_wait(self, chat_id: int) -> float:
        """Seconds this chat has to rest, whatever the others do."""
        now = self._now()
        return max(self._frozen.get(chat_id, 0.0) - now, self._chat(chat_id, now).wait(now), 0.0)

    def overall_wait(self) -> float:
        """Seconds until anything paced may go out at all."""
        now = self._now()
        room = min(self._overall.wait(now), self._at_least.wait(now))
        return max(self._frozen.get(None, 0.0) - now, room, 0.0)

    def available(self) -> int:
        """How many paced messages may start now."""
        now = self._now()
        return max(self._overall.available(now), self._at_least.available(now))

    def reserve(self, count: int) -> None:
        """Paced messages count against the overall rate when they are claimed."""
        now = self._now()
        for _ in range(count):
            self._overall.take(now)
            self._at_least.take(now)

    def give_back(self) -> None:
        """A reserved message was not sent after all."""
        now = self._now()
        self._overall.give_back(now)
        self._at_least.give_back(now)

    def take(self, chat_id: int, *, reserved: bool = False) -> None:
        """Count a message to this chat; a direct one counts against the overall rate as well."""
        now = self._now()
        if not reserved:
            self._overall.take(now)
        self._chat(chat_id, now).take(now)

    def limited(self, chat_id: int, seconds: float) -> None:
        """A 429 does not say what was too much: one chat pauses; two private chats at the same time mean everything."""
        now = self._now()
        self._limited = {chat: until for chat, until in self._limited.items() if until > now}
        everything = chat_id > 0 and any(chat > 0 and chat != chat_id for chat in self._limited)
        self._limited[chat_id] = now + seconds
        self.freeze(None if everything else chat_id, seconds)

    def freeze(self, chat_id: int | None, seconds: float) -> None:
        """Pause one chat, or (None) everything."""
        now = self._now()
        self._frozen = {chat: until for chat, until in self._frozen.items() if until > now}
        self._frozen[chat_id] = max(self._frozen.get(chat_id, 0.0), self._now() + seconds)

    def _chat(self, chat_id: int, now: float) -> Bucket:
        bucket = self._chats.get(chat_id)
        if bucket is None:
            if len(self._chats) > 5000:
                self._chats = {key: value for key, value in self._chats.items() if not value.full(now)}
            rate, burst = (GROUP_PER_MINUTE / 60, 3.0) if chat_id < 0 else (CHAT_PER_SECOND, CHAT_BURST)
            bucket = self._chats[chat_id] = Bucket(rate, burst, now)
        return bucket
