"""What a caller gets in hand: `Reader` to read, `Transaction` to write one unit."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from storage.errors import UnitLost
from storage.sqlite import Connection, Params, Result, Row, run, run_many

T = TypeVar("T")
Opening = Callable[[sqlite3.Connection], object]


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

    async def fetch_sets(self, *queries: tuple[str, Params]) -> list[list[Row]]:
        """Several queries in one hop to the database's thread; the rows of each."""
        return await self._send(lambda connection: [run(connection, sql, params).rows for sql, params in queries])

    async def _run(self, sql: str, params: Params) -> Result:
        return await self._connection.run(sql, params)

    async def _send(self, function: Callable[[sqlite3.Connection], T]) -> T:
        return await self._connection.submit(function)


class Transaction(Reader):
    """One unit of writing: all of it is stored, or nothing. Of no use after its `async with` block."""

    def __init__(self, connection: Connection, opening: Sequence[Opening]) -> None:
        super().__init__(connection)
        self._opening = opening
        self.begun = False
        self._ended = False
        self._lost: sqlite3.Error | None = None

    async def execute(self, sql: str, **params: Any) -> int:
        """Run one statement; the number of rows it changed (0 = somebody was faster, see rules CB3)."""
        return (await self._run(sql, params)).rowcount

    async def execute_many(self, sql: str, rows: Iterable[Params]) -> int:
        """The same statement for every row, in one hop; the number of rows changed in all."""
        all_rows = list(rows)
        return await self._send(lambda connection: run_many(connection, sql, all_rows)) if all_rows else 0

    async def fetch_each(self, sql: str, rows: Iterable[Params]) -> list[Row | None]:
        """The same statement for every row, in one hop; the first row that each returned."""
        all_rows = list(rows)

        def fetch(connection: sqlite3.Connection) -> list[Row | None]:
            return [next(iter(run(connection, sql, row).rows), None) for row in all_rows]

        return await self._send(fetch) if all_rows else []

    async def next_numbers(self, counter: str, count: int = 1) -> int:
        """Reserve `count` consecutive numbers of a named counter; returns the first."""
        last = await self.fetch_value(
            "INSERT INTO counter (name, value) VALUES (:name, :count)"
            " ON CONFLICT (name) DO UPDATE SET value = counter.value + :count RETURNING value",
            name=counter,
            count=count,
        )
        return int(last) - count + 1

    def end(self) -> None:
        """Raises `UnitLost` when an error that ended the whole transaction was swallowed inside the unit."""
        self._ended = True
        self._refuse_if_lost()

    def end_by_failure(self) -> None:
        self._ended = True

    @property
    def lost(self) -> bool:
        """SQLite has ended, or never begun, the transaction this unit wrote into."""
        return self._lost is not None

    async def _run(self, sql: str, params: Params) -> Result:
        return await self._send(lambda connection: run(connection, sql, params))

    async def _send(self, function: Callable[[sqlite3.Connection], T]) -> T:
        if self._ended:
            raise RuntimeError("this unit has ended")
        self._refuse_if_lost()
        opening = () if self.begun else self._opening
        self.begun = True

        def work(connection: sqlite3.Connection) -> T:
            """Never outside the unit's own savepoint, whatever went wrong before."""
            self._refuse_if_lost()
            try:
                for step in opening:
                    step(connection)
            except sqlite3.Error as error:
                self._lost = error
                raise
            try:
                return function(connection)
            except sqlite3.Error as error:
                if not connection.in_transaction:  # a full disk or an I/O error may end the whole transaction
                    self._lost = error
                raise

        return await self._connection.submit(work)

    def _refuse_if_lost(self) -> None:
        if self._lost is not None:
            raise UnitLost(str(self._lost))
