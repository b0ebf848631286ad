"""How many taps the short mode asks for, counted on the screen."""

import tempfile
from pathlib import Path

from bot.domain.people import Role
from bot.sandbox import Sandbox
from tests.bench.day_people import Day, Gate, News
from tests.city import City
from tests.clock import RunningClock
from tests.running import bot_at


async def taps_of_short_report() -> int:
    with tempfile.TemporaryDirectory() as folder:
        async with (
            Sandbox.start() as sandbox,
            bot_at(sandbox, Path(folder), clock=RunningClock(), report_mode="fast") as running,
        ):
            city = City(running)
            await city.has_school("СОШ № 5")
            phone, person = await city.phone_of("Анна", Role.OBSERVER)
            number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-90)
            day = Day(sandbox, Gate(1000), News(sandbox))
            return await day.walker(sandbox.world.people[phone.id]).report_by_taps(number, violation=False)
