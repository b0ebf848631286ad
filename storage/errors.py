"""What storage can refuse, as facts."""


class StorageError(Exception):
    """Something about the database, not about what the caller asked for."""


class DatabaseUnavailable(StorageError):
    """Locked, disk full, I/O error, closed: the same call may succeed later. Nothing of it was stored."""


class UnitLost(DatabaseUnavailable):
    """The shared transaction of this unit could not be committed; nothing of the unit is stored."""


class DatabaseDamaged(StorageError):
    """The file is damaged or no database at all; nothing may be written on top of it."""

    def __init__(self, findings: list[str]) -> None:
        super().__init__("; ".join(findings[:5]))
        self.findings = findings


class DatabaseTooNew(StorageError):
    """The database was written by a newer version of this program."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(f"database schema {found} is newer than this program knows ({known})")
        self.found = found
        self.known = known


class MigrationsBroken(StorageError):
    """The numbered SQL files themselves are wrong: a gap, an unfinished statement, a broken reference."""


class AnotherInstanceRuns(StorageError):
    """Another process works on this database; two would answer everybody twice."""


class CopyUnusable(StorageError):
    """A backup that cannot be restored: damaged, incomplete, or not a database of this program."""
