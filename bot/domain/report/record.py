"""One expected report: who, about what, in which state, and what was said so far."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.checklist import NO_ANSWERS, Answers, Checklist, Checklists, Form, Item, ReportForm
from bot.domain.errors import WrongChecklist
from bot.domain.report.states import ReportState


class ReportKind(StrEnum):
    OBSERVER = "observer"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Report:
    """All instants are aware.

    `checklist` and its version are empty until the report is opened, then frozen. `revision` counts every change,
    `version` every sending. `submitted_at` is the first sending. `person_id` None: nobody answers for it yet.
    """

    number: int
    kind: ReportKind
    sitting_id: int
    person_id: int | None
    due_at: datetime
    state: ReportState = ReportState.EXPECTED
    state_reason: str = ""
    checklist: str = ""
    checklist_version: str = ""
    form: ReportForm = ReportForm.SHORT
    sitting_form: Form = Form.PAPER
    addons: tuple[str, ...] = ()
    training: bool = False
    revision: int = 0
    version: int = 0
    answers: Answers = field(default_factory=lambda: NO_ANSWERS)
    arrived_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    left_at: datetime | None = None
    listed: int | None = None
    present: int | None = None
    entered_by: int | None = None  # «внесено со слов»: who typed it
    opened_at: datetime | None = None
    touched_at: datetime | None = None
    submitted_at: datetime | None = None
    verified_at: datetime | None = None

    @property
    def sent(self) -> bool:
        return self.state in (ReportState.SUBMITTED, ReportState.VERIFIED)

    @property
    def late(self) -> bool:
        """Whether it was first sent after the deadline."""
        return self.submitted_at is not None and self.submitted_at > self.due_at

    def checklist_among(self, checklists: Checklists) -> Checklist:
        """The version it began with, or the current one when it has not begun. Raises `WrongChecklist` when nobody kept it."""
        found = checklists.begun_with(self.checklist, self.checklist_version)
        if found is None:
            current = checklists.current
            expected = f"{self.checklist} {self.checklist_version}"
            raise WrongChecklist(self.number, expected, f"{current.name} {current.version}")
        return found

    def items(self, checklist: Checklist) -> tuple[Item, ...]:
        """What this report asks, in order. Raises `WrongChecklist` for another checklist than the one it began with."""
        if self.checklist and (self.checklist, self.checklist_version) != (checklist.name, checklist.version):
            expected = f"{self.checklist} {self.checklist_version}"
            raise WrongChecklist(self.number, expected, f"{checklist.name} {checklist.version}")
        return checklist.items(self.form, self.sitting_form, self.addons)
