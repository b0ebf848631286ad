"""What storage can refuse, as facts."""


class StorageError(Exception):
    """Something about the database, not about what the caller asked for."""


class DatabaseTooNew(StorageError):
    """The database was written by a newer version of this program."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(f"database schema {found} is newer than this program knows ({known})")
        self.found = found
        self.known = known


class DatabaseDamaged(StorageError):
    """SQLite's own check found damage; nothing may be written on top of it."""

    def __init__(self, findings: list[str]) -> None:
        super().__init__("; ".join(findings[:5]))
        self.findings = findings


class UnitLost(StorageError):
    """The shared transaction of this unit could not be committed; nothing of the unit is stored."""
