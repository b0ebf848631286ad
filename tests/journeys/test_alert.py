"""«Срочно»: the coordinator knows at the first tap."""

from bot.domain.people import Role
from tests.city import City


async def test_one_tap_alarms_the_coordinator_who_answers(city: City) -> None:
    await city.has_school("СОШ № 5")
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-20)
    await observer.sends("/start")
    await observer.taps("Срочно: нарушение")
    await boss.sees("Срочно № 1 · СОШ № 5 · 6 «Б»")
    await observer.taps("Телефоны, списывание")
    await boss.sees("Телефоны, списывание")
    await observer.sends("у двоих на второй парте")
    await boss.sees("у двоих на второй парте")
    await boss.taps("Принял")
    await boss.sees("Принято в")
    await observer.sees("Координатор увидел ваш сигнал № 1")


async def test_word_with_text_raises_once_and_can_be_recalled(city: City) -> None:
    await city.has_school("СОШ № 5")
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-20)
    await observer.sends("Срочно посторонний в кабинете")
    await boss.sees("посторонний в кабинете")
    await observer.sends("срочно")
    await observer.sees("Координатор уже получил сигнал")
    await observer.taps("Отмена: нажал случайно")
    await observer.sees("Отозвано")
    await boss.sees("Наблюдатель отозвал сигнал")
    await city.running.settled()
    async with city.running.app.database.read() as reader:
        assert await reader.fetch_value("SELECT COUNT(*) FROM alert") == 1
