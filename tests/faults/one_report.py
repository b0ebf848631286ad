"""One observer, one coordinator, one report from the first tap to the receipt, whatever the weather."""

import asyncio
from dataclasses import dataclass

from bot.domain.checklist import ReportForm
from bot.domain.checklist_file import load_checklist
from bot.domain.people import Role
from bot.domain.report import Report
from bot.sandbox.chats import Message
from storage import reports
from tests.city import City
from tests.people import Phone

CODES = [item.code for item in load_checklist().items(ReportForm.SHORT)]
VIOLATED = "А8"


@dataclass
class OneReport:
    city: City
    observer: Phone
    boss: Phone
    number: int
    card: Message

    async def is_filled(self) -> None:
        """Every answer, one critical «Нет» with a comment, and «Отправить»; the observer waits for nothing but the comment."""
        for code in CODES:
            await self.presses(f"a:{self.number}:{code}:{'no' if code == VIOLATED else 'yes'}")
            if code == VIOLATED:
                await self.handled()
                await self.observer.sends("лежали в учительской")
                await self.handled()
        await self.presses(f"rx:{self.number}")

    def has_a_fresh_card(self) -> None:
        """One shown now."""
        self.card = _card(self.city, self.observer)

    async def presses(self, data: str) -> None:
        await self.observer.taps_old(self.card, data, wait=False)

    async def handled(self, seconds: float = 60) -> None:
        """Everything that was sent is stored and handled."""
        app, updates = self.city.running.app, self.city.running.sandbox.world.updates
        async with asyncio.timeout(seconds):
            while len(updates) or app.lanes.waiting:
                await self.city.running.sandbox.world.changes.next(0.05)

    async def stored(self) -> Report:
        async with self.city.running.app.database.read() as reader:
            report = await reports.load(reader, self.number)
        assert report is not None
        return report

    async def count(self, sql: str) -> int:
        async with self.city.running.app.database.read() as reader:
            return int(await reader.fetch_value(sql))


async def one_report(city: City, name: str = "Анна") -> OneReport:
    if "СОШ № 5" not in city.schools:
        await city.has_school("СОШ № 5")
    observer, person = await city.phone_of(name, Role.OBSERVER)
    boss, _ = await city.phone_of(f"Мария для {name}", Role.COORDINATOR)
    number = await city.sits_today("СОШ № 5", "6 «Б»", f"Русский язык {person.id}", person, minutes=-90)
    return OneReport(city, observer, boss, number, _card(city, observer))


def _card(city: City, phone: Phone) -> Message:
    world = city.running.sandbox.world
    return world.post(world.chats[phone.id], world.bot.user(), {"text": "."})
