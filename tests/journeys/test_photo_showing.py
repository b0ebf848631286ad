"""A coordinator looks at photos while the line is bad or the messenger does not know them any more."""

import pytest

from bot.domain.people import Role
from tests.city import City
from tests.people import Phone
from tests.pictures.test_clean_copy import photo

NOT_SHOWN = "Не удалось показать фото"


async def three_photos(city: City) -> tuple[Phone, int]:
    """The coordinator's phone, and the number of the report that has them."""
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-90)
    await observer.sends("/start")
    await observer.sends_album([photo(), photo("PNG"), photo("WEBP")])
    await observer.taps(f"Отчёт {number}")
    await city.running.settled()
    return boss, number


def sent(city: City, boss: Phone) -> int:
    """Photos that reached the coordinator."""
    return len(city.running.sandbox.journal.of("sendPhoto", chat_id=boss.id, executed=True))


async def looks(city: City, boss: Phone, number: int) -> None:
    await boss.sends(f"отчёт {number}")
    await boss.taps("Фото: 3")
    await city.running.settled()


async def set_aside(city: City) -> int:
    async with city.running.app.database.read() as reader:
        return int(await reader.fetch_value("SELECT COUNT(*) FROM inbox WHERE state = 'quarantined'"))


@pytest.mark.parametrize("effect", ["reset", "500"])
async def test_what_was_not_shown_is_said_and_the_rest_comes_once(city: City, effect: str) -> None:
    boss, number = await three_photos(city)
    city.running.sandbox.faults.add(effect, "sendPhoto", skip=1, chat_id=boss.id)
    await looks(city, boss, number)
    await boss.sees(f"{NOT_SHOWN}: 1 из 3")
    assert sent(city, boss) == 2
    assert await set_aside(city) == 0
    await boss.taps("Показать ещё раз")
    await city.running.settled()
    assert sent(city, boss) == 5


async def test_a_pause_ends_the_showing(city: City) -> None:
    boss, number = await three_photos(city)
    city.running.sandbox.faults.add("429", "sendPhoto", skip=1, retry_after=2, chat_id=boss.id)
    await looks(city, boss, number)
    await boss.sees(f"{NOT_SHOWN}: 2 из 3")
    assert sent(city, boss) == 1
    assert len(city.running.sandbox.journal.of("sendPhoto", chat_id=boss.id)) == 2


async def test_a_line_that_is_cut_again_and_again_is_not_asked_for_the_rest(city: City) -> None:
    boss, number = await three_photos(city)
    city.running.sandbox.faults.add("reset", "sendPhoto", count=None, chat_id=boss.id)
    await looks(city, boss, number)
    await boss.sees(f"{NOT_SHOWN}: 3 из 3")
    assert len(city.running.sandbox.journal.of("sendPhoto", chat_id=boss.id)) == 2


async def test_a_photo_that_the_messenger_forgot_comes_from_the_disk(city: City) -> None:
    boss, number = await three_photos(city)
    async with city.running.app.database.transaction() as tx:  # as after a change of bot
        await tx.execute("UPDATE photo SET file_id = 'AgAC-of-another-bot'")
    await looks(city, boss, number)
    await boss.does_not_see(NOT_SHOWN)
    assert sent(city, boss) == 3
    await boss.taps("Подтверждает")
    assert boss.toast() == "Отмечено."


async def test_photos_of_a_signal_as_well(city: City) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-30)
    await observer.sends("срочно")
    await observer.sends_photo(photo(), caption="сломан замок")
    await city.running.settled()
    city.running.sandbox.faults.add("reset", "sendPhoto", chat_id=boss.id)
    await boss.taps("Посмотреть фото")
    await boss.sees(f"{NOT_SHOWN}. Попробуйте")
    assert sent(city, boss) == 0
    await boss.taps("Показать ещё раз")
    await boss.receives_photo()
