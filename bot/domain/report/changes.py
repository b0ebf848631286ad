"""Every way to change a report: each function returns the changed report, or the same one if nothing changed."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypedDict, Unpack

from bot.domain.checklist import Answer, AnswerValue, Checklist
from bot.domain.errors import (
    CommentNeeded,
    CorrectionReasonNeeded,
    CountOutOfRange,
    ItemNotAsked,
    NaiveTime,
    NotYourReport,
    ReportClosed,
    ReportNotReady,
    StepNotPossible,
)
from bot.domain.report.record import Report
from bot.domain.report.review import blockers
from bot.domain.report.states import ReportEvent, ReportState, after
from bot.texts.escape import clean

MOST_PEOPLE: Final = 200


class CorrectionReason(StrEnum):
    """Why a report is changed after sending."""

    MISTAKE = "mistake"
    CLARIFIED = "clarified"
    OTHER = "other"


class Details(TypedDict, total=False):
    """What is told besides the answers. Times are aware; None takes a value back."""

    arrived_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    left_at: datetime | None
    listed: int | None
    present: int | None


def open_report(report: Report, checklist: Checklist, *, by: int, now: datetime, on_behalf: bool = False) -> Report:
    """The person looked at it. The first opening freezes the checklist; later ones change nothing."""
    _check_owner(report, by, on_behalf)
    opened = _step(report, ReportEvent.OPEN)
    if report.opened_at is not None and opened is report:
        return report
    return replace(_begun(opened, checklist, now), touched_at=now, revision=report.revision + 1)


def set_answer(
    report: Report,
    checklist: Checklist,
    code: str,
    value: AnswerValue,
    *,
    by: int,
    now: datetime,
    comment: str = "",
    happened_at: datetime | None = None,
    reason: CorrectionReason | None = None,
    day_closed: bool = False,
    on_behalf: bool = False,
) -> Report:
    """Set one answer; saying the same again changes nothing, and an empty comment keeps the one already given.

    After sending a `reason` is needed and «Нет» must bring its comment. `on_behalf`: a coordinator enters another's words;
    whether they may is the caller's to check. Raises NotYourReport, ReportClosed, UnknownItem, ItemNotAsked,
    CorrectionReasonNeeded, CommentNeeded, NaiveTime, WrongChecklist.
    """
    _check_owner(report, by, on_behalf)
    _check_aware(happened_at=happened_at)
    item = checklist.item(code)
    if item not in report.items(checklist):
        raise ItemNotAsked(report.number, code)
    old = report.answers.get(code)
    new = _answer(old, value, clean(comment).strip(), happened_at, now)
    if new == old:
        return report
    event = _editing(report, reason, day_closed)
    if event is ReportEvent.CORRECT and new.comment_missing:
        raise CommentNeeded(report.number, code)
    answers = MappingProxyType({**report.answers, code: new})
    return _edited(replace(_begun(report, checklist, now), answers=answers), event, by, now, on_behalf)


def set_details(
    report: Report,
    checklist: Checklist,
    *,
    by: int,
    now: datetime,
    reason: CorrectionReason | None = None,
    day_closed: bool = False,
    on_behalf: bool = False,
    **details: Unpack[Details],
) -> Report:
    """Set times and counts; the same rules and refusals as for an answer, and CountOutOfRange."""
    _check_owner(report, by, on_behalf)
    _check_aware(**{name: value for name, value in details.items() if isinstance(value, datetime)})
    for name, value in details.items():
        if isinstance(value, int) and not 0 <= value <= MOST_PEOPLE:
            raise CountOutOfRange(name, value, MOST_PEOPLE)
    assert details.keys() <= Details.__annotations__.keys()
    if all(getattr(report, name) == value for name, value in details.items()):
        return report
    event = _editing(report, reason, day_closed)
    if event is ReportEvent.ANSWER:
        event = ReportEvent.OPEN
    return _edited(replace(_begun(report, checklist, now), **details), event, by, now, on_behalf)


def submit(report: Report, checklist: Checklist, *, by: int, now: datetime, on_behalf: bool = False) -> Report:
    """Send it; sending twice is sending once. Raises NotYourReport, ReportNotReady, StepNotPossible."""
    _check_owner(report, by, on_behalf)
    sent = _step(report, ReportEvent.SUBMIT)
    if report.sent:
        return report
    if stopping := blockers(report, checklist):
        raise ReportNotReady(report.number, tuple(blocker.item.code for blocker in stopping))
    return replace(
        sent,
        state_reason="",
        submitted_at=report.submitted_at or now,
        version=report.version + 1,
        revision=report.revision + 1,
        touched_at=now,
        entered_by=by if on_behalf else report.entered_by,
    )


def verify(report: Report, *, now: datetime) -> Report:
    """The coordinator accepts it."""
    verified = _step(report, ReportEvent.VERIFY)
    return report if verified is report else replace(verified, verified_at=now, revision=report.revision + 1)


def send_back(report: Report, reason: str) -> Report:
    """The coordinator asks to finish it; `reason` is what the person will read."""
    returned = _with_reason(report, _step(report, ReportEvent.RETURN), reason)
    return returned if returned is report else replace(returned, verified_at=None)


def excuse(report: Report, reason: str) -> Report:
    """There will be no report."""
    return _with_reason(report, _step(report, ReportEvent.EXCUSE), reason)


def miss(report: Report, *, now: datetime) -> Report:
    """The deadline passed. Raises StepNotPossible before it, and for a report that was sent."""
    if now < report.due_at:
        raise StepNotPossible(report.number, report.state, ReportEvent.MISS)
    missed = _step(report, ReportEvent.MISS)
    return report if missed is report else replace(missed, revision=report.revision + 1)


def reinstate(report: Report, *, due_at: datetime | None = None) -> Report:
    """Expected again, as far as it had come: what the person did before is replayed over `expected`."""
    _check_aware(due_at=due_at)
    again = replace(_step(report, ReportEvent.REINSTATE), state_reason="", due_at=due_at or report.due_at)
    if report.opened_at is not None:
        again = _step(again, ReportEvent.OPEN)
    return replace(_with_what_was_given(again), revision=report.revision + 1)


def hand_over(report: Report, person_id: int) -> Report:
    """Another person takes it, with the answers already given; one who only looked leaves no trace."""
    if report.person_id == person_id:
        return report
    given = replace(_step(report, ReportEvent.HAND_OVER), person_id=person_id, revision=report.revision + 1)
    if given.state is ReportState.EXPECTED:
        return _with_what_was_given(replace(given, opened_at=None, arrived_at=None, state_reason=""))
    return given


def _with_what_was_given(report: Report) -> Report:
    if report.answers:
        report = _step(report, ReportEvent.ANSWER)
    if report.submitted_at is not None:  # it had been sent, and waited for its corrections
        report = _step(_step(report, ReportEvent.SUBMIT), ReportEvent.RETURN)
    return report


def _check_owner(report: Report, by: int, on_behalf: bool) -> None:
    if not on_behalf and by != report.person_id:
        raise NotYourReport(report.number)


def _check_aware(**moments: datetime | None) -> None:
    for name, value in moments.items():
        if value is not None and value.tzinfo is None:
            raise NaiveTime(name, value)


def _step(report: Report, event: ReportEvent) -> Report:
    state = after(report.state, event)
    if state is None:
        raise StepNotPossible(report.number, report.state, event)
    return report if state is report.state else replace(report, state=state)


def _editing(report: Report, reason: CorrectionReason | None, day_closed: bool) -> ReportEvent:
    """Which event a change of content is now."""
    if day_closed or report.state is ReportState.EXCUSED:
        raise ReportClosed(report.number, report.state)
    if not report.sent:
        return ReportEvent.ANSWER
    if reason is None:
        raise CorrectionReasonNeeded(report.number)
    return ReportEvent.CORRECT


def _begun(report: Report, checklist: Checklist, now: datetime) -> Report:
    if report.opened_at is not None and report.checklist:
        return report
    return replace(
        report,
        opened_at=report.opened_at or now,
        checklist=report.checklist or checklist.name,
        checklist_version=report.checklist_version or checklist.version,
    )


def _edited(report: Report, event: ReportEvent, by: int, now: datetime, on_behalf: bool) -> Report:
    correcting = event is ReportEvent.CORRECT
    return replace(
        _step(report, event),
        revision=report.revision + 1,
        version=report.version + correcting,
        verified_at=None if correcting else report.verified_at,
        touched_at=now,
        entered_by=by if on_behalf else report.entered_by,
    )


def _with_reason(before: Report, changed: Report, reason: str) -> Report:
    reason = clean(reason).strip()
    if changed is before and before.state_reason == reason:
        return before
    return replace(changed, state_reason=reason, revision=before.revision + 1)


def _answer(
    old: Answer | None, value: AnswerValue, comment: str, happened_at: datetime | None, now: datetime
) -> Answer:
    if old is None or old.value is not value:
        return Answer(value, now, comment, happened_at)
    return replace(old, comment=comment or old.comment, happened_at=happened_at or old.happened_at)
