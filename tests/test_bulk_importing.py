"""A set of files written in bulk leaves the very plan that the ordinary import leaves; twice is once."""

import asyncio
import contextlib
from datetime import UTC, datetime
from pathlib import Path

from bot.app import App
from bot.domain.importing.columns import Kind
from bot.domain.people import Role
from bot.services.bulk_importing import Progress
from bot.settings import Settings
from storage import imports, people, sittings
from storage.clock import to_text
from storage.database import Database

NOW = datetime(2027, 4, 10, 6, tzinfo=UTC)
SCHOOLS = "Краткое наименование;Полное наименование;Логин ОО\nСОШ № 1;Школа 1;edu1\nСОШ № 2;Школа 2;edu2\n"
HEADER = "ОО;Класс;Предмет;Дата;Урок;Начало;Кабинет\n"
FIRST = (
    HEADER
    + "СОШ № 1;6А;История;15.04.2027;2;09:20;12\nсош №2;7Б;физика;16.04.2027;3;;5\nСОШ № 9;6А;История;15.04.2027;2;;\n"
)
SECOND = HEADER + "СОШ № 1;6А;История;15.04.2027;5;12:05;12\nСОШ № 2;7Б;Физика;16.04.2027;3;;5\n"


def settings(folder: Path) -> Settings:
    token = "123456789:AAF-abcdefghijklmnopqrstuvwxyz"
    return Settings(_env_file=None, bot_token=token, municipality="Город Н", timezone="Europe/Moscow", data_dir=folder)


def files(folder: Path) -> list[Path]:
    made = []
    for number, text in enumerate((SCHOOLS, FIRST, SECOND)):
        path = folder / f"{number}.csv"
        path.write_text(text, "utf-8")
        made.append(path)
    return made


async def test_bulk_and_ordinary_import_leave_the_same_plan(tmp_path: Path) -> None:
    schools, first, second = files(tmp_path)
    found = []
    for bulk in (True, False):
        async with App.start(settings(tmp_path / str(bulk))) as app:
            for path, kind in ((schools, Kind.SCHOOLS), (first, Kind.SCHEDULE), (second, Kind.SCHEDULE)):
                if bulk:
                    await app.services.bulk_importing.load([path], kind, app.clock(), lambda so_far: None)
                else:
                    check = await app.services.importing.check(None, path, path.name, app.clock())
                    await app.services.importing.apply(None, check.run_id, app.clock())
            async with app.database.read() as reader:
                rows = {str(sorted(row.items())) for row in (await imports.stored_rows(reader, "schedule", 1)).values()}
                reports = await reader.fetch_all(
                    "SELECT sitting_id, kind, person_id, state, due_at FROM report ORDER BY 1"
                )
                found.append((rows, [tuple(row) for row in reports]))
    assert found[0] == found[1]
    assert len(found[0][1]) == 2


