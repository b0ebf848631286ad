"""Forgetting in time: handled updates, delivered messages and old wrong codes do not stay for ever."""

import logging
from datetime import datetime, timedelta

from bot.domain.screen import Screen
from bot.services.staff import Staff
from bot.texts import staff as words
from storage import claims, inbox, invites, outbox
from storage.database import Database

HANDLED = timedelta(hours=72)  # Telegram repeats nothing after 24 hours
SET_ASIDE = timedelta(days=7)  # for the administrator to look at; it may hold what a parent wrote to the hotline
DELIVERED = timedelta(days=60)  # longer than anything is promised twice
WRONG_CODES = timedelta(days=1)
CLOCKS_DIFFER = timedelta(minutes=1)
LONGEST_RETRY = timedelta(minutes=6)  # between two tries to send the same message

log = logging.getLogger(__name__)


class Housekeeping:
    def __init__(self, database: Database, staff: Staff) -> None:
        self._database = database
        self._staff = staff
        self._tidied: datetime | None = None

    async def tidy(self, now: datetime) -> int:
        """At most once an hour; returns how many rows went."""
        if self._tidied is not None and now - self._tidied < timedelta(hours=1):
            return 0
        self._tidied = now
        async with self._database.transaction() as tx:
            gone = await inbox.purge(tx, now - HANDLED)
            gone += await inbox.purge_set_aside(tx, now - SET_ASIDE)
            gone += await outbox.purge(tx, now - DELIVERED)
            return gone + await invites.forget_wrong_codes(tx, now - WRONG_CODES)

    async def mind_the_clock(self, now: datetime) -> int:
        """When the clock was set back, nothing urgent waits for it to catch up; returns how many messages would have."""
        async with self._database.read() as reader:
            if await outbox.last_promised_at(reader) <= now + CLOCKS_DIFFER:
                return 0
        async with self._database.transaction() as tx:
            count = await claims.hurry(tx, now, now + CLOCKS_DIFFER, LONGEST_RETRY)
        if count:
            log.warning("the clock was set back; %d messages no longer wait for it", count)
        return count

    async def disk_is_short(self, free: int, full: bool, now: datetime) -> None:
        """`free` in bytes. Said once a week while there is little room, once a day while photos wait."""
        cause, said = (f"{now:%Y%m%d}", words.disk_full(free)) if full else (f"{now:%G-%V}", words.disk_low(free))
        async with self._database.transaction() as tx:
            await self._staff.tell(tx, now, f"disk:{cause}", Screen(said))

    async def updates_missing(self, count: int, now: datetime) -> None:
        """Numbers of updates that never came: what people sent then may be lost outside our reach."""
        async with self._database.transaction() as tx:
            number = await tx.next_numbers("gap")
            await self._staff.tell(tx, now, f"gap:{number}", Screen(words.updates_missing(count)))
