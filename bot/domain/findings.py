"""Lines of the lists behind the summary's figures: one report that is awaited, one violation that was found."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.checklist import Form, ReportForm, Severity
from bot.domain.people import SchoolId
from bot.domain.report.record import ReportKind
from bot.domain.report.states import ReportState
from bot.domain.summary import Review


@dataclass(frozen=True, slots=True)
class AwaitedReport:
    """A line of «Ждём отчёты». `person_code` is '' for a school report nobody answers for yet."""

    number: int
    kind: ReportKind
    school_id: SchoolId
    school_name: str
    class_name: str
    subject: str
    day: date
    person_code: str
    state: ReportState
    answered: int
    form: ReportForm
    work_form: Form
    due_at: datetime
    arrived_at: datetime | None
    touched_at: datetime | None
    unreachable: bool
    linked: bool


@dataclass(frozen=True, slots=True)
class FoundViolation:
    """A «Нет» of a received report, for lists, pictures and sheets. `label` and `negative` come from the checklist."""

    number: int
    item: str
    label: str
    negative: str
    severity: Severity
    comment: str
    review: Review
    review_note: str
    school_id: SchoolId
    school_name: str
    class_name: str
    subject: str
    day: date
    person_code: str
    entered_at: datetime
    reviewed_at: datetime | None
    photos: int
