"""«Срочно»: the coordinator knows at the first tap."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.alert import Alert, AlertState
from bot.domain.people import Role
from bot.screens.alert import raised
from tests.city import City
from tests.journeys.test_report import picture


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


async def test_photo_after_the_signal_is_kept_and_its_caption_is_told(city: City) -> None:
    await city.has_school("СОШ № 5")
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-20)
    await observer.sends("/start")
    await observer.taps("Срочно: нарушение")
    await observer.sends_photo(picture(), caption="дверь открыта")
    await observer.sees("К чему относится это фото?")
    await boss.sees("дверь открыта")
    await observer.taps(f"Отчёт {number} · 6 «Б»")
    await observer.sees(f"Фото приложены к отчёту {number}: 1")


def test_repeated_signal_cannot_recall_what_was_described() -> None:
    at = datetime(2026, 4, 23, 9, 31, tzinfo=UTC)
    described = Alert(12, 1, "Н-017", 7315, "СОШ № 5", None, "посторонний", at, AlertState.RAISED)
    rows = raised(described, at + timedelta(minutes=1), ZoneInfo("UTC")).rows
    assert [button.label for row in rows for button in row] == ["Вернуться к отчёту"]
