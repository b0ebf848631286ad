"""One SQLite connection as its own thread: several statements a hop, every cursor fetched, errors told apart."""

import asyncio
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from time import monotonic, sleep
from typing import Any, NamedTuple, TypeVar

import aiosqlite

from storage.errors import DatabaseDamaged, DatabaseUnavailable, StorageError

Params = Mapping[str, Any]
Row = sqlite3.Row
T = TypeVar("T")

# Read back at every start; see rules DB2. FULL: an acknowledged commit survives a power cut.
WRITER_PRAGMAS: dict[str, str | int] = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "secure_delete": 1,
    "trusted_schema": 0,
    "temp_store": 2,  # in memory: no readable temporary files
}
READER_PRAGMAS: dict[str, str | int] = {"query_only": 1, "busy_timeout": 5000, "trusted_schema": 0, "temp_store": 2}
OLDEST_SQLITE = (3, 37, 0)

# Worth another try later, and never the fault of what was asked for. Nothing of the unit was stored.
TRANSIENT = (DatabaseUnavailable, DatabaseDamaged)

_UNAVAILABLE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class Result(NamedTuple):
    rows: list[Row]
    rowcount: int


class Connection(aiosqlite.Connection):
    """aiosqlite with one hop to its thread for any number of statements.

    A hop costs about as much as a small statement, so BEGIN and SAVEPOINT ride along with the first statement of a unit.
    `_tx`, `_connection` and `_thread` are private to aiosqlite; `tests/storage/test_sqlite.py` pins what is relied on.
    """

    _stopping = False

    async def start(self) -> None:
        """Start the thread and connect. Unlike aiosqlite's own way it leaves no thread behind when that fails."""
        self._thread.daemon = True  # a failed start must not keep the process alive (aiosqlite#369)
        self._thread.start()
        future: asyncio.Future[sqlite3.Connection] = asyncio.get_running_loop().create_future()
        self._tx.put_nowait((future, self._connector))
        try:
            self._connection = await future
        except BaseException as error:
            await self.close_once()
            raise translate(error) if isinstance(error, sqlite3.Error) else error from None

    def submit(self, function: Callable[[sqlite3.Connection], T]) -> asyncio.Future[T]:
        """Queue `function(connection)` for the thread at once; unlike a coroutine it runs even if nobody awaits it.

        The future raises `DatabaseUnavailable` or `DatabaseDamaged` for what is the database's own trouble, and plain
        `sqlite3` errors for what is wrong with the statement.
        """
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        if self._stopping or self._connection is None:
            future.set_exception(DatabaseUnavailable("the database is closed"))
        else:
            connection = self._connection
            self._tx.put_nowait((future, lambda: _told_apart(function, connection)))
        return future

    def stop_once(self) -> asyncio.Future[Any] | None:
        """Finish what is queued, close, end the thread. None when that was asked for before."""
        if self._stopping:
            return None
        self._stopping = True
        return self.stop()

    async def close_once(self) -> None:
        if (stopped := self.stop_once()) is not None:
            await stopped

    def run(self, sql: str, params: Params | None = None) -> asyncio.Future[Result]:
        """Queue one statement."""
        return self.submit(lambda connection: run(connection, sql, params or {}))


def begin(connection: sqlite3.Connection) -> None:
    """BEGIN IMMEDIATE. While another process writes, look every millisecond: SQLite's own pauses grow to a hundred."""
    patience_ms = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    patient_until = monotonic() + patience_ms / 1000
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while not _begun(connection, last=monotonic() >= patient_until):
            sleep(0.001)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience_ms}")


def _begun(connection: sqlite3.Connection, last: bool) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if last or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def run(connection: sqlite3.Connection, sql: str, params: Params) -> Result:
    """One statement with all its rows."""
    cursor = connection.execute(sql, params)
    try:
        return Result(cursor.fetchall(), cursor.rowcount)
    finally:
        cursor.close()


def run_many(connection: sqlite3.Connection, sql: str, rows: Iterable[Params]) -> int:
    """The same statement for every row; how many rows it changed in all."""
    cursor = connection.executemany(sql, rows)
    try:
        return max(0, cursor.rowcount)
    finally:
        cursor.close()


def translate(error: sqlite3.Error) -> StorageError | sqlite3.Error:
    """The database's own trouble as `StorageError`; a mistake in a statement stays what it is."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _UNAVAILABLE or "closed database" in str(error):
        return DatabaseUnavailable(str(error))
    return DatabaseDamaged([str(error)]) if code in _DAMAGED else error


def _told_apart(function: Callable[[sqlite3.Connection], T], connection: sqlite3.Connection) -> T:
    try:
        return function(connection)
    except sqlite3.Error as error:
        known = translate(error)
        if known is error:
            raise
        raise known from None


async def open_writer(path: Path) -> Connection:
    """The one connection that writes; makes the file (mode 0600) when there is none. Raises `StorageError`."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StorageError(f"SQLite {sqlite3.sqlite_version} is too old, {OLDEST_SQLITE} is needed")
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise DatabaseUnavailable(f"{type(error).__name__}: {error.strerror}") from None
    return await _open(str(path), WRITER_PRAGMAS, uri=False)


async def open_reader(path: Path) -> Connection:
    """A connection that cannot write. Raises `StorageError`, also when there is no file."""
    return await _open(f"{path.absolute().as_uri()}?mode=ro", READER_PRAGMAS, uri=True)


async def _open(target: str, pragmas: Mapping[str, str | int], *, uri: bool) -> Connection:
    def connect() -> sqlite3.Connection:
        raw = sqlite3.connect(target, uri=uri, isolation_level=None, cached_statements=512)
        raw.row_factory = sqlite3.Row
        return raw

    connection = Connection(connect, iter_chunk_size=64)
    await connection.start()
    try:
        for name, value in pragmas.items():
            await connection.run(f"PRAGMA {name} = {value}")
            got = (await connection.run(f"PRAGMA {name}")).rows[0][0]
            if got != value:
                raise StorageError(f"PRAGMA {name} is {got!r}, wanted {value!r}")
    except BaseException:
        await connection.close_once()
        raise
    return connection
