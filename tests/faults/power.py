"""Power cuts under the product's own schema, settings and SQL: nothing that was acknowledged may be gone."""

import argparse
import contextlib
import time
from collections.abc import Coroutine, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import apsw

from storage import claims, inbox, outbox
from storage.audit import Audit
from storage.sqlite import WRITER_PRAGMAS
from tests.faults.unsynced import Disk, PowerCut, UnsyncedVFS

T = TypeVar("T")
MIGRATIONS = Path(__file__).parents[2] / "storage" / "migrations"
NOW = datetime(2026, 4, 22, 9, 0, tzinfo=UTC)
AUDIT = Audit(b"k" * 32)
MOST_STEPS = 150


class Row(tuple[Any, ...]):
    """A row by index and by name, as sqlite3's."""

    names: tuple[str, ...]

    def __getitem__(self, key: Any) -> Any:
        return tuple.__getitem__(self, self.names.index(key) if isinstance(key, str) else key)


class Unit:
    """`storage.database.Transaction` over apsw: the product's storage functions run on it as they are."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection

    async def fetch_all(self, sql: str, **params: Any) -> list[Row]:
        cursor = self._connection.execute(sql, params)
        rows = []
        names: tuple[str, ...] = ()
        for values in cursor:
            names = names or tuple(column[0] for column in cursor.getdescription())
            row = Row(values)
            row.names = names
            rows.append(row)
        return rows

    async def fetch_one(self, sql: str, **params: Any) -> Row | None:
        return next(iter(await self.fetch_all(sql, **params)), None)

    async def fetch_value(self, sql: str, **params: Any) -> Any:
        row = await self.fetch_one(sql, **params)
        return None if row is None else row[0]

    async def execute(self, sql: str, **params: Any) -> int:
        before = self._connection.total_changes()
        await self.fetch_all(sql, **params)
        return self._connection.total_changes() - before

    async def execute_many(self, sql: str, rows: Iterable[dict[str, Any]]) -> int:
        return sum([await self.execute(sql, **row) for row in rows])

    async def fetch_each(self, sql: str, rows: Iterable[dict[str, Any]]) -> list[Row | None]:
        return [await self.fetch_one(sql, **row) for row in rows]


def done(work: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine that waits for nothing."""
    try:
        work.send(None)
    except StopIteration as finished:
        return finished.value  # type: ignore[no-any-return]
    raise AssertionError("it waits")


def connect(path: Path, vfs: str, synchronous: int) -> apsw.Connection:
    connection = apsw.Connection(str(path), vfs=vfs)
    for name, value in WRITER_PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {synchronous if name == 'synchronous' else value}").fetchall()
    return connection


def migrate(connection: apsw.Connection) -> None:
    for script in sorted(MIGRATIONS.glob("*.sql")):
        connection.execute(script.read_text("utf-8")).fetchall()


def batch(connection: apsw.Connection, random: Random, first: int) -> list[int]:
    """A shared commit of one to five units: an update received, its effect with promise and audit, done; some are sent."""
    numbers = list(range(first, first + random.randint(1, 5)))
    unit: Any = Unit(connection)
    connection.execute("BEGIN IMMEDIATE")
    for number in numbers:
        now = NOW + timedelta(seconds=number)
        connection.execute("SAVEPOINT unit")
        payload = random.randbytes(random.randint(60, 900))
        (stored,) = done(inbox.store(unit, "tg", 1, [inbox.NewUpdate(number, "1", payload)], now))
        promise = outbox.Promise(f"p:{number}", "person:1", {"screen": {"text": "x" * random.randint(10, 600)}})
        done(outbox.promise(unit, now, [promise]))
        done(AUDIT.note(unit, now, None, "", "submit", f"report:{number}", version=1))
        done(inbox.mark_done(unit, [stored.id], now))
        if random.random() < 0.3:
            for due in done(claims.claim(unit, now, 1, 1)):
                done(claims.finish(unit, due, now, "sent", chat_id=1, message_id=number))
        connection.execute("RELEASE unit")
    connection.execute("COMMIT")
    return numbers


def missing(connection: apsw.Connection, acked: Iterable[int]) -> list[int]:
    """Acknowledged units of which any part is gone."""
    updates = {row[0] for row in connection.execute("SELECT update_id FROM inbox WHERE state = 'done'")}
    promises = {row[0] for row in connection.execute("SELECT dedupe_key FROM outbox")}
    entries = {row[0] for row in connection.execute("SELECT object FROM audit")}
    return [
        number
        for number in acked
        if number not in updates or f"p:{number}" not in promises or f"report:{number}" not in entries
    ]


def cuts(count: int, seed: int, synchronous: int) -> tuple[int, int, int]:
    """(units acknowledged, of them lost, databases broken) in `count` power cuts; the database starts anew now and then."""
    random = Random(seed)
    disk = Disk(random)
    vfs = UnsyncedVFS(f"unsynced-{synchronous}-{seed}", disk)
    acked_in_all = lost = broken = 0
    with TemporaryDirectory(prefix="vpr-power-") as top:
        folder, number, acked = _new(Path(top), 0, disk, vfs.called, synchronous), 0, set[int]()
        for cut in range(1, count + 1):
            disk.countdown = random.randint(1, MOST_STEPS)
            try:
                connection = connect(folder / "bot.db", vfs.called, synchronous)
                while True:
                    fresh = batch(connection, random, number)
                    acked.update(fresh)
                    acked_in_all += len(fresh)
                    number += len(fresh)
                    if random.random() < 0.05:
                        break
            except (PowerCut, apsw.Error) as error:
                if not disk.off:
                    raise AssertionError("the database failed by itself") from error
            disk.off = True
            number += 10  # what was in the air may have been stored or not
            after = Path(top) / f"{cut}"
            disk.after_the_cut(after)
            _close(connection)
            with_sound = apsw.Connection(str(after / "bot.db"))
            try:
                sound = with_sound.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                gone = missing(with_sound, acked) if sound else list(acked)
            except apsw.Error:
                sound, gone = False, list(acked)
            finally:
                with_sound.close()
            lost += len(gone)
            broken += not sound
            acked.difference_update(gone)
            if not sound or cut % 40 == 0:
                acked = set()
                folder = _new(Path(top), cut, disk, vfs.called, synchronous)
            else:
                folder = after
                disk.begin_again(folder)
    return acked_in_all, lost, broken


def _new(top: Path, number: int, disk: Disk, vfs: str, synchronous: int) -> Path:
    folder = top / f"new-{number}"
    folder.mkdir()
    disk.countdown, disk.off = None, False
    connection = connect(folder / "bot.db", vfs, synchronous)
    migrate(connection)
    connection.close()
    disk.begin_again(folder)
    return folder


def _close(connection: apsw.Connection) -> None:
    """The process is gone: no checkpoint, nothing more is written."""
    with contextlib.suppress(PowerCut, apsw.Error):
        connection.close(True)


def main(arguments: argparse.Namespace) -> int:
    started = time.monotonic()
    acked, lost, broken = cuts(arguments.cuts, arguments.seed, 2)
    control_acked, control_lost, control_broken = cuts(max(100, arguments.cuts // 5), arguments.seed, 1)
    print(f"FIGURE power_cuts {arguments.cuts} cuts")
    print(f"FIGURE power_lost {lost} of {acked} acknowledged")
    print(f"FIGURE power_control_lost {control_lost} of {control_acked} acknowledged")
    print(f"{broken} and {control_broken} databases broken, {time.monotonic() - started:.0f} s, seed {arguments.seed}")
    return 1 if lost or broken or not control_lost else 0
