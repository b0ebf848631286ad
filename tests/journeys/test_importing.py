"""The municipality's own files, as they are: dry run, then apply."""

import re
from pathlib import Path

from bot.domain.people import Role
from storage import imports
from tests.city import City

DATA = Path(__file__).parents[1] / "data" / "municipality"


async def test_files_of_the_municipality_are_loaded_as_they_are(city: City) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    expected = {"schools.xlsx": 16, "schedule.xlsx": 487, "observers.xlsx": 40}
    for name, count in expected.items():
        await boss.sends_document(DATA / name, name)
        await boss.sees(f"Новых: {count}. Изменится: 0. Без изменений: 0. С ошибками: 0.", timeout=30)
        await boss.taps(f"Загрузить {count}", timeout=30)
        await boss.sees("загружено", fresh=True, timeout=30)
    await boss.sends_document(DATA / "schedule.xlsx", "schedule.xlsx")
    await boss.sees("Этот файл уже загружен", timeout=30)
    async with city.running.app.database.read() as reader:
        assert len(await imports.stored_rows(reader, "schedule", 1)) == 487
        assert (
            await reader.fetch_value("SELECT COUNT(*) FROM report WHERE kind = 'school' AND state = 'expected'") == 487
        )


async def test_wrong_rows_are_named_and_nothing_is_written_before_the_yes(city: City) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    await boss.sends_document(DATA / "schools.xlsx", "schools.xlsx")
    await boss.taps("Загрузить 16", timeout=30)
    await boss.sees("загружено", timeout=30)
    await boss.sends_document(DATA / "schedule-with-errors.xlsx", "график.xlsx")
    await boss.sees("С ошибками: 12.", timeout=30)
    await boss.sees("Строка 7: дата «31.04.2027» — такого дня нет.")
    await boss.sees("Похоже: СОШ № 5")
    async with city.running.app.database.read() as reader:
        assert await imports.stored_rows(reader, "schedule", 1) == {}
    await boss.taps("Файл с пометками", timeout=30)
    name, content = await boss.receives_document(timeout=30)
    assert name == "график_пометки.xlsx"
    assert content[:2] == b"PK"
    await boss.taps("Загрузить 48", timeout=30)
    await boss.sees("Новых: 48", timeout=30)


async def test_a_file_that_is_no_table_gets_a_reason(city: City) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    await boss.sends_document(b"%PDF-1.7 ...", "график.xlsx")
    await boss.sees("Это PDF", timeout=30)
    await boss.sends_document(b"PK\x03\x04 broken", "график.xlsx")
    await boss.sees("повреждён", timeout=30)


async def test_a_file_the_messenger_gives_no_path_for_is_asked_for_again(city: City) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    city.running.sandbox.faults.add("empty", "getFile")
    await boss.sends_document(DATA / "schools.xlsx", "schools.xlsx")
    await boss.sees("Пришлите его ещё раз", timeout=30)
    await boss.sends_document(DATA / "schools.xlsx", "schools.xlsx")
    await boss.sees("Новых: 16", timeout=30)


async def test_large_file_shows_its_progress_in_one_message_and_others_go_on(city: City) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    observer, _ = await city.phone_of("Анна", Role.OBSERVER)
    lines = ["ОО;Класс;Предмет;Дата;Урок;Начало;Кабинет;Примечание"]
    for number in range(1200):
        day, turn = 12 + number % 18, number // 18
        subject = ("История", "Физика", "Биология", "География")[turn % 4]
        letters = "АБВГ"[turn // 4 % 4] + "АБВГДЕЖЗ"[turn // 16]
        lines.append(f"СОШ № 5;7{letters};{subject};{day}.04.2027;2;09:20;12;{'без изменений ' * 12}")
    await boss.sends_document("\n".join(lines).encode(), "график.csv")
    await boss.sees("Проверяю «график.csv»: файл большой", timeout=30)
    checked = await boss.sees("Новых: 1200.", timeout=60)
    await boss.taps("Загрузить 1200", wait=False)
    await boss.sees(re.compile(r"Записываю: \d+ %, \d+ из 1200 строк"), timeout=60)
    await observer.sends("мои даты")
    await observer.sees("Мои даты", timeout=30)
    loaded = await boss.sees("Новых: 1200. Изменено: 0.", timeout=120)
    assert loaded["message_id"] == checked["message_id"]
