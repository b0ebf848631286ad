"""Numbers after a copy was put back."""

from datetime import UTC, datetime, timedelta

from storage import backup, lost_time
from storage.database import Database
from storage.lease import Lease
from storage.migrating import migrate
from storage.restoring import restore

NOW = datetime(2027, 4, 23, 6, 10, tzinfo=UTC)


async def test_no_number_is_given_again_after_a_copy_is_put_back(tmp_path):
    """What people and buttons know by its number stays that one thing; a file that cannot be read leaves a gap."""
    path, folder = tmp_path / "bot.db", tmp_path / "copies"
    await migrate(path)
    database = await Database.open(path)
    await Lease.acquire(database, lambda: NOW)
    async with database.transaction() as tx:
        await tx.next_numbers("report", 5)
    copy = await backup.make(path, folder, NOW)
    async with database.transaction() as tx:
        await tx.next_numbers("report", 3)
        await tx.next_numbers("alert", 2)
    await database.close()

    later = NOW + timedelta(hours=1)
    await restore(copy.path, path, later)
    again = await Database.open(path)
    async with again.transaction() as tx:
        assert (await tx.next_numbers("report"), await tx.next_numbers("alert")) == (9, 3)
        assert await lost_time.spans(tx) == [(NOW, later)]
    await again.close()

    path.write_bytes(b"nothing to be read any more" * 400)
    await restore(copy.path, path, later)
    again = await Database.open(path)
    async with again.transaction() as tx:
        assert (await tx.next_numbers("report"), await tx.next_numbers("alert")) == (1006, 1001)
    await again.close()
