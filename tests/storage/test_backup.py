"""Copies of a running database, damage, refusal, restoration: the whole drill."""

import asyncio
import random
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import backup, claims, outbox
from storage.database import Database
from storage.errors import AnotherInstanceRuns, CopyUnusable, DatabaseDamaged, DatabaseTooNew, DatabaseUnavailable
from storage.lease import FileLock, Lease
from storage.migrating import migrate, migrations
from storage.outbox import Priority, Promise, Repeat
from storage.restoring import restore

NOW = datetime(2027, 4, 23, 6, 10, tzinfo=UTC)


def dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    lines = list(connection.iterdump())
    connection.close()
    return lines


async def fill(database: Database, pairs: int, start: int = 0) -> None:
    async with database.transaction() as tx:
        rows = [{"pair": pair, "side": side} for pair in range(start, start + pairs) for side in (1, 2)]
        await tx.execute_many("INSERT INTO half VALUES (:pair, :side)", rows)


async def test_a_copy_stands_by_itself(database, path, tmp_path):
    await fill(database, 100)
    copy = await backup.make(path, tmp_path / "copies", NOW)
    assert copy.path.name == "small-20270423T061000Z.db"
    assert copy.rows == 200
    assert [file.name for file in (tmp_path / "copies").iterdir()] == [copy.path.name]
    assert copy.path.stat().st_mode & 0o777 == 0o600
    assert dump(copy.path) == dump(path)
    assert backup.made_at(copy.path) == NOW


async def test_a_copy_made_under_writes_is_one_moment_and_stops_nobody(database, path, tmp_path):
    """Every unit writes both halves of a pair; a torn moment would hold a half."""
    await fill(database, 30_000)
    written = 0
    going = True

    async def write_all_the_time() -> None:
        nonlocal written
        while going:
            await fill(database, 1, start=100_000 + written)
            written += 1

    async with asyncio.TaskGroup() as group:
        group.create_task(write_all_the_time())
        await asyncio.sleep(0.05)
        before = written
        copy = await backup.make(path, tmp_path / "copies", NOW)
        meanwhile = written - before
        going = False
    connection = sqlite3.connect(copy.path)
    halves = connection.execute(
        "SELECT COUNT(*) FROM (SELECT 1 FROM half GROUP BY pair HAVING COUNT(*) = 1)"
    ).fetchone()[0]
    pairs = connection.execute("SELECT COUNT(DISTINCT pair) FROM half").fetchone()[0]
    connection.close()
    assert halves == 0
    assert 30_000 <= pairs <= 30_000 + written
    assert meanwhile > 0, "the writer stood still"


async def test_a_cancelled_backup_leaves_nothing(database, path, tmp_path):
    await fill(database, 50_000)

    async def make() -> None:
        await backup.make(path, tmp_path / "copies", NOW)

    async with asyncio.TaskGroup() as group:
        task = group.create_task(make())
        await asyncio.sleep(0.03)
        task.cancel()
    assert list((tmp_path / "copies").glob("*.part")) == []
    await fill(database, 1, start=90_000)


async def test_no_copy_of_what_is_not_there_or_damaged(tmp_path):
    with pytest.raises(DatabaseUnavailable):
        await backup.make(tmp_path / "nowhere.db", tmp_path / "copies", NOW)
    (tmp_path / "letter.db").write_text("dear diary " * 1000)
    with pytest.raises(DatabaseDamaged):
        await backup.make(tmp_path / "letter.db", tmp_path / "copies", NOW)
    assert list((tmp_path / "copies").iterdir()) == []


async def test_broken_references_make_no_copy(tmp_path):
    path = tmp_path / "bot.db"
    connection = sqlite3.connect(path)
    connection.executescript(
        "CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (a INTEGER REFERENCES a (id)); INSERT INTO b VALUES (5);"
    )
    connection.close()
    with pytest.raises(CopyUnusable, match="references"):
        await backup.make(path, tmp_path / "copies", NOW)


