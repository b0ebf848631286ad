"""Many municipalities on one day, from their counters: parts that still add up to the plan."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.domain.ledger import Ledger
from bot.domain.people import MunicipalityId
from bot.domain.summary import together


@dataclass(frozen=True, slots=True)
class MunicipalityLine:
    municipality_id: MunicipalityId
    name: str
    works: int
    cancelled: int
    observers: Ledger
    school: Ledger
    violations: int


@dataclass(frozen=True)
class Region:
    day: date
    lines: tuple[MunicipalityLine, ...]

    @cached_property
    def observers(self) -> Ledger:
        return together(line.observers for line in self.lines)

    @property
    def works(self) -> int:
        return sum(line.works for line in self.lines)

    @property
    def cancelled(self) -> int:
        return sum(line.cancelled for line in self.lines)

    @property
    def violations(self) -> int:
        return sum(line.violations for line in self.lines)

    @property
    def active(self) -> Iterable[MunicipalityLine]:
        """Municipalities that have works on this day."""
        return (line for line in self.lines if line.works)
