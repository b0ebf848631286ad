"""The database as the rest of the program sees it: `read()`, `transaction()`, `close()`.

Writing is one queue of units. Waiting units run one after the other inside one SQLite transaction, each under its own
SAVEPOINT, and each returns only after the shared COMMIT; so many small transactions share one fsync, and a unit that fails
or is cancelled is rolled back alone. No network and no sleep belongs inside a unit: everybody else is waiting.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from storage.errors import UnitLost
from storage.sqlite import Connection, Params, Result, Row, Statement, open_reader, open_writer

T = TypeVar("T")

MAX_UNITS_A_COMMIT = 256


class Reader:
    """Reads. Parameters are named, `:name` in the SQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def fetch_all(self, sql: str, **params: Any) -> list[Row]:
        return (await self._run(sql, params)).rows

    async def fetch_one(self, sql: str, **params: Any) -> Row | None:
        rows = (await self._run(sql, params)).rows
        return rows[0] if rows else None

    async def fetch_value(self, sql: str, **params: Any) -> Any:
        """The first column of the first row, or None."""
        row = await self.fetch_one(sql, **params)
        return None if row is None else row[0]

    async def _run(self, sql: str, params: Params) -> Result:
        return await self._connection.run([Statement(sql, params)])


class Transaction(Reader):
    """One unit of writing: all of it is stored, or nothing."""

    def __init__(self, connection: Connection, prefix: list[Statement]) -> None:
        super().__init__(connection)
        self._prefix = prefix

    async def execute(self, sql: str, **params: Any) -> int:
        """Run one statement; the number of rows it changed (0 = somebody was faster, see rules CB3)."""
        return (await self._run(sql, params)).rowcount

    async def execute_many(self, sql: str, rows: Iterable[Params]) -> None:
        """The same statement for every row, in one hop."""
        statements = [Statement(sql, row) for row in rows]
        if statements:
            await self._send(statements)

    async def next_numbers(self, counter: str, count: int = 1) -> int:
        """Reserve `count` consecutive numbers of a named counter; returns the first."""
        last = await self.fetch_value(
            "INSERT INTO counter (name, value) VALUES (:name, :count)"
            " ON CONFLICT (name) DO UPDATE SET value = value + :count RETURNING value",
            name=counter,
            count=count,
        )
        return int(last) - count + 1

    async def _run(self, sql: str, params: Params) -> Result:
        return await self._send([Statement(sql, params)])

    async def _send(self, statements: Sequence[Statement]) -> Result:
        prefix, self._prefix = self._prefix, []
        return await self._connection.run([*prefix, *statements])


class _Batch:
    """The units that share one COMMIT."""

    def __init__(self) -> None:
        self.units = 0
        self.begun = False
        self.committed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def fail(self, error: BaseException) -> None:
        if not self.committed.done():
            self.committed.set_exception(UnitLost(str(error)))
            self.committed.exception()  # marked as seen: the batch may have no unit left to raise it in