async def test_a_copy_a_day_for_fourteen_days_and_the_newest_few(database, path, tmp_path):
    folder = tmp_path / "copies"
    made = [await backup.make(path, folder, NOW + timedelta(hours=hour)) for hour in (0, 1, 2, 24, 25, 26, 27, 28)]
    assert backup.copies(path, folder) == [made[place].path for place in (7, 6, 5, 4, 2)]
    (folder / "other-20200101T000000Z.db").write_bytes(b"somebody else's")
    (folder / "small-20270401T000000Z.part").write_bytes(b"left by a death")
    days = [await backup.make(path, folder, NOW + timedelta(days=day)) for day in range(3, 20)]
    kept = backup.copies(path, folder)
    assert kept == [copy.path for copy in reversed(days[3:])]
    assert len(kept) == 14
    assert [file.name for file in folder.iterdir() if file not in kept] == ["other-20200101T000000Z.db"]
    after_a_rest = await backup.make(path, folder, NOW + timedelta(days=300))
    assert backup.copies(path, folder) == [after_a_rest.path]


async def test_before_a_migration_and_only_then(tmp_path):
    path, folder, steps = tmp_path / "bot.db", tmp_path / "copies", tmp_path / "steps"
    steps.mkdir()
    (steps / "0001_a.sql").write_text("CREATE TABLE a (x);")
    assert await backup.before_migration(path, folder, NOW, steps) is None
    await migrate(path, steps)
    assert await backup.before_migration(path, folder, NOW, steps) is None
    (steps / "0002_b.sql").write_text("CREATE TABLE b (x);")
    copy = await backup.before_migration(path, folder, NOW, steps)
    assert copy is not None
    assert copy.path.name == "bot-20270423T061000Z-before2.db"
    assert backup.made_at(copy.path) == NOW
    assert "CREATE TABLE b" not in str(dump(copy.path))


async def test_a_whole_database_passes_the_check_and_so_does_none(path, tmp_path):
    await backup.check(path)
    await backup.check(tmp_path / "nowhere.db")


@pytest.mark.parametrize("seed", range(3))
async def test_the_drill(tmp_path, seed):
    """Backup, damage, refusal at start, restoration, equality."""
    path, folder = tmp_path / "bot.db", tmp_path / "copies"
    await migrate(path)
    database = await Database.open(path)
    async with database.transaction() as tx:
        await tx.execute("INSERT INTO municipality VALUES (1, 'Район', 'Asia/Novosibirsk')")
        schools = [{"n": f"СОШ № {number}", "k": f"{number}"} for number in range(3000)]
        await tx.execute_many("INSERT INTO school (municipality_id, short_name, name_key) VALUES (1, :n, :k)", schools)
    copy = await backup.make(path, folder, NOW)
    await database.close()
    good = dump(path)

    chance, content = random.Random(seed), bytearray(path.read_bytes())
    for _ in range(40):
        place = chance.randrange(4096, len(content) - 64)
        content[place : place + 64] = chance.randbytes(64)
    path.write_bytes(content)
    with pytest.raises(DatabaseDamaged) as refusal:
        await backup.check(path)
    assert refusal.value.findings

    done = await restore(copy.path, path, NOW + timedelta(hours=1))
    await backup.check(path)
    own = ('"instance"', '"lost_time"', '"counter"')  # what a restoration itself notes
    assert [line for line in dump(path) if not any(name in line for name in own)] == [
        line for line in good if not any(name in line for name in own)
    ]
    assert done.kept is not None
    assert done.kept.read_bytes() == content
    assert list(tmp_path.glob("*.restoring*")) == []
    again = await Database.open(path)
    lease = await Lease.acquire(again, lambda: NOW)
    assert lease.epoch == done.epoch + 1
    await again.close()


async def test_a_log_of_the_replaced_database_is_not_applied_to_the_new_one(database, path, tmp_path):
    """SQLite takes any log that lies beside a file for its own."""
    await fill(database, 10)
    copy = await backup.make(path, tmp_path / "copies", NOW)
    await fill(database, 10, start=100)
    for suffix in ("", "-wal", "-shm"):  # as after a kill: the log was never folded in
        (tmp_path / f"dead.db{suffix}").write_bytes(Path(f"{path}{suffix}").read_bytes())
    dead = tmp_path / "dead.db"
    done = await restore(copy.path, dead, NOW, migrations_folder=folder_of_one(tmp_path))
    assert dump(dead) == dump(copy.path)
    assert done.kept is not None
    assert len(dump(done.kept)) > len(dump(dead)), "the replaced one keeps what it had, its log included"


