"""Foreign locks, full disks, snapshots, and a process that must end."""

import asyncio
import sqlite3
import subprocess
import sys
import textwrap

import pytest

from storage.database import Database
from storage.errors import DatabaseUnavailable, UnitLost
from storage.sqlite import TRANSIENT


async def count(database: Database) -> int:
    async with database.read() as reader:
        return await reader.fetch_value("SELECT COUNT(*) FROM half")


async def write(database: Database, pair: int) -> None:
    async with database.transaction() as tx:
        await tx.execute("INSERT INTO half VALUES (:pair, 1)", pair=pair)


async def short_patience(database: Database) -> None:
    await database._writer.run("PRAGMA busy_timeout = 20")


async def test_a_foreign_writer_is_an_error_and_then_over(database, path):
    await short_patience(database)
    foreign = sqlite3.connect(path, isolation_level=None)
    foreign.execute("BEGIN IMMEDIATE")
    results = await asyncio.gather(*(write(database, pair) for pair in range(3)), return_exceptions=True)
    assert [isinstance(result, TRANSIENT) for result in results] == [True] * 3
    assert "locked" in str(results[0])
    foreign.execute("COMMIT")
    foreign.close()
    await asyncio.gather(*(write(database, pair) for pair in range(3)))
    assert await count(database) == 3


async def test_a_unit_that_swallows_the_lock_stores_nothing_outside_a_transaction(database, path):
    """Without BEGIN every later statement of the unit would commit by itself."""
    await short_patience(database)
    foreign = sqlite3.connect(path, isolation_level=None)
    foreign.execute("BEGIN IMMEDIATE")

    async def swallows() -> None:
        async with database.transaction() as tx:
            with pytest.raises(DatabaseUnavailable):
                await tx.execute("INSERT INTO half VALUES (1, 1)")
            foreign.execute("COMMIT")
            with pytest.raises(UnitLost):
                await tx.execute("INSERT INTO half VALUES (1, 2)")

    with pytest.raises(UnitLost):
        await swallows()
    foreign.close()
    assert await count(database) == 0


async def test_a_full_disk_loses_units_loudly_and_the_database_goes_on(database):
    """`max_page_count` is SQLite's own full disk: the statement fails and may end the whole transaction."""
    await write(database, 1)
    pages = (await database._writer.run("PRAGMA page_count")).rows[0][0]
    await database._writer.run(f"PRAGMA max_page_count = {pages + 2}")

    async def big(pair: int) -> None:
        async with database.transaction() as tx:
            rows = [{"pair": pair, "side": side} for side in range(3000)]
            await tx.execute_many("INSERT INTO half VALUES (:pair, :side)", rows)

    results = await asyncio.gather(write(database, 2), big(3), write(database, 4), return_exceptions=True)
    assert isinstance(results[1], DatabaseUnavailable)
    stored = {1} | {pair for pair, result in ((2, results[0]), (4, results[2])) if result is None}
    async with database.read() as reader:
        assert {row[0] for row in await reader.fetch_all("SELECT pair FROM half")} == stored
    await database._writer.run("PRAGMA max_page_count = 100000")
    await big(5)
    assert await count(database) == len(stored) + 3000


async def test_a_failed_commit_fails_every_unit_of_the_batch(database, path):
    """Deferred references are checked at COMMIT: the only refusal that comes that late without breaking the disk."""
    async with database.transaction() as tx:
        await tx.execute(
            "CREATE TABLE child (id INTEGER, pair INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)"
        )
        await tx.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)")

    async def orphan() -> None:
        async with database.transaction() as tx:
            await tx.execute("INSERT INTO child VALUES (1, 99)")

    results = await asyncio.gather(
        write(database, 1), orphan(), write(database, 2), return_exceptions=True
    )  # fmt: skip
    assert [type(result) for result in results] == [UnitLost] * 3
    assert await count(database) == 0
    await write(database, 1)
    assert await count(database) == 1


async def test_cancelled_while_a_commit_fails_is_still_cancelled(database):
    async with database.transaction() as tx:
        await tx.execute(
            "CREATE TABLE child (id INTEGER, pair INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)"
        )
        await tx.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
    ends: list[str] = []

    async def waits() -> None:
        try:
            await write(database, 1)
        except asyncio.CancelledError:
            ends.append("cancelled")
            raise

    async def orphan() -> None:
        async with database.transaction() as tx:
            await tx.execute("INSERT INTO child VALUES (1, 99)")
            one.cancel()

    async with asyncio.TaskGroup() as group:
        one = group.create_task(waits())
        other = group.create_task(asyncio.wait([asyncio.gather(orphan(), return_exceptions=True)]))
    assert ends == ["cancelled"]
    assert [type(result) for future in other.result()[0] for result in future.result()] == [UnitLost]
    assert await count(database) == 0


