"""The school's own day: steps with times, the ledger follows, deadlines remind and then reach the coordinator."""

from datetime import datetime
from pathlib import Path

from bot.domain.people import Role
from bot.domain.report import ReportKind, ReportState
from storage import reports
from tests.city import City
from tests.clock import MOSCOW, RunningClock
from tests.journeys.test_reminding import said, tick


async def school_report(city: City, number: int):
    async with city.running.app.database.read() as reader:
        observed = await reports.load(reader, number)
        held = await reports.number_of(reader, ReportKind.SCHOOL, observed.sitting_id, None)
        return await reports.load(reader, held)


async def town(city: City):
    await city.has_school("СОШ № 5")
    await city.has_school("СОШ № 11")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    school, _ = await city.phone_of("Ольга", Role.SCHOOL_COORDINATOR, school="СОШ № 5")
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=0)
    return boss, school, observer, number


async def test_steps_make_the_schools_report(city: City) -> None:
    boss, school, _, number = await town(city)
    await school.sends("день школы")
    await school.taps("6 «Б»")
    await school.taps("Материалы получены")
    assert (await school_report(city, number)).state is ReportState.PARTIAL
    await school.taps("Инструктаж проведён")
    await school.taps("Видео не работает")
    await boss.sees("Видеонаблюдение не работает")
    for step in ("Началось", "Закончилось", "Работы собраны"):
        await school.taps(step)
    report = await school_report(city, number)
    assert report.state is ReportState.SUBMITTED
    assert report.started_at is not None
    await school.taps("Исправить время")
    await school.taps("Началось")
    await school.sends("11.07")
    await school.sees("✓ Началось: 11:07")
    report = await school_report(city, number)
    assert report.started_at.astimezone(MOSCOW).strftime("%H:%M") == "11:07"
    await boss.sends("сводка")
    await boss.sees("Отчёты школ: 1 из 1")


async def test_another_time_of_failing_video_is_still_failing(city: City) -> None:
    boss, school, _, _ = await town(city)
    await school.sends("день школы")
    await school.taps("6 «Б»")
    await school.taps("Материалы получены")
    await school.taps("Инструктаж проведён")
    await school.taps("Видео не работает")
    await school.taps("Исправить время")
    await school.taps("Видеонаблюдение")
    await school.sends("10.55")
    await school.sees("✓ Видеонаблюдение (не работает): 10:55")
    await city.running.settled()
    assert said(boss, "Видеонаблюдение не работает") == 1


async def test_results_are_due_by_the_working_days_of_the_place(city_with, tmp_path: Path) -> None:
    (tmp_path / "calendar.toml").write_text("upload_days = 2", encoding="utf-8")
    async with city_with() as city:
        _, school, _, _ = await town(city)
        await school.sends("день школы")
        await school.taps("6 «Б»")
        shown = await school.sees("Результаты загружены")
        told = shown["text"].replace("\u00a0", " ")
        assert "«Проверены комиссией» до 27 апреля, 18:00" in told
        assert "«Результаты загружены» до 27 апреля, 18:00" in told


async def test_the_card_says_what_is_overdue_and_what_comes_next(city: City, clock: RunningClock) -> None:
    _, school, _, _ = await town(city)
    clock.turn_to(datetime(2026, 4, 23, 10, 45, tzinfo=MOSCOW))
    await school.sends("день школы")
    await school.taps("6 «Б»")
    await school.taps("Материалы получены")
    shown = await school.sees("Просрочено")
    assert shown["text"].replace("\u00a0", " ").splitlines()[1:] == [
        "✓ Материалы получены: 10:45",
        "",
        "Просрочено, отметьте сейчас:",
        "— Инструктаж проведён (под подпись): срок был 10:40",
        "",
        "Дальше: Видеонаблюдение, до 10:50",
        "Потом: «Началось» до 11:15; «Закончилось» до 12:05; «Работы собраны» до 12:25; "
        "«Проверены комиссией» до 28 апреля, 18:00; "
        "«Результаты загружены» до 30 апреля, 18:00.",
    ]
    await school.taps("Инструктаж проведён")
    await school.sees("✓ Инструктаж проведён: 10:45")
    await school.does_not_see("Просрочено")


