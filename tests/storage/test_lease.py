"""One running instance a database."""

import asyncio
import subprocess
import sys
from contextlib import contextmanager
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


HOLDER = (
    "import asyncio, os, sys; from pathlib import Path; from storage.lease import FileLock\n"
    "lock = asyncio.run(FileLock.take(Path(sys.argv[1])))\n"
    "if not sys.argv[2:] or os.fork(): print('locked', flush=True)\n"
    "sys.stdin.read()"
)


@contextmanager
def holder(path, *how):
    """A process that holds the lock; told to fork, its child does as well, until its input ends."""
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(path), *how], stdin=-1, stdout=-1, text=True) as process:
        assert process.stdout.readline() == "locked\n"
        yield process
        process.kill()


async def test_a_second_process_is_refused_while_the_first_lives_and_admitted_after(tmp_path):
    path = tmp_path / "data" / "bot.db"
    with holder(path), pytest.raises(AnotherInstanceRuns):
        await FileLock.take(path)
    lock = await FileLock.take(path)
    with pytest.raises(AnotherInstanceRuns):
        await FileLock.take(path)
    lock.free()
    lock.free()
    (await FileLock.take(path)).free()


async def test_a_killed_bot_that_was_just_starting_another_program_does_not_bar_the_next_start(tmp_path):
    path = tmp_path / "bot.db"
    with holder(path, "fork") as bot:
        bot.kill()
        bot.wait()
        taking = asyncio.ensure_future(FileLock.take(path))
        await asyncio.sleep(0)
        assert not taking.done()
        bot.stdin.close()  # the heir is alive until here
        (await taking).free()


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
