"""Numbered SQL files to the newest schema; a newer database is refused."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from storage.errors import DatabaseTooNew, MigrationsBroken
from storage.sqlite import open_reader, open_writer

FOLDER = Path(__file__).with_name("migrations")


def migrations(folder: Path = FOLDER) -> list[tuple[int, Path]]:
    """Every migration as (number, file), in order. Raises `MigrationsBroken` when the numbers have a gap."""
    found = sorted((int(path.name.split("_")[0]), path) for path in folder.glob("[0-9]*_*.sql"))
    numbers = [number for number, _ in found]
    if numbers != list(range(1, len(numbers) + 1)):
        raise MigrationsBroken(f"migration numbers are {numbers}")
    return found


async def schema_version(path: Path) -> int:
    """0 for a file that does not exist or is empty. Writes nothing."""
    if not path.exists() or path.stat().st_size == 0:
        return 0
    connection = await open_reader(path)
    try:
        return int((await connection.run("PRAGMA user_version")).rows[0][0])
    finally:
        await connection.close_once()


async def migrate(path: Path, folder: Path = FOLDER) -> tuple[int, int]:
    """Bring the file to the newest schema; (version before, version after). Idempotent, also from two processes at once.

    Each migration is one transaction together with its number, so a crash leaves either schema whole. Foreign keys are
    checked at its end and not during it, so that a migration may rebuild a table.
    Raises `DatabaseTooNew`, before anything is written. Whoever calls this on a used database makes a backup first.
    """
    known = migrations(folder)
    if (before := await schema_version(path)) > len(known):
        raise DatabaseTooNew(before, len(known))
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    connection = await open_writer(path)
    try:
        await connection.run("PRAGMA foreign_keys = OFF")
        for number, file in known[before:]:
            statements = list(split_statements(file.read_text("utf-8")))
            await connection.submit(lambda raw, n=number, s=statements: _apply(raw, n, s))  # type: ignore[misc]
        return before, len(known)
    finally:
        await connection.close_once()


def _apply(connection: sqlite3.Connection, number: int, statements: list[str]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] < number:
            for statement in statements:
                connection.execute(statement).fetchall()
            if broken := connection.execute("PRAGMA foreign_key_check").fetchall():
                raise MigrationsBroken(f"migration {number} leaves {len(broken)} broken references")
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def split_statements(script: str) -> Iterator[str]:
    """The statements of a script one by one (`executescript` would commit in between). Raises `MigrationsBroken`."""
    statement = ""
    for piece in re.split("(?<=;)", script):
        statement += piece
        if sqlite3.complete_statement(statement):  # knows strings, comments and the bodies of triggers
            yield statement.strip()
            statement = ""
    if rest := re.sub(r"--[^\n]*", "", statement).strip():
        raise MigrationsBroken(f"unfinished statement: {rest[:60]}")
