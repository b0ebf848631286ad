"""Tables of a whole country: a thousand rows in a few statements, each unit short, the same rules as one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.plan import Sitting
from storage.clock import to_text
from storage.database import Transaction

_SCHOOL = (
    "INSERT INTO school (id, municipality_id, short_name, full_name, name_key, login, address, parallels)"
    " VALUES (:id, :municipality, :short_name, :full_name, :name_key, :login, :address, :parallels)"
    " ON CONFLICT (municipality_id, name_key) DO UPDATE SET full_name = COALESCE(NULLIF(:full_name, ''), full_name),"
    " login = COALESCE(NULLIF(:login, ''), login), address = COALESCE(NULLIF(:address, ''), address),"
    " parallels = COALESCE(NULLIF(:parallels, ''), parallels), archived_at = NULL"
    " WHERE :full_name NOT IN ('', full_name) OR :login NOT IN ('', login) OR :address NOT IN ('', address)"
    " OR :parallels NOT IN ('', parallels) OR archived_at IS NOT NULL RETURNING id"
)
_SITTING = (
    "INSERT INTO sitting (id, school_id, class_name, grade, subject, date, lesson, starts_at, room, pupils, form,"
    " duration_min, created_at, changed_at)"
    " VALUES (:id, :school, :class, :grade, :subject, :date, :lesson, :starts, :room, :pupils, :form, :minutes, :at, :at)"
    " ON CONFLICT (school_id, class_name, subject, date) DO UPDATE SET lesson = :lesson, starts_at = :starts, room = :room,"
    " pupils = :pupils, form = :form, duration_min = :minutes, state = 'planned', changed_at = :at,"
    " state_reason = CASE state WHEN 'planned' THEN '' ELSE 'again' END, revision = revision + 1"
    " WHERE state <> 'planned' OR lesson IS NOT :lesson OR starts_at <> :starts OR room <> :room OR pupils IS NOT :pupils"
    " OR form <> :form OR duration_min <> :minutes RETURNING id, state_reason = 'again'"  # RETURNING sees no old value
)
_REPORT = (
    "INSERT INTO report (number, kind, sitting_id, due_at, form, created_at)"
    " VALUES (:number, 'school', :sitting, :due, :report_form, :at)"
)
_DEADLINE = (
    "UPDATE report SET due_at = :due, revision = revision + 1 WHERE sitting_id = :sitting"
    " AND state IN ('expected', 'opened', 'partial', 'returned')"
)
_MISSED = "SELECT 1 FROM report WHERE sitting_id = :sitting AND state = 'missed' AND due_at < :due LIMIT 1"
_SAID = "UPDATE sitting SET state_reason = '' WHERE id = :sitting"


@dataclass(slots=True)
class Written:
    """`revived` were cancelled until now, `late` have reports whose missed deadline is no more: both to be replanned."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    revived: list[int] = field(default_factory=list)
    late: list[int] = field(default_factory=list)


async def schools(tx: Transaction, rows: Sequence[dict[str, Any]]) -> Written:
    """`rows` as the statement names them, without ids."""
    first = await tx.next_numbers("school", len(rows))
    numbered = [row | {"id": first + offset} for offset, row in enumerate(rows)]
    return _counted(numbered, await tx.fetch_each(_SCHOOL, numbered))


def sitting_row(sitting: Sitting, due: datetime, form: str, now: datetime) -> dict[str, Any]:
    """A sitting without its id, when its report is due, and in which form that is."""
    return {
        "school": sitting.school_id,
        "class": sitting.class_name,
        "grade": sitting.grade,
        "subject": sitting.subject,
        "date": sitting.date.isoformat(),
        "lesson": sitting.lesson,
        "starts": sitting.starts_at.strftime("%H:%M") if sitting.starts_at else "",
        "room": sitting.room,
        "pupils": sitting.pupils,
        "form": sitting.form.value,
        "minutes": sitting.duration_min,
        "due": to_text(due),
        "report_form": form,
        "at": to_text(now),
    }


async def sittings(tx: Transaction, rows: Sequence[dict[str, Any]]) -> Written:
    """`rows` of `sitting_row`; the school's report is expected for every new one, deadlines of the changed move."""
    first = await tx.next_numbers("sitting", len(rows))
    numbered = [row | {"id": first + offset} for offset, row in enumerate(rows)]
    stored = await tx.fetch_each(_SITTING, numbered)
    found = [row | {"sitting": one[0]} for row, one in zip(numbered, stored, strict=True) if one is not None]
    fresh = [row for row in found if row["sitting"] == row["id"]]
    if fresh:
        number = 1000 + await tx.next_numbers("report", len(fresh))
        await tx.execute_many(_REPORT, [row | {"number": number + offset} for offset, row in enumerate(fresh)])
    changed = [row for row in found if row["sitting"] != row["id"]]
    await tx.execute_many(_DEADLINE, changed)
    written = _counted(numbered, stored)
    written.revived = [one[0] for one in stored if one is not None and one[1]]
    await tx.execute_many(_SAID, [{"sitting": one} for one in written.revived])
    missed = await tx.fetch_each(_MISSED, changed)
    written.late = [row["sitting"] for row, one in zip(changed, missed, strict=True) if one is not None]
    return written


def _counted(rows: Sequence[dict[str, Any]], stored: Sequence[Any]) -> Written:
    written = Written()
    for row, found in zip(rows, stored, strict=True):
        if found is None:
            written.unchanged += 1
        elif found[0] == row["id"]:
            written.new += 1
        else:
            written.changed += 1
    return written
