"""«Мои данные»: seen, put right, taken back, deleted; interest with its reason; an installation without names."""

from pathlib import Path

from bot.domain.people import Role
from bot.sandbox import Sandbox
from storage import people, reports
from tests.city import City
from tests.running import bot_at

DATA = Path(__file__).parents[1] / "data" / "municipality"


async def test_observer_sees_and_corrects_what_is_stored(city: City) -> None:
    observer, _person = await city.phone_of("Анна", Role.OBSERVER)
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    await observer.sends("мои данные")
    await observer.sees("Имя: Анна.")
    await observer.sees("Согласие: версия")
    await observer.taps("Исправить имя")
    await observer.sends("Петрова <b>Анна</b>")
    await observer.sees("Это не похоже на имя")
    await observer.sends("Петрова  Анна")
    await observer.sees("Имя: Петрова Анна.")
    await boss.sees("Н-001 исправил имя")
    await observer.taps("Исправить телефон")
    await observer.sends("напишу потом")
    await observer.sees("Это не похоже на номер телефона")
    await observer.sends("8 912 345-67-89")
    await observer.sees("Телефон: +79123456789.")
    await boss.sees("Н-001 исправил телефон")
    await boss.sends("мои данные")
    await boss.taps("Исправить телефон")
    await boss.sends("+7 912 345 67 89")
    await boss.sees("записан за другим участником")
    await boss.sends("+7 912 345 67 80")
    await boss.sees("Телефон: +79123456780.")
    await observer.taps("Когда я могу")
    await observer.sends("только вторая половина апреля")
    await observer.sees("Когда можете: только вторая половина апреля.")
    stranger = city.running.person("Родитель")
    await stranger.sends("мои данные")
    await stranger.sees("Вас нет в списках")


async def test_deleted_person_leaves_reports_and_nothing_else(city: City) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    observer, person = await city.phone_of("Вера Каменецкая", Role.OBSERVER)
    number = await city.sits_today("СОШ № 5", "6Б", "Русский язык", person, minutes=30)
    await city.running.settled()
    await observer.sends("удалить мои данные")
    card = await observer.sees("Вернуть удалённое нельзя")
    await observer.taps("Да, удалить")
    await observer.sees("Ваши данные удалены")
    await boss.sees("Н-001 удалил свои данные")
    async with city.running.app.database.read() as reader:
        kept = await reports.load(reader, number)
        gone = await people.person(reader, person.id)
        dump = ""
        for table in ("person", "account", "membership", "invite", "outbox", "expectation", "audit", "conflict"):
            dump += str([tuple(row) for row in await reader.fetch_all(f"SELECT * FROM {table}")])
    assert kept is not None
    assert kept.state.value == "excused"
    assert (gone.full_name, gone.phone, gone.code) == ("", "", "Н-001")
    assert "Каменецкая" not in dump
    assert str(observer.id) not in dump
    await observer.taps_old(card, "home")
    await observer.sees("Кто вы?")


async def test_withdrawn_consent_ends_the_roles_and_the_only_coordinator_stays(city: City) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    await city.sits_today("СОШ № 5", "6Б", "Русский язык", person, minutes=30)
    await boss.sends("мои данные")
    await boss.taps("Отозвать согласие")
    await boss.taps("Да, отозвать")
    await boss.sees("Вы единственный координатор")
    await observer.sends("мои данные")
    await observer.taps("Отозвать согласие")
    await observer.taps("Да, отозвать")
    await observer.sees("Согласие отозвано")
    await boss.sees("1 работа осталась без этого наблюдателя")
    await observer.sends("отчёт")
    await observer.sees("Кто вы?")


async def test_interest_is_declared_with_its_reason_and_a_replacement_is_offered(city: City) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    await city.phone_of("Вера", Role.OBSERVER)
    await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=30)
    await observer.sends("мои данные")
    await observer.taps("Личный интерес")
    await observer.taps("СОШ № 5")
    await observer.taps("Готово")
    await observer.taps("Учатся мои дети")
    await boss.sees("Н-001: в школе учатся дети или родственники, СОШ № 5")
    await boss.taps("Замена")
    await boss.sees("Кем заменить Н-001?")
    await boss.taps("Н-002")
    await boss.sees("Вместо Н-001 теперь Н-002")
    await observer.sees("Вы больше не назначены")
    await boss.taps("История назначений")
    await boss.sees("Н-001 заменён на Н-002")


async def test_without_personal_data_no_name_is_asked_or_shown(tmp_path: Path) -> None:
    async with Sandbox.start() as sandbox, bot_at(sandbox, tmp_path, personal_data=False) as running:
        city = City(running)
        boss, _ = await city.phone_of("Мария Секретная", Role.COORDINATOR)
        _, _watcher = await city.phone_of("Анна Секретная", Role.OBSERVER)
        await boss.sends("люди")
        await boss.taps("Добавить человека")
        await boss.sees("Кого добавить?")
        await boss.taps("Наблюдатели")
        await boss.sees("Приглашение: Н-002")
        await boss.sends("люди")
        await boss.sees("Люди и приглашения")
        await boss.taps("Наблюдатели")
        await boss.sees("уже в боте")
        assert "Н-001" in " ".join(boss.buttons())
        await boss.taps("Н-001")
        await boss.sees("Роли: наблюдатель")
        await boss.does_not_see("Секретная")
        assert "Секретная" not in str(boss.buttons())
        await boss.sends("мои данные")
        await boss.sees("Имя и телефон в чате не хранятся")
        await boss.sends_document(DATA / "observers.xlsx", "observers.xlsx")
        await boss.sees("имена и телефоны в чате не хранят", timeout=30)
        check = await running.app.services.importing.check(
            None, DATA / "schools.xlsx", "schools.xlsx", running.app.clock()
        )
        assert check.new == 16
