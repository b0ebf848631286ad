"""Before a database is opened: whole, copied, at its newest schema; and a copy each night."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.preparing import OFTEN_UP_TO, backup_folder, databases, keep_copies, prepare
from bot.settings import Settings
from storage import backup
from storage.errors import DatabaseDamaged, DatabaseTooNew
from storage.migrating import migrate, migrations, schema_version
from storage.sqlite import open_writer

NOW = datetime(2027, 4, 23, 6, 10, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path):
    return Settings(
        _env_file=None,
        bot_token="4242000042:AAF-sandbox-0123456789abcdefghijklm",
        municipality="Город Н.",
        timezone="Asia/Novosibirsk",
        data_dir=tmp_path / "data",
    )


async def test_a_new_installation_gets_every_file_at_its_newest_schema(settings):
    await prepare(settings, NOW)
    await prepare(settings, NOW)
    for path, folder in databases(settings):
        assert await schema_version(path) == len(migrations(folder))
        assert backup.copies(path, backup_folder(settings)) == []


@pytest.mark.parametrize("which", [0, 1])
async def test_a_damaged_file_is_refused_and_left_as_it_is(settings, which):
    await prepare(settings, NOW)
    path = databases(settings)[which][0]
    content = bytearray(path.read_bytes())
    content[8192:20480] = b"\xff" * 12288
    path.write_bytes(content)
    with pytest.raises(DatabaseDamaged):
        await prepare(settings, NOW)
    assert path.read_bytes() == content


async def test_a_newer_database_is_refused(settings):
    await prepare(settings, NOW)
    connection = await open_writer(settings.database_path)
    await connection.run(f"PRAGMA user_version = {len(migrations()) + 1}")
    await connection.close_once()
    with pytest.raises(DatabaseTooNew):
        await prepare(settings, NOW)


async def test_an_older_database_is_copied_before_it_is_migrated(settings, tmp_path):
    one = tmp_path / "one"
    one.mkdir()
    _, file = migrations()[0]
    (one / file.name).write_text(file.read_text("utf-8"), "utf-8")
    await migrate(settings.database_path, one)
    await prepare(settings, NOW)
    (copy,) = backup.copies(settings.database_path, backup_folder(settings))
    assert copy.name == "bot-20270423T061000Z-before2.db"
    assert await schema_version(copy) == 1
    assert await schema_version(settings.database_path) == len(migrations())


async def test_one_copy_a_night_of_every_file_however_large(settings):
    await prepare(settings, NOW)
    for path, _ in databases(settings):
        with path.open("r+b") as file:
            file.truncate(OFTEN_UP_TO + 4096)  # a sparse file: the pages beyond the last one hold nothing
    local_midnight = datetime(2027, 4, 23, 17, 0, tzinfo=UTC)  # 24 April in Novosibirsk
    assert await keep_copies(settings, NOW)
    assert not await keep_copies(settings, NOW + timedelta(hours=1))
    assert not await keep_copies(settings, local_midnight + timedelta(hours=1))
    assert await keep_copies(settings, local_midnight + timedelta(hours=2))
    assert not await keep_copies(settings, local_midnight + timedelta(hours=3))
    for path, _ in databases(settings):
        assert len(backup.copies(path, backup_folder(settings))) == 2


async def test_a_small_file_is_copied_every_quarter_and_thinned_to_an_hour_and_a_day(settings):
    await prepare(settings, NOW)
    path = settings.database_path
    labelled = await backup.make(path, backup_folder(settings), NOW, label="before2")
    assert all([await keep_copies(settings, NOW + timedelta(minutes=15 * quarter)) for quarter in range(1, 4 * 22)])
    assert not await keep_copies(settings, NOW + timedelta(minutes=15 * 4 * 22 - 1))
    copies = [backup.made_at(copy) for copy in backup.copies(path, backup_folder(settings))]
    newest = copies[0]
    assert newest is not None
    assert [newest - moment for moment in copies[:4] if moment] == [timedelta(minutes=15 * n) for n in range(4)]
    assert len(copies) == 4 + 1 + 1, "the last hour, the day before, and the one before the migration"
    assert labelled.path.exists()
    assert not await keep_copies(settings, newest - timedelta(days=2)), "a clock that was set back makes no copies"
