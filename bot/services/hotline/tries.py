"""How often somebody may do something, kept in memory under a salt that dies with the day."""

import hashlib
import os
from collections import deque
from datetime import date, datetime, timedelta

HOUR = timedelta(hours=1)
MOST_PEOPLE = 20_000


class Allowance:
    """`each` deeds in a window for one person and `all_together` for everybody; then they wait, nobody is shut out.

    Whoever looks into the memory sees no account: names are hashed with a salt that is drawn anew every day (UTC).
    """

    def __init__(self, each: int, all_together: int, window: timedelta = HOUR) -> None:
        self._each = each
        self._all_together = all_together
        self._window = window
        self._salt = os.urandom(32)
        self._day: date | None = None
        self._by_person: dict[bytes, deque[datetime]] = {}
        self._everybody: deque[datetime] = deque()

    def wait(self, who: str, now: datetime) -> timedelta:
        """How long this person has to wait before the next deed; zero when they need not."""
        self._turn_the_day(now)
        mine = self._recent(self._by_person.get(self._name(who), deque()), now)
        everybody = self._recent(self._everybody, now)
        return max(self._pause(mine, self._each, now), self._pause(everybody, self._all_together, now), timedelta(0))

    def count(self, who: str, now: datetime) -> None:
        self._turn_the_day(now)
        if len(self._by_person) >= MOST_PEOPLE:
            self._by_person = {name: times for name, times in self._by_person.items() if self._recent(times, now)}
        self._by_person.setdefault(self._name(who), deque(maxlen=self._each * 4)).append(now)
        self._everybody.append(now)

    def take(self, who: str, now: datetime) -> timedelta:
        """Count a deed if it may be done now; else how long to wait."""
        wait = self.wait(who, now)
        if wait <= timedelta(0):
            self.count(who, now)
        return wait

    def forgive(self, who: str) -> None:
        """The last deed was no wrong one. Those before it still count: else one's own code would buy more guesses."""
        if times := self._by_person.get(self._name(who)):
            times.pop()

    def _pause(self, recent: deque[datetime], limit: int, now: datetime) -> timedelta:
        return timedelta(0) if len(recent) < limit else recent[-limit] + self._window - now

    def _recent(self, times: deque[datetime], now: datetime) -> deque[datetime]:
        while times and now - times[0] >= self._window:
            times.popleft()
        return times

    def _name(self, who: str) -> bytes:
        return hashlib.blake2b(who.encode(), key=self._salt, digest_size=16).digest()

    def _turn_the_day(self, now: datetime) -> None:
        if self._day != now.date():
            self._day = now.date()
            self._salt = os.urandom(32)
            self._by_person.clear()


class Tries(Allowance):
    """Wrong codes: past the limit every further try doubles the pause, from five minutes to an hour."""

    def _pause(self, recent: deque[datetime], limit: int, now: datetime) -> timedelta:
        over = len(recent) - limit
        if over < 0:
            return timedelta(0)
        return min(timedelta(minutes=5 * 2 ** min(over, 6)), HOUR) - (now - recent[-1])
