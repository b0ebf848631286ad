"""A copy put in the place of the database, with nothing destroyed and nothing sent twice unmarked."""

import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.durable import sync
from storage import backup, briefings, claims, lost_time
from storage.clock import from_text, to_text
from storage.database import Database
from storage.errors import CopyUnusable, DatabaseDamaged, DatabaseTooNew
from storage.lease import FileLock
from storage.migrating import FOLDER, migrate, migrations, schema_version

# Later than anything an instance can have used that ran on the replaced database.
EPOCH_STEP = 1000


@dataclass(frozen=True, slots=True)
class Restored:
    """`kept` is the replaced database, `distrusted` how many messages may have gone out already."""

    kept: Path | None
    rows: int
    distrusted: int
    epoch: int


async def restore(copy: Path, database_path: Path, now: datetime, migrations_folder: Path = FOLDER) -> Restored:
    """Put `copy` in the place of the database; the bot must not run. The replaced file is kept aside, with its log.

    Messages that were due in the copy may have gone out since: critical ones go out again, marked; the others are put on
    the list of uncertain ones (reliability C8). Raises `AnotherInstanceRuns`, `CopyUnusable`, `DatabaseDamaged` (the copy
    is), `DatabaseTooNew`, `DatabaseUnavailable`; in each case the database is as it was.
    """
    found, known = await schema_version(copy), len(migrations(migrations_folder))
    if found == 0:
        raise CopyUnusable("not a database of this program")
    if found > known:
        raise DatabaseTooNew(found, known)
    lock = await FileLock.take(database_path)
    fresh = database_path.with_name(f"{database_path.name}.restoring")
    try:
        made = await backup.make_single(copy, fresh)
        distrusted, epoch = await _prepare(fresh, database_path, now, migrations_folder)
        kept = _exchange(fresh, database_path, now)
        return Restored(kept, made, distrusted, epoch)
    finally:
        for leftover in _files_of(fresh):
            leftover.unlink(missing_ok=True)
        lock.free()


async def _prepare(fresh: Path, database_path: Path, now: datetime, migrations_folder: Path) -> tuple[int, int]:
    """A new epoch, no blind repeats, no number given twice. The vault has neither an outbox nor a lease."""
    if not _has_table(fresh, "outbox"):
        return 0, 0
    await migrate(fresh, migrations_folder)
    last, counters = max(_last_epoch(database_path), _last_epoch(fresh)), lost_time.given(database_path)
    opened = await Database.open(fresh, readers=1)
    try:
        async with opened.transaction() as tx:
            distrusted = await claims.distrust(tx, now)
            distrusted += await briefings.distrust_digests(tx, now)
            epoch = last + EPOCH_STEP
            beat = await tx.fetch_value("SELECT beat_at FROM instance WHERE id = 1")
            if beat is not None:
                await lost_time.note(tx, from_text(beat), now)
            await lost_time.count_on(tx, counters)
            await tx.execute(
                "INSERT INTO instance (id, epoch, owner, beat_at) VALUES (1, :epoch, '', :at)"
                " ON CONFLICT (id) DO UPDATE SET epoch = :epoch, owner = '', beat_at = :at",
                epoch=epoch,
                at=to_text(now),
            )
    finally:
        await opened.close()
    backup.fold(fresh)
    return distrusted, epoch


def _exchange(fresh: Path, database_path: Path, now: datetime) -> Path | None:
    """At no moment is there no database; and no log of the old one may lie beside the new one, or SQLite would apply it."""
    kept = database_path.with_name(f"{database_path.name}.replaced-{now.astimezone(UTC):%Y%m%dT%H%M%S%fZ}")
    existed = database_path.exists()
    if existed:
        try:
            kept.hardlink_to(database_path)
        except OSError:  # a file system without links
            shutil.copy2(database_path, kept)
    for log in _files_of(database_path)[1:]:
        if log.exists():
            log.rename(f"{kept}{log.name.removeprefix(database_path.name)}")
    fresh.replace(database_path)
    sync(database_path.parent)
    return kept if existed else None


def _files_of(path: Path) -> list[Path]:
    return [path, *(path.with_name(f"{path.name}{suffix}") for suffix in ("-wal", "-shm"))]


def _has_table(path: Path, name: str) -> bool:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        row = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (name,)).fetchone()
    return row is not None


def _last_epoch(path: Path) -> int:
    """0 when there is none or the file cannot be read any more."""
    with (
        suppress(sqlite3.Error, DatabaseDamaged),
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection,
    ):
        row = connection.execute("SELECT epoch FROM instance WHERE id = 1").fetchone()
        return int(row[0]) if row else 0
    return 0
