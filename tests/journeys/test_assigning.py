"""Assigning in chat: one observer for a school's day, nobody in two rooms at once, what happened to a sitting."""

from bot.domain.people import Role
from tests.city import City


def today_of(city: City) -> str:
    return str(city.running.app.clock().astimezone(city.running.app.settings.zone).day)


async def test_one_observer_takes_the_day_of_a_school_and_is_never_in_two_rooms(city: City) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    _, anna = await city.phone_of("Анна", Role.OBSERVER)
    second, vera = await city.phone_of("Вера", Role.OBSERVER)
    for class_name, minutes in (("4 «А»", 30), ("6 «Б»", 40), ("8 «В»", 150)):
        await city.sits_today("СОШ № 5", class_name, "Русский язык", anna, minutes=minutes)
    await boss.sends("график")
    await boss.taps(today_of(city))
    await boss.taps("СОШ № 5")
    for class_name in ("4 «А»", "6 «Б»", "8 «В»"):
        await boss.taps(class_name)
        await boss.taps("Снять Н-001")
        await boss.sees("Н-001 снят")
        await boss.taps("Назад")
    await boss.taps("Один на весь день")
    await boss.taps("Н-002")
    await boss.sees("Назначено работ: 2. Не подошли по времени: 1")
    await second.sees("4 «А»")
    await second.sees("8 «В»")
    await second.does_not_see("6 «Б»")

    await boss.sends("график")
    await boss.taps(today_of(city))
    await boss.taps("СОШ № 5")
    await boss.taps("6 «Б»")
    card = await boss.sees("6 «Б»")
    sitting = next(
        button["callback_data"].split(":")[1]
        for line in card["reply_markup"]["inline_keyboard"]
        for button in line
        if button["text"] == "Назначить наблюдателя"
    )
    await boss.taps_old(card, f"pk:{sitting}:{vera.id}")
    await boss.sees("Н-002 в это время уже на работе: СОШ № 5, 4 «А»")


async def test_history_of_a_sitting_names_who_came_and_went(city: City) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    _, anna = await city.phone_of("Анна", Role.OBSERVER)
    await city.phone_of("Вера", Role.OBSERVER)
    await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", anna, minutes=30)
    await boss.sends("график")
    await boss.taps(today_of(city))
    await boss.taps("СОШ № 5")
    await boss.taps("6 «Б»")
    await boss.taps("Снять Н-001")
    await boss.taps("Назначить наблюдателя")
    await boss.taps("Н-002")
    await boss.taps("История назначений")
    history = await boss.sees("История")
    lines = [line for line in history["text"].splitlines() if "Н-00" in line]
    assert ["Н-001" in lines[0], "Н-001" in lines[1], "Н-002" in lines[2]] == [True, True, True]
    assert "К-001" in lines[1]
