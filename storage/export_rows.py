"""Rows of an export, a bounded number at a time, inside one snapshot."""

import json
from collections.abc import AsyncIterator, Sequence
from datetime import date
from typing import Any

from bot.domain.period import Period, Scope
from bot.domain.plan import Sitting
from storage import sittings
from storage.database import Reader
from storage.scope import one_of, within
from storage.sqlite import Row

CHUNK = 200
_REPORT = (
    "r.number, r.kind, r.sitting_id, r.state, r.state_reason, r.checklist, r.checklist_version, r.form, r.version,"
    " r.arrived_at, r.started_at, r.ended_at, r.left_at, r.listed, r.present, r.entered_by, r.due_at, r.touched_at,"
    " r.submitted_at, r.verified_at, p.code AS person_code"
)


async def sittings_within(reader: Reader, period: Period, scope: Scope) -> list[Sitting]:
    """All of them, cancelled ones too, in no particular order: the plan of a whole period is small."""
    where, params = within(period, scope)
    rows = await reader.fetch_all(
        f"SELECT {sittings.COLUMNS} FROM sitting s CROSS JOIN school sc WHERE {where}", **params
    )
    return [sittings.from_row(row) for row in rows]


async def reports_by_chunk(reader: Reader, sitting_ids: Sequence[int]) -> AsyncIterator[list[Row]]:
    """Reports of these sittings, training apart, in their order; `person_code` is NULL when nobody answers for it."""
    for start in range(0, len(sitting_ids), CHUNK):
        part = list(sitting_ids[start : start + CHUNK])
        condition, params = one_of("r.sitting_id", part)
        rows = await reader.fetch_all(
            f"SELECT {_REPORT} FROM report r LEFT JOIN person p ON p.id = r.person_id WHERE {condition} AND r.training = 0"
            " ORDER BY r.number",
            **params,
        )
        place = {sitting_id: number for number, sitting_id in enumerate(part)}
        yield sorted(rows, key=lambda row: place[row["sitting_id"]])


async def answers_of(reader: Reader, numbers: list[int], *, only_no: bool = False) -> dict[int, list[Row]]:
    """Report number -> its answers."""
    found: dict[int, list[Row]] = {number: [] for number in numbers}
    condition, params = one_of("report_number", numbers)
    for row in await reader.fetch_all(
        "SELECT report_number, item, value, comment, happened_at, entered_at, review, review_note, reviewed_at"
        f" FROM answer WHERE {condition}" + (" AND value = 'no'" if only_no else ""),
        **params,
    ):
        found[row[0]].append(row)
    return found


async def answer_counts(reader: Reader, numbers: list[int]) -> dict[int, int]:
    condition, params = one_of("report_number", numbers)
    rows = await reader.fetch_all(
        f"SELECT report_number, COUNT(*) FROM answer WHERE {condition} GROUP BY report_number", **params
    )
    return {row[0]: row[1] for row in rows}


async def photo_counts(reader: Reader, numbers: list[int]) -> dict[tuple[int, str], int]:
    """(report, item) -> photos that were kept; item '' for photos of the report itself."""
    condition, params = one_of("report_number", numbers)
    rows = await reader.fetch_all(
        f"SELECT report_number, item, COUNT(*) FROM photo WHERE {condition} AND state IN ('pending', 'stored')"
        " GROUP BY report_number, item",
        **params,
    )
    return {(row[0], row[1]): row[2] for row in rows}


async def observers_of(reader: Reader, sitting_ids: Sequence[int]) -> dict[int, list[str]]:
    """Sitting -> codes of the observers assigned to it now."""
    found: dict[int, list[str]] = {}
    for start in range(0, len(sitting_ids), CHUNK):
        condition, params = one_of("a.sitting_id", list(sitting_ids[start : start + CHUNK]))
        rows = await reader.fetch_all(
            "SELECT a.sitting_id, p.code FROM assignment a JOIN person p ON p.id = a.person_id"
            f" WHERE {condition} AND a.ended_at IS NULL ORDER BY a.id",
            **params,
        )
        for row in rows:
            found.setdefault(row[0], []).append(row[1])
    return found


async def assignments_of(reader: Reader, sitting_ids: Sequence[int]) -> list[Row]:
    """Every assignment of these sittings, ended ones too, in the order of the sittings."""
    condition, params = one_of("a.sitting_id", list(sitting_ids))
    rows = await reader.fetch_all(
        "SELECT a.sitting_id, p.code, a.assigned_at, b.code AS assigned_by, a.arrival, a.ended_at, a.ended_why"
        " FROM assignment a JOIN person p ON p.id = a.person_id LEFT JOIN person b ON b.id = a.assigned_by"
        f" WHERE {condition} ORDER BY a.id",
        **params,
    )
    place = {sitting_id: number for number, sitting_id in enumerate(sitting_ids)}
    return sorted(rows, key=lambda row: place[row["sitting_id"]])


async def photos_of(reader: Reader, numbers: list[int]) -> list[Row]:
    """Photos of these reports that were kept, in the order of the reports."""
    condition, params = one_of("report_number", numbers)
    rows = await reader.fetch_all(
        "SELECT id, report_number, item, subject, state, path, mime, size, width, height, sha256, dhash, received_at"
        f" FROM photo WHERE {condition} AND state IN ('pending', 'stored') ORDER BY id",
        **params,
    )
    place = {number: at for at, number in enumerate(numbers)}
    return sorted(rows, key=lambda row: place[row["report_number"]])


