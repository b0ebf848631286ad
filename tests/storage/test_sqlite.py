"""One connection: pragmas, what is relied on in aiosqlite, and errors told apart."""

import asyncio
import sqlite3
import stat

import pytest

from storage.errors import DatabaseDamaged, DatabaseUnavailable
from storage.sqlite import READER_PRAGMAS, WRITER_PRAGMAS, open_reader, open_writer


async def test_writer_has_the_pragmas_of_rule_db2(path):
    connection = await open_writer(path)
    got = {name: (await connection.run(f"PRAGMA {name}")).rows[0][0] for name in WRITER_PRAGMAS}
    await connection.close()
    assert got == WRITER_PRAGMAS
    assert (got["journal_mode"], got["synchronous"], got["foreign_keys"], got["secure_delete"]) == ("wal", 2, 1, 1)


async def test_reader_cannot_write(path):
    connection = await open_reader(path)
    got = {name: (await connection.run(f"PRAGMA {name}")).rows[0][0] for name in READER_PRAGMAS}
    with pytest.raises(DatabaseUnavailable, match="readonly"):
        await connection.run("INSERT INTO half VALUES (1, 1)")
    await connection.close()
    assert got == READER_PRAGMAS


async def test_a_new_file_is_for_its_owner_only(tmp_path):
    connection = await open_writer(tmp_path / "new.db")
    await connection.run("CREATE TABLE t (a)")
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    await connection.close()
    assert modes == {"new.db": 0o600, "new.db-wal": 0o600, "new.db-shm": 0o600}


async def test_thread_is_daemon_and_ends(path):
    connection = await open_writer(path)
    thread = connection._thread
    assert thread.daemon
    stopped = connection.stop_once()
    assert stopped is not None
    await stopped
    thread.join(10)
    assert not thread.is_alive()
    assert connection.stop_once() is None


async def test_a_queued_statement_runs_even_when_its_waiter_is_cancelled(path):
    connection = await open_writer(path)

    async def insert():
        await connection.run("INSERT INTO half VALUES (1, 1)")

    async with asyncio.TaskGroup() as group:
        task = group.create_task(insert())
        await asyncio.sleep(0)
        task.cancel()
    assert (await connection.run("SELECT COUNT(*) FROM half")).rows[0][0] == 1
    await connection.close()


async def test_trouble_of_the_database_is_told_from_mistakes_in_a_statement(path):
    connection = await open_writer(path)
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await connection.run("SELECT * FROM nowhere")
    await connection.run("INSERT INTO half VALUES (1, 1)")
    with pytest.raises(sqlite3.IntegrityError):
        await connection.run("INSERT INTO half VALUES (1, 1)")
    await connection.close()
    with pytest.raises(DatabaseUnavailable, match="closed"):
        await connection.run("SELECT 1")


async def test_what_is_no_database_is_called_damaged(tmp_path):
    (tmp_path / "text.db").write_text("this is a letter and not a database at all" * 100)
    with pytest.raises(DatabaseDamaged):
        await open_writer(tmp_path / "text.db")


async def test_a_folder_that_is_not_there_is_called_unavailable(tmp_path):
    with pytest.raises(DatabaseUnavailable):
        await open_writer(tmp_path / "nowhere" / "bot.db")
    with pytest.raises(DatabaseUnavailable):
        await open_reader(tmp_path / "nowhere.db")
