"""A look at a database file from outside, running bot or not: nothing is created, migrated or changed."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from storage.migrating import migrations
from storage.sqlite import open_reader


@dataclass(frozen=True, slots=True)
class Inspection:
    """`damage` holds SQLite's own findings, empty when the file is whole. Counts are 0 before the first migration."""

    version: int
    newest: int
    damage: tuple[str, ...]
    schools: int = 0
    sittings_ahead: int = 0

    @property
    def too_new(self) -> bool:
        return self.version > self.newest


async def inspect(path: Path, today: date) -> Inspection:
    """Raises `StorageError` when the file is no database or may not be read."""
    connection = await open_reader(path)
    try:
        version = int((await connection.run("PRAGMA user_version")).rows[0][0])
        check = await connection.run("PRAGMA quick_check(5)")
        damage = tuple(str(row[0]) for row in check.rows if row[0] != "ok")
        newest = len(migrations())
        if damage or not 0 < version <= newest:
            return Inspection(version, newest, damage)
        schools = await connection.run("SELECT count(*) FROM school WHERE archived_at IS NULL")
        ahead = await connection.run(
            "SELECT count(*) FROM sitting WHERE date >= :today AND state = 'planned'", {"today": today.isoformat()}
        )
        return Inspection(version, newest, damage, int(schools.rows[0][0]), int(ahead.rows[0][0]))
    finally:
        await connection.close_once()
