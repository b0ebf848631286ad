"""Orders while another process holds the database: each is settled as soon as it can be, none ends the runner."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.botapi import BotApi
from bot.delivery.exports import ExportRunner
from bot.delivery.messenger import Messenger
from bot.delivery.pace import Pace
from bot.domain.export import ExportedFile, ExportFailed, ExportKind, Wanted
from bot.domain.period import Period
from bot.sandbox import Sandbox
from bot.services.auditing import Auditing
from bot.services.exporting import Exporting
from storage.audit import Audit
from storage.export_jobs import Job
from tests.export.conftest import Office
from tests.generate import DAY, NOON, ZONE
from tests.people import Phone, person

TODAY = Wanted(ExportKind.BOOK, Period.day(DAY))


class Held(Exporting):
    """Its database can be taken by somebody else, as a copying program would."""

    def __init__(self, office: Office) -> None:
        super().__init__(office.database, Auditing(Audit(b"k" * 32)), office.folder, ZONE, "Город Н.")
        self._foreign = sqlite3.connect(office.database.path, isolation_level=None, check_same_thread=False)

    async def hold(self) -> None:
        await asyncio.to_thread(self._foreign.execute, "BEGIN IMMEDIATE")

    def let_go(self) -> None:
        self._foreign.execute("COMMIT")

    def close(self) -> None:
        self._foreign.close()


class HeldWhenItFailed(Held):
    async def file(self, *order: Any, **how: Any) -> ExportedFile:
        await self.hold()
        asyncio.get_running_loop().call_later(0.3, self.let_go)
        raise ExportFailed


class HeldWhenItIsNoted(Held):
    """The first time only."""

    times = 0

    async def file(self, *order: Any, **how: Any) -> ExportedFile:
        self.times += 1
        if self.times > 1:
            return await super().file(*order, **how)
        await self.hold()
        try:
            return await super().file(*order, **how)
        finally:
            self.let_go()


class HeldWhenTheCardIsNoted(Held):
    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._noted = asyncio.Event()

    async def file(self, *order: Any, **how: Any) -> ExportedFile:
        await self.hold()
        try:
            await self._noted.wait()
        finally:
            self.let_go()
        return await super().file(*order, **how)

    async def shown(self, job: Job, card_id: int) -> None:
        try:
            await super().shown(job, card_id)
        finally:
            self._noted.set()


class Desk:
    """A runner at work for one person, who has ordered a file."""

    def __init__(self, office: Office, sandbox: Sandbox, exporting: Exporting) -> None:
        self.phone: Phone = person(sandbox, "Мария", started=True)
        self.now = NOON
        self.office = office
        self.exporting = exporting
        self.api = BotApi(sandbox.root, sandbox.token)
        messenger = Messenger(self.api, Pace(overall_per_second=1000))
        self.runner = ExportRunner(exporting, messenger, self.clock, lambda: None)

    def clock(self) -> datetime:
        return self.now

    async def rests(self, running: asyncio.Future[None]) -> None:
        """Nothing is being made or due; a runner that ended instead says why."""
        resting = asyncio.ensure_future(self.runner.idle.wait())
        await asyncio.wait({running, resting}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            resting.cancel()
            running.result()

    async def order(self) -> tuple[str, str]:
        """Its state, and what was promised to be said about it."""
        async with self.office.database.read() as reader:
            state = await reader.fetch_value("SELECT state FROM export_job")
            said = await reader.fetch_value("SELECT payload FROM outbox WHERE dedupe_key = 'export:1'")
        return state, said or ""


@asynccontextmanager
async def at_work(office: Office, exporting: Held) -> AsyncIterator[tuple[Desk, asyncio.Future[None]]]:
    await office.database._writer.run("PRAGMA busy_timeout = 20")
    async with Sandbox.start() as sandbox:
        desk = Desk(office, sandbox, exporting)
        await exporting.order(await office.staff(number=desk.phone.id - 9000), TODAY, "tap:1", NOON)
        running = asyncio.ensure_future(desk.runner.run())
        try:
            await desk.rests(running)
            yield desk, running
        finally:
            running.cancel()
            await asyncio.wait({running})
            await desk.api.close()
            exporting.close()


async def test_an_order_that_fails_while_the_database_is_held_is_settled_later(office: Office):
    async with at_work(office, HeldWhenItFailed(office)) as (desk, running):
        state, said = await desk.order()
        assert state == "failed"
        assert "Файл сделать не получилось" in said
        assert not running.done()


@pytest.mark.parametrize("held", [HeldWhenTheCardIsNoted, HeldWhenItIsNoted])
async def test_a_held_database_delays_the_file_only(office: Office, held: type[Held]):
    async with at_work(office, held(office)) as (desk, running):
        desk.now += timedelta(minutes=1)
        desk.runner.wake()
        await desk.rests(running)
        await desk.phone.receives_document(timeout=30)
        assert await desk.order() == ("sent", "")
