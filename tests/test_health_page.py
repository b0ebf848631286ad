"""The page that a monitoring system asks."""

import asyncio
import sqlite3
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from bot.botapi import BotApiError
from bot.disk import Disk
from bot.health_page import HealthPage
from bot.intake.health import UNHEALTHY_AFTER_SECONDS, Health
from storage import inbox, outbox
from storage.database import Database
from storage.migrating import migrate


def utc_now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def database(tmp_path):
    path = tmp_path / "bot.db"
    await migrate(path)
    opened = await Database.open(path)
    yield opened
    await opened.close()


@asynccontextmanager
async def page(database, health=None, reserve=0, **how):
    disk = Disk(database.path.parent, reserve)
    health_page = HealthPage(health or Health(), database, utc_now, disk, look_seconds=0, **how)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(health_page.run(0))
        await health_page.ready.wait()
        yield health_page
        task.cancel()


async def ask(health_page):
    async with aiohttp.ClientSession() as session, session.get(f"{health_page.address}/health") as answer:
        return answer.status, await answer.json()


async def test_a_healthy_bot_answers_200_with_its_numbers(database):
    health = Health()
    health.polled(health.started)
    async with database.transaction() as tx:
        stored = await inbox.store(tx, "tg", 1, [inbox.NewUpdate(n, "a", b"x") for n in range(5)], utc_now())
        await inbox.mark_done(tx, [stored[0].id], utc_now())
        await inbox.quarantine(tx, stored[1].id, "", utc_now())
        await outbox.promise(tx, utc_now(), [outbox.Promise(f"{n}", "chat:1", {}) for n in range(4)])
        await tx.execute("UPDATE outbox SET state = 'uncertain' WHERE dedupe_key = '0'")
        await tx.execute("UPDATE outbox SET state = 'unreachable' WHERE dedupe_key = '1'")
    async with page(database, health, missed=lambda: 7) as health_page:
        assert health_page.address.startswith("http://127.0.0.1:")
        status, body = await ask(health_page)
    assert status == 200, body
    assert (body["ok"], body["problems"], body["database_writable"]) == (True, [], True)
    assert (body["updates_waiting"], body["updates_quarantined"], body["updates_missed"]) == (3, 1, 7)
    assert (body["messages_pending"], body["messages_uncertain"], body["messages_unreachable"]) == (2, 1, 1)
    assert body["last_poll_age"] >= 0
    assert body["disk_free_bytes"] > 0


async def test_no_link_for_two_minutes_is_503(database):
    health = Health()
    health.started -= UNHEALTHY_AFTER_SECONDS + 1
    async with page(database, health) as health_page:
        assert (await ask(health_page))[1]["problems"] == ["no_link"]
        health.polled(health.started + UNHEALTHY_AFTER_SECONDS + 1)
        assert (await ask(health_page))[0] == 200


async def test_a_refused_token_is_503(database):
    health = Health()
    health.failed(BotApiError("getUpdates", 401, "Unauthorized"))
    async with page(database, health, token_refused=lambda: True) as health_page:
        status, body = await ask(health_page)
    assert (status, body["problems"]) == (503, ["token_refused"])


async def test_a_database_that_cannot_be_written_is_503_and_over_when_it_can(database):
    await database._writer.run("PRAGMA busy_timeout = 10")
    foreign = sqlite3.connect(database.path, isolation_level=None)
    async with page(database) as health_page:
        foreign.execute("BEGIN IMMEDIATE")
        status, body = await ask(health_page)
        assert (status, body["problems"], body["database_writable"]) == (503, ["database_not_writable"], False)
        foreign.execute("ROLLBACK")
        assert (await ask(health_page))[0] == 200
    foreign.close()


async def test_a_writer_that_hangs_is_noticed_and_not_disturbed(database):
    async with page(database, write_seconds=0.05) as health_page, database.transaction() as tx:
        await tx.next_numbers("report")
        status, body = await ask(health_page)
        assert (status, body["problems"]) == (503, ["database_not_writable"])
        await tx.next_numbers("report")
    async with database.read() as reader:
        assert await reader.fetch_value("SELECT value FROM counter WHERE name = 'report'") == 2


async def test_an_update_that_waits_for_minutes_is_503(database):
    async with database.transaction() as tx:
        await inbox.store(tx, "tg", 1, [inbox.NewUpdate(1, "a", b"x")], utc_now() - timedelta(minutes=6))
    async with page(database) as health_page:
        status, body = await ask(health_page)
    assert (status, body["problems"]) == (503, ["updates_stuck"])
    assert body["oldest_update_age"] > 300


async def test_a_closed_database_is_an_answer_and_no_crash(tmp_path):
    path = tmp_path / "bot.db"
    await migrate(path)
    closed = await Database.open(path)
    await closed.close()
    async with page(closed) as health_page:
        status, body = await ask(health_page)
    assert (status, body["problems"]) == (503, ["database_unreadable", "database_not_writable"])


async def test_asking_often_burdens_nobody(database):
    health_page = HealthPage(Health(), database, utc_now, Disk(database.path.parent, 0), look_seconds=60)
    await asyncio.gather(*(health_page.vitals() for _ in range(50)))
    async with database.read() as reader:
        assert await reader.fetch_value("SELECT value FROM counter WHERE name = 'health'") == 1


async def test_a_disk_with_nothing_but_the_reserve_is_503(database):
    async with page(database, reserve=1 << 60) as health_page:
        status, body = await ask(health_page)
    assert (status, body["problems"], body["disk_low"]) == (503, ["disk_full"], True)
