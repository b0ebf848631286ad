"""Update numbers run without holes, so a hole is the only trace of messages that never came (rule R2).

They get lost when nobody fetched them for a day, or when somebody else who knows the token fetched them first.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

# With a webhook a later number may overtake an earlier one.
PATIENCE = timedelta(seconds=60)
# After about a week of silence numbers go on anywhere, also lower.
RENUMBERED_AFTER = timedelta(days=6)
LARGEST_HOLE = 100_000


@dataclass(frozen=True, slots=True)
class Gap:
    """`count` updates were missed between the moments `after` and `before`."""

    count: int
    after: datetime
    before: datetime


class Numbers:
    """`last` is the number stored last by an earlier run, and when."""

    def __init__(self, last: tuple[int, datetime] | None = None) -> None:
        self._last = last
        self._missing: dict[int, tuple[datetime, datetime]] = {}

    def seen(self, numbers: list[int], now: datetime) -> None:
        for number in numbers:
            if self._missing.pop(number, None) is not None:
                continue
            if self._last is not None:
                last, at = self._last
                if number <= last and last - number < LARGEST_HOLE:
                    continue  # repeated, or an old one that was overtaken
                if last < number <= last + LARGEST_HOLE and now - at < RENUMBERED_AFTER:
                    self._missing.update(dict.fromkeys(range(last + 1, number), (at, now)))
            self._last = (number, now)

    def overdue(self, now: datetime) -> Gap | None:
        """What has been missing for so long that it will not come; told once."""
        gone = {number: around for number, around in self._missing.items() if now - around[1] > PATIENCE}
        if not gone:
            return None
        for number in gone:
            del self._missing[number]
        return Gap(len(gone), min(after for after, _ in gone.values()), max(before for _, before in gone.values()))
