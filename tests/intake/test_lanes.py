"""Order, fairness, failures, and what is left by a death."""

import asyncio
import random

from bot.intake.lanes import WORKERS
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

    await run.receiver.receive([said(1, f"{number}", number) for number in range(80)])
    await run.receiver.receive([said(2, "одно", 1000)])
    async with run.handling(handle):
        await run.settled()
    assert len(order) == 81
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
