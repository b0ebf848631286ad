"""Awaited reports and violations one by one, for the lists of a summary and for the sheets of an export."""

from datetime import date
from typing import Any

from bot.domain.checklist import Form, ReportForm
from bot.domain.findings import AwaitedReport, FoundViolation
from bot.domain.people import SchoolId
from bot.domain.period import Period, Scope
from bot.domain.report.record import ReportKind
from bot.domain.report.states import ReportState
from bot.domain.summary import Review
from storage.clock import from_text, from_text_or_none
from storage.database import Reader
from storage.scope import within
from storage.summary import RECEIVED, FindItem, severity_of

_AWAITED = "('expected', 'opened', 'partial', 'returned', 'missed')"  # past its time it is still taken
# Whoever coordinates a school answers for its own reports.
_ANSWERS_FOR_IT = (
    "COALESCE(r.person_id, (SELECT MIN(m.person_id) FROM membership m WHERE r.kind = 'school'"
    " AND m.role = 'school_coordinator' AND m.school_id = s.school_id AND m.revoked_at IS NULL"
    " AND m.approved_at IS NOT NULL))"
)


async def awaited(reader: Reader, period: Period, scope: Scope) -> list[AwaitedReport]:
    """Everything that is still to come, overdue or not: observers' before the schools' own of a day, each by deadline."""
    where, params = within(period, scope)
    rows = await reader.fetch_all(
        "SELECT r.number, r.kind, s.school_id, sc.short_name, s.class_name, s.subject, s.date, p.code, r.state, r.due_at,"
        " r.arrived_at, r.touched_at, r.form, s.form AS work_form,"
        " (SELECT COUNT(*) FROM answer a WHERE a.report_number = r.number) AS answered,"
        " (SELECT COUNT(*) FROM account c WHERE c.person_id = p.id) AS accounts,"
        " (SELECT COUNT(*) FROM account c WHERE c.person_id = p.id AND c.unreachable_at IS NULL) AS reachable"
        f" FROM sitting s CROSS JOIN school sc CROSS JOIN report r LEFT JOIN person p ON p.id = {_ANSWERS_FOR_IT}"
        f" WHERE r.sitting_id = s.id AND r.training = 0 AND r.state IN {_AWAITED} AND {where}"
        " ORDER BY s.date, r.kind, r.due_at, r.number",
        **params,
    )
    return [
        AwaitedReport(
            row["number"],
            ReportKind(row["kind"]),
            SchoolId(row["school_id"]),
            row["short_name"],
            row["class_name"],
            row["subject"],
            date.fromisoformat(row["date"]),
            row["code"] or "",
            ReportState(row["state"]),
            row["answered"],
            ReportForm(row["form"]),
            Form(row["work_form"]),
            from_text(row["due_at"]),
            from_text_or_none(row["arrived_at"]),
            from_text_or_none(row["touched_at"]),
            row["accounts"] > 0 and row["reachable"] == 0,
            row["accounts"] > 0,
        )
        for row in rows
    ]


async def violations(
    reader: Reader,
    period: Period,
    scope: Scope,
    find_item: FindItem,
    *,
    number: int | None = None,
    own_only: bool = False,
) -> list[FoundViolation]:
    """«Нет» of received reports, training apart, in the order of day, report and item; of one report when `number` is given.

    `own_only`: of the schools' own reports, for a school that may not read what observers wrote.
    """
    where, params = within(period, scope)
    if own_only:
        where += " AND r.kind = 'school'"
    tables = "sitting s CROSS JOIN school sc CROSS JOIN report r"
    if number is not None:
        tables = "report r CROSS JOIN sitting s CROSS JOIN school sc"
        where += " AND r.number = :number"
        params["number"] = number
    rows = await reader.fetch_all(
        "SELECT r.number, r.checklist, a.item, a.comment, a.review, a.review_note, s.school_id, sc.short_name, s.class_name,"
        " s.subject, s.date, p.code, a.entered_at, a.reviewed_at,"
        " (SELECT COUNT(*) FROM photo f WHERE f.report_number = r.number AND f.item = a.item"
        "  AND f.state IN ('pending', 'stored')) AS photos"
        f" FROM {tables} CROSS JOIN answer a LEFT JOIN person p ON p.id = r.person_id"
        f" WHERE r.sitting_id = s.id AND a.report_number = r.number AND a.value = 'no' AND r.training = 0"
        f" AND r.state IN {RECEIVED} AND {where} ORDER BY s.date, r.number, a.item",
        **params,
    )
    return [_violation(row, find_item) for row in rows]


