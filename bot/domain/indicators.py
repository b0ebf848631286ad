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
class Indicator:
    """`parts` None: the data for it is not collected yet. A denominator of 0 means there was nothing to measure."""

    code: str
    parts: tuple[int, int] | None
    target: Target | None = None

    @property
    def value(self) -> float | None:
        """Percent for shares, per hundred, or the plain count."""
        if self.parts is None:
            return None
        numerator, denominator = self.parts
        if self.code in COUNTED:
            return float(numerator)
        return None if denominator == 0 else 100 * numerator / denominator

    @property
    def reached(self) -> bool | None:
        """None while there is nothing to compare."""
        if self.value is None or self.target is None or self.target.value is None:
            return None
        if self.code in LESS_IS_BETTER:
            return self.value <= self.target.value
        return self.value >= self.target.value


def all_indicators(
    parts: Mapping[str, tuple[int, int]], targets: Mapping[str, Target], *, risk: bool
) -> list[Indicator]:
    """In the order of their codes; without those about the risk list unless `risk`."""
    return [Indicator(code, parts.get(code), targets.get(code)) for code in CODES if risk or code not in RISK_ONLY]


def check_target(code: str, value: float | None) -> None:
    """Raises `NoSuchIndicator`, `TargetOutOfRange`."""
    if code not in CODES:
        raise NoSuchIndicator(code)
    share = code not in PER_HUNDRED | COUNTED
    if value is not None and (value < 0 or (share and value > 100)):
        raise TargetOutOfRange(code)
