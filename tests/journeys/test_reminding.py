"""Reminders and the morning card reach people once; «Ждём отчёты» acts and says what became of it."""

from datetime import datetime

from bot.domain.people import Role
from bot.domain.report import ReportState
from storage import reports
from tests.city import City
from tests.clock import MOSCOW, RunningClock


async def tick(city: City) -> None:
    await city.running.app.schedule.tick()
    await city.running.settled()


async def load(city: City, number: int):
    async with city.running.app.database.read() as reader:
        report = await reports.load(reader, number)
    assert report is not None
    return report


def said(phone, words: str) -> int:
    return sum(words in m.get("text", "") for m in phone._line.messages(phone.id).values())


async def test_morning_card_once_and_the_coordinator_learns_who_is_late(city: City, clock: RunningClock) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    anna, person = await city.phone_of("Анна", Role.OBSERVER)
    clock.turn_to(datetime(2026, 4, 23, 7, 0, tzinfo=MOSCOW))
    await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=130)
    await city.sits_today("СОШ № 5", "7 «А»", "Математика", person, minutes=190)
    await tick(city)
    await anna.does_not_see("Сегодня ВПР")
    clock.advance(minutes=31)
    for _ in range(3):
        await tick(city)
    await anna.sees("Приходите к 08:50")
    assert said(anna, "Сегодня ВПР") == 1
    await anna.taps("Опаздываю")
    await anna.sees("Координатор предупреждён")
    await boss.sees("Н-001 опаздывает")
    await anna.taps("Опаздываю")
    await city.running.settled()
    assert said(boss, "опаздывает") == 1
    await anna.taps("Не смогу")
    await anna.taps("7 «А»")
    await boss.sees("7 «А»")


async def test_who_comes_after_all_is_told_and_other_refusals_stand(city: City, clock: RunningClock) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    anna, person = await city.phone_of("Анна", Role.OBSERVER)
    clock.turn_to(datetime(2026, 4, 23, 7, 0, tzinfo=MOSCOW))
    await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=130)
    await city.sits_today("СОШ № 5", "7 «А»", "Математика", person, minutes=190)
    clock.advance(minutes=31)
    await tick(city)
    card = await anna.sees("Сегодня ВПР")
    await anna.taps("Не смогу")
    await anna.taps("7 «А»")
    await boss.sees("Н-001 не сможет прийти")
    await anna.taps_old(card, "mb:20260423:coming")  # of the other work
    await anna.sees("вам ищут замену:\nСОШ № 5, 7 «А»", fresh=True)
    async with city.running.app.database.read() as reader:
        said_of = dict(
            await reader.fetch_all(
                "SELECT s.class_name, a.arrival FROM assignment a, sitting s WHERE s.id = a.sitting_id"
            )
        )
    assert said_of == {"6 «Б»": "coming", "7 «А»": "cannot"}
    await boss.does_not_see("всё-таки придёт")
    await anna.taps("Буду: 7 «А»")
    await anna.sees("замена не нужна")
    await boss.sees("Н-001 всё-таки придёт")
    clock.advance(minutes=5)
    await anna.taps_old(card, "mb:20260423:cannot")  # and again not: that is news again
    await anna.taps("7 «А»")
    await city.running.settled()
    assert said(boss, "Н-001 не сможет прийти") == 2
    await anna.taps_old(card, "mb:20260423:cannot")
    await anna.taps("7 «А»")
    await city.running.settled()
    assert said(boss, "Н-001 не сможет прийти") == 2, "said twice is said once"


async def test_who_refused_the_eve_before_is_not_called_for_it(city: City, clock: RunningClock) -> None:
    await city.has_school("СОШ № 5")
    await city.phone_of("Мария", Role.COORDINATOR)
    anna, person = await city.phone_of("Анна", Role.OBSERVER)
    clock.turn_to(datetime(2026, 4, 23, 9, 0, tzinfo=MOSCOW))
    await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=10)
    await city.sits_today("СОШ № 5", "7 «А»", "Математика", person, minutes=70)
    clock.turn_to(datetime(2026, 4, 22, 12, 0, tzinfo=MOSCOW))
    await anna.sends("не смогу")
    await anna.taps("7 «А»")
    await anna.sees("Передали координатору")
    clock.turn_to(datetime(2026, 4, 22, 18, 5, tzinfo=MOSCOW))
    await tick(city)
    card = await anna.sees("Завтра вы наблюдаете")
    assert "6 «Б»" in card["text"]
    assert "7 «А»" not in card["text"]


