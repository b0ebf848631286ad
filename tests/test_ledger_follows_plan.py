"""Whatever coordinators, observers and files do to the plan: the states of the ledger sum to it, and nothing is doubled."""

import asyncio
import tempfile
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.app import App
from bot.domain.checklist import AnswerValue
from bot.domain.errors import DomainError
from bot.domain.ledger import Ledger
from bot.domain.people import Account, Actor, Membership, MunicipalityId, Person, Role
from bot.domain.report import ReportKind, ReportState
from bot.settings import Settings
from storage import people, plan_changes, reports
from storage.database import Reader

NOW = datetime(2027, 4, 10, 6, tzinfo=UTC)
SCHOOLS = ("СОШ № 1", "СОШ № 2")
HEADER = "ОО;Класс;Предмет;Дата;Урок;Начало"
OBSERVERS = 3

sitting, other, observer, stand_in = (st.integers(1, 8), st.integers(1, 8), st.integers(0, 2), st.integers(0, 2))
deed = st.one_of(
    st.tuples(
        st.just("import"), st.lists(st.tuples(st.integers(0, 1), st.integers(4, 6), st.integers(15, 17)), max_size=4)
    ),
    st.tuples(st.just("undo")),
    st.tuples(st.just("add"), st.integers(0, 1), st.integers(4, 6), st.integers(15, 17)),
    st.tuples(st.just("assign"), sitting, observer),
    st.tuples(st.just("unassign"), sitting, observer),
    st.tuples(st.just("replace"), sitting, observer, stand_in),
    st.tuples(st.just("swap"), sitting, observer, other, stand_in),
    st.tuples(st.just("cannot"), sitting, observer),
    st.tuples(st.just("cancel"), sitting),
    st.tuples(st.just("move"), sitting, st.integers(15, 18)),
    st.tuples(st.just("send"), sitting, observer),
    st.tuples(st.just("begin"), sitting, observer),
    st.tuples(st.just("return"), sitting, observer),
    st.tuples(st.just("draw"), st.text("01", min_size=1, max_size=3)),
    st.tuples(st.just("wait"), st.integers(1, 9)),
    st.tuples(st.just("leave"), observer),
)


@pytest.mark.timeout(400)
@given(st.lists(deed, min_size=1, max_size=18))
@example([("assign", 1, 0), ("begin", 1, 0), ("cancel", 1), ("import", [(0, 4, 15)]), ("undo",)])
@example([("assign", 1, 0), ("cancel", 1), ("add", 0, 4, 15), ("send", 1, 0)])
@example([("assign", 1, 0), ("cancel", 1), ("leave", 0), ("import", [(0, 4, 15)])])
@example([("assign", 1, 0), ("import", [(0, 4, 16)]), ("add", 0, 4, 15), ("cancel", 3), ("move", 1, 15)])
@example(
    [("assign", 1, 0), ("unassign", 1, 0), ("assign", 1, 1), ("begin", 1, 1), ("replace", 1, 1, 0), ("send", 1, 0)]
)
@example([("assign", 1, 0), ("send", 1, 0), ("return", 1, 0), ("cancel", 1), ("import", [(0, 4, 15)]), ("send", 1, 0)])
@example([("assign", 1, 0), ("send", 1, 0), ("return", 1, 0), ("unassign", 1, 0), ("assign", 1, 0)])
@settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.too_slow])
def test_states_sum_to_the_plan_after_any_sequence(deeds: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_live(Path(folder), deeds))


async def test_town_does_what_it_is_told(tmp_path: Path) -> None:
    """A town that refused everything would balance as well."""
    values = {
        "bot_token": "123456789:AAF-abcdefghijklmnopqrstuvwxyz",
        "municipality": "Город Н",
        "timezone": "Europe/Moscow",
        "data_dir": tmp_path,
    }
    async with App.start(Settings(_env_file=None, **values)) as app:  # type: ignore[arg-type]
        town = await Town.founded(app, tmp_path)
        await town.does("assign", 1, 0)
        await town.does("begin", 1, 0)
        await town.does("replace", 1, 0, 1)
        await town.does("send", 1, 1)
        await town.does("assign", 2, 2)
        await town.does("move", 2, 18)
        await town.does("cancel", 2)
        async with app.database.read() as reader:
            rows = await reader.fetch_all("SELECT sitting_id, kind, person_id, state FROM report ORDER BY 1, 2, 3")
            await _balanced(reader)
        second, third = 3, 4  # after the coordinator and the first observer
        assert [tuple(row) for row in rows] == [
            (1, "observer", second, "submitted"),
            (1, "school", None, "expected"),
            (2, "observer", third, "excused"),
            (2, "school", None, "excused"),
        ]


