"""Sittings and the assignments of observers to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.people import SchoolId
from bot.domain.plan import Sitting, SittingForm, SittingId
from storage.clock import to_text
from storage.database import Reader, Transaction
from storage.scope import one_of
from storage.sqlite import Row

COLUMNS = (
    "s.id, s.school_id, sc.short_name, s.class_name, s.grade, s.subject, s.date, s.lesson, s.starts_at, s.room,"
    " s.pupils, s.form, s.duration_min, s.state"
)
FROM = "FROM sitting s JOIN school sc ON sc.id = s.school_id"


@dataclass(frozen=True, slots=True)
class Assignment:
    id: int
    sitting_id: SittingId
    person_id: int
    arrival: str


async def sitting(reader: Reader, sitting_id: int) -> Sitting:
    """Raises LookupError."""
    row = await reader.fetch_one(f"SELECT {COLUMNS} {FROM} WHERE s.id = :id", id=sitting_id)
    if row is None:
        raise LookupError(sitting_id)
    return from_row(row)


async def of_day(reader: Reader, day: date, *, school_id: int | None = None) -> list[Sitting]:
    """Sittings of a day, cancelled ones included, by time, lesson and class."""
    rows = await reader.fetch_all(
        f"SELECT {COLUMNS} {FROM} WHERE s.date = :day AND (:school IS NULL OR s.school_id = :school)"
        " ORDER BY s.starts_at, s.lesson, s.grade, s.class_name, s.id",
        day=day.isoformat(),
        school=school_id,
    )
    return [from_row(row) for row in rows]


async def between(reader: Reader, first: date, last: date) -> list[Sitting]:
    rows = await reader.fetch_all(
        f"SELECT {COLUMNS} {FROM} WHERE s.date BETWEEN :first AND :last ORDER BY s.date, s.starts_at, s.id",
        first=first.isoformat(),
        last=last.isoformat(),
    )
    return [from_row(row) for row in rows]


async def days(reader: Reader, *, from_day: date | None = None, limit: int = 60) -> list[date]:
    """Days that have sittings, ascending."""
    rows = await reader.fetch_all(
        "SELECT DISTINCT date FROM sitting WHERE state = 'planned' AND date >= :first ORDER BY date LIMIT :limit",
        first=from_day.isoformat() if from_day else "",
        limit=limit,
    )
    return [date.fromisoformat(row[0]) for row in rows]


async def next_day(reader: Reader, school_ids: Iterable[int], *, from_day: date) -> date | None:
    """The first day, not before `from_day`, on which one of these schools has a planned sitting."""
    condition, params = one_of("school_id", sorted(school_ids))
    value = await reader.fetch_value(
        f"SELECT MIN(date) FROM sitting WHERE state = 'planned' AND date >= :first AND {condition}",
        first=from_day.isoformat(),
        **params,
    )
    return date.fromisoformat(value) if value else None


async def save(tx: Transaction, sitting: Sitting, now: datetime) -> SittingId:
    """Insert (id 0) or overwrite a sitting; returns its id. A cancelled work at its new place goes to its earlier one."""
    twin = await cancelled_twin(tx, sitting)
    sitting_id = sitting.id or twin or SittingId(await tx.next_numbers("sitting"))
    if twin not in (None, sitting_id):
        await _change_places(tx, sitting_id, twin, now)
    await tx.execute(
        "INSERT INTO sitting (id, school_id, class_name, grade, subject, date, lesson, starts_at, room, pupils, form,"
        " duration_min, state, created_at, changed_at)"
        " VALUES (:id, :school, :class, :grade, :subject, :date, :lesson, :starts, :room, :pupils, :form, :minutes,"
        " :state, :at, :at)"
        " ON CONFLICT (id) DO UPDATE SET school_id = :school, class_name = :class, grade = :grade, subject = :subject,"
        " date = :date, lesson = :lesson, starts_at = :starts, room = :room, pupils = :pupils, form = :form,"
        " duration_min = :minutes, state = :state, state_reason = '', changed_at = :at, revision = revision + 1",
        id=sitting_id,
        school=sitting.school_id,
        **{"class": sitting.class_name},
        grade=sitting.grade,
        subject=sitting.subject,
        date=sitting.date.isoformat(),
        lesson=sitting.lesson,
        starts=sitting.starts_at.strftime("%H:%M") if sitting.starts_at else "",
        room=sitting.room,
        pupils=sitting.pupils,
        form=sitting.form.value,
        minutes=sitting.duration_min,
        state="cancelled" if sitting.cancelled else "planned",
        at=to_text(now),
    )
    return sitting_id


async def cancelled_twin(reader: Reader, sitting: Sitting) -> SittingId | None:
    """The same work of the same class on the same day, if it was cancelled: it is planned again, not doubled."""
    value = await reader.fetch_value(
        "SELECT id FROM sitting WHERE school_id = :school AND class_name = :class AND subject = :subject"
        " AND date = :date AND state = 'cancelled'",
        school=sitting.school_id,
        **{"class": sitting.class_name},
        subject=sitting.subject,
        date=sitting.date.isoformat(),
    )
    return None if value is None else SittingId(value)


async def _change_places(tx: Transaction, moving: int, cancelled: int, now: datetime) -> None:
    """The cancelled work is recorded where the moving one was: there is none there, and nothing of it is lost."""
    place = await tx.fetch_one("SELECT school_id, class_name, subject, date FROM sitting WHERE id = :id", id=moving)
    assert place is not None
    await tx.execute("UPDATE sitting SET date = '' WHERE id = :id", id=moving)  # for a moment it is nowhere
    await tx.execute(
        "UPDATE sitting SET school_id = :school, class_name = :class, subject = :subject, date = :date,"
        " changed_at = :at, revision = revision + 1 WHERE id = :id",
        id=cancelled,
        school=place["school_id"],
        **{"class": place["class_name"]},
        subject=place["subject"],
        date=place["date"],
        at=to_text(now),
    )


async def assign(tx: Transaction, sitting_id: int, person_id: int, now: datetime, *, by: int | None) -> bool:
    """False when this person was already assigned to this sitting. An ended assignment begins again."""
    return bool(
        await tx.execute(
            "INSERT INTO assignment (sitting_id, person_id, assigned_at, assigned_by)"
            " VALUES (:sitting, :person, :at, :by)"
            " ON CONFLICT (sitting_id, person_id) DO UPDATE SET ended_at = NULL, ended_why = '', assigned_at = :at,"
            " assigned_by = :by WHERE ended_at IS NOT NULL",
            sitting=sitting_id,
            person=person_id,
            by=by,
            at=to_text(now),
        )
    )


async def end_assignment(tx: Transaction, sitting_id: int, person_id: int, why: str, now: datetime) -> bool:
    return bool(
        await tx.execute(
            "UPDATE assignment SET ended_at = :at, ended_why = :why"
            " WHERE sitting_id = :sitting AND person_id = :person AND ended_at IS NULL",
            sitting=sitting_id,
            person=person_id,
            why=why,
            at=to_text(now),
        )
    )


async def assigned(reader: Reader, sitting_id: int) -> list[int]:
    """Persons assigned to a sitting now."""
    rows = await reader.fetch_all(
        "SELECT person_id FROM assignment WHERE sitting_id = :sitting AND ended_at IS NULL ORDER BY id",
        sitting=sitting_id,
    )
    return [row[0] for row in rows]


async def of_person(reader: Reader, person_id: int, *, from_day: date | None = None) -> list[Sitting]:
    """Planned sittings a person is assigned to, by date and time."""
    rows = await reader.fetch_all(
        f"SELECT {COLUMNS} {FROM} JOIN assignment a ON a.sitting_id = s.id AND a.ended_at IS NULL"
        " WHERE a.person_id = :person AND s.state = 'planned' AND s.date >= :first ORDER BY s.date, s.starts_at, s.lesson, s.id",
        person=person_id,
        first=from_day.isoformat() if from_day else "",
    )
    return [from_row(row) for row in rows]


async def load(reader: Reader, day: date) -> dict[int, int]:
    """Person → how many sittings they watch on this day."""
    rows = await reader.fetch_all(
        "SELECT a.person_id, COUNT(*) FROM assignment a JOIN sitting s ON s.id = a.sitting_id"
        " WHERE a.ended_at IS NULL AND s.date = :day AND s.state = 'planned' GROUP BY a.person_id",
        day=day.isoformat(),
    )
    return {row[0]: row[1] for row in rows}


async def watchers(reader: Reader, day: date) -> dict[int, int]:
    """Sitting → how many observers watch it, on this day."""
    rows = await reader.fetch_all(
        "SELECT a.sitting_id, COUNT(*) FROM assignment a JOIN sitting s ON s.id = a.sitting_id"
        " WHERE a.ended_at IS NULL AND s.date = :day GROUP BY a.sitting_id",
        day=day.isoformat(),
    )
    return {row[0]: row[1] for row in rows}


async def cancel(tx: Transaction, sitting_id: int, why: str, now: datetime) -> bool:
    """False when it was cancelled before."""
    return bool(
        await tx.execute(
            "UPDATE sitting SET state = 'cancelled', state_reason = :why, changed_at = :at, revision = revision + 1"
            " WHERE id = :id AND state = 'planned'",
            id=sitting_id,
            why=why,
            at=to_text(now),
        )
    )


def from_row(row: Row) -> Sitting:
    """A row that begins with `COLUMNS`."""
    return Sitting(
        SittingId(row[0]),
        SchoolId(row[1]),
        row[2],
        row[3],
        row[4],
        row[5],
        date.fromisoformat(row[6]),
        row[7],
        time.fromisoformat(row[8]) if row[8] else None,
        row[9],
        row[10],
        SittingForm(row[11]),
        row[12],
        row[13] == "cancelled",
    )
