"""Cases as screens need them."""

from dataclasses import dataclass

from bot.domain.hotline.case import Case, CaseMessage, Direction, FileKind


@dataclass(frozen=True, slots=True)
class CardView:
    """A case as its card shows it: facts, no words."""

    case: Case
    school: str
    operator: str
    files: int
    similar: int  # other cases about the same school that came the same day
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A case with its texts, masked for showing. `files`: (id, kind, state)."""

    case: Case
    messages: tuple[CaseMessage, ...]
    files: tuple[tuple[str, FileKind, str], ...]
    marks: tuple[str, ...]  # threat, obscene


@dataclass(frozen=True, slots=True)
class Preview:
    """What an operator wrote and has not sent."""

    case: Case
    kind: str
    text: str
    revision: str
    traces: frozenset[str]  # names, phones … that it would give away
    others: int = 0  # writers of joined cases who read it, too


@dataclass(frozen=True, slots=True)
class CodeView:
    """What whoever holds the code reads: questions and answers, oldest first."""

    case: Case
    said: tuple[tuple[Direction, str], ...]
