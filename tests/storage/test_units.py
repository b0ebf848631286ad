"""Units of writing: whole or not at all, reported as they are, and never in each other's way."""

import asyncio
import random

import pytest

from storage.database import MAX_UNITS_A_COMMIT
from tests.storage.halves import Deliberate, pairs, write_pair


@pytest.mark.parametrize("seed", range(6))
async def test_400_units_with_random_cancellations_and_failures(database, seed):
    chance = random.Random(seed)
    outcome: dict[int, str] = {}
    inside: set[int] = set()

    async def unit(pair: int, fail_at: int) -> None:
        await asyncio.sleep(0)
        try:
            async with database.transaction() as tx:
                inside.add(pair)
                for side in (1, 2):
                    if side == fail_at:
                        raise Deliberate
                    await tx.execute("INSERT INTO half (pair, side) VALUES (:pair, :side)", pair=pair, side=side)
                inside.discard(pair)
        except Deliberate:
            outcome[pair] = "failed"
        except asyncio.CancelledError:
            # cancelled while waiting for the turn or inside: no trace; while waiting for the COMMIT: stored
            outcome[pair] = "cancelled"
            raise
        else:
            outcome[pair] = "committed"

    async def cancel_some(tasks: list[asyncio.Task[None]]) -> None:
        for victim in chance.sample(tasks, 150):
            await asyncio.sleep(chance.random() * 0.002)  # anything from "at once" to several hops
            victim.cancel()

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(unit(pair, chance.choice([0, 0, 0, 0, 1, 2]))) for pair in range(400)]
        group.create_task(cancel_some(tasks))

    found = await pairs(database)
    assert set(found.values()) <= {2}, "a torn pair"
    committed = {pair for pair, what in outcome.items() if what == "committed"}
    failed = {pair for pair, what in outcome.items() if what == "failed"}
    assert committed <= set(found)
    assert not failed & set(found)
    assert not inside & set(found), "cancelled inside and stored all the same"
    never_began = set(range(400)) - set(outcome)
    assert not never_began & set(found)
    assert len(committed) > 20
    assert len(outcome) - len(committed) - len(failed) > 20, "the test cancels too little"
    await write_pair(database, 1000)
    assert (await pairs(database))[1000] == 2


@pytest.mark.parametrize("hops", range(14))
async def test_a_unit_cancelled_at_any_await_is_whole_or_absent(database, hops):
    """Neighbours before and after are stored; the batch is never stranded."""
    async with asyncio.TaskGroup() as group:
        group.create_task(write_pair(database, 1))
        victim = group.create_task(write_pair(database, 2))
        group.create_task(write_pair(database, 3))
        for _ in range(hops):
            await asyncio.sleep(0.0005)
        victim.cancel()
    found = await pairs(database)
    assert found | {2: 2} == {1: 2, 2: 2, 3: 2}


async def test_cancelled_while_waiting_for_the_commit_is_stored(database):
    written = asyncio.Event()
    cancelled: list[str] = []

    async def first() -> None:
        try:
            async with database.transaction() as tx:
                await tx.execute("INSERT INTO half VALUES (1, 1)")
                await tx.execute("INSERT INTO half VALUES (1, 2)")
                written.set()
        except asyncio.CancelledError:
            cancelled.append("first")
            raise

    async def second() -> None:
        async with database.transaction() as tx:
            await tx.execute("INSERT INTO half VALUES (2, 1)")
            one.cancel()  # it has left its block and shares our COMMIT
            await asyncio.sleep(0)
            await tx.execute("INSERT INTO half VALUES (2, 2)")

    async with asyncio.TaskGroup() as group:
        one = group.create_task(first())
        group.create_task(second())
    assert cancelled == ["first"]
    assert await pairs(database) == {1: 2, 2: 2}


async def test_a_cancelled_waiter_does_not_strand_the_batch(database):
    """The first unit leaves the COMMIT to the one who waits; that one is cancelled before it gets its turn."""
    async with asyncio.TaskGroup() as group:

        async def first() -> None:
            async with database.transaction() as tx:
                await tx.execute("INSERT INTO half VALUES (1, 1)")
                await tx.execute("INSERT INTO half VALUES (1, 2)")
                await asyncio.sleep(0)
                waiter.cancel()

        one = group.create_task(first())
        await asyncio.sleep(0)
        waiter = group.create_task(write_pair(database, 2))
        await asyncio.wait_for(asyncio.shield(one), 20)
    assert await pairs(database) == {1: 2}


async def test_a_waiter_cancelled_after_it_was_woken_does_not_strand_the_batch(database):
    async with asyncio.TaskGroup() as group:

        async def first() -> None:
            async with database.transaction() as tx:
                await tx.execute("INSERT INTO half VALUES (1, 1)")
                await tx.execute("INSERT INTO half VALUES (1, 2)")
                # runs right after this block has released the lock and woken the waiter, before the waiter runs
                asyncio.get_running_loop().call_soon(lambda: None)
            outcome.append("stored")

        outcome: list[str] = []
        one = group.create_task(first())
        await asyncio.sleep(0)
        waiter = group.create_task(write_pair(database, 2))
        await asyncio.sleep(0)
        release = database._turn.release

        def release_and_cancel() -> None:
            release()
            database._turn.release = release  # type: ignore[method-assign]
            waiter.cancel()

        database._turn.release = release_and_cancel  # type: ignore[method-assign]
        await asyncio.wait_for(asyncio.shield(one), 20)
    assert outcome == ["stored"]
    assert await pairs(database) == {1: 2}


