"""Indicators М1–М20: each a numerator over a denominator, compared with a target that somebody set, or not yet measurable."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.errors import DomainError

CODES: Final = tuple(f"М{number}" for number in range(1, 21))
PER_HUNDRED: Final = frozenset({"М7"})  # how many for each hundred, not a share
COUNTED: Final = frozenset({"М16"})  # a plain number
LESS_IS_BETTER: Final = frozenset({"М7", "М15", "М16"})
RISK_ONLY: Final = frozenset({"М3", "М16"})  # tell of the risk list, which is for coordinators


@dataclass(eq=False)
class NoSuchIndicator(DomainError):
    """There is no indicator of this code."""

    code: str


@dataclass(eq=False)
class TargetOutOfRange(DomainError):
    """A share lies between 0 and 100 percent; other values are not negative."""

    code: str


@dataclass(frozen=True, slots=True)
class Target:
    """`value` in percent, per hundred or plain, like the indicator itself; None: the target was taken away."""

    value: float | None
    version: int
    set_at: datetime


@dataclass(frozen=True, slots=True)
class Measured:
    """Numerator and denominator; `beside`: two more numbers without which the value would mislead.

    М9: the same of Д3, the room where works are checked. М8, М10: schools that answered, of all. М16: the list before
    the latest, and the change since.
    """

    numerator: int
    denominator: int
    beside: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """`measured` None: the data for it is not collected yet. A denominator of 0 means there was nothing to measure."""

    code: str
    measured: Measured | None
    target: Target | None = None

    @property
    def value(self) -> float | None:
        """Percent for shares, per hundred, or the plain count."""
        if self.measured is None:
            return None
        if self.code in COUNTED:
            return float(self.measured.numerator)
        return percent(self.measured.numerator, self.measured.denominator)

    @property
    def reached(self) -> bool | None:
        """None while there is nothing to compare."""
        if self.value is None or self.target is None or self.target.value is None:
            return None
        if self.code in LESS_IS_BETTER:
            return self.value <= self.target.value
        return self.value >= self.target.value


def percent(numerator: int, denominator: int) -> float | None:
    """None when there was nothing to measure."""
    return None if denominator == 0 else 100 * numerator / denominator


def all_indicators(measured: Mapping[str, Measured], targets: Mapping[str, Target], *, risk: bool) -> list[Indicator]:
    """In the order of their codes; without those about the risk list unless `risk`."""
    return [Indicator(code, measured.get(code), targets.get(code)) for code in CODES if risk or code not in RISK_ONLY]


def check_target(code: str, value: float | None) -> None:
    """Raises `NoSuchIndicator`, `TargetOutOfRange`."""
    if code not in CODES:
        raise NoSuchIndicator(code)
    share = code not in PER_HUNDRED | COUNTED
    if value is not None and (value < 0 or (share and value > 100)):
        raise TargetOutOfRange(code)
