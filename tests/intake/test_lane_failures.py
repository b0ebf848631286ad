"""What fails is tried again, and set aside when it is to blame itself."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.botapi import BotApiError, BotApiUnsure
from bot.intake.lanes import FAILURES_TO_QUARANTINE, WORKERS
from storage.errors import DatabaseUnavailable
from tests.intake.conftest import said, text_of


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
    assert row["error"].startswith(f"KeyError at {Path(__file__).name}:")
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


async def test_an_alarm_that_finds_the_database_locked_is_given_later(run):
    refusals = iter([DatabaseUnavailable("locked"), DatabaseUnavailable("locked")])

    async def handle(raw):
        raise KeyError

    async def alarm(raw, update_id):
        if (error := next(refusals, None)) is not None:
            raise error
        run.quarantined.append((raw, update_id))

    run.on_quarantine = alarm
    await run.receiver.receive([said(1, "яд", 1)])
    async with run.handling(handle):
        await run.settled()
    assert [(text_of(raw), number) for raw, number in run.quarantined] == [("яд", 1)]
    assert await run.states() == {"quarantined": 1}


async def test_a_death_amid_the_alarm_leaves_nobody_in_silence(new_run):
    first, second = new_run(), new_run()
    in_the_alarm = asyncio.Event()

    async def handle(raw):
        raise KeyError

    async def dies(raw, update_id):
        in_the_alarm.set()
        await asyncio.Event().wait()

    first.on_quarantine = dies
    await first.receiver.receive([said(1, "яд", 1)])
    async with first.handling(handle):
        await asyncio.wait_for(in_the_alarm.wait(), 30)
    await second.recover()
    async with second.handling(handle):
        await second.settled()
    assert [(text_of(raw), number) for raw, number in second.quarantined] == [("яд", 1)]
    assert await second.states() == {"quarantined": 1}


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
