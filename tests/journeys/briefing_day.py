"""The hand of the schedule over a day with a work: digests and live cards at any hour, without waiting for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.delivery.briefings import Briefings
from bot.domain.people import Role
from bot.services.briefing import Briefing
from tests.city import City
from tests.people import Phone


@dataclass
class Day:
    """The schedule's hand: the work of a tick at any local time of today."""

    city: City
    service: Briefing
    briefings: Briefings

    def at(self, hour: int, minute: int = 0, *, days: int = 0) -> datetime:
        app = self.city.running.app
        local = app.clock().astimezone(app.settings.zone) + timedelta(days=days)
        return local.replace(hour=hour, minute=minute, second=0, microsecond=0)

    async def digest(self, now: datetime) -> None:
        await self.briefings.send_digests(now)


def day_of(city: City) -> Day:
    app = city.running.app
    service = Briefing(app.database, app.settings.zone)
    return Day(city, service, Briefings(service, app.services.picturing, app.services.conversation, app.messenger))


async def planned(city: City) -> tuple[Phone, Phone]:
    """A coordinator and a head who were there before the day, a work today."""
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    head, _ = await city.phone_of("Ольга", Role.HEAD)
    _, observer = await city.phone_of("Анна", Role.OBSERVER)
    await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", observer)
    async with city.running.app.database.transaction() as tx:  # all of this was so yesterday
        await tx.execute("UPDATE membership SET approved_at = '2020-01-01T00:00:00.000000Z'")
        await tx.execute("UPDATE sitting SET created_at = '2020-01-01T00:00:00.000000Z'")
    return boss, head
