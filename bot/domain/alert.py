"""«Срочно»: raised by the first tap, detailed later, accepted by a coordinator."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import DomainError

RECALL_WITHIN = timedelta(minutes=2)
ESCALATE_AFTER = timedelta(minutes=10)


class AlertKind(StrEnum):
    CHEATING = "cheating"
    PROMPTING = "prompting"
    STRANGER = "stranger"
    LEAK = "leak"
    NOT_ADMITTED = "not_admitted"
    OTHER = "other"


class AlertState(StrEnum):
    RAISED = "raised"
    ACCEPTED = "accepted"
    RECALLED = "recalled"
    FALSE = "false"


@dataclass(frozen=True, slots=True)
class Alert:
    number: int
    person_id: int
    person_code: str
    report_number: int | None
    place: str  # «СОШ № 5 · 6 «Б»», '' when nobody knows
    kind: AlertKind | None
    text: str
    raised_at: datetime
    state: AlertState
    accepted_at: datetime | None = None
    photos: int = 0


@dataclass(eq=False)
class NoSuchAlert(DomainError):
    """No such signal, or another person's."""

    number: int


@dataclass(eq=False)
class TooLateToRecall(DomainError):
    """Two minutes have passed, or somebody acts on it already."""

    number: int
