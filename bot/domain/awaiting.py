"""Reminding everybody at once: its cooldown, its refusal, its result."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.errors import DomainError
from bot.domain.reminding import DAY_BEGINS, DAY_ENDS

COOLDOWN: Final = timedelta(minutes=15)


@dataclass(eq=False)
class RemindedLately(DomainError):
    """Everybody was reminded a moment ago: `at`, and again not before `again_at`."""

    at: datetime
    again_at: datetime


@dataclass(eq=False)
class NobodyIsWoken(DomainError):
    """It is night where they are: reminding is possible `from_` the morning."""

    from_: time


@dataclass(eq=False)
class NobodyToAwait(DomainError):
    """The work is cancelled, or whose report it was watches it no more."""


def need_daytime(now: datetime, zone: ZoneInfo) -> None:
    """Raises `NobodyIsWoken` at night."""
    if not DAY_BEGINS <= now.astimezone(zone).time() < DAY_ENDS:
        raise NobodyIsWoken(DAY_BEGINS)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a round: counts, and codes of those it did not reach."""

    asked_at: datetime
    again_at: datetime
    delivered: int
    waiting: int
    undelivered: tuple[str, ...]