def _violation(row: Any, find_item: FindItem) -> FoundViolation:
    item = find_item(row["checklist"], row["item"])
    return FoundViolation(
        row["number"],
        row["item"],
        "" if item is None else item.label,
        "" if item is None else item.negative,
        severity_of(item),
        row["comment"],
        Review(row["review"]),
        row["review_note"],
        SchoolId(row["school_id"]),
        row["short_name"],
        row["class_name"],
        row["subject"],
        date.fromisoformat(row["date"]),
        row["code"] or "",
        from_text(row["entered_at"]),
        from_text_or_none(row["reviewed_at"]),
        row["photos"],
    )


async def days_with_sittings(reader: Reader, scope: Scope, around: date, limit: int) -> list[date]:
    """The nearest days that have sittings, before and after, at most `limit` each way, ascending."""
    found: list[date] = []
    everything = Period(date(1970, 1, 1), date(9999, 12, 31))
    where, params = within(everything, scope)
    for condition, order in (("s.date < :around", "DESC"), ("s.date >= :around", "ASC")):
        rows = await reader.fetch_all(
            f"SELECT DISTINCT s.date FROM sitting s CROSS JOIN school sc WHERE {condition} AND {where}"
            f" ORDER BY s.date {order} LIMIT :limit",
            around=around.isoformat(),
            limit=limit,
            **params,
        )
        found += [date.fromisoformat(row[0]) for row in rows]
    return sorted(found)


async def first_and_last_day(reader: Reader, period: Period, scope: Scope) -> tuple[date, date] | None:
    """Of the sittings within; None when there are none."""
    where, params = within(period, scope)
    row = await reader.fetch_one(
        f"SELECT MIN(s.date), MAX(s.date) FROM sitting s CROSS JOIN school sc WHERE {where}", **params
    )
    return None if row is None or row[0] is None else (date.fromisoformat(row[0]), date.fromisoformat(row[1]))


async def schools_of(reader: Reader, scope: Scope) -> dict[str, SchoolId]:
    """Short name -> id of the schools of a scope."""
    places = sorted(scope.municipalities)
    names = {f"m{number}": each for number, each in enumerate(places)}
    rows = await reader.fetch_all(
        "SELECT short_name, id FROM school WHERE archived_at IS NULL"
        f" AND municipality_id IN ({', '.join(':' + name for name in names)})",
        **names,
    )
    return {row[0]: SchoolId(row[1]) for row in rows if scope.schools is None or row[1] in scope.schools}


async def history(reader: Reader, scope: Scope) -> list[tuple[date, int, int, int, int, int]]:
    """(day, works, received, plan, violations, confirmed) of the days of a scope, newest first, reports of observers."""
    where, params = within(Period(date(1970, 1, 1), date(9999, 12, 31)), scope)
    rows = await reader.fetch_all(
        "SELECT date, COUNT(DISTINCT id), COUNT(DISTINCT got), COUNT(DISTINCT number), COUNT(item),"
        " SUM(CASE WHEN review IN ('confirmed', 'measures') THEN 1 ELSE 0 END) FROM ("
        " SELECT s.date, s.id, r.number, a.item, a.review,"
        f"  CASE WHEN r.state IN {RECEIVED} THEN r.number END AS got"
        "  FROM sitting s JOIN school sc ON sc.id = s.school_id"
        "  LEFT JOIN report r ON r.sitting_id = s.id AND r.training = 0 AND r.kind = 'observer'"
        f"  LEFT JOIN answer a ON a.report_number = r.number AND a.value = 'no' AND r.state IN {RECEIVED}"
        f"  WHERE {where}) AS each_one GROUP BY date ORDER BY date DESC",
        **params,
    )
    return [(date.fromisoformat(row[0]), row[1], row[2], row[3], row[4], row[5] or 0) for row in rows]
