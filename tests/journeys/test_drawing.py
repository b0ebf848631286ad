"""Жеребьёвка in chat: proposed, applied once, told to everybody, repeated by a stranger from the file."""

import json
from io import BytesIO
from pathlib import Path

import docx

from bot.cli.drawing import repeat_draw
from bot.domain.people import Account, Role
from storage import consents, schools
from tests.city import City


async def test_draw_is_proposed_applied_and_repeated(city: City, tmp_path: Path, capsys) -> None:
    for name in ("СОШ № 1", "СОШ № 2", "СОШ № 3"):
        await city.has_school(name)
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    first, anna = await city.phone_of("Анна", Role.OBSERVER)
    second, _ = await city.phone_of("Вера", Role.OBSERVER)
    app = city.running.app
    for school, class_name in (("СОШ № 1", "6А"), ("СОШ № 2", "6Б"), ("СОШ № 3", "7А")):
        await city.sits_today(school, class_name, "Русский язык", anna, minutes=30)
    now = app.clock()
    async with app.database.transaction() as tx:
        for sitting_id in (1, 2, 3):
            await app.services.planning.unassign_in(tx, sitting_id, anna.id, "снят", now, by=anna.id)
        await schools.set_risk_years(tx, city.schools["СОШ № 3"], [2025], "hand", now)
        await consents.add_conflict(tx, anna.id, city.schools["СОШ № 3"], "children", now, by=None)
    await boss.sends("жеребьёвка")
    await boss.taps("Ближайшие 7 дней")
    await boss.sees("Работ без наблюдателя: 3. Предложено назначений: 2")
    await boss.sees("Обязательные: СОШ № 3.")
    await boss.sees("Не хватило: 1 (")
    await boss.taps("Протокол")
    name, content = await boss.receives_document()
    assert name == "протокол_жеребьёвки.docx"
    document = docx.Document(BytesIO(content))
    cells = " ".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "Н-002" in cells
    assert "СОШ № 3" in cells
    assert "Анна" not in cells
    _, record = await boss.receives_document()
    card = await boss.sees("Назначений пока нет")
    await boss.taps_old(card, "dra:1")
    await boss.sees("Назначено: 2.")
    await second.sees("Вас назначили наблюдателем")
    await second.sees("СОШ № 3, 7А")
    await boss.taps_old(card, "dra:1")
    async with app.database.read() as reader:
        assert await reader.fetch_value("SELECT COUNT(*) FROM assignment WHERE ended_at IS NULL") == 2
        told = "SELECT COUNT(*) FROM outbox WHERE dedupe_key LIKE 'draw:1:%'"
        assert await reader.fetch_value(told) == 2
    await first.sees("Вас назначили наблюдателем")

    file = tmp_path / "draw.json"
    file.write_bytes(record)
    assert repeat_draw(file) == 0
    assert "Совпадает" in capsys.readouterr().out
    forged = json.loads(record)
    forged["result"]["choices"][0]["observer"] = 999
    file.write_text(json.dumps(forged))
    assert repeat_draw(file) == 1
    file.write_text("[]")
    assert repeat_draw(file) == 2


async def test_seed_may_be_given_in_words(city: City) -> None:
    await city.has_school("СОШ № 1")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    _, anna = await city.phone_of("Анна", Role.OBSERVER)
    await city.sits_today("СОШ № 1", "6А", "Русский язык", anna, minutes=30)
    app = city.running.app
    async with app.database.transaction() as tx:
        await app.services.planning.unassign_in(tx, 1, anna.id, "снят", app.clock(), by=anna.id)
    await boss.sends("жеребьевка 12345")
    await boss.sees("Число жеребьёвки: 12345")


async def test_with_nothing_to_draw_it_says_why_and_notes_no_draw(city: City) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    _, anna = await city.phone_of("Анна", Role.OBSERVER)
    await boss.sends("жеребьёвка")
    await boss.taps("Все дни графика")
    await boss.sees("На эти дни работ в графике нет")
    await city.has_school("СОШ № 1")
    await city.sits_today("СОШ № 1", "6А", "Русский язык", anna, minutes=30)
    await boss.sends("жеребьёвка 12345")
    await boss.sees("наблюдатели уже есть на всех работах")
    async with city.running.app.database.read() as reader:
        assert await reader.fetch_value("SELECT COUNT(*) FROM draw") == 0


async def test_draw_leaves_a_room_that_was_taken_meanwhile_and_changes_nothing_twice(city: City) -> None:
    await city.has_school("СОШ № 1")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    _, anna = await city.phone_of("Анна", Role.OBSERVER)
    app = city.running.app
    for class_name, minutes in (("6А", 30), ("6Б", 200)):
        await city.sits_today("СОШ № 1", class_name, "Русский язык", anna, minutes=minutes)
    async with app.database.transaction() as tx:
        for sitting_id in (1, 2):
            await app.services.planning.unassign_in(tx, sitting_id, anna.id, "снят", app.clock(), by=anna.id)
    await boss.sends("жеребьёвка 12345")
    card = await boss.sees("Предложено назначений: 2")
    _, vera = await city.phone_of("Вера", Role.OBSERVER)
    async with app.database.transaction() as tx:
        await app.services.planning.assign_in(tx, 1, vera.id, app.clock(), by=None)
    await boss.taps_old(card, "dra:1")
    await boss.sees("Назначено: 1.")
    await boss.sees("Не подошли, пока вы решали: 1")
    live = "SELECT sitting_id, person_id FROM assignment WHERE ended_at IS NULL ORDER BY 1, 2"
    async with app.database.read() as reader:
        assert [tuple(row) for row in await reader.fetch_all(live)] == [(1, vera.id), (2, anna.id)]
    actor, _ = await app.services.enrolment.actor(Account("tg", boss.id, boss.id))
    await app.services.assigning.replace(actor, 2, anna.id, vera.id, app.clock())
    await app.services.planning.unassign(actor, 1, vera.id, "снят", app.clock())
    await boss.taps_old(card, "dra:1")
    await boss.sees("По этой жеребьёвке уже назначили")
    async with app.database.read() as reader:
        assert [tuple(row) for row in await reader.fetch_all(live)] == [(2, vera.id)]
