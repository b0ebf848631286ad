"""Logs: one format, UTC, to standard error; the token of the bot can never be in them."""

import logging
import re
import sys
import time
from typing import TextIO

FORMAT = "%(asctime)s.%(msecs)03dZ %(levelname)-7s %(name)s: %(message)s"
DATES = "%Y-%m-%dT%H:%M:%S"

# What libraries write at these levels quotes updates, statements or addresses.
QUIET = {
    "aiohttp.access": logging.CRITICAL,
    "aiohttp.client": logging.WARNING,
    "aiohttp.server": logging.WARNING,
    "aiogram.event": logging.CRITICAL,  # the error of a handler with its message; `bot.intake` says class and place
    "aiosqlite": logging.INFO,
    "apscheduler": logging.WARNING,
    "asyncio": logging.WARNING,
    "PIL": logging.INFO,
}

# One event is one line, whatever is in it; and nothing in it moves a terminal's cursor or breaks the stream.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_IN_ADDRESS = re.compile(r"/bot[^/\s\"'<>]+")
_TOKEN = re.compile(r"\d{5,20}(?::|%3[Aa])[A-Za-z0-9_-]{20,}")


def redact(text: str) -> str:
    """Without tokens: neither as such, nor inside an address of the Bot API, nor percent-encoded."""
    return _TOKEN.sub("<token>", _IN_ADDRESS.sub("/bot<token>", text))


class Redacting(logging.Formatter):
    """Cleans the finished line, so that message, arguments, exception and stack are all covered."""

    converter = staticmethod(time.gmtime)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the library's name
        return super().formatMessage(record).replace("\n", "\\n")

    def format(self, record: logging.LogRecord) -> str:
        line = redact(super().format(record))
        return _CONTROL.sub(lambda found: found.group().encode("unicode_escape").decode("ascii"), line)


class Scrub(logging.Filter):
    """Cleans the record itself, for handlers that somebody adds with a formatter of their own."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        clean = redact(message)
        if clean != message:
            record.msg, record.args = clean, None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redact(record.exc_text)
        return True


def set_up(level: str = "INFO", stream: TextIO | None = None) -> logging.Handler:
    """Once, before anything is logged; replaces what was set up before. Returns the handler."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Redacting(FORMAT, DATES))
    handler.addFilter(Scrub())
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(max(least, root.level))
    logging.getLogger("aiohttp.access").disabled = True
    logging.captureWarnings(True)
    return handler
