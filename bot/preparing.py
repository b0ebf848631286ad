"""Before a database is opened: is it whole, is a copy due, is its schema the newest."""

from datetime import datetime, timedelta
from pathlib import Path

from bot.settings import Settings
from storage import backup
from storage.migrating import FOLDER, migrate
from storage.vault import MIGRATIONS as VAULT_FOLDER

NIGHT_HOUR = 2
OFTEN = timedelta(minutes=15)
OFTEN_UP_TO = 64 << 20  # bytes: a copy of a second or two


def backup_folder(settings: Settings) -> Path:
    return settings.data_dir / "backups"


def databases(settings: Settings) -> list[tuple[Path, Path]]:
    """Every file that is kept and copied, each with the folder of its migrations: the main one and the hotline's vault."""
    main = settings.database_path
    return [(main, FOLDER), (main.with_name("vault.db"), VAULT_FOLDER)]


async def prepare(settings: Settings, now: datetime) -> None:
    """Check, copy before a migration, migrate. Idempotent. Raises what storage raises; then nothing was changed."""
    for path, folder in databases(settings):
        await backup.check(path)
        await backup.before_migration(path, backup_folder(settings), now, folder)
        await migrate(path, folder)


async def keep_copies(settings: Settings, now: datetime) -> bool:
    """Once a local day after two in the morning, also when the bot was down at that hour; a file that is copied in a
    moment every quarter of an hour besides. `prune` keeps the last hour and one a day. False when nothing was due."""
    made = False
    for path, _ in databases(settings):
        newest = next((backup.made_at(copy) for copy in backup.copies(path, backup_folder(settings))), None)
        if _is_due(path, newest, now.astimezone(settings.zone)):
            await backup.make(path, backup_folder(settings), now)
            made = True
    return made


def _is_due(path: Path, newest: datetime | None, local: datetime) -> bool:
    nightly = newest is None or newest.astimezone(local.tzinfo).date() < local.date()
    if nightly and local.hour >= NIGHT_HOUR:
        return True
    small = path.exists() and path.stat().st_size <= OFTEN_UP_TO
    return small and (newest is None or local - newest >= OFTEN)
