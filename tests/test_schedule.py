"""Loops of the schedule: each serialised in itself, none waiting for another."""

import asyncio
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.schedule import Schedule


def utc_now() -> datetime:
    return datetime.now(UTC)


async def test_what_is_due_does_not_wait_for_a_work_that_waits() -> None:
    answered = asyncio.Event()
    alarmed: asyncio.Queue[datetime] = asyncio.Queue()
    under_way = begun = 0

    async def waits_for_the_network(now: datetime) -> None:
        nonlocal under_way, begun
        begun += 1
        under_way += 1
        assert under_way == 1, "one at a time"
        await answered.wait()
        under_way -= 1

    schedule = Schedule(
        [{"alerts": alarmed.put}, {"digests": waits_for_the_network}], utc_now, ZoneInfo("Europe/Moscow"), lambda: None
    )
    first, second = asyncio.ensure_future(schedule.tick()), asyncio.ensure_future(schedule.tick())
    for _ in range(2):
        await asyncio.wait_for(alarmed.get(), 20)
    assert begun == 1
    assert not first.done()
    answered.set()
    await asyncio.gather(first, second)
    assert begun == 2


async def test_a_failing_work_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    done: list[datetime] = []

    async def fails(now: datetime) -> None:
        raise KeyError("слова человека")

    async def works(now: datetime) -> None:
        done.append(now)

    schedule = Schedule([{"one": fails, "two": works}], utc_now, ZoneInfo("Europe/Moscow"), lambda: None)
    await schedule.tick()
    assert len(done) == 1
    assert "one failed: KeyError" in caplog.text
    assert "слова" not in caplog.text
