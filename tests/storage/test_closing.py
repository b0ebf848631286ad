"""Closing the store: it waits for the running unit, refuses later ones, and says so."""

import asyncio

import pytest

from storage.database import Database
from storage.errors import DatabaseUnavailable, UnitLost
from tests.storage.halves import pairs, write_pair


async def test_close_waits_for_the_running_unit_and_refuses_later_ones(path):
    database = await Database.open(path)
    inside = asyncio.Event()

    async def slow() -> None:
        async with database.transaction() as tx:
            await tx.execute("INSERT INTO half VALUES (1, 1)")
            inside.set()
            await asyncio.sleep(0.05)
            await tx.execute("INSERT INTO half VALUES (1, 2)")

    async with asyncio.TaskGroup() as group:
        group.create_task(slow())
        await inside.wait()
        late = asyncio.gather(write_pair(database, 2), return_exceptions=True)
        await asyncio.sleep(0)
        await database.close()
    assert isinstance((await late)[0], DatabaseUnavailable | None)
    await database.close()
    with pytest.raises(DatabaseUnavailable, match="closed"):
        await write_pair(database, 3)
    with pytest.raises(DatabaseUnavailable, match="closed"):
        await pairs(database)
    again = await Database.open(path)
    assert (await pairs(again))[1] == 2
    await again.close()


async def test_a_cancelled_close_closes_and_the_open_unit_is_lost(path):
    database = await Database.open(path)
    inside = asyncio.Event()
    go_on = asyncio.Event()

    async def slow() -> None:
        async with database.transaction() as tx:
            await tx.execute("INSERT INTO half VALUES (1, 1)")
            inside.set()
            await go_on.wait()
            await tx.execute("INSERT INTO half VALUES (1, 2)")

    unit = asyncio.gather(slow(), return_exceptions=True)
    await inside.wait()
    closing = asyncio.gather(database.close(), return_exceptions=True)
    await asyncio.sleep(0)
    closing.cancel()
    await asyncio.gather(closing, return_exceptions=True)
    go_on.set()
    assert isinstance((await unit)[0], DatabaseUnavailable)
    again = await Database.open(path)
    assert await pairs(again) == {}
    await again.close()


async def test_lost_units_are_a_kind_of_unavailable():
    assert issubclass(UnitLost, DatabaseUnavailable)