async def _live(folder: Path, deeds: list[tuple[Any, ...]]) -> None:
    values = {
        "bot_token": "123456789:AAF-abcdefghijklmnopqrstuvwxyz",
        "municipality": "Город Н",
        "timezone": "Europe/Moscow",
        "data_dir": folder,
    }
    async with App.start(Settings(_env_file=None, **values)) as app:  # type: ignore[arg-type]
        town = await Town.founded(app, folder)
        for one in deeds:
            with suppress(
                DomainError
            ):  # a rule refused: then nothing may have changed, which the balance shows as well
                await town.does(*one)
            async with app.database.read(snapshot=True) as reader:
                await _balanced(reader)


async def _balanced(reader: Reader) -> None:
    rows = await reader.fetch_all("SELECT state, COUNT(*) FROM report WHERE training = 0 GROUP BY state")
    states = Counter({ReportState(row[0]): row[1] for row in rows})
    ever_expected = await reader.fetch_value(
        "SELECT (SELECT COUNT(*) FROM sitting) + (SELECT COUNT(DISTINCT number) FROM report WHERE kind = 'observer')"
    )
    Ledger(ever_expected, states)  # raises when the sum differs
    live = (
        "SELECT COUNT(*) FROM assignment a JOIN sitting s ON s.id = a.sitting_id AND s.state = 'planned'"
        " WHERE a.ended_at IS NULL"
    )
    matched = live + (
        " AND EXISTS (SELECT 1 FROM report r WHERE r.sitting_id = a.sitting_id AND r.person_id = a.person_id"
        " AND r.kind = 'observer' AND r.state <> 'excused')"
    )
    assert await reader.fetch_value(live) == await reader.fetch_value(matched), (
        "an assignment without an expected report"
    )
    orphans = (
        "SELECT COUNT(*) FROM report r JOIN sitting s ON s.id = r.sitting_id WHERE r.kind = 'observer'"
        " AND r.state IN ('expected', 'opened', 'partial', 'returned', 'missed') AND (s.state = 'cancelled' OR NOT EXISTS"
        " (SELECT 1 FROM assignment a WHERE a.sitting_id = r.sitting_id AND a.person_id = r.person_id"
        " AND a.ended_at IS NULL))"
    )
    assert await reader.fetch_value(orphans) == 0, "a report is awaited that nobody is assigned to"
    schools = (
        "SELECT COUNT(*) FROM report r JOIN sitting s ON s.id = r.sitting_id WHERE r.kind = 'school'"
        " AND (s.state = 'cancelled') <> (r.state = 'excused') AND r.state NOT IN ('submitted', 'verified')"
    )
    assert await reader.fetch_value(schools) == 0, (
        "a school is asked about a cancelled work, or not about a planned one"
    )
    twice = "SELECT COUNT(*) FROM (SELECT 1 FROM report GROUP BY sitting_id, kind, COALESCE(person_id, 0) HAVING COUNT(*) > 1)"
    assert await reader.fetch_value(twice) == 0