@pytest.mark.parametrize("fail_at", [1, 2, 3])
async def test_a_failing_unit_leaves_its_neighbours(database, fail_at):
    results = await asyncio.gather(
        write_pair(database, 1),
        write_pair(database, 2, fail_at),
        write_pair(database, 3),
        write_pair(database, 4, fail_at),
        return_exceptions=True,
    )
    assert [type(result) for result in results] == [type(None), Deliberate, type(None), Deliberate]
    assert await pairs(database) == {1: 2, 3: 2}


async def test_a_mistake_in_a_statement_leaves_the_neighbours(database):
    async def mistaken() -> None:
        async with database.transaction() as tx:
            await tx.execute("INSERT INTO half VALUES (7, 1)")
            await tx.execute("INSERT INTO nowhere VALUES (1)")

    results = await asyncio.gather(write_pair(database, 1), mistaken(), write_pair(database, 2), return_exceptions=True)
    assert [type(result).__name__ for result in results] == ["NoneType", "OperationalError", "NoneType"]
    assert await pairs(database) == {1: 2, 2: 2}


async def test_a_unit_may_swallow_a_constraint_and_go_on(database):
    import sqlite3

    await write_pair(database, 1)
    async with database.transaction() as tx:
        with pytest.raises(sqlite3.IntegrityError):
            await tx.execute("INSERT INTO half VALUES (1, 1)")
        await tx.execute("INSERT INTO half VALUES (2, 1)")
        await tx.execute("INSERT INTO half VALUES (2, 2)")
    assert await pairs(database) == {1: 2, 2: 2}


async def test_a_transaction_inside_a_transaction_is_refused(database):
    async with database.transaction() as tx:
        await tx.execute("INSERT INTO half VALUES (1, 1)")
        with pytest.raises(RuntimeError, match="inside a transaction"):
            async with database.transaction():
                pass
        await tx.execute("INSERT INTO half VALUES (1, 2)")
    assert await pairs(database) == {1: 2}


async def test_a_unit_is_of_no_use_after_its_block(database):
    async with database.transaction() as tx:
        await tx.execute("INSERT INTO half VALUES (1, 1)")
        await tx.execute("INSERT INTO half VALUES (1, 2)")
    with pytest.raises(RuntimeError, match="ended"):
        await tx.execute("INSERT INTO half VALUES (2, 1)")


async def test_a_unit_without_statements_costs_nothing_and_holds_nobody(database):
    async def empty() -> None:
        async with database.transaction():
            pass

    async def empty_and_failing() -> None:
        async with database.transaction():
            raise Deliberate

    results = await asyncio.gather(
        empty(), write_pair(database, 1), empty_and_failing(), empty(), write_pair(database, 2), empty(),
        return_exceptions=True,
    )  # fmt: skip
    assert [type(result) for result in results if result is not None] == [Deliberate]
    assert await pairs(database) == {1: 2, 2: 2}


async def test_many_units_share_a_commit_but_not_without_end(database):
    await asyncio.gather(*(write_pair(database, pair) for pair in range(MAX_UNITS_A_COMMIT + 50)))
    assert len(await pairs(database)) == MAX_UNITS_A_COMMIT + 50


async def test_a_unit_sees_its_own_writes_and_readers_do_not_until_the_commit(database):
    async with database.transaction() as tx:
        await tx.execute("INSERT INTO half VALUES (1, 1)")
        assert await tx.fetch_value("SELECT COUNT(*) FROM half") == 1
        assert await pairs(database) == {}
        await tx.execute("INSERT INTO half VALUES (1, 2)")
    assert await pairs(database) == {1: 2}


async def test_statements_for_many_rows(database):
    async with database.transaction() as tx:
        rows = [{"pair": pair, "side": side} for pair in range(5) for side in (1, 2)]
        assert await tx.execute_many("INSERT INTO half VALUES (:pair, :side)", rows) == 10
        repeated = "INSERT INTO half VALUES (:pair, :side) ON CONFLICT DO NOTHING"
        assert await tx.execute_many(repeated, [*rows, {"pair": 9, "side": 1}]) == 1
        assert await tx.execute_many(repeated, []) == 0
        returned = await tx.fetch_each(f"{repeated} RETURNING side", [rows[0], {"pair": 9, "side": 2}])
        assert [None if row is None else row[0] for row in returned] == [None, 2]
    assert len(await pairs(database)) == 6


async def test_numbers_have_neither_gaps_nor_doubles(database):
    taken: list[int] = []

    async def take(count: int, fail: bool) -> None:
        async with database.transaction() as tx:
            first = await tx.next_numbers("report", count)
            if fail:
                raise Deliberate
        taken.extend(range(first, first + count))

    await asyncio.gather(*(take(1 + i % 3, i % 5 == 0) for i in range(60)), return_exceptions=True)
    assert sorted(taken) == list(range(1, len(taken) + 1))
