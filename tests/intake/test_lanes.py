"""Order, fairness, failures, and what is left by a death."""

import asyncio
import random
import sqlite3

import pytest

from bot.botapi import BotApiError, BotApiUnsure
from bot.intake.lanes import DEATHS_TO_QUARANTINE, FAILURES_TO_QUARANTINE, WORKERS
from tests.intake.conftest import said, text_of


async def test_one_persons_updates_in_order_different_peoples_in_parallel(run):
    chance = random.Random(1)
    order: dict[int, list[str]] = {}
    busy: set[int] = set()
    most = 0

    async def handle(raw):
        nonlocal most
        person = raw["message"]["from"]["id"]
        assert person not in busy
        busy.add(person)
        most = max(most, len(busy))
        await asyncio.sleep(chance.random() * 0.002)
        order.setdefault(person, []).append(text_of(raw))
        busy.discard(person)

    updates = [said(person, f"{turn}", 1000 + turn * 30 + person) for turn in range(20) for person in range(30)]
    await run.receiver.receive(updates)
    async with run.handling(handle):
        await run.settled()
    assert order == {person: [f"{turn}" for turn in range(20)] for person in range(30)}
    assert most > 10


async def test_a_persons_next_update_begins_when_the_one_before_is_marked_for_good(run):
    """Otherwise a death could have it handled again with the next one's effects already there."""
    unmarked: list[list[int]] = []

    async def handle(raw):
        async with run.database.read() as reader:
            rows = await reader.fetch_all("SELECT update_id FROM inbox WHERE state != 'done' ORDER BY update_id")
        unmarked.append([row[0] for row in rows])

    await run.receiver.receive([said(1, f"{number}", number) for number in range(5)])
    async with run.handling(handle):
        await run.settled()
    assert unmarked == [list(range(number, 5)) for number in range(5)]


async def test_updates_that_come_out_of_order_are_handled_in_order(run):
    """A webhook may deliver a later one first; while it waits the earlier one goes before it."""
    await run.receiver.receive([said(1, "a", 10), said(1, "d", 13)])
    await run.receiver.receive([said(1, "c", 12)])
    await run.receiver.receive([said(1, "b", 11)])
    async with run.handling():
        await run.settled()
    assert run.handled == ["a", "b", "c", "d"]


async def test_one_persons_flood_does_not_delay_another(run):
    order = []

    async def handle(raw):
        order.append(raw["message"]["from"]["id"])
        await asyncio.sleep(0)

    await run.receiver.receive([said(1, f"{number}", number) for number in range(500)])
    await run.receiver.receive([said(2, "одно", 1000)])
    async with run.handling(handle):
        await run.settled()
    assert len(order) == 501
    assert order.index(2) <= 2


async def test_many_floods_share_the_workers_fairly(run):
    """More floods than workers: a newcomer waits for one round at most."""
    order = []

    async def handle(raw):
        order.append(raw["message"]["from"]["id"])
        await asyncio.sleep(0)

    floods = WORKERS + 36
    updates = [said(person, "x", person * 100 + turn) for person in range(1, floods + 1) for turn in range(5)]
    await run.receiver.receive(updates)
    await run.receiver.receive([said(9999, "одно", 1_000_000)])
    async with run.handling(handle):
        await run.settled()
    assert order.index(9999) <= floods + WORKERS


async def test_three_failures_set_aside_and_others_go_on(run):
    tries = []

    async def handle(raw):
        if text_of(raw) == "яд":
            tries.append(raw)
            raise KeyError("слова человека")
        await run.note(raw)

    await run.receiver.receive([said(1, "до", 1), said(1, "яд", 2), said(1, "после", 3), said(2, "другой", 4)])
    async with run.handling(handle):
        await asyncio.wait_for(run.lanes.settled(), 30)
    assert len(tries) == FAILURES_TO_QUARANTINE
    assert run.handled == ["до", "другой", "после"]
    (raw, update_id), *rest = run.quarantined
    assert (text_of(raw), update_id, rest) == ("яд", 2, [])
    async with run.database.read() as reader:
        row = await reader.fetch_one("SELECT state, tries, error, payload FROM inbox WHERE update_id = 2")
    assert (row["state"], row["tries"]) == ("quarantined", 3)
    assert row["error"].startswith("KeyError at test_lanes.py:")
    assert "слова" not in row["error"]
    assert row["payload"] != b""


