"""The schedule by hand: added, changed, cancelled, checked; by schools with the coordinator's word; open to parents."""

from datetime import timedelta

from bot.domain.people import Role
from storage import people
from tests.city import City


async def test_sitting_is_added_changed_and_cancelled_and_everybody_concerned_hears(city: City) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    deputy, _ = await city.phone_of("Олег", Role.COORDINATOR)
    school, _ = await city.phone_of("Школа", Role.SCHOOL_COORDINATOR, school="СОШ № 5")
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    app = city.running.app
    day = app.clock().astimezone(app.settings.zone).date() + timedelta(days=3)
    await boss.sends("график")
    await boss.taps("Добавить работу")
    await boss.sees("одной строкой")
    await boss.sends(f"СОШ 55, 6Б, Физекультура, {day:%d.%m.%Y}, 2")
    await boss.sees("Напишите ещё раз")
    await boss.sends(f"сош 5, 6 «б», русский, {day:%d.%m.%Y}, 2, 9:20, каб. 214")
    await boss.sees("Сохранено: СОШ № 5, 6 «Б», Русский язык")
    await school.sees("Работа добавлена")
    await boss.sends("график")
    await boss.taps("Добавить работу")
    await boss.sends(f"сош 5, 6б, русский язык, {day:%d.%m.%Y}, 3")
    await boss.sees("такая работа в этот день уже есть")
    async with app.database.transaction() as tx:
        await app.services.planning.assign_in(tx, 1, person.id, app.clock(), by=None)
        due = await tx.fetch_value("SELECT due_at FROM report WHERE kind = 'observer'")

    card = await boss.sees("такая работа")
    await boss.taps_old(card, "sef:1:starts_at")
    await boss.sees("время начала")
    await deputy.sends("главная")
    other = await deputy.sees("Вы — муниципальный")
    await deputy.taps_old(other, "sef:1:room")
    await deputy.sees("Напишите кабинет")
    await deputy.sends("301")
    await deputy.sees("Будет: ")
    await boss.sends("10:15")
    await boss.sees("10:15")
    await boss.sends("перенос урока")
    await boss.sees("Сохранено: ")
    await observer.sees("Причина: перенос урока")
    await observer.sees("Стало: СОШ № 5, 6 «Б», Русский язык")
    await deputy.sends("ремонт")
    await deputy.sees("изменил другой человек. Ничего не записано")
    async with app.database.read() as reader:
        row = await reader.fetch_one("SELECT room, starts_at FROM sitting WHERE id = 1")
        assert tuple(row) == ("214", "10:15")
        assert await reader.fetch_value("SELECT due_at FROM report WHERE kind = 'observer'") > due

    await boss.taps_old(card, "px:1")
    await boss.sees("причину отмены")
    await boss.sends("карантин")
    await boss.sees("Отменено: ")
    await observer.sees("Причина: карантин")
    await school.sees("Причина: карантин")


async def test_school_asks_and_the_coordinator_decides_once(city: City) -> None:
    await city.has_school("СОШ № 5")
    await city.has_school("СОШ № 6")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    deputy, _ = await city.phone_of("Олег", Role.COORDINATOR)
    school, _ = await city.phone_of("Школа", Role.SCHOOL_COORDINATOR, school="СОШ № 5")
    app = city.running.app
    day = app.clock().astimezone(app.settings.zone).date() + timedelta(days=3)
    await school.sends("график")
    await school.taps("Добавить работу")
    await school.sees("класс, предмет, дата")
    await school.sends(f"7А, физика, {day:%d.%m.%Y}, 3, 10:15, 12")
    await school.sees("Передали координатору на согласование")
    await boss.sees("Ш-001 просит добавить работу")
    other = await deputy.sees("Ш-001 просит добавить работу")
    await boss.taps("Принять")
    await boss.sees("принята. Школе сообщили")
    await school.sees("Ваша просьба добавить работу принята")
    await deputy.taps_old(other, "sep:1:0")
    await deputy.sees("Другой координатор уже ответил")
    async with app.database.read() as reader:
        assert await reader.fetch_value("SELECT COUNT(*) FROM sitting WHERE state = 'planned'") == 1
    await school.sends("график")
    await school.sees("Работ впереди: 1")
    await school.taps(f"{day:%d.%m} 7 «А»")
    await school.taps("Изменить")
    await school.taps("Кабинет")
    await school.sends("14")
    await school.sends("ремонт")
    await boss.sees("просит изменить работу")
    await boss.taps("Отклонить")
    await school.sees("отклонена координатором")
    async with app.database.read() as reader:
        assert await reader.fetch_value("SELECT room FROM sitting") == "12"


