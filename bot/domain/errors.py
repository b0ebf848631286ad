"""Why a rule said no: facts as exceptions, carrying ids, codes and times but never a word for a person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


class DomainError(Exception):
    """A rule refused. `fact` names the wording in bot.texts.errors; fields never hold personal text."""

    @property
    def fact(self) -> str:
        return type(self).__name__

    def data(self) -> dict[str, Any]:
        """The fields by name, for the wording and for the log."""
        return {name: value for name, value in vars(self).items() if not name.startswith("_")}

    def __str__(self) -> str:
        return f"{self.fact}({', '.join(f'{name}={value!r}' for name, value in self.data().items())})"


@dataclass(eq=False)
class NotAllowed(DomainError):
    """None of the needed roles is held."""

    needed: tuple[str, ...] = ()


@dataclass(eq=False)
class NotYourReport(DomainError):
    """The report belongs to another person."""

    number: int


@dataclass(eq=False)
class ReportClosed(DomainError):
    """The report takes no more changes: excused, or the day was closed by the coordinator."""

    number: int
    state: str


@dataclass(eq=False)
class ReportNotReady(DomainError):
    """The report cannot be sent yet: these items block it, in the order to ask them."""

    number: int
    codes: tuple[str, ...]


@dataclass(eq=False)
class StepNotPossible(DomainError):
    """The report is in a state from which this event leads nowhere."""

    number: int | None
    state: str
    event: str


@dataclass(eq=False)
class UnknownItem(DomainError):
    """The checklist has no such item."""

    code: str


@dataclass(eq=False)
class ItemNotAsked(DomainError):
    """The item exists, but not in the form this report uses."""

    number: int
    code: str


@dataclass(eq=False)
class CommentNeeded(DomainError):
    """«Нет» in a report that was already sent must say at once what happened."""

    number: int
    code: str


@dataclass(eq=False)
class CorrectionReasonNeeded(DomainError):
    """The report was already sent: a change needs its reason."""

    number: int


@dataclass(eq=False)
class WrongChecklist(DomainError):
    """The report was begun with another checklist or another version of it."""

    number: int
    expected: str
    given: str


@dataclass(eq=False)
class NaiveTime(DomainError):
    """A time without a zone reached the rules."""

    field: str
    value: datetime


@dataclass(eq=False)
class CountOutOfRange(DomainError):
    """A count of people that cannot be."""

    field: str
    value: int
    most: int


@dataclass(eq=False)
class LedgerUnbalanced(DomainError):
    """The sum of the states differs from the plan: a report is counted twice or out of sight."""

    plan: int
    total: int


@dataclass(eq=False)
class ChecklistInvalid(DomainError):
    """The checklist file cannot be used. Each problem is (where, what, detail): («А8», «missing», «negative»)."""

    file: str
    problems: tuple[tuple[str, str, str], ...]