async def test_a_snapshot_sees_one_moment(database):
    await write(database, 1)
    async with database.read(snapshot=True) as reader:
        assert await reader.fetch_value("SELECT COUNT(*) FROM half") == 1
        await write(database, 2)
        assert await reader.fetch_value("SELECT COUNT(*) FROM half") == 1
    assert await count(database) == 2


@pytest.mark.parametrize("hops", range(4))
async def test_a_cancelled_snapshot_leaves_no_reader_in_the_past(database, hops):
    async def look() -> None:
        async with database.read(snapshot=True) as reader:
            await reader.fetch_value("SELECT COUNT(*) FROM half")
            await asyncio.sleep(10)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(look()) for _ in range(2)]
        for _ in range(hops):
            await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
    await write(database, 1)
    assert [await count(database) for _ in range(4)] == [1] * 4


async def test_readers_are_not_used_up_by_failures(database):
    for _ in range(5):
        with pytest.raises(sqlite3.OperationalError):
            async with database.read() as reader:
                await reader.fetch_all("SELECT nonsense")
    assert await count(database) == 0


def run_python(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), *arguments], capture_output=True, text=True, timeout=60
    )


async def test_the_process_ends_when_nobody_closed_the_connection(path):
    done = run_python(
        """
        import asyncio, sys
        from pathlib import Path
        from storage.database import Database

        async def start():
            database = await Database.open(Path(sys.argv[1]))
            async with database.transaction() as tx:
                await tx.execute("INSERT INTO half VALUES (1, 1)")
            raise RuntimeError("a failure at start")

        asyncio.run(start())
        """,
        str(path),
    )
    assert done.returncode == 1
    assert "a failure at start" in done.stderr


async def test_a_file_that_may_not_grow_loses_nothing_that_was_reported(path):
    """RLIMIT_FSIZE: writes fail in the middle of the log, as on a full disk; after room is made the database goes on."""
    done = run_python(
        """
        import asyncio, resource, signal, sys
        from pathlib import Path
        from storage.database import Database
        from storage.sqlite import TRANSIENT

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

        async def write(database, pair):
            async with database.transaction() as tx:
                await tx.execute("INSERT INTO half VALUES (:pair, 1)", pair=pair)

        async def main():
            database = await Database.open(Path(sys.argv[1]))
            resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
            reported, refused = set(), 0
            for start in range(0, 600, 6):
                units = [write(database, pair) for pair in range(start, start + 6)]
                for pair, result in enumerate(await asyncio.gather(*units, return_exceptions=True), start):
                    if result is None:
                        reported.add(pair)
                    else:
                        assert isinstance(result, TRANSIENT), repr(result)
                        refused += 1
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            await write(database, 10_000)
            reported.add(10_000)
            async with database.read() as reader:
                stored = {row[0] for row in await reader.fetch_all("SELECT pair FROM half")}
            await database.close()
            print(len(reported), refused, stored == reported)

        asyncio.run(main())
        """,
        str(path),
    )
    assert done.returncode == 0, done.stderr
    reported, refused, equal = done.stdout.split()
    assert equal == "True"
    assert int(reported) > 10
    assert int(refused) > 10


async def test_a_unit_that_cannot_be_opened_takes_nobody_down_in_silence(database):
    """Its rollback must not hit the savepoint of the neighbour before it: that one would be told it is stored."""

    def refuse_release(connection: sqlite3.Connection) -> None:
        def authorise(action: int, first: str | None, *_: str | None) -> int:
            return (
                sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_SAVEPOINT and first == "RELEASE" else sqlite3.SQLITE_OK
            )

        connection.set_authorizer(authorise)

    async def first() -> None:
        async with database.transaction() as tx:
            await tx.execute("INSERT INTO half VALUES (1, 1)")
            await database._writer.submit(refuse_release)

    async def second() -> None:
        try:
            await write(database, 2)
        finally:
            await database._writer.submit(lambda connection: connection.set_authorizer(None))

    results = await asyncio.gather(first(), second(), return_exceptions=True)
    async with database.read() as reader:
        stored = {row[0] for row in await reader.fetch_all("SELECT pair FROM half")}
    assert stored == {pair for pair, result in zip((1, 2), results, strict=True) if result is None}
    assert results[1] is not None
    await write(database, 3)
