"""The school's own day: steps with their deadlines as data, and what they make of the school's expected report."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.errors import DomainError
from bot.domain.plan import Sitting
from bot.domain.report import Report, ReportEvent, after
from bot.domain.working_days import UPLOAD_DAYS, WorkingDays


class SchoolStep(StrEnum):
    MATERIALS = "materials"
    BRIEFING = "briefing"
    VIDEO = "video"
    STARTED = "started"
    ENDED = "ended"
    COLLECTED = "collected"
    CHECKED = "checked"
    UPLOADED = "uploaded"


class Video(StrEnum):
    YES = "yes"
    NO = "no"  # planned, but it does not work
    NONE = "none"  # not planned here


@dataclass(frozen=True, slots=True)
class Deadline:
    """After the beginning or the end of the work, or at a time of the n-th working day after it (of uploading, unless the
    calendar of the place has another). `escalates`: the
    coordinators learn when it passes unmarked."""

    after_beginning: timedelta | None = None
    after_end: timedelta | None = None
    working_days: int = 0
    escalates: bool = False


DEADLINES: Final[Mapping[SchoolStep, Deadline]] = {
    SchoolStep.MATERIALS: Deadline(after_beginning=timedelta(minutes=-30)),
    SchoolStep.BRIEFING: Deadline(after_beginning=timedelta(minutes=-20)),
    SchoolStep.VIDEO: Deadline(after_beginning=timedelta(minutes=-10)),
    SchoolStep.STARTED: Deadline(after_beginning=timedelta(minutes=15), escalates=True),
    SchoolStep.ENDED: Deadline(after_end=timedelta(minutes=20)),
    SchoolStep.COLLECTED: Deadline(after_end=timedelta(minutes=40), escalates=True),
    SchoolStep.CHECKED: Deadline(working_days=3, escalates=True),
    SchoolStep.UPLOADED: Deadline(working_days=UPLOAD_DAYS, escalates=True),
}
OF_THE_DAY: Final = tuple(step for step, deadline in DEADLINES.items() if not deadline.working_days)
BY: Final = time(18)
ESCALATE_AFTER: Final = timedelta(minutes=30)


@dataclass(eq=False)
class NotYourSchool(DomainError):
    """The work is of another school."""

    sitting_id: int


@dataclass(eq=False)
class NotForSchools(DomainError):
    """Schools do not see observers' reports here."""


def due_at(step: SchoolStep, sitting: Sitting, days: WorkingDays, zone: ZoneInfo) -> datetime:
    """Until when the school marks the step."""
    deadline, begins = DEADLINES[step], sitting.begins(zone)
    if deadline.working_days:
        return due_after(step, sitting.date, days, zone)
    if deadline.after_beginning is not None:
        return begins + deadline.after_beginning
    assert deadline.after_end is not None
    return begins + timedelta(minutes=sitting.duration_min) + deadline.after_end


def due_after(step: SchoolStep, day: date, days: WorkingDays, zone: ZoneInfo) -> datetime:
    """The same of a step whose deadline follows from the day of the work alone; checking fits into uploading."""
    within = days.upload_days if step is SchoolStep.UPLOADED else min(DEADLINES[step].working_days, days.upload_days)
    return datetime.combine(days.after(day, within), BY, tzinfo=zone)


def advance(report: Report, told: Mapping[str, datetime], now: datetime) -> Report:
    """The school's report after its steps: begun with the first, received with the last step of the day.

    A received report keeps its state: a step told anew changes its times only.
    """
    report = replace(
        report,
        started_at=told.get(SchoolStep.STARTED, report.started_at),
        ended_at=told.get(SchoolStep.ENDED, report.ended_at),
        opened_at=report.opened_at or now,
        touched_at=now,
        revision=report.revision + 1,
    )
    events = [ReportEvent.OPEN, ReportEvent.ANSWER]
    whole = all(step in told for step in OF_THE_DAY)
    if whole and not report.sent:
        events.append(ReportEvent.SUBMIT)
    for event in events:
        state = after(report.state, event)
        report = report if state is None else replace(report, state=state)
    if whole and report.submitted_at is None and report.sent:
        report = replace(report, submitted_at=now, version=report.version + 1)
    return report
