"""A bot whose hotline is open, in a town of two schools, on a clock that tests move."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, fields, make_dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app import App
from bot.domain.people import Account, Actor, Role
from bot.sandbox import Sandbox
from bot.services.all import Services
from bot.services.auditing import Auditing
from bot.services.hotline.all import Hotline, open_hotline
from bot.services.hotline.rules import HotlineRules
from bot.services.staff import Staff
from storage.audit import Audit
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
        hotline = getattr(app.services, "hotline", None)
        if hotline is None:
            hotline = await stack.enter_async_context(_attached(app, clock))
        running = asyncio.ensure_future(app.run())
        try:
            await app.handling.wait()
            town = Town(Running(sandbox, app), clock=clock, hotline=hotline)
            for school in ("СОШ № 5", "СОШ № 11"):
                await town.has_school(school)
            yield town
        finally:
            app.stop()
            await running


@asynccontextmanager
async def _attached(app: App, clock: Clock) -> AsyncIterator[Hotline]:
    """The wiring of bot/app.py, until it is there."""
    settings = app.settings
    rules = HotlineRules(
        1, settings.zone, settings.organiser or "", settings.official_appeal_url, clock, settings.hotline_group_id
    )
    auditing = Auditing(Audit(app.keys.derive("audit")))
    path = settings.database_path.with_name("vault.db")
    async with open_hotline(path, app.database, {1: app.keys}, auditing, Staff(), rules) as hotline:
        names = [field.name for field in fields(Services)]
        widened = make_dataclass("Widened", [*names, "hotline"])
        app.services = widened(*(getattr(app.services, name) for name in names), hotline)
        app.services.conversation._discretion = hotline.discretion
        delivery = app.sender._delivery  # type: ignore[attr-defined]
        delivery._renderers = {**delivery._renderers, **hotline.renderers()}
        delivery._resolvers = {**delivery._resolvers, **hotline.resolvers()}
        app._import_framework = lambda: _framework(app)  # type: ignore[method-assign]
        yield hotline


def _framework(app: App) -> Any:
    import handlers.dispatching
    import handlers.features
    from handlers import hotline, hotline_desk

    features = [*handlers.features.all_features(), hotline.create_feature(), hotline_desk.create_feature()]
    return (
        handlers.dispatching.Conversationalist(
            features, app.services, app.messenger, app.clock, app.settings.zone, app.wake
        ),
        handlers.dispatching,
    )
