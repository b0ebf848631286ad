"""Copies of a running database, proven before they count: made beside the bot's work, checked, renamed into place.

Works for any file of ours (`bot.db`, `vault.db`). A copy is one file without a log of its own; it holds exactly one
moment, that of its beginning.
"""

import asyncio
import os
import re
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from bot.durable import put_in_place, sync
from storage.errors import CopyUnusable, DatabaseDamaged, DatabaseUnavailable, StorageError
from storage.migrating import FOLDER, migrations, schema_version
from storage.sqlite import translate

T = TypeVar("T")

KEEP_DAYS = 14  # the newest copy of each day
KEEP_RECENT = 4  # besides, whatever their day
PAGES_A_STEP = 256
# Begun messages to the hotline and answers on their way: they name, to whoever has the key file, who was writing.
FLEETING = {
    "draft_message": "1",
    "draft": "1",
    "awaiting": "1",
    "outbox": "recipient >= 'sealed:' AND recipient < 'sealed;'",
}
PAUSE_BETWEEN_STEPS = 0.002
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Copy:
    path: Path
    made_at: datetime
    size: int
    rows: int


async def check(path: Path) -> None:
    """At every start, before anything else opens the file: SQLite's quick check. Nothing to do when there is no file.

    Raises `DatabaseDamaged`, `DatabaseUnavailable`.
    """
    if path.exists() and path.stat().st_size > 0:
        await _in_thread(lambda _: _require_whole(path, "quick_check"))


async def make(database_path: Path, folder: Path, now: datetime, *, label: str = "") -> Copy:
    """A proven copy in `folder`; then `prune`. The bot may run meanwhile.

    Raises `DatabaseUnavailable` (no room, no file), `DatabaseDamaged`, `CopyUnusable`; then no copy appears.
    """
    moment = now.astimezone(UTC)
    target = folder / f"{database_path.stem}-{moment.strftime(_STAMP)}{label and f'-{label}'}.db"
    partial = target.with_suffix(".part")

    def work(stop: threading.Event) -> Copy:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            rows = _copy(database_path, partial, stop)
            put_in_place(partial, target)
        finally:
            partial.unlink(missing_ok=True)
        prune(database_path, folder)
        return Copy(target, moment, target.stat().st_size, rows)

    return await _in_thread(work)


async def make_single(source: Path, target: Path) -> int:
    """A proven copy at exactly this place; returns the number of rows. Raises as `make` does."""

    def work(stop: threading.Event) -> int:
        try:
            rows = _copy(source, target, stop)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        sync(target)
        return rows

    return await _in_thread(work)


async def before_migration(
    database_path: Path, folder: Path, now: datetime, migrations_folder: Path = FOLDER
) -> Copy | None:
    """A copy when the file holds something and is about to be migrated; otherwise None."""
    found = await schema_version(database_path)
    if not 0 < found < len(migrations(migrations_folder)):
        return None
    return await make(database_path, folder, now, label=f"before{found + 1}")


def copies(database_path: Path, folder: Path) -> list[Path]:
    """The copies of this database, newest first."""
    return [path for _, path in sorted(_stamped(database_path, folder), reverse=True)]


def prune(database_path: Path, folder: Path, recent: int = KEEP_RECENT, days: int = KEEP_DAYS) -> list[Path]:
    """Keep the newest copies, the newest of each of the last `days` days that have one, and those before a migration.

    Returns what was removed.

    What was deleted from the database must be gone from the copies as well after that time (rules DB10, SEC9); the time
    counts back from the newest copy, so that a bot that stood still loses none.
    """
    found = sorted(_stamped(database_path, folder), reverse=True)
    kept: set[Path] = set()
    kept_days: set[date] = set()
    for place, (moment, path) in enumerate(found):
        if found[0][0] - moment >= timedelta(days=days):
            break
        if place < recent or moment.date() not in kept_days or _is_labelled(path):
            kept.add(path)
            kept_days.add(moment.date())
    gone = [path for _, path in found if path not in kept]
    for path in [*gone, *folder.glob(f"{database_path.stem}-*.part")]:
        path.unlink(missing_ok=True)
    return gone


def made_at(copy: Path) -> datetime | None:
    """From the name of a copy."""
    found = re.search(r"-(\d{8}T\d{6}Z)(-\w+)?$", copy.stem)
    return datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC) if found else None