class Town:
    """Two schools, three observers, one coordinator, and a clock."""

    def __init__(self, app: App, folder: Path, boss: Actor, observers: list[Actor]) -> None:
        self.app, self.folder, self.boss, self.observers = app, folder, boss, observers
        self.now, self.files, self.last_run = NOW, 0, 0

    @classmethod
    async def founded(cls, app: App, folder: Path) -> "Town":
        async with app.database.transaction() as tx:
            actors = []
            for number, role in enumerate([Role.COORDINATOR, *[Role.OBSERVER] * OBSERVERS]):
                person = await people.add_person(tx, 1, "Н", NOW)
                await people.grant(tx, person.id, role, 1, None, NOW, by=None)
                actors.append(_actor(person, role, number))
        town = cls(app, folder, actors[0], actors[1:])
        await town.loads("Краткое наименование;Полное наименование\n" + "\n".join(f"{name};{name}" for name in SCHOOLS))
        await town.does("import", [(0, 4, 15), (1, 5, 15)])
        return town

    async def loads(self, text: str) -> None:
        self.files += 1
        path = self.folder / f"{self.files}.csv"
        path.write_text(text, "utf-8")
        check = await self.app.services.importing.check(None, path, path.name, self.now)
        await self.app.services.importing.apply(None, check.run_id, self.now)
        self.last_run = check.run_id

    async def does(self, what: str, *told: Any) -> None:
        self.now += timedelta(minutes=1)
        services, now, boss = self.app.services, self.now, self.boss
        ids = [one.person.id for one in self.observers if one.person is not None]
        match what, *told:
            case "import", rows:
                lines = [f"{SCHOOLS[s]};{grade}А;История;{day}.04.2027;2;{7 + s * 4:02}:00" for s, grade, day in rows]
                if lines:
                    await self.loads("\n".join([HEADER, *lines]))
            case "add", school, grade, day:
                line = f"{SCHOOLS[school]}, {grade}А, История, {day}.04.2027, 2, {7 + school * 4:02}:00"
                await services.scheduling.add(boss, line, now)
            case ("undo",):
                await services.import_undoing.undo(None, self.last_run, now)
            case "assign", sitting_id, who:
                await services.assigning.assign(boss, sitting_id, ids[who], now)
            case "unassign", sitting_id, who:
                await services.planning.unassign(boss, sitting_id, ids[who], "снят", now)
            case "replace", sitting_id, old, new:
                await services.assigning.replace(boss, sitting_id, ids[old], ids[new], now)
            case "swap", first, one, second, two:
                await services.assigning.swap(boss, first, ids[one], second, ids[two], now)
            case "cannot", sitting_id, who:
                await services.assigning.cannot_come(self.observers[who], sitting_id, now)
            case "cancel", sitting_id:
                await services.scheduling.cancel(boss, sitting_id, "карантин", now)
            case "move", sitting_id, day:
                async with self.app.database.read() as reader:
                    seen = await plan_changes.revision(reader, sitting_id)
                await services.scheduling.change(boss, sitting_id, seen, "date", f"{day}.04.2027", "перенос", now)
            case ("send" | "begin") as how, sitting_id, who:
                await self._reports(self.observers[who], sitting_id, send=how == "send")
            case "return", sitting_id, who:
                await self._returns(sitting_id, ids[who])
            case "draw", seed:
                day = now.date()
                proposal = await services.drawing.propose(boss, day, day + timedelta(days=30), now, seed=seed)
                if proposal is not None:
                    await services.drawing.apply(boss, proposal.drawn.id, now)
            case "wait", days:
                self.now += timedelta(days=days)
                await services.planning.miss_overdue(self.now)
            case "leave", who:
                await services.personal_data.withdraw(self.observers[who], now)

    async def _reports(self, actor: Actor, sitting_id: int, *, send: bool) -> None:
        assert actor.person is not None
        async with self.app.database.read() as reader:
            number = await reader.fetch_value(
                "SELECT number FROM report WHERE sitting_id = :s AND person_id = :p", s=sitting_id, p=actor.person.id
            )
        if number is None:
            return
        reporting = self.app.services.reporting
        view = await reporting.open(actor, number, self.now, arrived_at=self.now)
        codes = [item.code for item in view.checklist.items(view.report.form)]
        answers = dict.fromkeys(codes if send else codes[:2], (AnswerValue.YES, ""))
        await reporting.answer(actor, number, answers, self.now)
        if send:
            await reporting.send(actor, number, self.now)

    async def _returns(self, sitting_id: int, person_id: int) -> None:
        async with self.app.database.read() as reader:
            number = await reports.number_of(reader, ReportKind.OBSERVER, sitting_id, person_id)
            report = await reports.load(reader, number) if number is not None else None
        if report is not None:
            await self.app.services.day.reviewing.send_back(
                self.boss, report.number, report.revision, "уточните", self.now
            )


def _actor(person: Person, role: Role, number: int) -> Actor:
    return Actor(Account("tg", 100 + number, 100 + number), person, (Membership(role, MunicipalityId(1)),))
