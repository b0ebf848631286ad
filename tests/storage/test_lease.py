"""One running instance a database."""

import asyncio
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from storage.errors import AnotherInstanceRuns
from storage.lease import FileLock, Lease


def utc_now() -> datetime:
    return datetime.now(UTC)


def long_ago() -> datetime:
    return utc_now() - timedelta(hours=1)


async def acquire(database, host="here", clock=utc_now, **how):
    return await Lease.acquire(database, clock, host=host, look_seconds=0.01, **how)


async def test_the_epoch_grows_with_every_start(product):
    epochs = [(await acquire(product)).epoch for _ in range(3)]
    assert epochs == [1, 2, 3]


def test_a_second_process_is_refused_while_the_first_lives_and_admitted_after(tmp_path):
    path = tmp_path / "data" / "bot.db"
    script = (
        "import sys; from pathlib import Path; from storage.lease import FileLock\n"
        "lock = FileLock.take(Path(sys.argv[1])); print('locked', flush=True); sys.stdin.read()"
    )
    first = subprocess.Popen([sys.executable, "-c", script, str(path)], stdin=-1, stdout=-1, text=True)
    assert first.stdout.readline() == "locked\n"
    with pytest.raises(AnotherInstanceRuns):
        FileLock.take(path)
    first.kill()
    first.communicate()
    lock = FileLock.take(path)
    with pytest.raises(AnotherInstanceRuns):
        FileLock.take(path)
    lock.free()
    lock.free()
    FileLock.take(path).free()


async def test_a_dead_owner_on_this_machine_is_replaced_at_once(product):
    dead = await acquire(product)
    fresh = await acquire(product, take_over_seconds=60)
    assert fresh.epoch == 2
    with pytest.raises(AnotherInstanceRuns):
        await dead.beat()
    await fresh.beat()


async def test_a_living_owner_on_another_machine_is_left_alone(product):
    other = await acquire(product, host="there")

    async def beats() -> None:
        while True:
            await other.beat()
            await asyncio.sleep(0.02)

    async with asyncio.TaskGroup() as group:
        beating = group.create_task(beats())
        with pytest.raises(AnotherInstanceRuns):
            await acquire(product, take_over_seconds=30)
        beating.cancel()
    await other.beat()


async def test_a_silent_owner_on_another_machine_is_replaced_after_a_while(product):
    silent = await acquire(product, host="there")
    started = asyncio.get_running_loop().time()
    fresh = await acquire(product, take_over_seconds=0.2)
    assert asyncio.get_running_loop().time() - started >= 0.2
    assert fresh.epoch == silent.epoch + 1
    with pytest.raises(AnotherInstanceRuns):
        await silent.beat()


async def test_a_long_dead_owner_needs_no_watching(product):
    await acquire(product, host="there", clock=long_ago)
    assert (await asyncio.wait_for(acquire(product, take_over_seconds=600), 10)).epoch == 2


async def test_a_released_lease_needs_no_watching(product):
    other = await acquire(product, host="there")
    await other.release()
    assert (await asyncio.wait_for(acquire(product, take_over_seconds=600), 10)).epoch == 2
    with pytest.raises(AnotherInstanceRuns):
        await other.beat()