def _is_labelled(copy: Path) -> bool:
    """Made for a reason of its own: the last one of an older schema is not thinned out by newer ones."""
    return not copy.stem.endswith("Z")


def _stamped(database_path: Path, folder: Path) -> list[tuple[datetime, Path]]:
    found = [(made_at(path), path) for path in folder.glob(f"{database_path.stem}-*.db")]
    return [(moment, path) for moment, path in found if moment is not None]


def _copy(source_path: Path, target_path: Path, stop: threading.Event) -> int:
    """Copy one moment of the source, then prove it against that moment; the number of rows in all.

    The source connection holds one read transaction from the first count to the last page: otherwise every foreign commit
    would begin the copy anew. Readers and the writer go on; only the log cannot be folded in meanwhile.
    """
    target_path.unlink(missing_ok=True)
    os.close(os.open(target_path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(_read_only(source_path)) as source, closing(_connect(str(target_path))) as target:
        source.execute("BEGIN")
        expected = count_rows(source)

        def progress(status: int, remaining: int, total: int) -> None:
            if stop.is_set():
                raise InterruptedError
            time.sleep(PAUSE_BETWEEN_STEPS)  # lets the disk and the interpreter serve the others

        source.backup(target, pages=PAGES_A_STEP, progress=progress)
        source.execute("ROLLBACK")
        target.execute("PRAGMA journal_mode = DELETE").fetchall()
        _require_whole_connection(target, "integrity_check")
        if target.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise CopyUnusable("broken references")
        if (found := count_rows(target)) != expected:
            raise CopyUnusable(
                f"rows differ in {sorted(name for name in expected if expected[name] != found.get(name))}"
            )
        _drop_fleeting(target, set(found))
    return sum(expected.values())


def _drop_fleeting(target: sqlite3.Connection, tables: set[str]) -> None:
    """What lives for a day in the database must not live for two weeks in its copies; a restored bot does not miss it."""
    for pragma in ("journal_mode = MEMORY", "secure_delete = ON", "foreign_keys = OFF"):
        target.execute(f"PRAGMA {pragma}").fetchall()
    target.execute("BEGIN")
    for table, which in FLEETING.items():
        if table in tables:
            target.execute(f"DELETE FROM {table} WHERE {which}")
    target.execute("COMMIT")
    target.execute("PRAGMA journal_mode = DELETE").fetchall()


def count_rows(connection: sqlite3.Connection) -> dict[str, int]:
    """Rows of every table."""
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return {name: connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in names}


def _require_whole(path: Path, pragma: str) -> None:
    with closing(_read_only(path)) as connection:
        _require_whole_connection(connection, pragma)


def _require_whole_connection(connection: sqlite3.Connection, pragma: str) -> None:
    """Raises `DatabaseDamaged` with SQLite's findings."""
    try:
        findings = [str(row[0]) for row in connection.execute(f"PRAGMA {pragma}")]
    except sqlite3.DatabaseError as error:
        raise translate(error) from None
    if findings != ["ok"]:
        raise DatabaseDamaged(findings)


def _read_only(path: Path) -> sqlite3.Connection:
    return _connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _connect(target: str, *, uri: bool = False) -> sqlite3.Connection:
    return sqlite3.connect(target, uri=uri, isolation_level=None, check_same_thread=False)


def fold(path: Path) -> None:
    """Make a closed database one file again, without a log beside it, and durable. Raises `sqlite3.Error`."""
    with closing(_connect(str(path))) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()
    sync(path)


async def _in_thread(work: Callable[[threading.Event], T]) -> T:
    """Off the loop; a cancellation stops the work at its next step and is waited for. sqlite3's own errors are translated."""
    stop = threading.Event()

    def told_apart() -> T:
        try:
            return work(stop)
        except sqlite3.Error as error:
            known = translate(error)
            raise known if isinstance(known, StorageError) else CopyUnusable(str(error)) from None
        except InterruptedError:
            raise DatabaseUnavailable("stopped") from None
        except OSError as error:
            raise DatabaseUnavailable(f"{type(error).__name__}: {error.strerror}") from None

    future = asyncio.get_running_loop().run_in_executor(None, told_apart)
    try:
        return await asyncio.shield(future)
    except asyncio.CancelledError:
        stop.set()
        await asyncio.wait([future])
        raise