async def test_a_failure_that_passes_is_forgiven(run):
    failures = iter([ValueError(), ZeroDivisionError()])

    async def handle(raw):
        if (error := next(failures, None)) is not None:
            raise error
        await run.note(raw)

    await run.receiver.receive([said(1, "слово", 1)])
    async with run.handling(handle):
        await run.settled()
    assert run.handled == ["слово"]
    assert run.quarantined == []


async def test_a_locked_database_never_counts_as_a_failure(run, database):
    """The handler's own unit is refused ten times; the update is handled all the same."""
    await database._writer.run("PRAGMA busy_timeout = 1")
    foreign = sqlite3.connect(database.path, isolation_level=None)
    refused = 0

    async def handle(raw):
        nonlocal refused
        try:
            async with database.transaction() as tx:
                await tx.next_numbers("report")
        except Exception:
            refused += 1
            if refused == 5:
                foreign.execute("COMMIT")
            raise
        await run.note(raw)

    await run.receiver.receive([said(1, "слово", 1)])
    foreign.execute("BEGIN IMMEDIATE")
    async with run.handling(handle):
        await run.settled()
    foreign.close()
    assert (refused, run.handled, run.quarantined) == (5, ["слово"], [])
    async with database.read() as reader:
        assert await reader.fetch_value("SELECT tries FROM inbox") == 0


@pytest.mark.parametrize(
    "trouble", [BotApiUnsure("sendMessage", "ClientConnectorError", sent=False), BotApiError("sendMessage", 429, "", 1)]
)
async def test_a_link_that_is_down_never_counts_as_a_failure(run, trouble):
    failures = iter([trouble])

    async def handle(raw):
        if (error := next(failures, None)) is not None:
            raise error
        await run.note(raw)

    await run.receiver.receive([said(1, "слово", 1)])
    async with run.handling(handle):
        await run.settled()
    async with run.database.read() as reader:
        assert await reader.fetch_value("SELECT tries FROM inbox") == 0
    assert run.handled == ["слово"]


async def test_something_cancelled_inside_a_handler_costs_no_worker(run):
    """A CancelledError that nobody asked for would end the worker in silence."""
    cancelled = asyncio.get_running_loop().create_future()
    cancelled.cancel()

    async def handle(raw):
        if text_of(raw) == "яд":
            await cancelled
        await run.note(raw)

    people = WORKERS + 10
    await run.receiver.receive([said(person, "яд", person) for person in range(1, people)])
    await run.receiver.receive([said(9999, "слово", 10_000)])
    async with run.handling(handle):
        await asyncio.wait_for(run.lanes.settled(), 40)
    assert run.handled == ["слово"]
    assert len(run.quarantined) == people - 1


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


async def test_a_payload_that_was_moved_or_changed_is_set_aside(run, database):
    await run.receiver.receive([said(1, "одно", 1), said(2, "другое", 2)])
    async with database.transaction() as tx:
        await tx.execute(
            "UPDATE inbox SET payload = (SELECT payload FROM inbox WHERE update_id = 1) WHERE update_id = 2"
        )
    again = type(run)(database, run.poller._api, run.receiver._bot_id)
    await again.recover()
    async with again.handling():
        await again.settled()
    assert again.handled == ["одно"]
    assert again.quarantined == [(None, 2)]


async def test_a_failing_alarm_does_not_stop_the_lane(run):
    async def handle(raw):
        if text_of(raw) == "яд":
            raise KeyError
        await run.note(raw)

    async def alarm(raw, update_id):
        raise RuntimeError

    run.on_quarantine = alarm
    await run.receiver.receive([said(1, "яд", 1), said(1, "после", 2)])
    async with run.handling(handle):
        await asyncio.wait_for(run.lanes.settled(), 30)
    assert run.handled == ["после"]
