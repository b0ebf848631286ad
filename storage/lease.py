"""One running bot a database: a file lock on this machine, a lease with a heartbeat for the rest of the world.

The lease's epoch grows with every start and every restored backup. Claims on the outbox carry it, so that a process
which slept through a take-over cannot settle what is no longer its own.
"""

import asyncio
import fcntl
import os
import secrets
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from storage.clock import from_text, to_text
from storage.database import Database
from storage.errors import AnotherInstanceRuns
from storage.sqlite import TRANSIENT

BEAT_SECONDS = 5.0
TAKE_OVER_SECONDS = 20.0
# A beat this old needs no watching: clocks of two machines do not differ that much.
LONG_DEAD = timedelta(minutes=5)
LOOK_SECONDS = 1.0
HEIR_SECONDS = 2.0
LOCK_LOOK_SECONDS = 0.02


class FileLock:
    """Held from `take` until `free` or the end of the process, however it ends. The file itself stays."""

    def __init__(self, file: int) -> None:
        self._file: int | None = file

    @classmethod
    async def take(cls, database_path: Path) -> "FileLock":
        """Before the database is opened or migrated. Raises `AnotherInstanceRuns`, after a moment.

        The moment is for a bot that was killed while it started another program: until that has begun, it holds the lock too.
        """
        database_path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = os.open(f"{database_path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        until = time.monotonic() + HEIR_SECONDS
        while not _locked(file):
            if time.monotonic() > until:
                os.close(file)
                raise AnotherInstanceRuns(f"{database_path.name} is locked by another process")
            await asyncio.sleep(LOCK_LOOK_SECONDS)
        return cls(file)

    def free(self) -> None:
        """Safe to call twice."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


class Lease:
    """The right to work on this database. Made by `acquire`; beats until it is lost or released."""

    def __init__(self, database: Database, clock: Callable[[], datetime], epoch: int, owner: str) -> None:
        self._database = database
        self._clock = clock
        self._owner = owner
        self.epoch = epoch

    @classmethod
    async def acquire(
        cls,
        database: Database,
        clock: Callable[[], datetime],
        *,
        host: str | None = None,
        take_over_seconds: float = TAKE_OVER_SECONDS,
        look_seconds: float = LOOK_SECONDS,
    ) -> "Lease":
        """After the file lock. An owner on this machine is dead, since the lock was free; one on another machine is
        watched until its heartbeat has stood still for `take_over_seconds`. Raises `AnotherInstanceRuns`."""
        owner = f"{host or this_host()} {os.getpid()} {secrets.token_hex(4)}"
        seen = await _current(database)
        if seen is not None and seen[1] and seen[1].split()[0] != owner.split()[0]:
            await _watch(database, clock, seen, take_over_seconds, look_seconds)
        async with database.transaction() as tx:
            epoch = await tx.fetch_value(
                "INSERT INTO instance (id, epoch, owner, beat_at) VALUES (1, 1, :owner, :now)"
                " ON CONFLICT (id) DO UPDATE SET epoch = instance.epoch + 1, owner = :owner, beat_at = :now RETURNING epoch",
                owner=owner,
                now=to_text(clock()),
            )
        return cls(database, clock, int(epoch), owner)

    async def beat(self) -> None:
        """Raises `AnotherInstanceRuns` when the lease was taken over; then this process has to end."""
        async with self._database.transaction() as tx:
            still_ours = await tx.execute(
                "UPDATE instance SET beat_at = :now WHERE id = 1 AND epoch = :epoch AND owner = :owner",
                now=to_text(self._clock()),
                epoch=self.epoch,
                owner=self._owner,
            )
        if not still_ours:
            raise AnotherInstanceRuns("the lease was taken over")

    async def release(self) -> None:
        """At an orderly end: the next start, on any machine, need not wait. Never raises for the database's trouble."""
        with suppress(*TRANSIENT):
            async with self._database.transaction() as tx:
                await tx.execute(
                    "UPDATE instance SET owner = '' WHERE id = 1 AND epoch = :epoch AND owner = :owner",
                    epoch=self.epoch,
                    owner=self._owner,
                )


def this_host() -> str:
    """The same for every process and container under one running kernel, where file locks can be trusted."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return socket.gethostname().replace(" ", "-") or "host"


async def _current(database: Database) -> tuple[int, str, str] | None:
    async with database.read() as reader:
        row = await reader.fetch_one("SELECT epoch, owner, beat_at FROM instance WHERE id = 1")
    return None if row is None else (row[0], row[1], row[2])


async def _watch(
    database: Database,
    clock: Callable[[], datetime],
    seen: tuple[int, str, str],
    take_over_seconds: float,
    look_seconds: float,
) -> None:
    """Raises `AnotherInstanceRuns` at the first sign of life. By this machine's own steady clock: theirs may be wrong."""
    if abs(clock() - from_text(seen[2])) > LONG_DEAD:
        return
    loop = asyncio.get_running_loop()
    until = loop.time() + take_over_seconds
    while (left := until - loop.time()) > 0:
        await asyncio.sleep(min(look_seconds, left))
        now = await _current(database)
        if now != seen and (now is None or now[1]):
            raise AnotherInstanceRuns("another machine works on this database")
        if now is not None and not now[1]:
            return


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