async def test_unmarked_steps_remind_the_school_then_the_coordinator_once(city: City, clock: RunningClock) -> None:
    boss, school, _, _ = await town(city)
    clock.turn_to(datetime(2026, 4, 23, 11, 16, tzinfo=MOSCOW))
    await tick(city)
    await school.sees("«Началось» до 11:15")
    assert said(boss, "Школа не отметила") == 0
    clock.turn_to(datetime(2026, 4, 23, 11, 46, tzinfo=MOSCOW))
    await tick(city)
    await tick(city)
    await boss.sees("Школа не отметила: Началось")
    assert said(boss, "Школа не отметила: Началось") == 1
    assert said(school, "Отметьте шаг") == 1
    clock.turn_to(datetime(2026, 4, 30, 18, 31, tzinfo=MOSCOW))  # the fifth working day after
    await tick(city)
    await boss.sees("Школа не отметила: Результаты загружены")
    await school.sends("день школы")
    await school.sees("6 «Б»")  # still open


async def test_steps_that_come_due_together_are_one_reminder(city: City, clock: RunningClock) -> None:
    _, school, _, _ = await town(city)
    _, person = await city.phone_of("Инна", Role.OBSERVER)
    await city.sits_today("СОШ № 5", "7 «А»", "Математика", person)
    clock.turn_to(datetime(2026, 4, 23, 10, 41, tzinfo=MOSCOW))
    await tick(city)
    told = await school.sees("Отметьте шаги")
    assert "6 «Б», Русский язык: «Материалы получены» до 10:30; «Инструктаж проведён» до 10:40" in told["text"]
    assert "7 «А», Математика: «Материалы получены» до 10:30" in told["text"]
    assert said(school, "Отметьте") == 1
    await school.taps("7 «А»")
    await school.sees("Просрочено, отметьте сейчас")


async def test_a_school_with_nobody_in_the_bot_comes_to_the_coordinator_once_with_a_way_to_invite(
    city: City, clock: RunningClock
) -> None:
    boss, _, _, _ = await town(city)
    _, person = await city.phone_of("Инна", Role.OBSERVER)
    await city.sits_today("СОШ № 11", "7 «А»", "Математика", person)
    await city.sits_today("СОШ № 11", "8 «В»", "Физика", person)
    async with city.running.app.database.transaction() as tx:
        await tx.execute("UPDATE school SET coordinator_phone = '+7 913 000-00-02' WHERE short_name = 'СОШ № 11'")
    clock.turn_to(datetime(2026, 4, 23, 11, 46, tzinfo=MOSCOW))
    await tick(city)
    await tick(city)
    told = await boss.sees("От школы в боте никого нет")
    assert "СОШ № 11: 7 «А», Математика; 8 «В», Физика." in told["text"]
    assert "+7 913 000-00-02" in told["text"]
    assert said(boss, "СОШ № 11: 7") == 1, "one message for both works"
    await boss.taps("Пригласить")
    await boss.sends("Павлов Павел Павлович")
    await boss.sees("Приглашение: Ш-002, школьный координатор")
    await tick(city)
    clock.turn_to(datetime(2026, 4, 23, 12, 56, tzinfo=MOSCOW))  # collected: half an hour after the deadline
    await tick(city)
    await boss.sees("Не отмечено: Работы собраны")


