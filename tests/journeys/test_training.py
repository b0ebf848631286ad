"""The course: read, failed, passed and dated; the untrained are warned of or refused; the rehearsal counts nowhere."""

from datetime import timedelta
from pathlib import Path

from bot.domain.course import load_course
from bot.domain.people import MunicipalityId, Role
from bot.domain.period import Period, Scope
from bot.domain.working_days import WorkingDays
from bot.sandbox import Sandbox
from bot.services.summarising import read_summary
from storage import people
from tests.city import City
from tests.clock import RunningClock
from tests.journeys.test_reminding import tick
from tests.people import Phone
from tests.running import bot_at


async def answers(phone: Phone, *, wrong: int) -> None:
    """Every question, the first `wrong` ones wrongly."""
    questions = load_course().questions
    for number, question in enumerate(questions):
        await phone.sees(f"Вопрос {number + 1} из {len(questions)}")
        choice = (question.right + 1) % len(question.options) if number < wrong else question.right
        await phone.taps(str(choice + 1))


async def test_observer_fails_then_passes_and_only_the_trained_are_assigned(tmp_path: Path) -> None:
    async with Sandbox.start() as sandbox, bot_at(sandbox, tmp_path, untrained_observers="forbid") as running:
        city = City(running)
        await city.has_school("СОШ № 5")
        boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
        _, trained = await city.phone_of("Вера", Role.OBSERVER)
        novice, person = await city.phone_of("Анна", Role.OBSERVER)
        async with running.app.database.transaction() as tx:
            await tx.execute("UPDATE person SET trained_at = NULL WHERE id = :id", id=person.id)
        await city.sits_today("СОШ № 5", "6Б", "Русский язык", trained, minutes=30)
        await boss.sends("главная")
        card = await boss.sees("Вы — муниципальный")
        await boss.taps_old(card, "pn:1")
        await boss.sees("Н-002: не прошёл обучение")
        await boss.taps_old(card, f"pk:1:{person.id}")
        await boss.sees("Н-002 ещё не прошёл обучение")

        await novice.sends("обучение")
        for number in range(1, len(load_course().lessons)):
            await novice.sees(f"Урок {number} из")
            await novice.taps("Дальше")
        await novice.taps("Начать тест")
        await answers(novice, wrong=4)
        await novice.sees("нужно 7")
        await novice.taps("Пройти ещё раз")
        await answers(novice, wrong=2)
        await novice.sees("Обучение пройдено: 7 из 9")
        async with running.app.database.read() as reader:
            assert (await people.person(reader, person.id)).trained_at is not None
            results = await reader.fetch_all("SELECT right_count, passed FROM course_attempt ORDER BY id")
        assert [tuple(row) for row in results] == [(5, 0), (7, 1)]
        await boss.taps_old(card, f"pk:1:{person.id}")
        await boss.sees("Н-002 назначен")


async def test_rehearsal_report_is_real_to_touch_and_nowhere_counted(city: City) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    observer, _ = await city.phone_of("Анна", Role.OBSERVER)
    await observer.sends("главная")
    card = await observer.sees("Вы — наблюдатель")
    await observer.taps_old(card, "cr")
    await observer.sees("Пробный отчёт")
    await observer.taps("Открыть")
    await observer.sees("Отчёт 1001")
    app = city.running.app
    today = app.clock().date()
    async with app.database.read(snapshot=True) as reader:
        whole = Period(today - timedelta(days=400), today + timedelta(days=400))
        scope = Scope(frozenset({MunicipalityId(1)}))
        found = await read_summary(reader, whole, scope, app.clock(), app.settings.zone, WorkingDays())
        assert await reader.fetch_value("SELECT training FROM report") == 1
    assert found.observers.plan == 0
    await boss.does_not_see("1001")


async def test_urgent_of_a_rehearsal_wakes_nobody(city: City, clock: RunningClock) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    head, _ = await city.phone_of("Вера", Role.HEAD)
    observer, _ = await city.phone_of("Анна", Role.OBSERVER)
    await observer.sends("главная")
    card = await observer.sees("Вы — наблюдатель")
    await observer.taps_old(card, "cr")
    await observer.sees("Пробный отчёт")
    await observer.taps("Открыть")
    await observer.sees("Отчёт 1001")
    await observer.taps("Срочно: нарушение")
    await observer.sees("Это пробный отчёт: никто не предупреждён")
    await observer.sends("у двоих телефоны")  # the words after it are no signal either
    clock.advance(minutes=11)
    await tick(city)
    await boss.does_not_see("Срочно №")
    await head.does_not_see("Срочно №")
    async with city.running.app.database.read() as reader:
        assert await reader.fetch_value("SELECT COUNT(*) FROM alert") == 0
    await observer.sends("срочно посторонний в кабинете")  # by word it is real, wherever they are
    await boss.sees("посторонний в кабинете")
