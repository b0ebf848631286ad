"""The messenger's limits as token buckets, shared by direct answers and the outbox (rules OUT3, LIM).

Direct answers go first: what the outbox sends waits until the overall bucket has recovered from them, apart from a few a
second that keep an alarm from waiting for a lull. Together they stay within the messenger's 30 a second and its burst of
30: at most 25 + 4 a second, and 15 + 3 + 4 at once.
"""

import asyncio
import time
from collections.abc import Callable

OVERALL_PER_SECOND = 25.0
# The messenger allows a chat 1 a second and counts arrivals, so a little less is kept for what the way there shifts.
CHAT_PER_SECOND, CHAT_BURST = 0.95, 2.7
# Any minute counts, so what is saved up and what is earned in a minute are twenty together.
GROUP_PER_MINUTE, GROUP_BURST = 16.8, 3.0
# Direct answers that may go at once; later ones come at the overall rate.
ANSWERS_AT_ONCE = 15.0
# The outbox may start so many at once, all at the overall rate otherwise.
PACED_AT_ONCE = 3.0
# However many direct answers there are, so much of the paced goes out: an alarm must not wait for a lull.
PACED_PER_SECOND_AT_LEAST = 4.0
# A direct answer that would wait longer is better promised: meanwhile others, an alarm among them, are being handled.
LONGEST_WAIT, LONGEST_WAIT_OF_CHAT = 2.0, 8.0
# Two limited chats are a guess that all are; after so long somebody else is tried, so that an alarm does not wait an hour.
EVERYTHING_AT_MOST = 60.0
UNLIMITED = 1e6
ROUNDING = 1e-6


class Busy(Exception):
    """A direct answer cannot go out soon; `seconds` until it is worth another try."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.1f} s")
        self.seconds = seconds


class Bucket:
    """`rate` tokens a second, at most `burst` saved up; may go down to `-debt` when somebody takes without asking."""

    def __init__(self, rate: float, burst: float, now: float, *, debt: float | None = None) -> None:
        self._rate = rate
        self._burst = burst
        self._debt = burst if debt is None else debt
        self._tokens = burst
        self._at = now

    def wait(self, now: float) -> float:
        """Seconds until one token is there; 0 when it is there now."""
        self._refill(now)
        return 0.0 if self._tokens >= 1 - ROUNDING else (1 - self._tokens) / self._rate

    def take(self, now: float) -> None:
        self._refill(now)
        self._tokens = max(self._tokens - 1, -self._debt)

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
    """Who may be written to now, and if not, how long to wait. A 429 freezes one chat, or everything.

    `overall_per_second` 0: a server without limits; only a freeze makes anybody wait.
    """

    def __init__(
        self, monotonic: Callable[[], float] = time.monotonic, *, overall_per_second: float = OVERALL_PER_SECOND
    ) -> None:
        self._now, now = monotonic, monotonic()
        self._limits = overall_per_second > 0
        self._rate = overall_per_second or UNLIMITED
        at_least = min(PACED_PER_SECOND_AT_LEAST, self._rate / 5)
        answers, paced = (ANSWERS_AT_ONCE, PACED_AT_ONCE) if self._limits else (UNLIMITED, UNLIMITED)
        self._overall = Bucket(self._rate, paced, now, debt=paced + answers)
        self._at_least = Bucket(at_least, at_least, now)
        self._answers = Bucket(self._rate, answers, now)
        self._answering = asyncio.Lock()  # first come, first served
        self._waiting = 0
        self._chats: dict[int, Bucket] = {}
        self._frozen: dict[int | None, float] = {}
        self._limited: dict[int, float] = {}

    async def turn(self, chat_id: int) -> None:
        """The turn of a direct answer, counted when it comes: at once while there is room. Raises `Busy`."""
        if (seconds := max(self._waiting / self._rate, self._freeze(None))) > LONGEST_WAIT:
            raise Busy(seconds)
        self._waiting += 1
        try:
            while True:
                while (seconds := self.chat_wait(chat_id)) > 0:
                    if seconds > LONGEST_WAIT_OF_CHAT:
                        raise Busy(seconds)
                    await asyncio.sleep(seconds)
                async with self._answering:
                    while (seconds := self.answer_wait()) > 0:  # noqa: ASYNC110  time itself is waited for
                        await asyncio.sleep(seconds)
                    if self.chat_wait(chat_id) == 0:  # nothing from the outbox has come in between
                        self.take(chat_id)
                        return
        finally:
            self._waiting -= 1

    def answer_wait(self) -> float:
        """Seconds until a direct answer may go out, whoever it is for."""
        return max(self._freeze(None), self._answers.wait(self._now()))

    def wait(self, chat_id: int) -> float:
        """Seconds until a paced message may go to this chat; 0 = now."""
        return max(self.chat_wait(chat_id), self.overall_wait())

    def chat_wait(self, chat_id: int) -> float:
        """Seconds this chat has to rest, whatever the others do."""
        now = self._now()
        return max(self._freeze(chat_id), self._chat(chat_id, now).wait(now) if self._limits else 0.0)

    def overall_wait(self) -> float:
        """Seconds until anything paced may go out at all."""
        now = self._now()
        return max(self._freeze(None), min(self._overall.wait(now), self._at_least.wait(now)))

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
            self._answers.take(now)
        self._chat(chat_id, now).take(now)

    def limited(self, chat_id: int, seconds: float) -> None:
        """A 429 does not say what was too much: one chat pauses; two private chats at the same time mean everything."""
        now = self._now()
        self._limited = {chat: until for chat, until in self._limited.items() if until > now}
        everything = chat_id > 0 and any(chat > 0 and chat != chat_id for chat in self._limited)
        self._limited[chat_id] = now + seconds
        self.freeze(chat_id, seconds)
        if everything:
            self.freeze(None, min(seconds, EVERYTHING_AT_MOST))

    def freeze(self, chat_id: int | None, seconds: float) -> None:
        """Pause one chat, or (None) everything."""
        now = self._now()
        self._frozen = {chat: until for chat, until in self._frozen.items() if until > now}
        self._frozen[chat_id] = max(self._frozen.get(chat_id, 0.0), self._now() + seconds)

    def _freeze(self, chat_id: int | None) -> float:
        return max(0.0, self._frozen.get(chat_id, 0.0) - self._now())

    def _chat(self, chat_id: int, now: float) -> Bucket:
        bucket = self._chats.get(chat_id)
        if bucket is None:
            if len(self._chats) > 5000:
                self._chats = {key: value for key, value in self._chats.items() if not value.full(now)}
            rate, burst = (GROUP_PER_MINUTE / 60, GROUP_BURST) if chat_id < 0 else (CHAT_PER_SECOND, CHAT_BURST)
            bucket = self._chats[chat_id] = Bucket(rate, burst, now)
        return bucket
