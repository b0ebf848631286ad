"""One SQLite connection as its own thread: several statements a hop, every cursor fetched."""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import aiosqlite

from storage.errors import StorageError

Params = Mapping[str, Any]
Row = sqlite3.Row
T = TypeVar("T")

_NO_PARAMS: Params = {}

# Checked at start by `writer()`; see rules DB2. FULL: an acknowledged commit survives a power cut.
WRITER_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "secure_delete": 1,
    "trusted_schema": 0,
}


# Worth another try later: locked, disk full, the shared commit failed. Nothing of the unit was stored.
TRANSIENT = (sqlite3.OperationalError, StorageError)


class Statement(NamedTuple):
    sql: str
    params: Params = _NO_PARAMS


class Result(NamedTuple):
    rows: list[Row]
    rowcount: int


class Connection(aiosqlite.Connection):
    """aiosqlite with one hop to its thread for a whole list of statements.

    A hop costs about as much as a small statement, so BEGIN and SAVEPOINT ride along with the first statement of a unit.
    `_execute` and `_thread` are private to aiosqlite; `tests/storage/test_sqlite.py` pins what is relied on.
    """

    def submit(self, function: Callable[[sqlite3.Connection], T]) -> asyncio.Future[T]:
        """Queue `function(connection)` for the thread at once; unlike a coroutine it runs even if nobody awaits it."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        connection = self._conn
        self._tx.put_nowait((future, lambda: function(connection)))
        return future

    def run(self, statements: Sequence[Statement]) -> asyncio.Future[Result]:
        """Queue the statements in order, in one hop; the result is that of the last one."""
        return self.submit(lambda connection: _run(connection, statements))


def _run(connection: sqlite3.Connection, statements: Sequence[Statement]) -> Result:
    result = Result([], 0)
    for sql, params in statements:
        cursor = connection.execute(sql, params)
        result = Result(cursor.fetchall(), cursor.rowcount)
        cursor.close()
    return result


async def open_writer(path: Path) -> Connection:
    """The one connection that writes. Raises `sqlite3.Error` when a pragma did not take."""
    connection = await _open(str(path), uri=False)
    try:
        for name, value in WRITER_PRAGMAS.items():
            await connection.run([Statement(f"PRAGMA {name} = {value}")])
            got = (await connection.run([Statement(f"PRAGMA {name}")])).rows[0][0]
            if got != value:
                raise sqlite3.OperationalError(f"PRAGMA {name} is {got!r}, wanted {value!r}")
    except BaseException:
        await connection.close()
        raise
    return connection


async def open_reader(path: Path) -> Connection:
    """A connection that cannot write."""
    connection = await _open(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    for pragma in ("query_only = ON", "busy_timeout = 5000", "trusted_schema = OFF"):
        await connection.run([Statement(f"PRAGMA {pragma}")])
    return connection


async def _open(target: str, *, uri: bool) -> Connection:
    def connect() -> sqlite3.Connection:
        raw = sqlite3.connect(target, uri=uri, isolation_level=None, cached_statements=512)
        raw.row_factory = sqlite3.Row
        return raw

    connection = Connection(connect, iter_chunk_size=64)
    connection._thread.daemon = True  # a failed start must not keep the process alive (aiosqlite#369)
    await connection
    return connection
