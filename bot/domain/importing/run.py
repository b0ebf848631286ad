"""Refusals about an import that was checked earlier."""

from dataclasses import dataclass

from bot.domain.errors import DomainError


@dataclass(eq=False)
class NoSuchImport(DomainError):
    """It was cancelled, or never was."""

    run_id: int


@dataclass(eq=False)
class WrongKind(DomainError):
    """The table is of another kind than was asked for."""

    expected: str
    found: str


@dataclass(eq=False)
class TooLateToUndo(DomainError):
    """An import can be taken back for a day."""

    run_id: int


@dataclass(eq=False)
class UndoImpossible(DomainError):
    """What came with the import is `used` (assigned, invited, reported on) or was `changed` since."""

    run_id: int
    why: str
