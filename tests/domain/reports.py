"""Ready-made reports for the tests of the rules."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.checklist import AnswerValue, ReportForm
from bot.domain.checklist_file import load_checklist
from bot.domain.report import Report, ReportKind, open_report, set_answer, submit

VPR = load_checklist("vpr")
SHORT = tuple(item.code for item in VPR.items(ReportForm.SHORT))
NOW = datetime(2026, 4, 23, 2, 10, tzinfo=UTC)
DUE = NOW + timedelta(hours=5)
OBSERVER = 17
COORDINATOR = 1


def expected(**fields: Any) -> Report:
    return Report(
        **{"number": 7315, "kind": ReportKind.OBSERVER, "sitting_id": 5, "person_id": OBSERVER, "due_at": DUE} | fields
    )


def opened(**fields: Any) -> Report:
    return open_report(expected(**fields), VPR, by=OBSERVER, now=NOW)


def says(report: Report, code: str, value: str, comment: str = "", **more: Any) -> Report:
    return set_answer(report, VPR, code, AnswerValue(value), comment=comment, **{"by": OBSERVER, "now": NOW} | more)


def answered(report: Report, *, skip: tuple[str, ...] = ()) -> Report:
    """«Да» to everything, a minute an item."""
    for minute, code in enumerate(SHORT):
        if code not in skip:
            report = says(report, code, "yes", now=NOW + timedelta(minutes=minute))
    return report


def sent() -> Report:
    return submit(answered(opened()), VPR, by=OBSERVER, now=NOW + timedelta(hours=1))
