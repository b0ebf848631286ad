"""What must be right before the first message."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.opening import Copies, keep_lease, open_database
from bot.sealing import KeyFileBroken, KeyFileMissing
from bot.settings import Settings
from storage import backup
from storage.errors import AnotherInstanceRuns, DatabaseDamaged, DatabaseTooNew
from storage.lease import Lease
from storage.migrating import migrate, migrations
from storage.sqlite import open_writer
from storage.vault import MIGRATIONS as VAULT_FOLDER

NOW = datetime(2027, 4, 23, 6, 10, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def settings(tmp_path):
    return Settings(
        _env_file=None,
        bot_token="4242000042:AAF-sandbox-0123456789abcdefghijklm",
        municipality="Город Н.",
        timezone="Europe/Moscow",
        data_dir=tmp_path / "data",
    )


async def test_every_start_has_a_later_epoch_and_gives_everything_back(settings):
    epochs = []
    for _ in range(3):
        async with open_database(settings, Clock()) as opened:
            epochs.append(opened.lease.epoch)
            async with opened.database.transaction() as tx:
                await tx.next_numbers("report")
    assert epochs == [1, 2, 3]


async def test_a_second_start_is_refused(settings):
    async with open_database(settings, Clock()):
        with pytest.raises(AnotherInstanceRuns):
            async with open_database(settings, Clock()):
                pass
    async with open_database(settings, Clock()):
        pass


async def test_a_damaged_database_is_refused_before_anything_is_written(settings):
    async with open_database(settings, Clock()):
        pass
    content = bytearray(settings.database_path.read_bytes())
    content[8192:20480] = b"\xff" * 12288
    settings.database_path.write_bytes(content)
    with pytest.raises(DatabaseDamaged):
        async with open_database(settings, Clock()):
            pass
    assert settings.database_path.read_bytes() == content


async def test_a_newer_database_is_refused(settings):
    async with open_database(settings, Clock()):
        pass
    connection = await open_writer(settings.database_path)
    await connection.run(f"PRAGMA user_version = {len(migrations()) + 1}")
    await connection.close_once()
    with pytest.raises(DatabaseTooNew):
        async with open_database(settings, Clock()):
            pass


async def test_a_lost_key_is_told_and_not_replaced(settings):
    async with open_database(settings, Clock()) as opened:
        derived = opened.keys.derive("inbox")
        await migrate(settings.database_path.with_name("vault.db"), VAULT_FOLDER)
    async with open_database(settings, Clock()) as opened:
        assert opened.keys.derive("inbox") == derived
    assert settings.key_path.stat().st_mode & 0o777 == 0o400
    kept = settings.key_path.read_text()
    settings.key_path.unlink()
    with pytest.raises(KeyFileMissing):
        async with open_database(settings, Clock()):
            pass
    assert not settings.key_path.exists()
    for broken in ("", "abc", "zz" * 32, kept[:-3], "ключ"):
        settings.key_path.unlink(missing_ok=True)
        settings.key_path.write_text(broken)
        with pytest.raises(KeyFileBroken):
            async with open_database(settings, Clock()):
                pass
    settings.key_path.write_text(kept)
    async with open_database(settings, Clock()):
        pass


async def test_an_older_database_is_copied_before_it_is_migrated(settings, tmp_path):
    one = tmp_path / "one"
    one.mkdir()
    _, file = migrations()[0]
    (one / file.name).write_text(file.read_text("utf-8"), "utf-8")
    await migrate(settings.database_path, one)
    async with open_database(settings, Clock()) as opened:
        (copy,) = backup.copies(settings.database_path, opened.copies.folder)
    assert "before2" in copy.name


async def test_a_lost_lease_ends_the_process(settings):
    clock = Clock()
    async with open_database(settings, clock) as opened:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(keep_lease(opened.lease, beat_seconds=0.01), 0.2)
        await Lease.acquire(opened.database, clock)
        with pytest.raises(AnotherInstanceRuns):
            await asyncio.wait_for(keep_lease(opened.lease), 10)


async def test_copies_every_quarter_of_an_hour_of_every_file(settings):
    clock = Clock()
    async with open_database(settings, clock) as opened:
        await migrate(settings.database_path.with_name("vault.db"), VAULT_FOLDER)
        copies: Copies = opened.copies
        assert [path.name for path in await copies.make_due()] == [
            "bot-20270423T061000Z.db",
            "vault-20270423T061000Z.db",
        ]
        assert await copies.make_due() == []
        clock.now += timedelta(minutes=14)
        assert await copies.make_due() == []
        clock.now += timedelta(minutes=1)
        assert len(await copies.make_due()) == 2
        clock.now -= timedelta(days=1)  # somebody set the clock back
        assert len(await copies.make_due()) == 2


async def test_a_copy_that_fails_is_told_and_stops_nothing(settings, caplog):
    async with open_database(settings, Clock()) as opened:
        opened.copies.folder.parent.mkdir(exist_ok=True)
        opened.copies.folder.write_text("a file where the folder should be")
        assert await opened.copies.make_due() == []
    assert "no copy of bot.db" in caplog.text
