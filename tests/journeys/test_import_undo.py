"""A loaded file taken back; a doubtful name confirmed by a button; nothing else changes."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.importing.columns import Kind
from bot.domain.importing.run import TooLateToUndo, UndoImpossible
from bot.domain.people import Role
from bot.texts import turning
from storage import imports, people
from tests.city import City

DATA = Path(__file__).parents[1] / "data" / "municipality"
TABLES = ("school", "sitting", "report", "risk_mark", "membership", "person", "conflict")


async def counted(city: City) -> dict[str, int]:
    async with city.running.app.database.read() as reader:
        return {name: await reader.fetch_value(f"SELECT COUNT(*) FROM {name}") for name in TABLES}


async def coordinators(city: City) -> set[tuple[str, int]]:
    async with city.running.app.database.read() as reader:
        held = await people.of_schools(reader)
        names = {row[0]: row[1] for row in await reader.fetch_all("SELECT id, short_name FROM school")}
    return {(names[school], one) for school, found in held.items() for one in found}


async def loaded(city: City, path: Path) -> int:
    app = city.running.app
    check = await app.services.importing.check(None, path, path.name, app.clock())
    await app.services.importing.apply(None, check.run_id, app.clock())
    return check.run_id


async def test_undo_leaves_the_plan_as_it_was_until_something_depends_on_it(city: City) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    _, watcher = await city.phone_of("Анна", Role.OBSERVER)
    app, empty = city.running.app, await counted(city)
    schools_run = await loaded(city, DATA / "schools.xlsx")
    with_schools = await counted(city)
    assert with_schools["school"] == 16
    await boss.sends_document(DATA / "schedule.xlsx", "график.xlsx")
    await boss.taps("Загрузить 487", timeout=30)
    await boss.sees("Отменить можно 24 часа", timeout=30)
    assert (await counted(city))["report"] == 487
    with pytest.raises(UndoImpossible):
        await app.services.import_undoing.undo(None, schools_run, app.clock())
    await boss.taps("Отменить загрузку")
    await boss.sees("Убрано новых: 487", timeout=30)
    assert await counted(city) == with_schools
    await app.services.import_undoing.undo(None, schools_run, app.clock())
    assert await counted(city) == empty

    await loaded(city, DATA / "schools.xlsx")
    run = await loaded(city, DATA / "schedule.xlsx")
    with pytest.raises(TooLateToUndo):
        await app.services.import_undoing.undo(None, run, app.clock() + timedelta(hours=25))
    async with app.database.transaction() as tx:
        sitting_id = await tx.fetch_value("SELECT MIN(id) FROM sitting")
        await app.services.planning.assign_in(tx, sitting_id, watcher.id, app.clock(), by=None)
    full = await counted(city)
    with pytest.raises(UndoImpossible):
        await app.services.import_undoing.undo(None, run, app.clock())
    assert await counted(city) == full


async def test_undo_gives_the_coordinator_their_school_back_and_everybody_hears(city: City, tmp_path: Path) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    header = "Краткое наименование;Полное наименование;Адрес;ФИО координатора;Телефон координатора\n"
    first, moved, other = tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "c.csv"
    first.write_text(header + "СОШ № 5;Школа 5;;;\nСОШ № 6;Школа 6;;;\n", "utf-8")
    moved.write_text(header + "СОШ № 5;Школа 5;Новая, 1;;\n", "utf-8")
    named = "СОШ № 5;Школа 5;Новая, 1;Иванова Вера Петровна;+7 900 000-00-11\n"
    other.write_text(header + named + "СОШ № 6;Школа 6;;Зуева Ольга Ильинична;+7 900 000-00-12\n", "utf-8")
    await loaded(city, first)
    async with city.running.app.database.read() as reader:
        city.schools |= {row[1]: row[0] for row in await reader.fetch_all("SELECT id, short_name FROM school")}
    working, anna = await city.phone_of("Анна", Role.SCHOOL_COORDINATOR, school="СОШ № 5")
    known, olga = await city.phone_of("Ольга", Role.OBSERVER)
    async with city.running.app.database.transaction() as tx:
        await people.update(tx, olga.id, phone="+79000000012")
    await loaded(city, moved)
    assert await coordinators(city) == {("СОШ № 5", anna.id)}
    await boss.sends_document(other, "школы.csv")
    card = await boss.sees("Сменится координатор школы", timeout=30)
    assert f"СОШ № 5: {anna.code} Анна → Иванова Вера Петровна" in card["text"]
    await boss.taps("Загрузить 2", timeout=30)
    await boss.sees("загружено", timeout=30)
    await working.sees("Вы больше не координатор школы: СОШ № 5")
    await known.sees("Вы координатор школы: СОШ № 6")
    assert {person for _, person in await coordinators(city)} == {olga.id, olga.id + 1}
    await boss.taps("Отменить загрузку")
    await boss.sees("загрузка отменена", timeout=30)
    await working.sees("Вы координатор школы: СОШ № 5")
    await known.sees("Вы больше не координатор школы: СОШ № 6")
    assert await coordinators(city) == {("СОШ № 5", anna.id)}


async def test_telephone_of_ones_own_word_brings_nobody_the_school_of_another(city: City, tmp_path: Path) -> None:
    """Whoever guesses who will be named, and gives that number as their own, is not the one who is named."""
    path = tmp_path / "schools.csv"
    path.write_text(
        "Краткое наименование;ФИО координатора;Телефон координатора\nСОШ № 5;Иванова Вера Петровна;+7 900 000-00-11\n",
        "utf-8",
    )
    curious, person = await city.phone_of("Ольга", Role.OBSERVER)
    await curious.sends("мои данные")
    await curious.taps("Исправить телефон")
    await curious.sends("+7 900 000-00-11")
    await curious.sees("Исправлено", fresh=True)
    await loaded(city, path)
    await city.running.settled()
    await curious.does_not_see("Вы координатор школы")
    assert await coordinators(city) == {("СОШ № 5", person.id + 1)}
    again = await loaded(city, path)
    assert again
    assert await coordinators(city) == {("СОШ № 5", person.id + 1)}


async def test_changed_rows_get_their_earlier_values_back(city: City, tmp_path: Path) -> None:
    app = city.running.app
    await loaded(city, DATA / "schools.xlsx")
    header = "ОО;Класс;Предмет;Дата;Урок;Начало;Кабинет\n"
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text(header + "СОШ № 5;6Б;История;15.04.2027;2;09:20;12\n", "utf-8")
    second.write_text(header + "СОШ № 5;6Б;История;15.04.2027;3;10:15;14\n", "utf-8")
    await loaded(city, first)
    async with app.database.read() as reader:
        before = await imports.stored_rows(reader, "schedule", 1)
        due = await reader.fetch_value("SELECT due_at FROM report")
    run = await loaded(city, second)
    async with app.database.read() as reader:
        assert await imports.stored_rows(reader, "schedule", 1) != before
        assert await reader.fetch_value("SELECT due_at FROM report") != due
    await app.services.import_undoing.undo(None, run, app.clock())
    async with app.database.read() as reader:
        assert await imports.stored_rows(reader, "schedule", 1) == before
        assert await reader.fetch_value("SELECT due_at FROM report") == due


async def test_doubtful_name_is_confirmed_by_a_button_and_remembered(city: City, tmp_path: Path) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    await loaded(city, DATA / "schools.xlsx")
    table = "ОО;Класс;Предмет;Дата;Урок\nСОШ № 55;6Б;История;15.04.2027;2\nСОШ № 5;6В;История;15.04.2027;2\n"
    await boss.sends_document(table.encode(), "график.csv")
    await boss.sees("С ошибками: 1.", timeout=30)
    assert "Ничего: исправлю файл" in boss.buttons()
    await boss.taps("Да, это СОШ № 5", timeout=30)
    await boss.sees("Новых: 2. Изменится: 0. Без изменений: 0. С ошибками: 0.", timeout=30)
    await boss.taps("Загрузить 2")
    await boss.sees("загружено", timeout=30)
    again = "ОО;Класс;Предмет;Дата;Урок\nсош №55;7А;Физика;16.04.2027;2\n"
    await boss.sends_document(again.encode(), "ещё.csv")
    await boss.sees("Новых: 1. Изменится: 0. Без изменений: 0. С ошибками: 0.", timeout=30)


async def test_column_that_is_not_in_the_file_erases_nothing(city: City, tmp_path: Path) -> None:
    app = city.running.app
    await loaded(city, DATA / "schools.xlsx")
    await loaded(city, DATA / "schedule.xlsx")
    async with app.database.read() as reader:
        schools, works = [await imports.stored_rows(reader, kind, 1) for kind in ("schools", "schedule")]
    key, school = next((key, row) for key, row in schools.items() if row["risk_years"])
    work_key, work = next((key, row) for key, row in works.items() if row["room"] and row["pupils"])
    one, two = tmp_path / "школы.csv", tmp_path / "график.csv"
    one.write_text(f"Краткое наименование;Полное наименование\n{school['short_name']};Новое имя школы\n", "utf-8")
    cells = (work["school_name"], work["class_name"], work["subject"], f"{work['date']:%d.%m.%Y}", "1")
    two.write_text("ОО;Класс;Предмет;Дата;Урок\n" + ";".join(cells) + "\n", "utf-8")
    for path in (one, two):
        await loaded(city, path)
    async with app.database.read() as reader:
        after = [await imports.stored_rows(reader, kind, 1) for kind in ("schools", "schedule")]
    assert after[0] == schools | {key: school | {"full_name": "Новое имя школы"}}
    assert after[1] == works | {work_key: work | {"lesson": 1}}
    await app.services.bulk_importing.load([one], Kind.SCHOOLS, app.clock(), lambda so_far: None)
    async with app.database.read() as reader:
        assert await imports.stored_rows(reader, "schools", 1) == after[0]


async def test_what_changes_is_told_by_name_page_by_page_and_back(city: City, tmp_path: Path) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    await loaded(city, DATA / "schools.xlsx")
    header, letters = "ОО;Класс;Предмет;Дата;Урок\n", "АБВГДЕЖИКЛ"
    path = tmp_path / "было.csv"
    path.write_text(header + "".join(f"СОШ № 5;6{letter};История;15.04.2027;2\n" for letter in letters), "utf-8")
    await loaded(city, path)
    moved = "".join(f"СОШ № 5;6{letter};История;16.04.2027;3\n" for letter in letters)
    await boss.sends_document((header + moved).encode(), "стало.csv")
    await boss.sees("Изменится: 10.", timeout=30)
    await boss.taps("Что изменится", timeout=30)
    await boss.sees("Показаны 1–8.", timeout=30)
    assert "СОШ № 5, 6 «А», История, 15.04.2027" in boss.newest()["text"]
    assert "дата: 15.04.2027 → 16.04.2027; урок: «2» → «3»" in boss.newest()["text"]
    await boss.taps(turning.FURTHER, timeout=30)
    await boss.sees("Показаны 9–10.", timeout=30)
    assert "6 «Л»" in boss.newest()["text"]
    assert "Строка" not in boss.newest()["text"]
    await boss.taps("Назад", timeout=30)
    await boss.sees("Изменится: 10.", timeout=30)
    await boss.taps("Загрузить 10", timeout=30)
    await boss.sees("загружено", timeout=30)


async def test_who_has_to_come_hears_what_a_file_changed_and_what_its_undo_did(city: City, tmp_path: Path) -> None:
    """One message with all their works; who is not concerned hears nothing, nor is a number of pupils news."""
    await loaded(city, DATA / "schools.xlsx")
    async with city.running.app.database.read() as reader:
        rows = await reader.fetch_all("SELECT short_name, id FROM school")
    city.schools = {row[0]: row[1] for row in rows}
    anna, watcher = await city.phone_of("Анна", Role.OBSERVER)
    idle, _ = await city.phone_of("Ольга", Role.OBSERVER)
    head, _ = await city.phone_of("Директор", Role.PRINCIPAL, school="СОШ № 5")
    header = "ОО;Класс;Предмет;Дата;Урок;Участников\n"
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text(header + "".join(f"СОШ № 5;6{one};История;15.04.2027;2;20\n" for one in "АБВ"), "utf-8")
    second.write_text(
        header + "СОШ № 5;6А;История;16.04.2027;3;20\nСОШ № 5;6Б;История;16.04.2027;2;20\n"
        "СОШ № 5;6В;История;15.04.2027;2;25\n",
        "utf-8",
    )
    await loaded(city, first)
    app = city.running.app
    async with app.database.transaction() as tx:
        for sitting_id in (1, 2, 3):
            await app.services.planning.assign_in(tx, sitting_id, watcher.id, app.clock(), by=None, tell=False)
    run = await loaded(city, second)
    for phone in (anna, head):
        news = (await phone.sees("График изменился"))["text"].replace("\u00a0", " ")
        assert news.count("Стало:") == 2
        assert "Было: СОШ № 5, 6 «А», История, 15 апреля" in news
        assert "Стало: СОШ № 5, 6 «А», История, 16 апреля" in news
        assert "6 «В»" not in news
    assert "Не смогу прийти" in anna.buttons()
    await app.services.import_undoing.undo(None, run, app.clock())
    await anna.sees("Стало: СОШ № 5, 6 «А», История, 15\u00a0апреля")
    await city.running.settled()
    await idle.does_not_see("График изменился")


async def test_work_that_a_newer_file_leaves_out_is_named_and_stays(city: City, tmp_path: Path) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    await loaded(city, DATA / "schools.xlsx")
    header, path = "ОО;Класс;Предмет;Дата;Урок\n", tmp_path / "было.csv"
    rows = [f"СОШ № 5;6{one};История;{day}.04.2027;2\n" for one, day in (("А", 15), ("Б", 15), ("В", 16), ("Г", 22))]
    path.write_text(header + "".join(rows) + "СОШ № 6;6А;История;15.04.2027;2\n", "utf-8")
    await loaded(city, path)
    await boss.sends_document((header + rows[0] + rows[2]).encode(), "стало.csv")
    told = await boss.sees("В графике есть, а в файле нет: 1.", timeout=30)
    assert "СОШ № 5, 6 «Б», История, 15.04.2027" in told["text"]
    assert (await counted(city))["sitting"] == 5
