"""Random but valid days of a municipality, with reports in every state of the ledger: one seed, one municipality."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.checklist import Checklist, ReportForm
from bot.domain.checklist_file import load_checklist
from bot.domain.people import Account, Actor, Membership, MunicipalityId, Person, PersonId, Role, SchoolId
from storage.clock import to_text
from storage.database import Database, Transaction
from storage.migrating import migrate
from tests.generate_beside import cases, memo

ZONE = ZoneInfo("Asia/Novosibirsk")
DAY = date(2026, 4, 23)
NOON = datetime(2026, 4, 23, 12, 40, tzinfo=ZONE).astimezone(UTC)
SUBJECTS = ("русский язык", "математика", "история", "окружающий мир", "физика")
STATES = ("expected", "opened", "partial", "submitted", "verified", "returned", "excused", "missed")
NASTY = (
    "у двух учеников телефоны",
    "=1+1",
    "+7 913",
    "-5",
    "@СУММ(A1)",
    "#N/A",
    "<b>жирно</b> & «кавычки»",
    "строка\nвторая",
    "",
)
COMMENTS = ("Инструктаж проведён не полностью", "Не было второго организатора", *NASTY[:-1])


@dataclass
class Shape:
    """How much to make. `weights` are for STATES, in that order."""

    schools: int = 6
    sittings_a_school: int = 3
    days: int = 1
    observer_share: float = 0.8
    weights: tuple[int, ...] = (2, 1, 2, 8, 3, 1, 1, 1)
    cancelled: float = 0.05
    training: float = 0.05
    violation: float = 0.04
    full: float = 0.2
    school_reports: bool = True
    municipality: int = 1
    first_id: int = 0
    memos: bool = False
    cases: int = 0


@dataclass
class Rows:
    """What was written, for an oracle that counts by itself."""

    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, table: str, **values: Any) -> dict[str, Any]:
        self.tables.setdefault(table, []).append(values)
        return values

    def __getitem__(self, table: str) -> list[dict[str, Any]]:
        return self.tables.get(table, [])


ORDER = (
    "municipality",
    "school",
    "risk_mark",
    "person",
    "account",
    "sitting",
    "assignment",
    "school_step",
    "report",
    "answer",
    "photo",
    "instruction",
    "instruction_reader",
    "hotline_case",
)


async def write(tx: Transaction, rows: Rows) -> None:
    for table in ORDER:
        if rows[table]:
            names = list(rows[table][0])
            await tx.execute_many(
                f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(':' + name for name in names)})",
                rows[table],
            )


async def filled(path: Path, seed: int, shape: Shape | None = None, *more: Shape) -> tuple[Database, Rows]:
    """A migrated database with the generated municipalities; close it yourself."""
    await migrate(path)
    database = await Database.open(path)
    rows = Rows()
    random = Random(seed)
    for each in (shape or Shape(), *more):
        make(rows, random, each)
    async with database.transaction() as tx:
        await write(tx, rows)
    return database, rows


def make(rows: Rows, random: Random, shape: Shape, checklist: Checklist | None = None) -> None:
    checklist = checklist or load_checklist()
    make_schools(rows, random, shape)
    sitting, number = shape.first_id * 100, 1000 + shape.first_id * 10
    for day_number in range(shape.days):
        sitting, number = make_day(rows, random, shape, checklist, DAY - timedelta(days=day_number), sitting, number)
    cases(rows, random, shape, NOON)


def make_schools(rows: Rows, random: Random, shape: Shape) -> None:
    at = to_text(NOON - timedelta(days=30))
    rows.add("municipality", id=shape.municipality, name=f"Город {shape.municipality}", timezone=ZONE.key)
    for n in range(1, shape.schools + 1):
        _school(rows, random, shape, shape.first_id + n, n, at)


def make_day(
    rows: Rows, random: Random, shape: Shape, checklist: Checklist, day: date, sitting_id: int, number: int
) -> tuple[int, int]:
    """One day of the schools; the last numbers of a sitting and of a report that were given."""
    base, at = shape.first_id, to_text(NOON - timedelta(days=30))
    _instruction(rows, random, shape, day)
    if shape.memos:
        memo(rows, random, shape, day, datetime.combine(day, time(7), tzinfo=ZONE))
    for n in range(1, shape.schools + 1):
        for lesson in range(1, shape.sittings_a_school + 1):
            sitting_id += 1
            sitting = _sitting(rows, random, shape, sitting_id, base + n, day, lesson, at)
            _steps(rows, random, sitting, base + shape.schools + n)
            kinds = ["observer"] if random.random() < shape.observer_share else []
            for kind in [*kinds, *(["school"] if shape.school_reports else [])]:
                number += 1
                person = base + n if kind == "observer" else None
                if kind == "school" and random.random() < 0.9:
                    person = base + shape.schools + n
                if kind == "observer":
                    rows.add("assignment", id=number, sitting_id=sitting["id"], person_id=person, assigned_at=at)
                _report(rows, random, shape, checklist, number, kind, sitting, person)
    return sitting_id, number


def _instruction(rows: Rows, random: Random, shape: Shape, day: date) -> None:
    """The briefing of school coordinators about a day, read by some of them, not always in time."""
    number = day.toordinal() * 1000 + shape.municipality
    due = datetime.combine(day - timedelta(days=1), time(18), tzinfo=ZONE)
    rows.add(
        "instruction", id=number, kind="briefing", title="Инструктаж: завтра ВПР", day=day.isoformat(), audience="{}",
        read_by=to_text(due), state="sent", created_at=to_text(due - timedelta(days=1)),
    )  # fmt: skip
    for n in range(1, shape.schools + 1):
        read = random.choice((None, due - timedelta(hours=3), due + timedelta(hours=2)))
        rows.add(
            "instruction_reader", instruction_id=number, person_id=shape.first_id + shape.schools + n,
            school_id=shape.first_id + n, read_version=0 if read is None else 1,
            read_at=None if read is None else to_text(read), added_at=to_text(due - timedelta(days=1)),
        )  # fmt: skip


def _school(rows: Rows, random: Random, shape: Shape, school_id: int, n: int, at: str) -> None:
    name = f"СОШ № {n}" if n % 4 else f"Гимназия № {n}"
    rows.add(
        "school",
        id=school_id,
        municipality_id=shape.municipality,
        short_name=name,
        name_key=f"{name}{school_id}".lower(),
    )
    if random.random() < 0.2:
        rows.add("risk_mark", school_id=school_id, year=2025, source="приказ", added_at=at)
    for person_id, letter in ((school_id, "Н"), (school_id + shape.schools, "Ш")):
        rows.add(
            "person", id=person_id, municipality_id=shape.municipality, code=f"{letter}-{person_id:03}",
            full_name=f"Иванов Иван {person_id}", created_at=at,
        )  # fmt: skip
        if random.random() < 0.9:
            rows.add(
                "account", platform="tg", user_id=5000 + person_id, chat_id=5000 + person_id, person_id=person_id,
                linked_at=at, unreachable_at=at if random.random() < 0.1 else None,
            )  # fmt: skip


def _sitting(
    rows: Rows, random: Random, shape: Shape, sitting_id: int, school_id: int, day: date, lesson: int, at: str
) -> dict[str, Any]:
    grade = random.choice((4, 5, 6, 7, 8, 10))
    return rows.add(
        "sitting",
        id=sitting_id,
        school_id=school_id,
        class_name=f"{grade}{'АБВГ'[lesson % 4]}",
        grade=grade,
        subject=f"{random.choice(SUBJECTS)}" if lesson < 5 else f"предмет {lesson}",
        date=day.isoformat(),
        lesson=lesson,
        starts_at=f"{7 + lesson:02}:10" if random.random() < 0.7 else "",
        room=str(random.randint(100, 320)),
        pupils=random.randint(12, 32),
        form="computer" if random.random() < 0.15 else "paper",
        duration_min=45,
        state="cancelled" if random.random() < shape.cancelled else "planned",
        created_at=at,
        changed_at=at,
    )


def _steps(rows: Rows, random: Random, sitting: dict[str, Any], person: int) -> None:
    """How far the school has told its steps."""
    at = datetime.combine(date.fromisoformat(sitting["date"]), time(7 + sitting["lesson"], 12), tzinfo=ZONE)
    steps = ("materials", "briefing", "started", "ended", "collected", "checked", "uploaded")
    for number, step in enumerate(
        steps[: random.choice((0, 0, 0, 1, 3, 4, 7)) if sitting["state"] == "planned" else 0]
    ):
        told = to_text(at + timedelta(minutes=15 * number))
        rows.add(
            "school_step", sitting_id=sitting["id"], step=step, happened_at=told, entered_at=told, person_id=person
        )


def _report(
    rows: Rows,
    random: Random,
    shape: Shape,
    checklist: Checklist,
    number: int,
    kind: str,
    sitting: dict[str, Any],
    person: int | None,
) -> None:
    day = date.fromisoformat(sitting["date"])
    state = random.choices(STATES, shape.weights)[0] if sitting["state"] == "planned" else "excused"
    begins = datetime.combine(day, time(7 + sitting["lesson"], 10), tzinfo=ZONE)
    told = (begins + timedelta(minutes=random.randint(50, 200))).astimezone(UTC)
    opened = state not in ("expected", "excused")
    sent = state in ("submitted", "verified", "returned")
    form = ReportForm.FULL if random.random() < shape.full else ReportForm.SHORT
    rows.add(
        "report",
        number=number,
        kind=kind,
        sitting_id=sitting["id"],
        person_id=person,
        state=state,
        state_reason="Заболел наблюдатель" if state == "excused" else "",
        training=int(random.random() < shape.training),
        checklist=checklist.name if opened else "",
        checklist_version=checklist.version if opened else "",
        form=form.value,
        revision=3 if opened else 0,
        version=1 if sent else 0,
        arrived_at=to_text(begins - timedelta(minutes=15)) if opened and random.random() < 0.8 else None,
        started_at=to_text(begins) if opened and random.random() < 0.7 else None,
        ended_at=to_text(begins + timedelta(minutes=46)) if sent else None,
        left_at=to_text(begins + timedelta(minutes=50)) if sent else None,
        listed=sitting["pupils"] if sent else None,
        present=sitting["pupils"] - 2 if sent else None,
        due_at=to_text(begins + timedelta(hours=4)),
        opened_at=to_text(begins - timedelta(minutes=15)) if opened else None,
        touched_at=to_text(told) if opened else None,
        submitted_at=to_text(told) if sent else None,
        verified_at=to_text(told + timedelta(minutes=30)) if state == "verified" else None,
        created_at=to_text(begins - timedelta(days=7)),
    )
    items = checklist.items(form)
    if state == "partial" or (state == "missed" and random.random() < 0.5):
        items = items[: random.randint(1, len(items) - 1)]
    elif not sent:
        items = ()
    for item in items:
        _answer(rows, random, shape, number, item.code, told, sent)
    for _ in range(random.choice((0, 0, 0, 1, 2)) if opened and person else 0):
        photo = number * 10 + len(rows["photo"]) % 10 + 1
        rows.add(
            "photo", id=photo, report_number=number, item="Б6", person_id=person, platform="tg", chat_id=5000 + person,
            message_id=photo, file_id=f"f{photo}", file_unique_id=f"u{photo}",
            state=random.choice(("stored", "stored", "pending", "deleted")), next_try_at=to_text(told), received_at=to_text(told),
        )  # fmt: skip


def _answer(rows: Rows, random: Random, shape: Shape, number: int, code: str, told: datetime, sent: bool) -> None:
    bad = random.random() < shape.violation
    value = "no" if bad else ("na" if random.random() < 0.05 else "yes")
    review = random.choice(("", "", "confirmed", "unconfirmed", "clarify", "measures")) if bad and sent else ""
    rows.add(
        "answer",
        report_number=number,
        item=code,
        value=value,
        comment=random.choice(COMMENTS) if bad else "",
        entered_at=to_text(told - timedelta(minutes=random.randint(1, 40))),
        review=review,
        review_note=random.choice(NASTY) if review else "",
        reviewed_at=to_text(told + timedelta(minutes=10)) if review else None,
    )


def coordinator(*roles: Role, municipality: int = 1, school: int | None = None, person: int = 1) -> Actor:
    """Somebody with these roles (coordinator when none is named); `person` must exist for what is noted in the audit."""
    scope = MunicipalityId(municipality)
    memberships = tuple(
        Membership(role, scope, None if school is None else SchoolId(school)) for role in roles or (Role.COORDINATOR,)
    )
    return Actor(Account("tg", 77, 77), Person(PersonId(person), scope, "К-001"), memberships)