async def test_coordinator_of_two_schools_says_to_which_one_a_work_is_added(city: City) -> None:
    for name in ("СОШ № 5", "СОШ № 6"):
        await city.has_school(name)
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    school, person = await city.phone_of("Школа", Role.SCHOOL_COORDINATOR, school="СОШ № 5")
    app = city.running.app
    async with app.database.transaction() as tx:
        await people.grant(
            tx, person.id, Role.SCHOOL_COORDINATOR, 1, city.schools["СОШ № 6"], app.clock(), by=person.id
        )
    day = app.clock().astimezone(app.settings.zone).date() + timedelta(days=3)
    await school.sends("график")
    card = await school.sees("Вы координатор нескольких школ")
    await school.taps("СОШ № 6")
    await school.sees("График: СОШ № 6")
    await school.taps("Добавить работу")
    await school.sees("Новая работа: СОШ № 6")
    await school.sends(f"7А, физика, {day:%d.%m.%Y}, 3, 10:15, 12")
    await school.sees("Передали координатору на согласование")
    await boss.sees("СОШ № 6, 7 «А»")
    await school.taps_old(card, "sea")
    await school.taps("СОШ № 5")
    await school.sees("Новая работа: СОШ № 5")
    await school.taps_old(card, "sea:99")
    async with app.database.read() as reader:
        asked = await reader.fetch_all("SELECT school_id FROM sitting_proposal")
    assert [row[0] for row in asked] == [city.schools["СОШ № 6"]]


async def test_check_finds_what_cannot_be(city: City) -> None:
    await city.has_school("СОШ № 5")
    await city.has_school("СОШ № 6")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    _, watcher = await city.phone_of("Анна", Role.OBSERVER)
    await boss.sends("проверить график")
    await boss.sees("Двойных работ, кабинетов и назначений нет")
    await city.sits_today("СОШ № 5", "6Б", "Русский язык", watcher, minutes=1, room="1")
    await city.sits_today("СОШ № 5", "6Б", "Физика", watcher, minutes=1, room="2")
    await city.sits_today("СОШ № 5", "7А", "Химия", watcher, minutes=1, room="1")
    await boss.sends("проверить график")
    await boss.sees("6Б пишет две работы — Русский язык и Физика")
    await boss.sees("каб. 1 занят дважды — 6Б и 7А")
    await boss.sees("Н-001 в двух местах")
    for room in range(10, 14):
        for class_name in ("8А", "8Б", "8В"):
            await city.sits_today("СОШ № 6", class_name, f"Предмет {room}", watcher, minutes=300 + room, room=str(room))
    await boss.sends("проверить график")
    first = await boss.sees("В графике нестыковок")
    await boss.taps("Дальше")
    await boss.sees("В графике нестыковок", fresh=True)
    assert boss.newest()["text"] != first["text"]
    await boss.taps("Раньше")
    await boss.sees("каб. 1 занят дважды — 6Б и 7А", fresh=True)


async def test_parent_sees_the_open_schedule_without_staff_and_what_changed(city: City) -> None:
    await city.has_school("СОШ № 5")
    _, watcher = await city.phone_of("Анна Тайная", Role.OBSERVER)
    await city.sits_today("СОШ № 5", "6Б", "Русский язык", watcher, minutes=1)
    parent = city.running.person("Родитель")
    await parent.sends("/start")
    await parent.taps("График ВПР в школах")
    await parent.taps("СОШ № 5")
    card = await parent.sees("6Б, Русский язык")
    assert "Н-001" not in card["text"]
    assert "Тайная" not in card["text"]
    assert "добавлено" not in card["text"]
    await city.sits_today("СОШ № 5", "7А", "Физика", watcher, minutes=120)
    await parent.sends("график впр сош5")
    await parent.sees("7А, Физика")
    await parent.sees("добавлено")
    await parent.sends("график впр 5")
    again = await parent.sees("7А, Физика", fresh=True)
    assert "добавлено" not in again["text"]
    async with city.running.app.database.read() as reader:
        viewers = await reader.fetch_all("SELECT viewer FROM schedule_view")
    assert all(str(parent.id) not in row[0] for row in viewers)


async def test_long_schedule_turns_pages_and_marks_stay_for_the_whole_look(city: City) -> None:
    await city.has_school("СОШ № 5")
    _, watcher = await city.phone_of("Анна", Role.OBSERVER)
    for number in range(26):
        await city.sits_today(
            "СОШ № 5", f"{4 + number % 5} «{'АБВГДЕ'[number // 5]}»", "История", watcher, minutes=number
        )
    parent = city.running.person("Родитель", started=True)
    await parent.sends("график впр 5")
    await parent.sees("страница 1 из 2")
    await parent.taps("Дальше")
    await parent.sees("страница 2 из 2")
    await parent.does_not_see("добавлено")
    await city.sits_today("СОШ № 5", "8 «Я»", "Химия", watcher, minutes=200)
    await parent.sends("график впр 5")
    await parent.sees("страница 1 из 2", fresh=True)
    await parent.taps("Дальше")
    await parent.sees("8 «Я», Химия")
    await parent.sees("добавлено")
