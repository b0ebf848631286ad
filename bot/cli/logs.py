"""The log: one line an event on stderr, no secret in it even when a library quotes a URL."""

import logging
import re
import sys

TOKEN_ANYWHERE = re.compile(r"\d{5,20}(?::|%3A)[A-Za-z0-9_-]{20,}")
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# These speak about every call at INFO.
CHATTY = ("aiogram", "aiosqlite", "apscheduler", "asyncio", "PIL")


class WithoutTokens(logging.Formatter):
    """Anything that looks like a bot token becomes `…`, in messages and tracebacks alike."""

    def format(self, record: logging.LogRecord) -> str:
        return TOKEN_ANYWHERE.sub("…", super().format(record))


def set_up_log(level: str) -> None:
    """Once, before anything starts."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WithoutTokens(FORMAT))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    if level != "DEBUG":
        for name in CHATTY:
            logging.getLogger(name).setLevel(logging.WARNING)