async def test_many_schools_with_nobody_in_the_bot_are_one_list(city: City, clock: RunningClock) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    _, person = await city.phone_of("Инна", Role.OBSERVER)
    for number in range(1, 25):
        await city.has_school(f"СОШ № {number}")
        await city.sits_today(f"СОШ № {number}", "7 «А»", "Математика", person)
    clock.turn_to(datetime(2026, 4, 23, 11, 46, tzinfo=MOSCOW))
    await tick(city)
    told = await boss.sees("Не отмечено: Началось, школ: 24")
    assert "СОШ № 20: 7 «А», Математика" in told["text"]
    assert "и ещё школ: 4" in told["text"]
    assert said(boss, "Не отмечено") == 1
    await boss.taps("Пригласить")
    await boss.sees("СОШ № 7")  # which school


async def test_another_school_and_the_observer_cannot_mark(city: City) -> None:
    _, _, _observer, _ = await town(city)
    stranger, _ = await city.phone_of("Павел", Role.SCHOOL_COORDINATOR, school="СОШ № 11")
    await stranger.sends("день школы")
    card = await stranger.sees("работ ВПР нет")
    await stranger.taps_old(card, "gt:1:started:yes")
    await stranger.sees("Эта работа другой школы")
    await stranger.taps_old(card, "gr:1")
    await stranger.sees("школе не показывают")


async def test_school_sees_the_report_when_allowed_and_may_object(city_with) -> None:
    async with city_with(schools_see_reports=True) as city:
        boss, school, observer, number = await town(city)
        await observer.sends(f"отчёт {number} Б6 нет у двоих телефоны, остальное да")
        await observer.sends("да")
        await observer.sees("принят в")
        await school.sends("день школы")
        await school.taps("6 «Б»")
        await school.taps("Отчёты наблюдателей")
        await school.sees("у двоих телефоны")
        await school.does_not_see("Н-001")
        await school.taps("Возразить")
        await school.sends("Телефоны лежали в коробке")
        await boss.sees("Телефоны лежали в коробке")


async def test_school_says_another_time_than_the_observer(city: City) -> None:
    boss, school, observer, number = await town(city)
    await observer.sends(f"отчёт {number} начало 11:02, конец 11:47; всё да")
    await observer.sends("да")
    await observer.sees("принят в")
    await school.sends("день школы")
    await school.taps("6 «Б»")
    await school.taps("Материалы получены")
    await school.taps("Инструктаж проведён")
    await school.taps("Видео работает")
    await school.taps("Началось")
    await school.taps("Исправить время")
    await school.taps("Началось")
    await school.sends("11:30")
    await school.sees("✓ Началось: 11:30")
    await boss.sends(f"отчёт {number}")
    await boss.sees("время расходится с отметками школы (на 28 мин)")


async def test_morning_card_of_a_school_comes_once_and_not_after_the_lesson_began(
    city: City, clock: RunningClock
) -> None:
    clock.turn_to(datetime(2026, 4, 23, 7, 0, tzinfo=MOSCOW))
    await city.has_school("СОШ № 5")
    await city.has_school("СОШ № 11")
    five, _ = await city.phone_of("Ольга", Role.SCHOOL_COORDINATOR, school="СОШ № 5")
    eleven, _ = await city.phone_of("Павел", Role.SCHOOL_COORDINATOR, school="СОШ № 11")
    _, person = await city.phone_of("Анна", Role.OBSERVER)
    await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=90)
    await city.sits_today("СОШ № 5", "7 «А»", "Математика", person, minutes=240)
    await city.sits_today("СОШ № 11", "8 «В»", "Физика", person, minutes=90)
    await tick(city)
    await five.does_not_see("Сегодня")
    clock.turn_to(datetime(2026, 4, 23, 9, 0, tzinfo=MOSCOW))  # the bot was down at half past seven
    await tick(city)
    await tick(city)
    card = await five.sees("Сегодня ВПР в вашей школе")
    assert "7 «А»" in card["text"]
    assert "6 «Б»" not in card["text"]
    assert said(five, "Сегодня ВПР в вашей школе") == 1
    assert said(eleven, "Сегодня ВПР в вашей школе") == 0
