"""What a command could not do, in one line that says what to do."""

from bot.sealing import KeyFileBroken, KeyFileMissing
from bot.texts import cli as words
from bot.texts.running import ANOTHER_INSTANCE
from storage.errors import AnotherInstanceRuns, CopyUnusable, DatabaseDamaged, DatabaseTooNew

_LINES: dict[type[Exception], str] = {
    AnotherInstanceRuns: ANOTHER_INSTANCE,
    CopyUnusable: words.COPY_UNUSABLE,
    DatabaseDamaged: words.DATABASE_DAMAGED,
    DatabaseTooNew: words.DATABASE_TOO_NEW,
    KeyFileBroken: words.KEY_BROKEN,
    KeyFileMissing: words.KEY_MISSING,
}


def in_words(error: Exception) -> str:
    """For errors of storage, of the key file and of the operating system."""
    if type(error) in _LINES:
        return _LINES[type(error)]
    if isinstance(error, OSError):
        return words.system_trouble(error.strerror or type(error).__name__, str(error.filename or ""))
    return words.database_trouble(str(error))