async def risk_years(reader: Reader, school_ids: Sequence[int]) -> dict[int, list[int]]:
    """School -> years on a risk list, ascending."""
    condition, params = one_of("school_id", list(school_ids))
    found: dict[int, list[int]] = {}
    for row in await reader.fetch_all(
        f"SELECT DISTINCT school_id, year FROM risk_mark WHERE {condition} ORDER BY school_id, year", **params
    ):
        found.setdefault(row[0], []).append(row[1])
    return found


async def school_names(reader: Reader) -> dict[int, str]:
    """Every school, archived ones too."""
    return {row[0]: row[1] for row in await reader.fetch_all("SELECT id, short_name FROM school")}


async def observers_by_name(reader: Reader, period: Period, scope: Scope) -> list[Row]:
    """Observers who have a report in the period, with their names: for the copy that stays on the server."""
    where, params = within(period, scope)
    return await reader.fetch_all(
        "SELECT p.code, p.full_name, p.phone, p.sent_by, p.order_ref, p.trained_at, COUNT(DISTINCT s.id) AS works"
        " FROM sitting s CROSS JOIN school sc CROSS JOIN report r CROSS JOIN person p"
        f" WHERE r.sitting_id = s.id AND p.id = r.person_id AND r.kind = 'observer' AND r.training = 0 AND {where}"
        " GROUP BY p.id, p.code, p.full_name, p.phone, p.sent_by, p.order_ref, p.trained_at ORDER BY p.code",
        **params,
    )


async def report_within(reader: Reader, period: Period, scope: Scope, number: int) -> Row | None:
    """One report that is no training, if it is of this period and scope."""
    where, params = within(period, scope)
    return await reader.fetch_one(
        f"SELECT {_REPORT} FROM report r CROSS JOIN sitting s CROSS JOIN school sc LEFT JOIN person p ON p.id = r.person_id"
        f" WHERE s.id = r.sitting_id AND r.sitting_id = s.id AND r.number = :number AND r.training = 0 AND {where}",
        number=number,
        **params,
    )


async def fingerprint(reader: Reader, number: int) -> str:
    """sha256 of the version that was sent last, '' when none was kept."""
    value = await reader.fetch_value(
        "SELECT sha256 FROM report_version WHERE report_number = :number ORDER BY version DESC LIMIT 1", number=number
    )
    return str(value or "")


async def forms_of(reader: Reader, numbers: list[int]) -> dict[int, str]:
    """Report -> paper or computer."""
    condition, params = one_of("r.number", numbers)
    rows = await reader.fetch_all(
        f"SELECT r.number, s.form FROM report r JOIN sitting s ON s.id = r.sitting_id WHERE {condition}", **params
    )
    return {row[0]: row[1] for row in rows}


async def readers_within(reader: Reader, period: Period, scope: Scope) -> list[dict[str, Any]]:
    """Readers of instructions about the days of a period, by day and instruction; of a school only its own."""
    params: dict[str, Any] = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    condition = ""
    if scope.schools is not None:
        found, more = one_of("w.school_id", sorted(scope.schools))
        condition, params = f" AND {found}", params | more
    places, more = one_of("p.municipality_id", sorted(scope.municipalities), prefix="m")
    rows = await reader.fetch_all(
        "SELECT i.id, i.day, i.title, i.kind, i.read_by, w.school_id, sc.short_name, p.code, w.read_at, w.read_version,"
        " k.text_sha256 FROM instruction i JOIN instruction_reader w ON w.instruction_id = i.id JOIN person p ON p.id = w.person_id"
        " LEFT JOIN school sc ON sc.id = w.school_id"
        " LEFT JOIN acknowledgement k ON k.instruction_id = i.id AND k.person_id = w.person_id AND k.version = w.read_version"
        f" WHERE i.state = 'sent' AND w.withdrawn_at IS NULL AND i.day BETWEEN :first AND :last AND {places}{condition}"
        " ORDER BY i.day, i.id, sc.short_name, p.code",
        **params,
        **more,
    )
    return [{**dict(row), "day": date.fromisoformat(row["day"])} for row in rows]


async def draws_within(reader: Reader, period: Period, scope: Scope) -> list[dict[str, Any]]:
    """Draws of these municipalities that touch the days of a period, with pool and result as data."""
    condition, more = one_of("p.municipality_id", sorted(scope.municipalities), prefix="m")
    rows = await reader.fetch_all(
        "SELECT d.id, d.first_day, d.last_day, d.seed, d.pool, d.result, d.drawn_at, d.applied_at, p.code"
        " FROM draw d LEFT JOIN person p ON p.id = d.drawn_by WHERE d.first_day <= :last AND d.last_day >= :first"
        f" AND (d.drawn_by IS NULL OR {condition}) ORDER BY d.id",
        first=period.first.isoformat(),
        last=period.last.isoformat(),
        **more,
    )
    days = ("first_day", "last_day")
    return [
        {
            **dict(row),
            **{name: date.fromisoformat(row[name]) for name in days},
            "pool": json.loads(row["pool"]),
            "result": json.loads(row["result"]),
        }
        for row in rows
    ]
