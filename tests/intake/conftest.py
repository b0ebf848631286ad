"""A local Telegram, a poller, an inbox, and handlers that a test decides."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.botapi import BotApi
from bot.intake.health import Health
from bot.intake.lanes import Lanes
from bot.intake.polling import Poller
from bot.intake.receiving import Receiver
from bot.sandbox import Sandbox
from bot.sealing import Keys
from storage import inbox
from storage.database import Database
from storage.migrating import migrate

Raw = dict[str, Any]
KEYS = Keys(bytes(range(32)))


def utc_now() -> datetime:
    return datetime.now(UTC)


def text_of(raw: Raw) -> str:
    return str(raw.get("message", {}).get("text", ""))


class Run:
    """One life of the receiving side: its own lanes, receiver and poller on a database that may have seen others."""

    def __init__(self, database: Database, api: BotApi, bot_id: int, **receiver: Any) -> None:
        self.database = database
        seal = KEYS.seal("inbox")
        self.health = Health()
        self.lanes = Lanes(database, seal, utc_now)
        self.receiver = Receiver(database, bot_id, seal, utc_now, self.lanes.add, **receiver)
        self.poller = Poller(api, self.receiver, self.health, poll_seconds=1)
        self.handled: list[str] = []
        self.quarantined: list[tuple[Raw | None, int]] = []

    async def note(self, raw: Raw) -> None:
        self.handled.append(text_of(raw))

    async def on_quarantine(self, raw: Raw | None, update_id: int) -> None:
        self.quarantined.append((raw, update_id))

    async def recover(self) -> int:
        left, condemned = await self.lanes.recover()
        await self.lanes.set_aside(condemned, self.on_quarantine)
        return left

    @asynccontextmanager
    async def polling(self) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as group:
            task = group.create_task(self.poller.run())
            await self.poller.ready.wait()
            yield
            task.cancel()

    @asynccontextmanager
    async def handling(self, handle: Callable[[Raw], Awaitable[None]] | None = None) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as group:
            task = group.create_task(self.lanes.run(handle or self.note, self.on_quarantine))
            yield
            task.cancel()
        await self.lanes.flush()

    async def settled(self, seconds: float = 60) -> None:
        await asyncio.wait_for(self.lanes.settled(), seconds)

    async def states(self) -> dict[str, int]:
        async with self.database.read() as reader:
            return await inbox.counts(reader)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    path = tmp_path / "bot.db"
    await migrate(path)
    opened = await Database.open(path)
    yield opened
    await opened.close()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox.start() as sandbox:
        yield sandbox


@pytest.fixture
async def api(sandbox: Sandbox) -> AsyncIterator[BotApi]:
    api = BotApi(sandbox.root, sandbox.token)
    yield api
    await api.close()


@pytest.fixture
def new_run(database: Database, api: BotApi, sandbox: Sandbox) -> Callable[..., Run]:
    return lambda **how: Run(database, api, sandbox.world.bot.id, **how)


@pytest.fixture
def run(new_run: Callable[..., Run]) -> Run:
    return new_run()


def said(person: int, text: str, update_id: int) -> Raw:
    """A raw update, without a messenger."""
    chat = {"id": person, "type": "private"}
    return {
        "update_id": update_id,
        "message": {"message_id": update_id, "from": {"id": person}, "chat": chat, "text": text},
    }
