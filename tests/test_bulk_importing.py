"""A set of files written in bulk leaves the very plan that the ordinary import leaves; twice is once."""

from pathlib import Path

from bot.app import App
from bot.domain.importing.columns import Kind
from bot.settings import Settings
from storage import imports

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
                    await app.services.bulk_importing.load([path], kind, app.clock(), lambda name, rows: None)
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


async def test_loading_twice_changes_nothing_and_wrong_rows_are_told(tmp_path: Path) -> None:
    schools, first, _ = files(tmp_path)
    told: list[tuple[str, int]] = []
    async with App.start(settings(tmp_path / "data")) as app:
        bulk, now = app.services.bulk_importing, app.clock()
        await bulk.load([schools], Kind.SCHOOLS, now, lambda name, rows: None)
        once = await bulk.load([first], Kind.SCHEDULE, now, lambda name, rows: told.append((name, rows)))
        assert (once.new, once.changed, once.unchanged, once.wrong) == (2, 0, 0, 1)
        assert once.errors[0][1].raw == "СОШ № 9"
        assert told == [("1.csv", 3)]
        twice = await bulk.load([first], Kind.SCHEDULE, now, lambda name, rows: None)
        assert (twice.new, twice.changed, twice.unchanged, twice.wrong) == (0, 0, 2, 1)
