"""Services for a command that works beside a running bot: no polling, no sending, no lease."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from bot.building import open_services
from bot.preparing import prepare
from bot.sealing import Keys
from bot.services.all import Services
from bot.settings import Settings
from storage.database import Database


def utc_now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[tuple[Database, Services]]:
    """The database at its newest schema, with a copy made before it is migrated.

    Raises `StorageError`, `KeyFileMissing`, `KeyFileBroken`.
    """
    fresh = not settings.database_path.exists()
    await prepare(settings, utc_now())
    database = await Database.open(settings.database_path)
    try:
        keys = Keys.load(settings.key_path, make=fresh)
        async with open_services(settings, database, keys, utc_now) as services:
            yield database, services
    finally:
        await database.close()
