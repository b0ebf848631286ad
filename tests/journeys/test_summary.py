"""The coordinator's day in chat: the same figures that the ledger holds, by word and by button."""

from datetime import timedelta

from bot.domain.people import Role
from tests.city import City
from tests.filling import REST


async def test_summary_counts_what_observers_sent(city: City) -> None:
    await city.has_school("СОШ № 5")
    await city.has_school("СОШ № 11")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    anna, anna_person = await city.phone_of("Анна", Role.OBSERVER)
    _, boris_person = await city.phone_of("Борис", Role.OBSERVER)
    number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", anna_person, minutes=-90)
    await city.sits_today("СОШ № 11", "7 «А»", "Математика", boris_person, minutes=-30)
    await boss.sends("Сводка")
    await boss.sees("Отчёты: 0 из 2. Ждём: 2")
    await anna.sends("/start")
    await anna.taps("На месте, начать отчёт")
    await anna.taps("Нет")
    await anna.sends("Лежали на столе в учительской")
    await anna.taps("Дальше")
    await anna.taps_through(REST)
    await boss.taps("Обновить")
    await boss.sees("Отчёты: 0 из 2. Ждём: 2")
    await boss.sees("Нарушения: 0")  # nothing counts before it is sent
    await anna.taps("Отправить отчёт")
    await anna.sees(f"Отчёт {number} принят")
    await boss.taps("Обновить")
    await boss.sees("Отчёты: 1 из 2. Ждём: 1")
    await boss.sees("Нарушения: 1 (критичных 1)\nРазбор: ждут разбора 1")
    await boss.taps("Нарушения: 1")
    await boss.sees("Лежали на столе в учительской")
    await boss.taps("Назад")
    await boss.taps("Ждём отчёты")
    await boss.sees("СОШ № 11, Н-002, 7 «А» Математика — не открыт")
    await boss.taps("Назад")
    await boss.taps("Школы")
    await boss.sees("СОШ № 5: работы 1 из 1, отчёты 1 из 1, нарушения 1 (критичных 1)")


async def test_a_day_without_works_offers_days_that_have_them(city: City) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    _, observer = await city.phone_of("Анна", Role.OBSERVER)
    await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", observer)
    await boss.sends("сводка за вчера")
    await boss.sees("В этот день работ нет.")
    assert len(boss.buttons()) == 2
    await boss.taps(boss.buttons()[0])
    await boss.sees("Отчёты: 0 из 1")
    await boss.sends("сводка за тридцатое")
    await boss.sees("Не понял, за какой день")
    await boss.sends("сводка за 31 февраля")
    await boss.sees("Не понял, за какой день")
    await boss.sends("сводка завтра")
    await boss.sees("В этот день работ нет.")
    await city.sits_today("СОШ № 5", "5 «А»", "История", observer)
    app = city.running.app
    tomorrow = (app.clock() + timedelta(days=1)).astimezone(app.settings.zone).date().isoformat()
    async with app.database.transaction() as tx:
        await tx.execute("UPDATE sitting SET date = :day WHERE subject = 'История'", day=tomorrow)
    await boss.sends("сводка завтра")
    await boss.sees("Проведено работ: 0 из 1, впереди: 1")
    await boss.sends("сводка сош 5")
    await boss.sees("6 «Б»")


async def test_an_observer_gets_no_summary(city: City) -> None:
    await city.has_school("СОШ № 5")
    anna, person = await city.phone_of("Анна", Role.OBSERVER)
    await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person)
    await anna.sends("сводка")
    await anna.sees("Не понял")
    card = await anna.sees("СОШ № 5")
    await anna.taps_old(card, "sv:c:20260423")
    await anna.does_not_see("ВПР сегодня")


async def test_from_the_summary_down_to_the_photo_by_words(city: City) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    anna, anna_person = await city.phone_of("Анна", Role.OBSERVER)
    number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", anna_person, minutes=-90)
    await anna.sends("/start")
    await anna.taps("На месте, начать отчёт")
    await anna.taps("Нет")
    await anna.sends("Лежали на столе в учительской")
    await anna.taps("Дальше")
    await anna.taps_through(REST)
    await anna.taps("Отправить отчёт")
    await anna.sees(f"Отчёт {number} принят")
    await boss.sends("школы")
    await boss.sees("СОШ № 5: работы 1 из 1, отчёты 1 из 1, нарушения 1 (критичных 1)")
    await boss.sends("школа 5")
    await boss.sees(f"отчёт {number} (Н-001)")
    await boss.sends("школа 5 6б")
    await boss.sees(f"Отчёт {number} · СОШ № 5 · 6 «Б»")
    await boss.sees("наблюдатель Н-001")
    await boss.sends("школа 5 6б а8")
    await boss.sees(f"Пункт А8 (К) · отчёт {number}")
    await boss.sends(f"показать {number} а12")
    await boss.sees(f"Пункт А12 (С) · отчёт {number}")
    await boss.sends(f"фото {number}")
    await boss.sees("Фото нет.")
    await boss.sends("школы")
    await boss.sees("1 школа")
    await boss.sends(f"/start f{number}-1")  # what a workbook's link opens
    await boss.sees("Фото нет.")
    await boss.sends("школы")
    await boss.sees("1 школа")
    await boss.sends(f"фото {number}-1")  # what stands there instead of a link
    await boss.sees("Фото нет.")
    await boss.sends("школа 5 7а")
    await boss.sees("У этого класса работ за эти дни нет.")
    await boss.sends("история 5")
    await boss.sees("СОШ № 5: история")
    await boss.sends("нарушения")
    await boss.sees("Лежали на столе в учительской")
    await boss.sends("ждём за вчера")
    await boss.sees("Все отчёты получены")
