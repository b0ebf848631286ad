"""Before a database is opened: is it whole, is a copy due, is its schema the newest."""

from datetime import datetime
from pathlib import Path

from bot.settings import Settings
from storage import backup
from storage.migrating import FOLDER, migrate
from storage.vault import MIGRATIONS as VAULT_FOLDER

NIGHT_HOUR = 2


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


async def nightly_backup(settings: Settings, now: datetime) -> bool:
    """Once a local day after two in the morning, also when the bot was down at that hour; False when it was done."""
    local = now.astimezone(settings.zone)
    if local.hour < NIGHT_HOUR:
        return False
    made = False
    for path, _ in databases(settings):
        newest = next((backup.made_at(copy) for copy in backup.copies(path, backup_folder(settings))), None)
        if newest is None or newest.astimezone(settings.zone).date() < local.date():
            await backup.make(path, backup_folder(settings), now)
            made = True
    return made