def folder_of_one(tmp_path: Path) -> Path:
    folder = tmp_path / "one-migration"
    folder.mkdir()
    (folder / "0001_a.sql").write_text("CREATE TABLE a (x);")
    return folder


@pytest.fixture(autouse=True)
def _versioned(path):
    """The small database counts as version 1, so that it can be restored."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 1")
    connection.close()


async def test_messages_that_may_have_gone_out_since_are_not_sent_again_blindly(tmp_path):
    path, folder = tmp_path / "bot.db", tmp_path / "copies"
    await migrate(path)
    database = await Database.open(path)
    lease = await Lease.acquire(database, lambda: NOW)
    tomorrow = NOW + timedelta(days=1)
    async with database.transaction() as tx:
        await outbox.promise(
            tx,
            NOW,
            [
                Promise("reminder", "chat:1", {}),
                Promise("alert", "chat:2", {}, Priority.ALERT, Repeat.CRITICAL),
                Promise("tomorrow", "chat:3", {}, not_before=tomorrow),
                Promise("in hand", "chat:4", {}),
                Promise("sent", "chat:5", {}),
            ],
        )
        for due in await claims.claim(tx, NOW, lease.epoch, 10):
            if due.dedupe_key == "sent":
                await claims.finish(tx, due, NOW, "sent")
            elif due.dedupe_key != "in hand":
                await claims.put_back(tx, due, NOW, uncertain=False)
    copy = await backup.make(path, folder, NOW)
    for _ in range(4):
        lease = await Lease.acquire(database, lambda: NOW)
    await database.close()

    done = await restore(copy.path, path, NOW + timedelta(hours=1))
    assert done.distrusted == 3
    assert done.epoch > lease.epoch
    database = await Database.open(path)
    async with database.read() as reader:
        rows = await reader.fetch_all("SELECT dedupe_key, state, uncertain FROM outbox ORDER BY id")
        listed = await outbox.undelivered(reader, NOW)
    await database.close()
    assert {row[0]: (row[1], row[2]) for row in rows} == {
        "reminder": ("uncertain", 1),
        "alert": ("pending", 1),
        "tomorrow": ("pending", 0),
        "in hand": ("uncertain", 1),
        "sent": ("sent", 0),
    }
    assert {item.dedupe_key for item in listed} == {"reminder", "in hand"}


async def test_nothing_is_restored_over_a_running_bot_or_from_a_bad_copy(product, tmp_path):
    path = product.path
    copy = await backup.make(path, tmp_path / "copies", NOW)
    before = dump(path)
    lock = await FileLock.take(path)
    with pytest.raises(AnotherInstanceRuns):
        await restore(copy.path, path, NOW)
    lock.free()

    content = bytearray(copy.path.read_bytes())
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(content[:8192] + b"x" * 8192 + content[16384:])
    with pytest.raises((DatabaseDamaged, CopyUnusable)):
        await restore(damaged, path, NOW)
    empty = tmp_path / "empty.db"
    empty.touch()
    with pytest.raises(CopyUnusable):
        await restore(empty, path, NOW)
    connection = sqlite3.connect(copy.path)
    connection.execute(f"PRAGMA user_version = {len(migrations()) + 1}")
    connection.close()
    with pytest.raises(DatabaseTooNew):
        await restore(copy.path, path, NOW)
    assert dump(path) == before
    assert list(tmp_path.glob("*.restoring*")) == []
    assert list(tmp_path.glob("*.replaced*")) == []


async def test_another_file_of_ours_is_copied_and_restored_by_the_same_means(tmp_path):
    """The vault has its own migrations, no outbox and no lease."""
    vault, folder, steps = tmp_path / "vault.db", tmp_path / "copies", folder_of_one(tmp_path)
    await migrate(vault, steps)
    copy = await backup.make(vault, folder, NOW)
    connection = sqlite3.connect(vault)
    connection.execute("INSERT INTO a VALUES (1)")
    connection.commit()
    connection.close()
    done = await restore(copy.path, vault, NOW, migrations_folder=steps)
    assert (done.distrusted, done.epoch, done.rows) == (0, 0, 0)
    assert dump(vault) == dump(copy.path)