async def test_work_cancelled_or_overdue_is_awaited_again_the_same_way(tmp_path: Path) -> None:
    """Whoever was assigned hears of it, and what they had begun is there."""
    schools, first, second = files(tmp_path)
    found = []
    for bulk in (True, False):
        async with App.start(settings(tmp_path / str(bulk))) as app:
            services, database = app.services, app.database

            async def load(path: Path, kind: Kind, app: App = app, bulk: bool = bulk) -> None:
                if bulk:
                    await app.services.bulk_importing.load([path], kind, NOW, lambda so_far: None)
                else:
                    check = await app.services.importing.check(None, path, path.name, NOW)
                    await app.services.importing.apply(None, check.run_id, NOW)

            await load(schools, Kind.SCHOOLS)
            await load(first, Kind.SCHEDULE)
            async with database.transaction() as tx:
                numbers = []
                for sitting_id in (1, 2):
                    person = await people.add_person(tx, 1, "Н", NOW)
                    await people.grant(tx, person.id, Role.OBSERVER, 1, None, NOW, by=None)
                    numbers.append(await services.planning.assign_in(tx, sitting_id, person.id, NOW, by=None))
                yes = "INSERT INTO answer (report_number, item, value, entered_at) VALUES (:number, 'А1', 'yes', '')"
                opened = "UPDATE report SET opened_at = created_at, state = 'partial' WHERE number = :number"
                for statement in (yes.replace("''", f"'{to_text(NOW)}'"), opened):
                    for number in numbers:
                        await tx.execute(statement, number=number)
                await services.planning.cancel_in(tx, await sittings.sitting(tx, 2), "карантин", NOW)
                await tx.execute("UPDATE report SET state = 'missed' WHERE sitting_id = 1")
            await load(second, Kind.SCHEDULE)
            async with database.read() as reader:
                rows = await reader.fetch_all("SELECT sitting_id, kind, state, due_at FROM report ORDER BY 1, 2")
                told = await reader.fetch_value("SELECT COUNT(*) FROM outbox WHERE dedupe_key LIKE 'planned-again:2:%'")
                assert await reader.fetch_value("SELECT COUNT(*) FROM sitting WHERE state_reason <> ''") == 0
            assert [row["state"] for row in rows] == ["partial", "expected", "partial", "expected"]
            assert told == 1
            found.append([tuple(row) for row in rows])
    assert found[0] == found[1]


async def test_loading_twice_changes_nothing_and_wrong_rows_are_told(tmp_path: Path) -> None:
    schools, first, _ = files(tmp_path)
    told: list[Progress] = []
    async with App.start(settings(tmp_path / "data")) as app:
        bulk, now = app.services.bulk_importing, app.clock()
        await bulk.load([schools], Kind.SCHOOLS, now, lambda so_far: None)
        once = await bulk.load([first], Kind.SCHEDULE, now, told.append)
        assert (once.new, once.changed, once.unchanged, once.wrong) == (2, 0, 0, 1)
        assert once.errors[0][1].raw == "СОШ № 9"
        assert told == [Progress("1.csv", 1, 1, 3)]
        twice = await bulk.load([first], Kind.SCHEDULE, now, lambda so_far: None)
        assert (twice.new, twice.changed, twice.unchanged, twice.wrong) == (0, 0, 2, 1)


async def test_somebody_else_writes_between_the_units_of_a_long_file(tmp_path: Path) -> None:
    """Rows of every size come in whole units, none twice, while another process's small transactions go on."""
    rows = [
        f"СОШ № {1 + turn % 2};{4 + turn % 5}{'АБВГДЕ'[turn // 5 % 6]};История;{12 + turn // 60 % 14}.04.2027;2;;\n"
        for turn in range(1200)
    ]
    schools, _, _ = files(tmp_path)
    long = tmp_path / "long.csv"
    long.write_text(HEADER + "".join(dict.fromkeys(rows)), "utf-8")
    async with App.start(settings(tmp_path / "data")) as app, contextlib.AsyncExitStack() as stack:
        await app.services.bulk_importing.load([schools], Kind.SCHOOLS, app.clock(), lambda so_far: None)
        other = await Database.open(app.database.path)
        stack.push_async_callback(other.close)
        loading = asyncio.ensure_future(
            app.services.bulk_importing.load([long], Kind.SCHEDULE, app.clock(), lambda so_far: None)
        )
        seen = set()
        while not loading.done():
            async with other.transaction() as tx:
                await tx.next_numbers("somebody")
                seen.add(await tx.fetch_value("SELECT COUNT(*) FROM sitting"))
                assert await tx.fetch_value("SELECT COUNT(*) FROM sitting") == await tx.fetch_value(
                    "SELECT COUNT(*) FROM report"
                )
        loaded = await loading
        async with app.database.read() as reader:
            assert await reader.fetch_value("SELECT COUNT(*) FROM sitting") == loaded.new == len(set(rows))
        assert len(seen) > 3  # it wrote in between, not only before and after
        async with app.database.transaction() as tx:
            assert await tx.fetch_value("PRAGMA synchronous") == 2  # taps wait for the disk again