class Database:
    """One writer and a few read-only connections on one SQLite file. Open with `Database.open`, always `close`."""

    def __init__(self, path: Path, writer: Connection, readers: list[Connection]) -> None:
        self.path = path
        self._writer = writer
        self._all_readers = readers
        self._free_readers = deque(readers)
        self._reader_free = asyncio.Semaphore(len(readers))
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._batch: _Batch | None = None
        self._owner: asyncio.Task[Any] | None = None
        self._release: list[Statement] = []

    @classmethod
    async def open(cls, path: Path, *, readers: int = 2) -> "Database":
        """Open an existing, migrated file (see `storage.migrations`)."""
        writer = await open_writer(path)
        opened: list[Connection] = []
        try:
            for _ in range(readers):
                opened.append(await open_reader(path))
        except BaseException:
            for connection in [*opened, writer]:
                await connection.close()
            raise
        return cls(path, writer, opened)

    async def close(self) -> None:
        """Wait for the running unit, then close every connection. Safe to call twice."""
        async with self._turn:
            await self._commit()
            for connection in [*self._all_readers, self._writer]:
                await connection.close()

    @asynccontextmanager
    async def read(self, *, snapshot: bool = False) -> AsyncIterator[Reader]:
        """A read-only connection; with `snapshot` all reads inside see one moment."""
        async with self._reader_free:
            connection = self._free_readers.popleft()
            try:
                if snapshot:
                    await connection.run([Statement("BEGIN")])
                try:
                    yield Reader(connection)
                finally:
                    if snapshot:
                        await _finish(connection.run([Statement("COMMIT")]))
            finally:
                self._free_readers.append(connection)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """A unit: returns after the COMMIT it shares with others; on any exception, cancellation included, it leaves no trace.

        Raises `UnitLost` when the shared COMMIT failed (disk full, I/O error).
        A unit that is cancelled after its last statement, while it waits for the COMMIT, is stored.
        """
        if self._owner is not None and self._owner is asyncio.current_task():
            raise RuntimeError("a transaction inside a transaction would wait for itself")
        await self._take_turn()
        batch = self._batch
        if batch is None:
            batch = self._batch = _Batch()
        self._owner = asyncio.current_task()
        prefix = [*self._release, Statement("SAVEPOINT unit")]
        if not batch.begun:
            prefix.insert(0, Statement("BEGIN IMMEDIATE"))
        unit = Transaction(self._writer, prefix)
        batch.units += 1
        try:
            yield unit
        except BaseException as error:
            try:
                await self._undo(unit, batch, error)
            finally:
                await self._pass_on(batch)
            raise
        self._keep(unit, batch)
        await self._pass_on(batch)
        await _finish(batch.committed)

    async def _take_turn(self) -> None:
        self._waiting += 1
        try:
            await self._turn.acquire()
        except BaseException:
            self._waiting -= 1
            # the unit before us left the COMMIT to us: nobody else may be there to do it
            if self._waiting == 0 and self._batch is not None and not self._turn.locked():
                async with self._turn:
                    await self._commit()
            raise
        self._waiting -= 1

    def _keep(self, unit: Transaction, batch: _Batch) -> None:
        if unit._prefix:  # it ran no statement
            return
        batch.begun = True
        self._release = [Statement("RELEASE unit")]

    async def _undo(self, unit: Transaction, batch: _Batch, error: BaseException) -> None:
        if unit._prefix:
            return
        batch.begun = True
        self._release = []

        def roll_back(connection: sqlite3.Connection) -> bool:
            if not connection.in_transaction:  # disk full and I/O errors may end the whole transaction
                return False
            try:
                connection.execute("ROLLBACK TO unit")
                connection.execute("RELEASE unit")
            except sqlite3.OperationalError:
                connection.execute("ROLLBACK")  # the SAVEPOINT itself was never made
                return False
            return True

        try:
            alive = await _finish(self._writer.submit(roll_back))
        except sqlite3.Error:
            alive = False
        if not alive:
            batch.fail(error)
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
        batch, self._batch = self._batch, None
        release, self._release = self._release, []
        if batch is None:
            return
        if not batch.begun:
            batch.committed.set_result(None)
            return

        def commit(connection: sqlite3.Connection) -> None:
            try:
                for sql in [*(statement.sql for statement in release), "COMMIT"]:
                    connection.execute(sql)
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

        try:
            await _finish(self._writer.submit(commit))
        except sqlite3.Error as error:
            batch.fail(error)
        except asyncio.CancelledError:  # raised by `_finish` after the commit took place
            batch.committed.set_result(None)
            raise
        else:
            batch.committed.set_result(None)


async def _finish(future: asyncio.Future[T]) -> T:
    """Await to the end even when cancelled, then let the cancellation go on."""
    cancelled: asyncio.CancelledError | None = None
    while not future.done():
        try:
            await asyncio.shield(future)
        except asyncio.CancelledError as error:
            if future.cancelled():
                raise
            cancelled = error
        except Exception:
            break
    if cancelled is not None and future.exception() is None:
        raise cancelled
    return future.result()
