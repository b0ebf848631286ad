"""From any older schema to the newest, whole or not at all."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from storage.database import Database
from storage.errors import DatabaseTooNew, MigrationsBroken
from storage.migrating import FOLDER, migrate, migrations, schema_version, split_statements


def folder_of(tmp_path: Path, *scripts: str, first: int = 1) -> Path:
    folder = tmp_path / f"migrations-{len(list(tmp_path.iterdir()))}"
    folder.mkdir()
    for number, script in enumerate(scripts, first):
        (folder / f"{number:04}_step.sql").write_text(script, "utf-8")
    return folder


def tables(path: Path) -> set[str]:
    connection = sqlite3.connect(path)
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()
    return names


async def test_a_new_file_gets_the_newest_schema(tmp_path):
    path = tmp_path / "data" / "bot.db"
    newest = len(migrations())
    assert await schema_version(path) == 0
    assert not path.exists()
    assert await migrate(path) == (0, newest)
    assert await migrate(path) == (newest, newest)
    assert await schema_version(path) == newest
    assert {"inbox", "outbox", "report", "audit"} <= tables(path)


async def test_the_products_numbers_have_no_gap():
    assert [number for number, _ in migrations(FOLDER)] == list(range(1, len(migrations(FOLDER)) + 1))


async def test_a_gap_is_refused(tmp_path):
    folder = folder_of(tmp_path, "CREATE TABLE a (x);", "CREATE TABLE b (x);", first=2)
    with pytest.raises(MigrationsBroken):
        await migrate(tmp_path / "bot.db", folder)
    assert not (tmp_path / "bot.db").exists()


async def test_a_newer_database_is_refused_untouched(tmp_path):
    path = tmp_path / "bot.db"
    newer = folder_of(tmp_path, "CREATE TABLE a (x);", "CREATE TABLE b (x);")
    await migrate(path, newer)
    before = path.read_bytes()
    with pytest.raises(DatabaseTooNew) as refusal:
        await migrate(path, folder_of(tmp_path, "CREATE TABLE a (x);"))
    assert (refusal.value.found, refusal.value.known) == (2, 1)
    assert path.read_bytes() == before


async def test_a_failure_half_way_leaves_the_old_schema_whole(tmp_path):
    path = tmp_path / "bot.db"
    first = "CREATE TABLE a (x); INSERT INTO a VALUES (1);"
    await migrate(path, folder_of(tmp_path, first))
    broken = "CREATE TABLE b (x);\nUPDATE a SET x = 2;\nINSERT INTO nowhere VALUES (1);\n"
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        await migrate(path, folder_of(tmp_path, first, broken))
    assert await schema_version(path) == 1
    assert tables(path) == {"a"}
    assert sqlite3.connect(path).execute("SELECT x FROM a").fetchall() == [(1,)]
    assert await migrate(path, folder_of(tmp_path, first, "CREATE TABLE b (x);")) == (1, 2)


async def test_two_processes_migrating_at_once_agree(tmp_path):
    path = tmp_path / "bot.db"
    await migrate(path, folder_of(tmp_path, "CREATE TABLE a (x);"))
    folder = folder_of(tmp_path, "CREATE TABLE a (x);", "INSERT INTO a VALUES (1);")
    await asyncio.gather(*(migrate(path, folder) for _ in range(4)))
    assert sqlite3.connect(path).execute("SELECT x FROM a").fetchall() == [(1,)]


async def test_a_table_may_be_rebuilt_but_references_must_hold_at_the_end(tmp_path):
    path = tmp_path / "bot.db"
    first = "CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (a INTEGER REFERENCES a (id));"
    first += "\nINSERT INTO a VALUES (1); INSERT INTO b VALUES (1);"
    rebuild = """
        CREATE TABLE a_new (id INTEGER PRIMARY KEY, name TEXT);
        INSERT INTO a_new (id) SELECT id FROM a;
        DROP TABLE a;
        ALTER TABLE a_new RENAME TO a;
    """
    await migrate(path, folder_of(tmp_path, first, rebuild))
    with pytest.raises(MigrationsBroken, match="broken references"):
        await migrate(path, folder_of(tmp_path, first, rebuild, "DELETE FROM a;"))
    assert await schema_version(path) == 2
    opened = await Database.open(path)
    async with opened.read() as reader:
        assert await reader.fetch_value("SELECT COUNT(*) FROM a") == 1
    await opened.close()


def test_statements_are_split_at_their_ends():
    script = """
    -- a comment; with a semicolon
    CREATE TABLE a (x TEXT DEFAULT ';');  -- another; one
    CREATE TRIGGER t BEFORE DELETE ON a BEGIN
        SELECT 1;
        SELECT RAISE(ABORT, 'no');
    END;
    """
    table, trigger = split_statements(f"{script} -- the end;")
    assert table.endswith("DEFAULT ';');")
    assert trigger.endswith("END;")
    assert len(list(split_statements("SELECT 1; SELECT 2;"))) == 2
    with pytest.raises(MigrationsBroken, match="unfinished"):
        list(split_statements("CREATE TABLE a (x"))
