"""The coordinator's plan in chat: invite, assign, take off, cancel; and the person who was invited."""

import re

from bot.domain.checklist import AnswerValue
from bot.domain.people import Account, Role
from bot.domain.report import ReportState
from storage import consents, reports
from tests.city import City


async def test_invited_observer_goes_three_steps_and_gets_an_assignment(city: City) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    await boss.sends("люди")
    await boss.taps("Добавить человека")
    await boss.taps("Наблюдатели")
    await boss.sends("Петрова Анна Ивановна")
    message = await boss.sees("Приглашение: Н-001")
    code = re.search(r"\d{4}-\d{4}", message["text"])
    assert code is not None

    observer = city.running.person("Анна")
    await observer.sends("/start")
    await observer.taps("У меня есть код")
    await observer.sends("0000 0000")
    await observer.sees("Такого кода нет")
    await observer.sends(code.group().replace("-", " "))
    await observer.sees("Вас приглашают: наблюдатель")
    await observer.taps("Начать")
    await observer.sees("Шаг 1 из 3")
    await observer.taps("Даю согласие")
    await observer.taps("Всё верно")
    await observer.sends("привет")
    await observer.taps("Получилось")
    await observer.sees("Вы — наблюдатель Н-001")
    await boss.sees("Н-001 готов к работе")

    another = city.running.person("Пётр")
    await another.sends(f"старт {code.group()}")
    await another.sees("Такого кода нет, или он уже использован")


async def test_observer_is_assigned_taken_off_and_the_ledger_follows(city: City) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    _, watcher = await city.phone_of("Анна", Role.OBSERVER)
    second, _ = await city.phone_of("Вера", Role.OBSERVER)
    number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", watcher, minutes=30)
    today = city.running.app.clock().astimezone(city.running.app.settings.zone).date()
    await boss.sends("график")
    await boss.taps(str(today.day))
    await boss.taps("СОШ № 5")
    await boss.taps("6 «Б»")
    await boss.taps("Назначить наблюдателя")
    await boss.taps("Н-002")
    await boss.sees("Н-002 назначен")
    await second.sees("Вас назначили наблюдателем")
    await boss.taps("Снять Н-001")
    await boss.sees("Н-001 снят")
    async with city.running.app.database.read() as reader:
        taken = await reports.load(reader, number)
    assert taken is not None
    assert taken.state is ReportState.EXCUSED
    await boss.taps_old(boss.newest(), f"wu:{number}")
    assert "Ждать некого" in boss.toast()  # a button of an older card expects nothing of who was taken off
    async with city.running.app.database.read() as reader:
        assert await reports.load(reader, number) == taken
    await boss.taps("Отменить работу")
    await boss.sends("карантин")
    await second.sees("Работа отменена")
    async with city.running.app.database.read() as reader:
        listed = await reports.of_sitting(reader, taken.sitting_id)
    assert {one.report.state for one in listed} == {ReportState.EXCUSED}


async def test_observer_cannot_be_sent_to_the_school_of_their_child(city: City) -> None:
    school = await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    _, watcher = await city.phone_of("Анна", Role.OBSERVER)
    _, parent = await city.phone_of("Вера", Role.OBSERVER)
    await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", watcher, minutes=30)

    async with city.running.app.database.transaction() as tx:
        await consents.add_conflict(tx, parent.id, school, "children", city.running.app.clock(), by=None)
    await boss.sends("график")
    today = city.running.app.clock().astimezone(city.running.app.settings.zone).date()
    await boss.taps(str(today.day))
    await boss.taps("СОШ № 5")
    await boss.taps("6 «Б»")
    await boss.taps("Назначить наблюдателя")
    card = await boss.sees("Свободных наблюдателей без личного интереса нет")
    await boss.taps_old(card, f"pk:1:{parent.id}")
    await boss.sees("нельзя назначить в СОШ № 5")


