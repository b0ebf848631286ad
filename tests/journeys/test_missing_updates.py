"""Numbers of updates that never came: the coordinators hear of every gap, however soon the next one follows."""

from datetime import timedelta

from bot.domain.people import Role
from tests.city import City


async def test_two_gaps_within_an_hour_are_both_told(city: City) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    app = city.running.app
    for count, minutes in ((7, 0), (5, 2)):
        await app.services.housekeeping.updates_missing(count, app.clock() + timedelta(minutes=minutes))
        await app.settled()
    await boss.sees("Telegram не передал боту сообщений: 7")
    await boss.sees("Telegram не передал боту сообщений: 5")
