"""How often somebody may do something, kept in memory under a salt that dies with the day."""

import hashlib
import os
from collections import deque
from datetime import date, datetime, timedelta

HOUR = timedelta(hours=1)


class Tries:
    """`each` tries an hour for one person and `all_together` for everybody; past them the pause doubles.

    Whoever looks into the memory sees no account: names are hashed with a salt that is drawn anew every day.
    """

    def __init__(self, each: int, all_together: int) -> None:
        self._each = each
        self._all_together = all_together
        self._salt = os.urandom(32)
        self._day: date | None = None
        self._by_person: dict[bytes, deque[datetime]] = {}
        self._everybody: deque[datetime] = deque()

    def wait(self, who: str, now: datetime) -> timedelta:
        """How long this person has to wait before the next try; zero when they may try now."""
        self._turn_the_day(now)
        mine = self._recent(self._by_person.get(self._name(who), deque()), now)
        waits = [
            self._pause(mine, self._each, now),
            self._pause(self._recent(self._everybody, now), self._all_together, now),
        ]
        return max(*waits, timedelta(0))

    def count(self, who: str, now: datetime) -> None:
        self._turn_the_day(now)
        self._by_person.setdefault(self._name(who), deque()).append(now)
        self._everybody.append(now)

    def forgive(self, who: str) -> None:
        """They succeeded."""
        self._by_person.pop(self._name(who), None)

    def _pause(self, recent: deque[datetime], limit: int, now: datetime) -> timedelta:
        over = len(recent) - limit
        if over < 0:
            return timedelta(0)
        return min(timedelta(minutes=5 * 2 ** min(over, 6)), HOUR) - (now - recent[-1])

    def _recent(self, times: deque[datetime], now: datetime) -> deque[datetime]:
        while times and now - times[0] > HOUR:
            times.popleft()
        return times

    def _name(self, who: str) -> bytes:
        return hashlib.blake2b(who.encode(), key=self._salt, digest_size=16).digest()

    def _turn_the_day(self, now: datetime) -> None:
        if self._day != now.date():
            self._day = now.date()
            self._salt = os.urandom(32)
            self._by_person.clear()
