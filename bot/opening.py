"""Everything that must be right before the first message: one instance, a whole database, its key, the newest schema."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.sealing import Keys
from bot.settings import Settings
from storage import backup
from storage.database import Database
from storage.errors import StorageError
from storage.lease import BEAT_SECONDS, FileLock, Lease
from storage.migrating import FOLDER, migrate
from storage.sqlite import TRANSIENT
from storage.vault import MIGRATIONS as VAULT_FOLDER

log = logging.getLogger(__name__)

COPY_EVERY = timedelta(minutes=15)
LOOK_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Opened:
    """`lease.epoch` goes to the sender; `copies` makes the backups, of the hotline's vault as well."""

    database: Database
    keys: Keys
    lease: Lease
    copies: "Copies"


@asynccontextmanager
async def open_database(settings: Settings, clock: Callable[[], datetime]) -> AsyncIterator[Opened]:
    """Lock, check, copy before a migration, migrate, open, lease. On leaving all of it is given back.

    Raises `AnotherInstanceRuns`, `DatabaseDamaged`, `DatabaseTooNew`, other `StorageError`s, `KeyFileMissing`,
    `KeyFileBroken`; nothing is written before the check has passed.
    """
    path, vault = settings.database_path, vault_path(settings)
    copies = Copies([path, vault], settings.data_dir / "backups", clock)
    lock = FileLock.take(path)
    try:
        for file, folder in ((path, FOLDER), (vault, VAULT_FOLDER)):
            await backup.check(file)
            if (made := await backup.before_migration(file, copies.folder, clock(), folder)) is not None:
                log.info("copied before the migration: %s", made.path.name)
        keys = Keys.load(settings.key_path, make=not vault.exists())
        await migrate(path)
        database = await Database.open(path)
        try:
            lease = await Lease.acquire(database, clock)
            try:
                yield Opened(database, keys, lease, copies)
            finally:
                with suppress(*TRANSIENT):
                    await lease.release()
        finally:
            await database.close()
    finally:
        lock.free()


def vault_path(settings: Settings) -> Path:
    """The hotline's keys, in a file of their own with backups of their own."""
    return settings.database_path.with_name("vault.db")


async def keep_lease(lease: Lease, *, beat_seconds: float = BEAT_SECONDS) -> None:
    """Beat until cancelled. Raises `AnotherInstanceRuns` when the lease is lost: then the process must end at once."""
    while True:
        try:
            await lease.beat()
        except TRANSIENT as error:
            log.warning("the lease waits for the database: %s", error)
        await asyncio.sleep(beat_seconds)


class Copies:
    """A copy of every file each quarter of an hour; a failed one is told and tried again."""

    def __init__(
        self, files: list[Path], folder: Path, clock: Callable[[], datetime], *, look_seconds: float = LOOK_SECONDS
    ) -> None:
        self.folder = folder
        self._files = files
        self._clock = clock
        self._look_seconds = look_seconds

    async def run(self) -> None:
        """Until cancelled; never raises for a failed copy."""
        while True:
            await self.make_due()
            await asyncio.sleep(self._look_seconds)

    async def make_due(self) -> list[Path]:
        """Copy what has no recent copy; returns the new copies."""
        made = []
        for file in self._files:
            newest = next(iter(backup.copies(file, self.folder)), None)
            age = None if newest is None else self._clock() - (backup.made_at(newest) or self._clock())
            if not file.exists() or (age is not None and timedelta(0) <= age < COPY_EVERY):
                continue
            try:
                made.append((await backup.make(file, self.folder, self._clock())).path)
            except StorageError as error:
                log.error("no copy of %s: %s", file.name, error)
        return made