async def test_morning_card_after_a_downtime_is_about_what_has_not_begun(city: City, clock: RunningClock) -> None:
    await city.has_school("СОШ № 5")
    anna, first = await city.phone_of("Анна", Role.OBSERVER)
    vera, second = await city.phone_of("Вера", Role.OBSERVER)
    clock.turn_to(datetime(2026, 4, 23, 7, 0, tzinfo=MOSCOW))
    await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", first, minutes=130)
    await city.sits_today("СОШ № 5", "7 «А»", "Математика", first, minutes=240)
    await city.sits_today("СОШ № 5", "8 «В»", "Физика", second, minutes=130)
    clock.turn_to(datetime(2026, 4, 23, 9, 15, tzinfo=MOSCOW))  # the bot was down since before half past seven
    await tick(city)
    card = await anna.sees("Сегодня ВПР")
    assert "7 «А»" in card["text"]
    assert "6 «Б»" not in card["text"]
    assert "Приходите к 10:40" in card["text"]
    await vera.does_not_see("Сегодня ВПР")


async def test_reminders_after_a_downtime_come_once_and_not_to_who_reported(city: City, clock: RunningClock) -> None:
    await city.has_school("СОШ № 5")
    anna, first = await city.phone_of("Анна", Role.OBSERVER)
    vera, second = await city.phone_of("Вера", Role.OBSERVER)
    clock.turn_to(datetime(2026, 4, 23, 9, 30, tzinfo=MOSCOW))
    number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", first, minutes=-20)
    await city.sits_today("СОШ № 5", "7 «А»", "Математика", second, minutes=-20)
    clock.turn_to(datetime(2026, 4, 23, 13, 30, tzinfo=MOSCOW))  # nobody ticked in between
    await city.running.app.services.day.reminding.remind(clock())  # promised, the sender has not been woken
    await anna.sends(f"отчёт {number} всё да")
    await anna.sends("да")
    await anna.sees(f"Отчёт {number} принят")
    await tick(city)
    await vera.sees("Осталось вопросов: 12")
    await tick(city)
    assert said(vera, "Ждём отчёт") == 1
    assert said(anna, "Ждём отчёт") <= 1  # it may have left before she reported, never after
    clock.turn_to(datetime(2026, 4, 23, 14, 15, tzinfo=MOSCOW))
    await tick(city)
    await vera.sees("Срок отчёта")
    await tick(city)
    assert said(vera, "Срок отчёта") == 1


async def test_promised_reminder_is_withdrawn_by_sending(city: City, clock: RunningClock) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    anna, person = await city.phone_of("Анна", Role.OBSERVER)
    number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-60)
    await anna.sends(f"отчёт {number} всё да")
    await anna.sends("да")
    await anna.sees("принят в")
    day = city.running.app.services.day
    assert await day.reminding.renderers()["remind"]({"number": number, "person": person.id}) is None
    await boss.sends("сводка")
    await boss.does_not_see("Ждём отчёты:")


async def test_remind_all_has_a_cooldown_and_a_result(city: City, clock: RunningClock) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    anna, first = await city.phone_of("Анна", Role.OBSERVER)
    vera, second = await city.phone_of("Вера", Role.OBSERVER)
    await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", first, minutes=-60)
    await city.sits_today("СОШ № 5", "7 «А»", "Математика", second, minutes=-60)
    await vera.blocks_bot()
    await boss.sends("сводка")
    await boss.taps("Ждём отчёты")
    await boss.taps("Напомнить всем")
    await anna.sees("Ждём отчёт")
    await city.running.settled()
    await boss.taps("Обновить")
    await boss.sees("Доставлено: 1")
    await boss.taps("Назад")
    await boss.taps("Напомнить всем")
    await boss.sees("Уже напомнили в")
    clock.advance(minutes=16)
    await boss.taps("Назад")
    await boss.taps("Напомнить всем")
    await boss.sees("Напомнили в")
    await city.running.settled()
    assert said(anna, "Ждём отчёт") == 2


