"""The town of the crash runs, set up through the real storage and services before the first bot is born."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from bot.app import App
from bot.domain.checklist import ReportForm
from bot.domain.checklist_file import load_checklist
from bot.domain.people import Account, Role, SchoolId
from bot.domain.plan import School, Sitting, SittingForm, SittingId
from bot.domain.report import Report
from bot.sandbox import Sandbox
from bot.settings import Settings
from bot.texts.people import CODE_LETTERS
from storage import people, reports, schools, sittings
from tests.agreeing import agree
from tests.faults.actor import Actor
from tests.faults.expected import Expected
from tests.faults.noon import ZONE
from tests.faults.observer import Observer, pictures
from tests.faults.parent import Parent
from tests.faults.staff import Coordinator, Operator
from tests.faults.stranger import Stranger

SCHOOL = "СОШ № 5"


@dataclass
class Town:
    sandbox: Sandbox
    observers: list[Observer] = field(default_factory=list)
    parents: list[Parent] = field(default_factory=list)
    operators: list[Operator] = field(default_factory=list)
    coordinators: list[Coordinator] = field(default_factory=list)
    strangers: list[Stranger] = field(default_factory=list)
    expected: Expected = field(default_factory=lambda: Expected(load_checklist(), {}))
    people: dict[int, int] = field(default_factory=dict)  # of the messenger → of the bot

    @property
    def everybody(self) -> list[Actor]:
        return [*self.observers, *self.parents, *self.operators, *self.coordinators, *self.strangers]


def settings_of(sandbox: Sandbox, data: Path, **changes: Any) -> Settings:
    values = {
        "bot_token": sandbox.token,
        "bot_api_root": sandbox.root,
        "municipality": "Town N",
        "timezone": ZONE,
        "data_dir": data,
        "messages_per_second": 0,
    }
    return Settings(_env_file=None, **(values | changes))


async def found(
    sandbox: Sandbox, data: Path, random: Random, *, observers: int = 6, reports_each: int = 10, parents: int = 2
) -> Town:
    """Everybody is enrolled; each observer has reports about lessons that are over."""
    town = Town(sandbox)
    data.mkdir(parents=True, exist_ok=True)
    photos = pictures()
    async with App.start(settings_of(sandbox, data)) as app:
        async with app.database.transaction() as tx:
            school_id = await schools.save(tx, 1, School(SchoolId(0), SCHOOL), SCHOOL.casefold())
        for number in range(observers):
            phone, person_id = await _enrol(app, sandbox, f"Наблюдатель {number}", Role.OBSERVER)
            town.people[phone.id] = person_id
            numbers = await _reports(app, person_id, school_id, number, reports_each)
            async with app.database.read() as reader:
                mine: dict[int, Report] = {}
                for each in numbers:
                    report = await reports.load(reader, each)
                    assert report is not None
                    mine[each] = report
            town.expected.reports |= mine
            view = Expected(town.expected.checklist, dict(mine))
            town.observers.append(
                Observer(sandbox, phone, Random(random.random()), expected=view, reports=numbers, photos=photos)
            )
        for number in range(2):
            phone, _ = await _enrol(app, sandbox, f"Координатор {number}", Role.COORDINATOR)
            town.coordinators.append(Coordinator(sandbox, phone, Random(random.random())))
        phone, _ = await _enrol(app, sandbox, "Оператор", Role.OPERATOR)
        town.operators.append(Operator(sandbox, phone, Random(random.random())))
    for number in range(parents):
        parent = sandbox.world.add_person(f"Родитель {number}", started=True)
        town.parents.append(Parent(sandbox, parent, Random(random.random())))
    stranger = sandbox.world.add_person("Посторонний", started=True)
    items = tuple(item.code for item in town.expected.checklist.items(ReportForm.SHORT))
    town.strangers.append(
        Stranger(sandbox, stranger, Random(random.random()), reports=list(town.expected.reports), items=items)
    )
    for actor in town.everybody:
        chat = sandbox.world.chats[actor.phone.id]
        actor.card = sandbox.world.post(chat, sandbox.world.bot.user(), {"text": "."})
    return town


async def _enrol(app: App, sandbox: Sandbox, name: str, role: Role) -> tuple[Any, int]:
    phone = sandbox.world.add_person(name, started=True)
    now = app.clock()
    async with app.database.transaction() as tx:
        person = await people.add_person(tx, 1, CODE_LETTERS[role], now, full_name=name)
        account = Account("tg", phone.id, phone.id)
        await people.link_account(tx, account, person.id, now)
        await agree(tx, person.id, account, now)
        await people.grant(tx, person.id, role, 1, None, now, by=None)
        for step in ("adult_at", "rehearsed_at", "trained_at"):
            await people.set_moment(tx, person.id, step, now)
    return phone, person.id


async def _reports(app: App, person_id: int, school_id: int, observer: int, count: int) -> list[int]:
    now = app.clock()
    begins = (now - timedelta(minutes=90)).astimezone(app.settings.zone)
    numbers = []
    async with app.database.transaction() as tx:
        for index in range(count):
            sitting = Sitting(
                SittingId(0), SchoolId(school_id), SCHOOL, f"{observer + 4}А", observer + 4, f"Предмет {index}", begins.date(),
                2, begins.time().replace(second=0, microsecond=0), "1", 20, SittingForm.PAPER, 45,
            )  # fmt: skip
            sitting_id = await sittings.save(tx, sitting, now)
            numbers.append(await app.services.planning.assign_in(tx, sitting_id, person_id, now, by=None))
    return numbers
