"""What coordinators decide about reports and violations, and the refusals of deciding."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import DomainError
from bot.domain.hotline.case import Case
from bot.domain.quality import Quality
from bot.domain.reporting import ReportView
from bot.domain.summary import Review


@dataclass(eq=False)
class SomebodyWasFaster(DomainError):
    """Another coordinator decided, or the observer changed it, after this card was drawn."""

    number: int


@dataclass(eq=False)
class NoSuchViolation(DomainError):
    """The report says no «Нет» about this item any more."""

    number: int
    code: str


@dataclass(eq=False)
class ReasonNeeded(DomainError):
    """A return, an excuse or a deletion says why."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A «Нет» with what was decided about it. `version` of the report it was read from."""

    view: ReportView
    code: str
    comment: str
    review: Review
    note: str
    by: str
    at: datetime | None
    photos: int

    @property
    def version(self) -> int:
        return self.view.report.version


@dataclass(frozen=True, slots=True)
class ReportCard:
    """A report as a coordinator sees it."""

    view: ReportView
    observer: str
    quality: Quality
    versions: int
    entered_by: str = ""
    cases: tuple[Case, ...] = ()  # of the hotline, about the same thing


@dataclass(frozen=True, slots=True)
class SentVersion:
    """One sending: `content` is the canonical JSON as it was stored."""

    version: int
    content: str
    reason: str
    at: datetime
    by: str
