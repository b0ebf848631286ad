"""The real bot against the real local Bot API, with a real database file, inside the test's loop."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.app import App, utc_now
from bot.domain.checklist import Checklists
from bot.sandbox import Sandbox
from bot.settings import Settings
from tests.people import Phone, person


@dataclass
class Running:
    """A bot at work. `app` is for looking things up; people act through their phones only."""

    sandbox: Sandbox
    app: App

    def person(self, name: str, **details: Any) -> Phone:
        return person(self.sandbox, name, **details)

    async def settled(self) -> None:
        """Every update is received and handled, every due message sent."""
        await self.sandbox.quiet()
        await self.app.settled()


def settings_for(sandbox: Sandbox, folder: Path, **changes: Any) -> Settings:
    values: dict[str, Any] = {
        "bot_token": sandbox.token,
        "bot_api_root": sandbox.root,
        "municipality": "Город Н.",
        "timezone": "Europe/Moscow",
        "organiser": "Управление образования города Н.",
        "coordinator_phone": "+7 900 000-00-00",
        "data_dir": folder,
        "messages_per_second": 0,  # nor has the local Bot API any limit, unless a test sets one
    }
    return Settings(_env_file=None, **(values | changes))


@asynccontextmanager
async def bot_at(
    sandbox: Sandbox,
    folder: Path,
    *,
    clock: Callable[[], datetime] = utc_now,
    checklists: Checklists | None = None,
    **changes: Any,
) -> AsyncIterator[Running]:
    """Start the bot, stop it in order at the end."""
    settings = settings_for(sandbox, folder, **changes)
    async with App.start(settings, clock=clock, poll_seconds=2, checklists=checklists) as app:
        running = asyncio.ensure_future(app.run())
        try:
            await _first(running, app.handling.wait())
            yield Running(sandbox, app)
        finally:
            app.stop()
            await running


async def _first(running: asyncio.Future[None], ready: Coroutine[Any, Any, Any]) -> None:
    """Wait until the bot is ready; a bot that ends before says why."""
    waiting = asyncio.ensure_future(ready)
    await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if running.done():
        waiting.cancel()
        running.result()
