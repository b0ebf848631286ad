"""A bot whose hotline is open, in a town of two schools, on a clock that tests move."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app import App
from bot.delivery.hotline_edge import HotlineEdge
from bot.disk import Disk
from bot.domain.people import Account, Actor, Role
from bot.sandbox import Sandbox
from bot.services.hotline.all import Hotline
from tests.city import City
from tests.people import Phone
from tests.running import Running, settings_for

# A Wednesday, 12:00 in Moscow.
NOON = datetime(2026, 4, 22, 9, 0, tzinfo=UTC)


class Clock:
    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **duration: float) -> datetime:
        self.now += timedelta(**duration)
        return self.now


@dataclass
class Town(City):
    clock: Clock = None  # type: ignore[assignment]
    hotline: Hotline = None  # type: ignore[assignment]
    edge: HotlineEdge = None  # type: ignore[assignment]

    @property
    def folder(self) -> Path:
        return self.running.app.settings.data_dir

    async def operator(self, name: str = "Оля Оператор") -> Phone:
        phone, _ = await self.phone_of(name, Role.OPERATOR)
        return phone

    def parent(self, name: str = "Марина Родитель") -> Phone:
        return self.running.person(name, started=True)

    async def actor(self, phone: Phone) -> Actor:
        found, _ = await self.running.app.services.enrolment.actor(Account("tg", phone.id, phone.id))
        return found

    async def only_case(self) -> Any:
        """The row of the one case there is."""
        async with self.running.app.database.read() as reader:
            rows = await reader.fetch_all("SELECT * FROM hotline_case")
        assert len(rows) == 1, [dict(row) for row in rows]
        return rows[0]


@asynccontextmanager
async def town_at(sandbox: Sandbox, folder: Path, *, clock: Clock | None = None, **changes: Any) -> AsyncIterator[Town]:
    clock = clock or Clock()
    async with AsyncExitStack() as stack:
        settings = settings_for(sandbox, folder, **changes)
        app = await stack.enter_async_context(App.start(settings, clock=clock, poll_seconds=2))
        hotline = app.services.hotline
        resolvers = app.sender._delivery._resolvers  # type: ignore[attr-defined]
        edge = HotlineEdge(app.api, hotline, Disk(folder, settings.disk_reserve_mb << 20))
        for kind, resolve in edge.resolvers().items():
            resolvers.setdefault(kind, resolve)
        running = asyncio.ensure_future(app.run())
        try:
            await app.handling.wait()
            town = Town(Running(sandbox, app), clock=clock, hotline=hotline, edge=edge)
            for school in ("СОШ № 5", "СОШ № 11"):
                await town.has_school(school)
            yield town
        finally:
            app.stop()
            await running
