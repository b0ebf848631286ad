"""Reminding everybody at once: its cooldown, its refusal, its result."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.errors import DomainError

COOLDOWN: Final = timedelta(minutes=15)


@dataclass(eq=False)
class RemindedLately(DomainError):
    """Everybody was reminded a moment ago: `at`, and again not before `again_at`."""

    at: datetime
    again_at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a round: counts, and codes of those it did not reach."""

    asked_at: datetime
    again_at: datetime
    delivered: int
    waiting: int
    undelivered: tuple[str, ...]
