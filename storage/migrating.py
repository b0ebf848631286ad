"""Numbered SQL files to the newest schema; a newer database is refused."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from storage.errors import DatabaseTooNew
from storage.sqlite import open_writer

FOLDER = Path(__file__).with_name("migrations")


def migrations() -> list[tuple[int, Path]]:
    """Every migration as (number, file), in order, without a gap."""
    found = sorted((int(path.name.split("_")[0]), path) for path in FOLDER.glob("[0-9]*_*.sql"))
    numbers = [number for number, _ in found]
    assert numbers == list(range(1, len(numbers) + 1)), f"migration numbers have a gap: {numbers}"
    return found


async def schema_version(path: Path) -> int:
    """0 for a file that does not exist or is empty."""
    if not path.exists():
        return 0
    connection = await open_writer(path)
    try:
        return int((await connection.execute_fetchall("PRAGMA user_version"))[0][0])  # type: ignore[index]
    finally:
        await connection.close()


async def migrate(path: Path) -> tuple[int, int]:
    """Bring the file to the newest schema; (version before, version after). Idempotent.

    Each migration is one transaction together with its number, so a crash leaves either schema whole.
    Raises `DatabaseTooNew`. Whoever calls this on a used database makes a backup first.
    """
    known = migrations()
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = await open_writer(path)

    def apply(raw: sqlite3.Connection, number: int, script: str) -> None:
        raw.execute("BEGIN IMMEDIATE")
        try:
            for statement in split_statements(script):
                raw.execute(statement)
            raw.execute(f"PRAGMA user_version = {number}")
            raw.execute("COMMIT")
        except BaseException:
            raw.execute("ROLLBACK")
            raise

    try:
        before = int((await connection.execute_fetchall("PRAGMA user_version"))[0][0])  # type: ignore[index]
        if before > len(known):
            raise DatabaseTooNew(before, len(known))
        for number, file in known[before:]:
            script = file.read_text("utf-8")
            await connection.submit(lambda raw, n=number, s=script: apply(raw, n, s))  # type: ignore[misc]
        return before, len(known)
    finally:
        await connection.close()


def split_statements(script: str) -> Iterator[str]:
    """The statements of a script one by one (`executescript` would commit in between)."""
    statement = ""
    for line in script.splitlines(keepends=True):
        if not statement and (not line.strip() or line.lstrip().startswith("--")):
            continue
        statement += line
        if sqlite3.complete_statement(re.sub(r"--[^\n]*", "", statement)):
            yield statement.strip()
            statement = ""
    if statement.strip():
        raise ValueError(f"unfinished statement: {statement.strip()[:60]}")
