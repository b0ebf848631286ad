"""The database as the rest of the program sees it: `read()`, `transaction()`, `close()`.

Writing is one queue of units. Waiting units run one after the other inside one SQLite transaction, each under its own
SAVEPOINT, and each returns only after the shared COMMIT; so many small transactions share one fsync, and a unit that fails
or is cancelled is rolled back alone. No network and no sleep belongs inside a unit: everybody else is waiting.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from storage.errors import DatabaseUnavailable, UnitLost
from storage.sqlite import WRITER_PRAGMAS, Connection, begin, open_reader, open_writer
from storage.transaction import Opening, Reader, Transaction

__all__ = ["MAX_UNITS_A_COMMIT", "Database", "Reader", "Transaction"]

T = TypeVar("T")

MAX_UNITS_A_COMMIT = 256


class _Batch:
    """The units that share one COMMIT."""

    def __init__(self) -> None:
        self.units = 0
        self.begun = False
        self.to_release = False  # the last unit was kept; the next one, or the COMMIT, releases its savepoint
        self.outcome: asyncio.Future[BaseException | None] = asyncio.get_running_loop().create_future()

    def settle(self, error: BaseException | None) -> None:
        if not self.outcome.done():
            self.outcome.set_result(error)

    def opening(self) -> list[Opening]:
        """What opens the next unit, step by step. When one of them fails, the whole batch is lost."""
        before = [begin] if not self.begun else [_release] if self.to_release else []
        return [*before, _savepoint]


class Database:
    """One writer and a few read-only connections on one SQLite file. Open with `Database.open`, always `close`."""

    def __init__(self, path: Path, writer: Connection, readers: list[Connection]) -> None:
        self.path = path
        self._writer = writer
        self._readers = readers
        self._free_readers = deque(readers)
        self._reader_free = asyncio.Semaphore(len(readers))
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._batch: _Batch | None = None
        self._owner: asyncio.Task[Any] | None = None
        self._closed = False

    @classmethod
    async def open(cls, path: Path, *, readers: int = 2) -> "Database":
        """Open an existing, migrated file (see `storage.migrating`). Raises `StorageError`."""
        writer = await open_writer(path)
        opened: list[Connection] = []
        try:
            for _ in range(readers):
                opened.append(await open_reader(path))
        except BaseException:
            for connection in [*opened, writer]:
                await connection.close_once()
            raise
        return cls(path, writer, opened)

    async def close(self) -> None:
        """Wait for the running unit, then close every connection. Safe to call twice; closes even when cancelled."""
        try:
            async with self._turn:
                await self._commit()
                self._closed = True
        finally:
            self._closed = True
            stopping = [stopped for connection in [*self._readers, self._writer] if (stopped := connection.stop_once())]
            await _to_the_end(asyncio.gather(*stopping, return_exceptions=True))

    @asynccontextmanager
    async def read(self, *, snapshot: bool = False) -> AsyncIterator[Reader]:
        """A read-only connection; with `snapshot` all reads inside see one moment."""
        async with self._reader_free:
            connection = self._free_readers.popleft()
            try:
                if snapshot:
                    await connection.run("BEGIN")
                yield Reader(connection)
            finally:
                try:
                    if snapshot:
                        await _to_the_end(connection.submit(_roll_back_all))
                finally:
                    self._free_readers.append(connection)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """A unit: returns after the COMMIT it shares with others; on any exception, cancellation included, it leaves no trace.

        Raises `UnitLost` when the shared COMMIT failed (disk full, I/O error), `DatabaseUnavailable` when it could not begin.
        A unit cancelled after its last statement, while it waits for the COMMIT, is stored if the COMMIT succeeds.
        """
        if self._owner is not None and self._owner is asyncio.current_task():
            raise RuntimeError("a transaction inside a transaction would wait for itself")
        await self._take_turn()
        batch = self._batch
        if batch is None:
            batch = self._batch = _Batch()
        unit = Transaction(self._writer, batch.opening())
        batch.units += 1
        self._owner = asyncio.current_task()
        try:
            try:
                yield unit
                unit.end()
            except BaseException:
                unit.end_by_failure()
                if unit.begun:
                    await self._undo(unit, batch)
                raise
            if unit.begun:
                batch.begun = True
                batch.to_release = True
        finally:
            await self._pass_on(batch)
        if unit.begun:
            await _to_the_end(batch.outcome)
            if (error := batch.outcome.result()) is not None:
                raise UnitLost(str(error)) from error

    async def empty_log(self) -> bool:
        """Move the write-ahead log into the file and cut it to nothing: what was deleted is then in neither.

        False when a reader is in the way; ask again later.
        """
        async with self._turn:
            await self._commit()
            return await self._writer.submit(_empty_log)

    @asynccontextmanager
    async def without_waiting_for_the_disk(self) -> AsyncIterator[None]:
        """For what can be done again, in a process of its own: a power cut may take back the commits inside, never tear one.

        The first commit after it puts them on the disk too.
        """
        await self._settle("PRAGMA synchronous = NORMAL")
        try:
            yield
        finally:
            await self._settle(f"PRAGMA synchronous = {WRITER_PRAGMAS['synchronous']}")

    async def _settle(self, pragma: str) -> None:
        async with self._turn:
            await self._commit()
            await self._writer.run(pragma)

    async def _take_turn(self) -> None:
        self._waiting += 1
        try:
            await self._turn.acquire()
        except BaseException:
            self._waiting -= 1
            # the unit before us may have left the COMMIT to us, and nobody else may be there to do it
            if self._waiting == 0 and self._batch is not None and not self._turn.locked():
                async with self._turn:
                    await self._commit()
            raise
        self._waiting -= 1

    async def _undo(self, unit: Transaction, batch: _Batch) -> None:
        """Roll this unit back alone; when that is not possible, the whole batch is lost."""

        def roll_back(connection: sqlite3.Connection) -> bool:
            if connection.in_transaction and not unit.lost:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK TO unit")
                    connection.execute("RELEASE unit")
                    return True
            _roll_back_all(connection)
            return False

        undone = self._writer.submit(roll_back)
        try:
            await _to_the_end(undone)
        finally:
            if undone.exception() is None and undone.result():
                batch.begun = True
                batch.to_release = False
            else:
                batch.settle(undone.exception() or DatabaseUnavailable("a neighbour's failure ended the transaction"))
                self._batch = None

    async def _pass_on(self, batch: _Batch) -> None:
        """Let the next unit into this transaction, or commit when nobody waits."""
        try:
            if self._batch is batch and (self._waiting == 0 or batch.units >= MAX_UNITS_A_COMMIT):
                await self._commit()
        finally:
            self._owner = None
            self._turn.release()

    async def _commit(self) -> None:
        """Commit the open batch, if any, and tell its units. Raises nothing but a cancellation, after the fact."""
        batch, self._batch = self._batch, None
        if batch is None or not batch.begun:
            return

        def commit(connection: sqlite3.Connection) -> None:
            try:
                if batch.to_release:
                    connection.execute("RELEASE unit")
                connection.execute("COMMIT")
            except sqlite3.Error:
                _roll_back_all(connection)
                raise

        committed = self._writer.submit(commit)
        try:
            await _to_the_end(committed)
        finally:
            batch.settle(committed.exception())


def _release(connection: sqlite3.Connection) -> None:
    connection.execute("RELEASE unit")


def _savepoint(connection: sqlite3.Connection) -> None:
    connection.execute("SAVEPOINT unit")


def _roll_back_all(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _empty_log(connection: sqlite3.Connection) -> bool:
    connection.execute("PRAGMA busy_timeout = 100")  # everybody who writes is waiting
    try:
        return bool(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
    finally:
        connection.execute("PRAGMA busy_timeout = 5000")


async def _to_the_end(future: asyncio.Future[T]) -> None:
    """Wait until it is done even when cancelled, then let the cancellation go on. The outcome is for the caller to read."""
    cancelled: asyncio.CancelledError | None = None
    while not future.done():
        try:
            await asyncio.wait([future])
        except asyncio.CancelledError as error:
            cancelled = error
    if not future.cancelled():
        future.exception()  # counts as seen, should nobody ask
    if cancelled is not None:
        raise cancelled
