"""Sandbox, bot and invented day in one process, until Ctrl-C."""

import contextlib
import tempfile
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.app import App
from bot.demo.seeding import Seeding
from bot.demo.town import Town, inhabit
from bot.sandbox import Sandbox
from bot.sandbox.clock import Clock
from bot.settings import Settings
from bot.texts import demo as words

# The morning's reminders are made at half past seven; what one sees begins in the middle of the third lesson, when some
# works are over, some go on, some are to come.
MORNING, BEGINNING = time(7, 30), time(10, 20)
POLL_SECONDS = 10


async def serve_demo(
    port: int, announce: Callable[[str], None], stop_on_signals: Callable[[Callable[[], None]], None]
) -> None:
    """`announce` gets the address as soon as the page answers; the bot's words appear there some seconds later."""
    async with demo(port) as (sandbox, app, town):
        stop_on_signals(app.stop)
        announce(words.ready(sandbox.root))
        for phone in town.phones.values():
            sandbox.deeds.sends(phone, "/start")
        await app.run()
    announce(words.STOPPED)


@contextlib.asynccontextmanager
async def demo(port: int = 0) -> AsyncIterator[tuple[Sandbox, App, Town]]:
    """Everything seeded and ready for `app.run()`. The database lies in a temporary folder and goes with it."""
    zone = ZoneInfo(words.TIMEZONE)
    today = datetime.now(UTC).astimezone().date()  # the day of whoever looks at it, not of the invented town
    clock = Clock(datetime.combine(today, MORNING, zone), zone)
    beginning = datetime.combine(today, BEGINNING, zone)
    with tempfile.TemporaryDirectory(prefix="vpr-demo-") as folder:
        async with Sandbox.start(port, clock=clock, bot_name=words.BOT_NAME) as sandbox:
            town = inhabit(sandbox)
            settings = demo_settings(sandbox, town, Path(folder))

            def now() -> datetime:
                return clock.now().astimezone(UTC)

            async with App.start(settings, clock=now, poll_seconds=POLL_SECONDS) as app:
                seeding = Seeding(app, town)
                await seeding.plan(beginning)
                await app.schedule.tick()
                clock.advance(beginning - clock.now())
                await seeding.report(beginning)
                await app.schedule.tick()
                yield sandbox, app, town


def demo_settings(sandbox: Sandbox, town: Town, folder: Path) -> Settings:
    """Nothing comes from the environment or `.env`: a demo must not touch the real bot's data."""
    given = {
        "bot_token": SecretStr(sandbox.token),
        "bot_api_root": sandbox.root,
        "municipality": words.MUNICIPALITY,
        "timezone": words.TIMEZONE,
        "organiser": words.ORGANISER,
        "coordinator_phone": words.PHONE,
        "hotline_group_id": town.group.id,
        "data_dir": folder,
        "messages_per_second": 0,  # the local Bot API has no limits
    }
    defaults = {name: field.default for name, field in Settings.model_fields.items() if not field.is_required()}
    return Settings(_env_file=None, **(defaults | given))
