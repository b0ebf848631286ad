"""What is left by a death or an orderly end, and who is blamed for it."""

import asyncio

from bot.intake.lanes import DEATHS_TO_QUARANTINE
from tests.intake.conftest import said, text_of


async def test_a_restart_takes_up_what_was_left_in_order(new_run):
    first, second = new_run(), new_run()
    await first.receiver.receive(
        [said(person, f"{turn}", turn * 10 + person) for turn in range(4) for person in (1, 2)]
    )
    assert await second.recover() == 8
    async with second.handling():
        await second.settled()
    assert second.handled == ["0", "0", "1", "1", "2", "2", "3", "3"]
    assert await second.states() == {"done": 8}
    third = new_run()
    assert await third.recover() == 0


async def test_an_orderly_end_blames_nobody(new_run):
    first, second = new_run(), new_run()
    started = asyncio.Event()

    async def hangs(raw):
        started.set()
        await asyncio.Event().wait()

    await first.receiver.receive([said(1, "слово", 1)])
    async with first.handling(hangs):
        await started.wait()
    await second.recover()
    async with second.database.read() as reader:
        assert await reader.fetch_value("SELECT crashes FROM inbox") == 0
    async with second.handling():
        await second.settled()
    assert second.handled == ["слово"]


async def die_while_handling(run, victim, meanwhile=()):
    """Run until `victim` is in hand, then leave the notes as kill -9 would. Returns what was handled before."""
    handled = []
    at_victim = asyncio.Event()

    async def handle(raw):
        if text_of(raw) == victim:
            at_victim.set()
            await asyncio.Event().wait()
        handled.append(text_of(raw))

    await run.recover()
    async with asyncio.TaskGroup() as group:
        task = group.create_task(run.lanes.run(handle, run.on_quarantine))
        if not run.quarantined:
            await asyncio.wait_for(at_victim.wait(), 20)
            await asyncio.sleep(0.05)
            left = run.lanes._in_hand._path.read_bytes()
        task.cancel()
    if not run.quarantined:
        run.lanes._in_hand._path.write_bytes(left)
    await run.lanes.flush()
    return handled


async def test_an_update_that_kills_the_process_is_condemned_and_others_get_on(new_run):
    """Every death blames what was in hand and nothing else; the others are handled in the first life already."""
    first = new_run()
    await first.receiver.receive([said(1, "до", 1), said(1, "яд", 2), said(1, "после", 3), said(2, "другой", 4)])
    assert await die_while_handling(new_run(), "яд") == ["до", "другой"]
    for deaths in range(1, DEATHS_TO_QUARANTINE):
        run = new_run()
        assert await die_while_handling(run, "яд") == []
        assert run.quarantined == []
        async with run.database.read() as reader:
            crashes = await reader.fetch_all("SELECT crashes FROM inbox ORDER BY update_id")
        assert [row[0] for row in crashes] == [0, deaths, 0, 0]
    last = new_run()
    await last.recover()
    assert [(text_of(raw), number) for raw, number in last.quarantined] == [("яд", 2)]
    async with last.handling():
        await last.settled()
    assert last.handled == ["после"]
    assert await last.states() == {"done": 3, "quarantined": 1}


async def test_the_innocent_of_a_death_are_handled_at_the_next_start(new_run):
    first = new_run()
    await first.receiver.receive([said(person, f"{person}", person) for person in range(1, 41)])
    everybody = asyncio.Barrier(41)

    async def hangs(raw):
        await everybody.wait()
        await asyncio.Event().wait()

    async with asyncio.TaskGroup() as group:
        task = group.create_task(first.lanes.run(hangs, first.on_quarantine))
        await asyncio.wait_for(everybody.wait(), 20)
        left = first.lanes._in_hand._path.read_bytes()
        task.cancel()
    first.lanes._in_hand._path.write_bytes(left)
    second = new_run()
    assert await second.recover() == 40
    alone = []

    async def one_at_a_time(raw):
        alone.append(text_of(raw))
        assert len(alone) == 1, "suspects are handled alone"
        await asyncio.sleep(0)
        alone.clear()
        await second.note(raw)

    async with second.handling(one_at_a_time):
        await second.settled()
    assert sorted(second.handled, key=int) == [f"{person}" for person in range(1, 41)]
    assert second.quarantined == []