async def test_revoked_coordinator_is_refused_on_the_next_tap(city: City) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    deputy, person = await city.phone_of("Олег", Role.COORDINATOR)
    await deputy.sends("люди")
    card = await deputy.sees("Люди и приглашения")
    await boss.sends("люди")
    await boss.taps("Координаторы")
    await boss.taps("К-002")
    await boss.taps("Отозвать роль")
    await boss.sees("Роль отозвана")
    await deputy.taps_old(card, "pp:observer")
    await deputy.sees("Это может только муниципальный координатор")
    await deputy.taps_old(card, f"pi:{person.id}:coordinator")
    await deputy.sees("Это может только муниципальный координатор", fresh=True)


async def test_two_observers_change_places_and_neither_gets_a_school_of_their_own(city: City) -> None:
    for name in ("СОШ № 5", "СОШ № 6", "СОШ № 7"):
        await city.has_school(name)
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    first, anna = await city.phone_of("Анна", Role.OBSERVER)
    second, vera = await city.phone_of("Вера", Role.OBSERVER)
    _, pavel = await city.phone_of("Павел", Role.OBSERVER)
    one = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", anna, minutes=30)
    two = await city.sits_today("СОШ № 6", "7 «А»", "Физика", vera, minutes=40)
    await city.sits_today("СОШ № 7", "8 «В»", "Химия", pavel, minutes=50)
    async with city.running.app.database.transaction() as tx:
        await consents.add_conflict(tx, pavel.id, city.schools["СОШ № 5"], "works", city.running.app.clock(), by=None)
    await boss.sends("график")
    await boss.taps(str(city.running.app.clock().astimezone(city.running.app.settings.zone).day))
    await boss.taps("СОШ № 5")
    await boss.taps("6 «Б»")
    await boss.taps("Поменять местами")
    await boss.sees("С кем поменять Н-001?")
    assert not any("Н-003" in label for label in boss.buttons())
    card = boss.last_message
    await boss.taps("Н-002: ")
    await boss.sees("Поменялись местами: Н-001 и Н-002")
    await first.sees("СОШ № 6, 7 «А»")
    await second.sees("СОШ № 5, 6 «Б»")
    async with city.running.app.database.read() as reader:
        held = [await reports.load(reader, number) for number in (one, two)]
        assert (
            await reader.fetch_value("SELECT COUNT(*) FROM report WHERE state = 'expected' AND kind = 'observer'") == 3
        )
    assert [report.person_id for report in held if report is not None] == [vera.id, anna.id]
    await boss.taps_old(card, f"asd:1:{vera.id}:3:{pavel.id}")
    await boss.sees("нельзя назначить в СОШ № 5")


async def test_observer_who_comes_back_takes_the_report_that_another_began(city: City) -> None:
    """A «Нет» that was given once is counted whoever finishes the report."""
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    first, anna = await city.phone_of("Анна", Role.OBSERVER)
    second, vera = await city.phone_of("Вера", Role.OBSERVER)
    app, now = city.running.app, city.running.app.clock()
    looked_at = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", anna, minutes=30)
    actors = [(await app.services.enrolment.actor(Account("tg", one.id, one.id)))[0] for one in (boss, first, second)]
    coordinator, one, two = actors
    await app.services.reporting.open(one, looked_at, now, arrived_at=now)
    await app.services.planning.unassign(coordinator, 1, anna.id, "снят", now)
    begun, _ = await app.services.assigning.assign(coordinator, 1, vera.id, now)
    view = await app.services.reporting.open(two, begun, now, arrived_at=now)
    code = next(iter(view.checklist.items(view.report.form))).code
    await app.services.reporting.answer(two, begun, {code: (AnswerValue.NO, "нет бланков")}, now)
    await boss.sends("главная")
    card = await boss.sees("Вы — муниципальный")
    await boss.taps_old(card, f"ard:1:{vera.id}:{anna.id}")
    await boss.sees("Вместо Н-002 теперь Н-001")
    async with app.database.read() as reader:
        taken, retired = await reports.load(reader, begun), await reports.load(reader, looked_at)
        assert await reader.fetch_value("SELECT COUNT(*) FROM report WHERE kind = 'observer'") == 2
    assert taken is not None
    assert retired is not None
    assert (taken.person_id, taken.state, taken.answers[code].comment) == (anna.id, ReportState.PARTIAL, "нет бланков")
    assert (retired.person_id, retired.state) == (vera.id, ReportState.EXCUSED)
