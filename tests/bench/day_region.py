"""A region on the morning of a ВПР, set up through the real services; and what of its day is missing from the database."""

import hashlib
import sqlite3
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path

from bot.app import App
from bot.domain.people import Account, Role, SchoolId
from bot.domain.plan import School, Sitting, SittingForm, SittingId
from bot.sandbox import Sandbox
from bot.sandbox.chats import Person as PhoneOwner
from bot.texts.people import CODE_LETTERS
from storage import people, schools, sittings
from tests.clock import RunningClock
from tests.running import settings_for

ZONE = "Asia/Novosibirsk"
# the bot's clock says nothing outside, but it was not later than what was sent last
IN_HAND = "state = 'claimed' OR (state = 'pending' AND not_before <= (SELECT MAX(finished_at) FROM outbox WHERE state = 'sent'))"
SUBJECTS = ("Русский язык", "Математика", "История", "Физика")


@dataclass
class Told:
    """What people told the bot and were promised an answer to; `lost` compares it with the database."""

    violations: dict[int, tuple[str, str]] = field(default_factory=dict)
    reports: set[int] = field(default_factory=set)
    photos: dict[int, list[str]] = field(default_factory=dict)
    pieces: int = 0
    cases: int = 0
    alerts: int = 0
    unanswered: list[str] = field(default_factory=list)

    def sent(self, number: int, photos: list[bytes]) -> None:
        self.photos[number] = sorted(hashlib.sha256(photo).hexdigest() for photo in photos)


@dataclass
class Region:
    """Phones, and the numbers of the reports that are expected of each observer."""

    sandbox: Sandbox
    observers: dict[int, PhoneOwner] = field(default_factory=dict)
    coordinators: list[PhoneOwner] = field(default_factory=list)
    parents: list[PhoneOwner] = field(default_factory=list)
    reports: dict[int, list[int]] = field(default_factory=dict)


async def settle(sandbox: Sandbox, folder: Path, moment: datetime, *, scale: float) -> Region:
    """1 000 schools, 2 000 observers, 2 400 sittings that are just over, three coordinators, one operator, 420 parents."""
    region = Region(sandbox)
    clock = RunningClock(moment)
    async with App.start(settings_for(sandbox, folder, timezone=ZONE), clock=clock) as app:
        await app.database._writer.run("PRAGMA synchronous = OFF")  # only here; the bot that is measured opens it anew
        places = []
        async with app.database.transaction() as tx:
            for number in range(1, round(1000 * scale) + 1):
                name = f"СОШ № {number}"
                places.append((await schools.save(tx, 1, School(SchoolId(0), name), name.casefold()), name))
        for number in range(3):
            region.coordinators.append((await _person(app, sandbox, f"Координатор {number}", Role.COORDINATOR))[0])
        await _person(app, sandbox, "Оператор", Role.OPERATOR)
        watching = []
        for number in range(round(2000 * scale)):
            phone, person_id = await _person(app, sandbox, f"Наблюдатель {number}", Role.OBSERVER)
            region.observers[person_id] = phone
            watching.append(person_id)
        for number in range(round(2400 * scale)):
            person_id = watching[number % len(watching)]
            turn, place = divmod(number, len(places))
            report = await _sitting(app, places[place], turn, person_id, moment)
            region.reports.setdefault(person_id, []).append(report)
        async with app.database.transaction() as tx:
            await tx.execute("DELETE FROM outbox")  # everybody was told of their assignment days ago
    for number in range(round(420 * scale)):
        region.parents.append(sandbox.world.add_person(f"Родитель {number}", started=True))
    return region


async def _person(app: App, sandbox: Sandbox, name: str, role: Role) -> tuple[PhoneOwner, int]:
    phone, now = sandbox.world.add_person(name, started=True), app.clock()
    account = Account("tg", phone.id, phone.id)
    async with app.database.transaction() as tx:
        person = await people.add_person(tx, 1, CODE_LETTERS[role], now, full_name=name)
        await people.link_account(tx, account, person.id, now)
        await people.grant(tx, person.id, role, 1, None, now, by=None)
        for step in ("adult_at", "rehearsed_at", "trained_at"):
            await people.set_moment(tx, person.id, step, now)
    actor, _ = await app.services.enrolment.actor(account)
    await app.services.enrolment.consent(actor, now)
    return phone, person.id


async def _sitting(app: App, place: tuple[SchoolId, str], turn: int, person_id: int, moment: datetime) -> int:
    """The `turn`-th class of this school."""
    grade = 5 + turn
    sitting = Sitting(
        SittingId(0), place[0], place[1], f"{grade}А", grade, SUBJECTS[turn],
        moment.date(), 2, time(9, 20), "7", 24, SittingForm.PAPER, 45,
    )  # fmt: skip
    async with app.database.transaction() as tx:
        sitting_id = await sittings.save(tx, sitting, app.clock())
        return await app.services.planning.assign_in(tx, sitting_id, person_id, app.clock(), by=None)


def connect(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{(folder / 'bot.db').absolute().as_uri()}?mode=ro", uri=True)


def lost(folder: Path, told: Told) -> list[str]:
    """What people sent and the database does not hold as they sent it, each in words."""
    found = list(told.unanswered)
    held = connect(folder)
    states = dict(held.execute("SELECT number, state FROM report"))
    answers: dict[int, dict[str, tuple[str, str]]] = {}
    for number, item, value, comment in held.execute("SELECT report_number, item, value, comment FROM answer"):
        answers.setdefault(number, {})[item] = value, comment
    photos: dict[int, list[str]] = {}
    for number, sha256 in held.execute("SELECT report_number, sha256 FROM photo WHERE state = 'stored'"):
        photos.setdefault(number, []).append(sha256)
    for number in told.reports:
        given = answers.get(number, {})
        bad = {item: comment for item, (value, comment) in given.items() if value == "no"}
        wanted = dict([told.violations[number]]) if number in told.violations else {}
        if states.get(number) != "submitted" or len(given) != 12 or bad != wanted:
            found.append(f"report {number}: {states.get(number)}, {len(given)} answers, {bad}")
    found += [f"photos of {number}" for number, sent in told.photos.items() if sorted(photos.get(number, [])) != sent]
    for name, count, query in (
        ("hotline messages", told.pieces, "SELECT COUNT(*) FROM case_message WHERE direction = 'in'"),
        ("cases", told.cases, "SELECT COUNT(*) FROM hotline_case"),
        ("alerts", told.alerts, "SELECT COUNT(*) FROM alert"),
        ("set aside", 0, "SELECT COUNT(*) FROM inbox WHERE state <> 'done'"),
        ("still to be sent", 0, f"SELECT COUNT(*) FROM outbox WHERE {IN_HAND}"),
        ("not delivered", 0, "SELECT COUNT(*) FROM outbox WHERE state IN ('failed', 'uncertain', 'unreachable')"),
    ):
        stored = held.execute(query).fetchone()[0]
        found += [f"{name}: {count} told, {stored} stored"] * abs(count - stored)
    held.close()
    return found
