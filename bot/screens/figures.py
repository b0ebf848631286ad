"""Every figure of a summary, a line each: what the card, the digest and the captions say alike."""

from bot.domain.checklist import Severity
from bot.domain.ledger import Ledger
from bot.domain.report.states import ReportState
from bot.domain.summary import Review, Summary
from bot.texts import summary as words
from bot.texts.time import day_of_month

NAMED_SCHOOLS = 8


def lines(summary: Summary, *, live: bool, ahead: bool = False, attention: str = "", names: bool = True) -> list[str]:
    """Every figure of the card, a line each. `live`: also what changed within the hour. `ahead`: the days are to come.

    `attention`: a line about schools that need it. `names`: whether the schools that are waited for are named.
    """
    sittings, observers, school = summary.sittings, summary.observers, summary.school
    found = summary.violations
    told = [
        words.sittings(
            sittings.held, sittings.plan, sittings.running, sittings.silent, sittings.cancelled, ahead=ahead
        ),
        words.reports(observers.received, observers.plan, _states(observers)),
    ]
    if school.plan:
        told.append(words.school_reports(school.received, school.plan, _states(school)))
    severities = {severity.value: found.severe(severity) for severity in Severity}
    told.append(words.violations(found.total, severities, summary.own_violations))
    if found.total:
        reviews = {review.value: found.reviewed(review) for review in Review}
        told.append(words.reviews(found.confirmed, reviews))
    if attention:
        told.append(attention)
    told.append(words.clean(summary.clean, summary.observers.received))
    told.append(words.observed(summary.observed_schools, len(summary.planned_schools), summary.off_schools))
    if summary.risk_schools[1]:
        told.append(words.risk(*summary.risk_schools))
    if summary.briefed.sent:
        told.append(words.briefed(summary.briefed.read, summary.briefed.sent, summary.briefed.in_time))
    elif summary.planned_schools:
        told.append(words.NOT_BRIEFED)
    uploads = summary.uploads
    if uploads.done or (uploads.works and not ahead):
        due = day_of_month(uploads.due) if uploads.due else ""
        told.append(words.uploaded(uploads.done, uploads.works, uploads.overdue, due))
    if summary.hotline is not None:
        told.append(words.hotline(summary.hotline.fresh, summary.hotline.open, summary.hotline.overdue))
    if summary.photos:
        told.append(words.photos(summary.photos))
    if summary.returned_violations:
        told.append(words.returned(summary.returned_violations))
    if summary.training:
        told.append(words.training(summary.training))
    if live:
        told.append(words.lately(summary.lately.reports, summary.lately.violations))
    if names and (waiting := summary.waiting) and not ahead:
        first = [school.name for school in waiting[:NAMED_SCHOOLS]]
        told.append(words.waiting_schools(first, len(waiting) - len(first)))
    return told


def _states(ledger: Ledger) -> dict[str, int]:
    return {state.value: ledger[state] for state in ReportState}
