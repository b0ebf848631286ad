"""A step that must not be lost for a database that is busy, full or gone for a while."""

import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.botapi import backoff
from storage.sqlite import TRANSIENT

log = logging.getLogger(__name__)

T = TypeVar("T")


async def persistently(step: Callable[[], Awaitable[T]]) -> T:
    """Until the database can: an outcome that is known must not be lost for a full disk."""
    attempt = 0
    while True:
        try:
            return await step()
        except TRANSIENT as error:
            log.warning("an outcome waits for the database: %s", error)
            await backoff(attempt, most=5)
            attempt += 1