async def test_nobody_is_woken_at_night(city: City, clock: RunningClock) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    anna, first = await city.phone_of("Анна", Role.OBSERVER)
    number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", first, minutes=-60)
    clock.turn_to(datetime(2026, 4, 23, 22, 59, tzinfo=MOSCOW))
    await boss.sends("ждём отчёты")
    card = boss.newest()
    for data in ("wa:20260423", f"wo:{number}"):
        await boss.taps_old(card, data)
        await boss.sees("Напомнить можно с 07:00", fresh=True)
    await city.running.settled()
    assert said(anna, "Отчёт") + said(anna, "Срок отчёта") + said(anna, "Ждём отчёт") == 0
    async with city.running.app.database.read() as reader:
        assert await reader.fetch_value("SELECT COUNT(*) FROM reminder_round") == 0, "the morning's is not spent"


async def test_an_overdue_report_is_still_waited_for(city: City, clock: RunningClock) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    anna, person = await city.phone_of("Анна", Role.OBSERVER)
    await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-60)
    clock.advance(hours=5)
    await tick(city)
    await boss.sends("сводка")
    await boss.sees("Срок прошёл: 1")
    await boss.taps("Ждём отчёты")
    await boss.sees("— не сдан. Срок прошёл")
    await boss.taps("Напомнить всем (1)")
    await anna.sees("Срок отчёта")
    await boss.sends("ждём отчёты")
    await boss.taps("По одному")
    await boss.taps("Н-001")
    await boss.taps("Внести со слов")
    await boss.sees("6 «Б»")


async def test_excuse_with_a_reason_and_back_again(city: City) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    anna, person = await city.phone_of("Анна", Role.OBSERVER)
    number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-60)
    await boss.sends("сводка")
    await boss.taps("Ждём отчёты")
    await boss.taps("По одному")
    await boss.taps("Н-001")
    await boss.taps("Отчёта не будет")
    await boss.taps("Другая причина")
    await boss.sends("карантин в классе")
    await boss.sees("Отмечено")
    await anna.sees("карантин в классе")
    report = await load(city, number)
    assert (report.state, report.state_reason) == (ReportState.EXCUSED, "карантин в классе")
    await boss.taps("Вернуть в ожидание")
    await anna.sees("снова ждём")
    assert (await load(city, number)).state is ReportState.EXPECTED


async def test_entered_by_phone_is_marked_so(city: City) -> None:
    await city.has_school("СОШ № 5")
    boss, boss_person = await city.phone_of("Мария", Role.COORDINATOR)
    anna, person = await city.phone_of("Анна", Role.OBSERVER)
    number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-60)
    await anna.sends("/start")
    await anna.taps("начать отчёт")
    await boss.sends("сводка")
    await boss.taps("Ждём отчёты")
    await boss.taps("По одному")
    await boss.taps("Н-001")
    await boss.taps("Внести со слов")
    await boss.sees("А8")
    assert "Срочно: нарушение" not in boss.buttons()
    await boss.sends(f"отчёт {number} Б6 нет телефоны, остальное да")
    await boss.taps("Отправить отчёт")
    await boss.sees("принят в")
    report = await load(city, number)
    assert report.state is ReportState.SUBMITTED
    assert report.person_id == person.id
    assert report.entered_by == boss_person.id
    await boss.taps("Показать отчёт")
    await boss.sends(f"отчёт {number}")
    await boss.sees("внесено со слов, К-001")


async def test_who_cannot_finish_is_heard(city: City) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    anna, person = await city.phone_of("Анна", Role.OBSERVER)
    await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-60)
    await boss.sends("сводка")
    await boss.taps("Ждём отчёты")
    await boss.taps("Напомнить всем")
    await anna.taps("Не могу закончить")
    await boss.sees("Н-001 не может закончить отчёт")
    await boss.taps("Что сделать")
    assert "Внести со слов" in boss.buttons()
