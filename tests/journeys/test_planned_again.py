"""A work cancelled and planned again, or moved: whoever was to report about it is awaited, hears of it, and can send."""

from datetime import timedelta

from bot.domain.checklist import AnswerValue
from bot.domain.people import Account, Role
from bot.domain.report import ReportState
from storage import reports
from tests.city import City


async def test_cancelled_work_added_again_by_hand_is_awaited_from_its_observer(city: City) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    observer, anna = await city.phone_of("Анна", Role.OBSERVER)
    app = city.running.app
    day = app.clock().astimezone(app.settings.zone).date() + timedelta(days=3)
    line = f"сош 5, 6б, русский язык, {day:%d.%m.%Y}, 2, 9:20, 214"
    await boss.sends("график")
    await boss.taps("Добавить работу")
    await boss.sends(line)
    card = await boss.sees("Сохранено: СОШ № 5")
    async with app.database.transaction() as tx:
        number = await app.services.planning.assign_in(tx, 1, anna.id, app.clock(), by=None)
    await boss.taps_old(card, "px:1")
    await boss.sends("карантин")
    await observer.sees("Работа отменена")
    await boss.sends("график")
    await boss.taps("Добавить работу")
    await boss.sends(line)
    await boss.sees("Сохранено: СОШ № 5", fresh=True)
    await observer.sees("Работа снова в графике")
    async with app.database.read() as reader:
        report = await reports.load(reader, number)
        assert await reader.fetch_value("SELECT COUNT(*) FROM sitting") == 1
    assert report is not None
    assert report.state is ReportState.EXPECTED
    await observer.sends("мои даты")
    await observer.sees("6 «Б»")


async def test_work_moves_to_a_day_where_the_same_one_was_cancelled(city: City) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    app = city.running.app
    first = app.clock().astimezone(app.settings.zone).date() + timedelta(days=3)
    second = first + timedelta(days=1)
    for day in (first, second):
        await boss.sends("график")
        await boss.taps("Добавить работу")
        await boss.sends(f"сош 5, 6б, русский язык, {day:%d.%m.%Y}, 2, 9:20, 214")
        card = await boss.sees("Сохранено: СОШ № 5", fresh=True)
    await boss.taps_old(card, "px:2")
    await boss.sends("карантин")
    await boss.sees("Отменено: ")
    await boss.taps_old(card, "sef:1:date")
    await boss.sends(f"{second:%d.%m.%Y}")
    await boss.sends("карантин снят")
    await boss.sees("Сохранено: СОШ № 5", fresh=True)
    async with app.database.read() as reader:
        rows = await reader.fetch_all("SELECT id, date, state FROM sitting ORDER BY id")
    assert [tuple(row) for row in rows] == [
        (1, second.isoformat(), "planned"),
        (2, first.isoformat(), "cancelled"),
    ]


async def test_complete_report_is_sent_after_its_missed_work_was_moved(city: City) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    observer, anna = await city.phone_of("Анна", Role.OBSERVER)
    app = city.running.app
    number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", anna, minutes=-60)
    actor, _ = await app.services.enrolment.actor(Account("tg", observer.id, observer.id))
    view = await app.services.reporting.open(actor, number, app.clock(), arrived_at=app.clock())
    codes = [item.code for item in view.checklist.items(view.report.form)]
    await app.services.reporting.answer(actor, number, dict.fromkeys(codes, (AnswerValue.YES, "")), app.clock())
    await app.services.planning.miss_overdue(app.clock() + timedelta(days=1))
    later = app.clock().astimezone(app.settings.zone).date() + timedelta(days=2)
    await boss.sends("главная")
    card = await boss.sees("Вы — муниципальный")
    await boss.taps_old(card, "sef:1:date")
    await boss.sends(f"{later:%d.%m.%Y}")
    await boss.sends("перенос")
    await boss.sees("Сохранено: СОШ № 5")
    async with app.database.read() as reader:
        report = await reports.load(reader, number)
    assert report is not None
    assert report.state is ReportState.PARTIAL
    sent = await app.services.reporting.send(actor, number, app.clock())
    assert sent.report.state is ReportState.SUBMITTED
