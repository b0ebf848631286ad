"""What is known about the link to the messenger, for `/health`, the log and the coordinator."""

import logging
import time

from bot.botapi import BotApiError, BotApiUnsure
from bot.texts import running as words

log = logging.getLogger(__name__)

UNHEALTHY_AFTER_SECONDS = 120


class Health:
    """Heartbeat: the last successful getUpdates, an empty answer included."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.last_poll: float | None = None
        self.problem = ""
        self.storage_problem = ""

    def polled(self, at: float) -> None:
        if self.problem or self.storage_problem:
            log.warning(words.LINK_RESTORED)
        self.last_poll = at
        self.problem = ""
        self.storage_problem = ""

    def failed(self, error: BotApiError | BotApiUnsure) -> None:
        problem = words.link_problem(getattr(error, "code", None))
        if problem != self.problem:
            log.warning("%s (%s)", problem, error)
        self.problem = problem

    def storage_failed(self, error: Exception) -> None:
        self.storage_problem = words.STORAGE_PROBLEM

    def ok(self) -> bool:
        since = self.last_poll if self.last_poll is not None else self.started
        return not self.storage_problem and time.monotonic() - since < UNHEALTHY_AFTER_SECONDS
