"""Numbers of updates that never came: the coordinators hear of every gap, however soon the next one follows."""

from bot.domain.people import Role
from tests.city import City
from tests.clock import RunningClock


async def test_two_gaps_within_an_hour_are_both_told(city: City, clock: RunningClock) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    app = city.running.app
    for count in (7, 5):
        await app.services.housekeeping.updates_missing(count, clock())
        app.sender.wake()
        await boss.sees(f"Telegram не передал боту сообщений: {count}")
        clock.advance(minutes=2)
