"""What `doctor` looks at. Every check returns a `Finding` and raises nothing; nothing is written or created."""

import asyncio
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.botapi import BotApi, BotApiError, BotApiUnsure
from bot.preparing import backup_folder
from bot.settings import Settings
from bot.texts import doctor as words
from bot.texts.time import day_and_clock
from storage import backup
from storage.errors import DatabaseDamaged, StorageError
from storage.inspecting import Inspection, inspect

PATIENCE_SECONDS = 10.0
CLOCK_TOLERANCE_SECONDS = 60
ENOUGH_BYTES = 1 << 30
COPY_TOO_OLD = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Finding:
    """`remedy` is what to do, line by line; only for what is not ok."""

    title: str
    ok: bool
    said: str
    remedy: tuple[str, ...] = ()


async def look_at(settings: Settings, clock: Callable[[], datetime]) -> list[Finding]:
    """All findings, in the order in which they are read."""
    link, inspection = await asyncio.gather(_link(settings, clock), _inspection(settings, clock))
    return [
        *link,
        _zone(settings, clock()),
        _database(settings, inspection),
        _disk(settings),
        await asyncio.to_thread(_font),
        _backups(settings, clock(), inspection),
        _schedule(inspection),
    ]


# -- the link ----------------------------------------------------------------------------------------------------------


async def _link(settings: Settings, clock: Callable[[], datetime]) -> list[Finding]:
    api = BotApi(settings.bot_api_root, settings.bot_token.get_secret_value(), proxy=settings.bot_proxy_url)
    started = time.monotonic()
    try:
        server_time = await api.server_time(timeout=PATIENCE_SECONDS)
        seconds = time.monotonic() - started
        now = clock()
    except BotApiUnsure as error:
        said = words.not_reached(time.monotonic() - started, error.what)
        return [
            Finding(words.TOKEN, False, words.NOT_TRIED, words.NOT_TRIED_REMEDY),
            Finding(words.REACH, False, said, words.REACH_REMEDY),
            Finding(words.CLOCK, False, words.CLOCK_NOT_TRIED, words.NOT_TRIED_REMEDY),
        ]
    else:
        reach = Finding(words.REACH, True, words.reached(settings.bot_api_root, seconds))
        return [await _token(api), reach, _clock(server_time, now)]
    finally:
        await api.close()


async def _token(api: BotApi) -> Finding:
    try:
        me = await api.call("getMe", timeout=PATIENCE_SECONDS)
        return Finding(words.TOKEN, True, words.bot_name(str(me.get("username"))))
    except BotApiError as error:
        refused = words.REFUSED if error.code in (401, 404) else words.telegram_said(error.code)
        return Finding(words.TOKEN, False, refused, words.TOKEN_REMEDY)
    except BotApiUnsure as error:
        return Finding(words.TOKEN, False, words.not_reached(PATIENCE_SECONDS, error.what), words.REACH_REMEDY)


def _clock(server_time: datetime | None, now: datetime) -> Finding:
    if server_time is None:
        return Finding(words.CLOCK, False, words.CLOCK_NOT_TRIED, words.NOT_TRIED_REMEDY)
    ahead = (now - server_time).total_seconds()
    if abs(ahead) > CLOCK_TOLERANCE_SECONDS:
        return Finding(words.CLOCK, False, words.clock_wrong(ahead), words.CLOCK_REMEDY)
    return Finding(words.CLOCK, True, words.CLOCK_RIGHT)


def _zone(settings: Settings, now: datetime) -> Finding:
    return Finding(words.ZONE, True, words.zone(settings.timezone, f"{now.astimezone(settings.zone):%H:%M}"))


# -- the database and its disk -----------------------------------------------------------------------------------------


async def _inspection(settings: Settings, clock: Callable[[], datetime]) -> Inspection | StorageError | None:
    """None when there is no database yet."""
    if not settings.database_path.exists():
        return None
    try:
        return await inspect(settings.database_path, clock().astimezone(settings.zone).date())
    except StorageError as error:
        return error


def _database(settings: Settings, found: Inspection | StorageError | None) -> Finding:
    path = str(settings.database_path)
    folder = _nearest_folder(settings.database_path.parent)
    if not os.access(folder, os.W_OK | os.X_OK):
        return Finding(words.DATABASE, False, words.folder_closed(str(folder)), words.folder_remedy(str(folder)))
    if found is None:
        return Finding(words.DATABASE, True, words.database_to_be(path))
    if isinstance(found, DatabaseDamaged) or (isinstance(found, Inspection) and found.damage):
        return Finding(words.DATABASE, False, words.DATABASE_DAMAGED, words.DATABASE_DAMAGED_REMEDY)
    if isinstance(found, StorageError):
        return Finding(words.DATABASE, False, words.DATABASE_UNREADABLE, words.folder_remedy(str(folder)))
    if found.too_new:
        return Finding(words.DATABASE, False, words.DATABASE_TOO_NEW, words.DATABASE_TOO_NEW_REMEDY)
    if found.version < found.newest:
        return Finding(words.DATABASE, True, words.database_older(path))
    return Finding(words.DATABASE, True, words.database(path, settings.database_path.stat().st_size))


def _disk(settings: Settings) -> Finding:
    folder = _nearest_folder(settings.data_dir)
    free = shutil.disk_usage(folder).free
    ok = free >= ENOUGH_BYTES
    return Finding(words.DISK, ok, words.free(free), () if ok else words.disk_remedy(str(folder)))


def _font() -> Finding:
    from bot.pictures.canvas import missing_signs

    try:
        missing = missing_signs(words.FONT_SAMPLE)
    except OSError:
        return Finding(words.FONT, False, words.FONT_MISSING, words.FONT_REMEDY)
    if missing:
        return Finding(words.FONT, False, words.font_lacks(missing), words.FONT_REMEDY)
    return Finding(words.FONT, True, words.FONT_RIGHT)


def _backups(settings: Settings, now: datetime, found: Inspection | StorageError | None) -> Finding:
    """A database that was never copied, or not for two days, is in danger; one that is not there yet is not."""
    copies = backup.copies(settings.database_path, backup_folder(settings))
    newest = backup.made_at(copies[0]) if copies else None
    if newest is None:
        return Finding(words.BACKUPS, found is None, words.NO_BACKUPS, () if found is None else words.BACKUP_REMEDY)
    when = day_and_clock(newest, settings.zone)
    if now - newest > COPY_TOO_OLD:
        return Finding(words.BACKUPS, False, words.backup_old(when), words.BACKUP_REMEDY)
    return Finding(words.BACKUPS, True, words.backups(len(copies), when))


def _schedule(found: Inspection | StorageError | None) -> Finding:
    if isinstance(found, Inspection) and found.sittings_ahead:
        return Finding(words.SCHEDULE, True, words.schedule(found.sittings_ahead, found.schools))
    return Finding(words.SCHEDULE, False, words.SCHEDULE_EMPTY, words.SCHEDULE_REMEDY)


def _nearest_folder(path: Path) -> Path:
    """The folder itself, or where it will be made."""
    path = path.absolute()
    while not path.is_dir():
        path = path.parent
    return path


def now() -> datetime:
    return datetime.now(UTC)
