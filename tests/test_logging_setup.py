"""No token in any log, however it got there, and nothing that a person wrote."""

import io
import logging
from collections.abc import Iterator

import aiohttp
import pytest
from aiogram import Router
from aiogram.types import Message

from bot.botapi import BotApi, BotApiError
from bot.logging_setup import Scrub, redact, set_up
from bot.sandbox import Sandbox
from handlers.dispatching import create_handle


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the root handler writes; the former set-up comes back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    set_up("DEBUG", stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(False)


async def test_a_download_that_is_not_found_shows_no_token(written):
    async with Sandbox.start() as sandbox:
        secret = sandbox.token.split(":")[1]
        api = BotApi(sandbox.root, sandbox.token)
        try:
            with pytest.raises(BotApiError) as refusal:
                await anext(api.download("photos/nothing.jpg", limit=1000))
            logging.getLogger("bot").error("download failed: %s", refusal.value, exc_info=refusal.value)
        finally:
            await api.close()
        url = f"{sandbox.root}/file/bot{sandbox.token}/photos/nothing.jpg"
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            with pytest.raises(aiohttp.ClientResponseError) as raised:
                response.raise_for_status()
    error = raised.value
    assert secret in str(error), "aiohttp shows the URL; if it no longer does, this test proves nothing"
    logging.getLogger("bot").error("raw", exc_info=error)
    logging.getLogger("bot").error("raw %s", error)
    logging.getLogger("bot").error("raw %r", error)
    text = written.getvalue()
    assert "raw" in text
    assert "404" in text
    assert secret not in text
    assert sandbox.token.replace(":", "%3A") not in text
    assert "/bot<token>/photos/nothing.jpg" in text


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("token 123456789:AAF-sandbox_0123456789abcdefghijklm!", "token <token>!"),
        ("https://api.telegram.org/bot123456789:AAF/getMe", "https://api.telegram.org/bot<token>/getMe"),
        ("https://x/file/bot123456789%3AAAF-sandbox_0123456789abcdefghijklm/a.jpg", "https://x/file/bot<token>/a.jpg"),
        ("отчёт 7315 сохранён в 09:14", "отчёт 7315 сохранён в 09:14"),
    ],
)
def test_redaction(dirty, clean):
    assert redact(dirty) == clean


def test_a_handler_with_another_formatter_is_safe_as_well(written):
    other = io.StringIO()
    handler = logging.StreamHandler(other)
    handler.addFilter(Scrub())
    logger = logging.getLogger("bot.other")
    logger.addHandler(handler)
    try:
        raise ValueError("4242000042:AAF-sandbox-0123456789abcdefghijklm")
    except ValueError:
        logger.exception("with %s", "4242000042:AAF-sandbox-0123456789abcdefghijklm")
    logger.removeHandler(handler)
    assert "AAF-sandbox" not in other.getvalue()
    assert other.getvalue().count("<token>") == 3


def test_access_logs_and_statements_are_quiet(written):
    logging.getLogger("aiohttp.access").error("GET /webhook")
    logging.getLogger("aiosqlite").debug("INSERT INTO person VALUES ('Иванова')")
    logging.getLogger("aiogram.event").info("Update id=1 is handled")
    assert written.getvalue() == ""


def test_lines_are_in_utc_with_milliseconds(written):
    logging.getLogger("bot.x").info("слово")
    assert written.getvalue().endswith("Z INFO    bot.x: слово\n")
    set_up("WARNING", written)
    logging.getLogger("bot.x").info("тише")
    assert "тише" not in written.getvalue()


class Failing:
    """A conversation whose every answer goes wrong, with an error that quotes what was written."""

    def create_router(self) -> Router:
        router = Router()
        router.message.register(self.fail)
        return router

    async def fail(self, message: Message) -> None:
        raise ValueError(message.text)


async def test_the_framework_does_not_log_what_the_error_of_a_handler_quotes(written):
    handle = create_handle(Failing(), "4242000042:AAF-sandbox-0123456789abcdefghijklm")  # type: ignore[arg-type]
    chat = {"id": 7, "type": "private"}
    person = {"id": 7, "is_bot": False, "first_name": "Зоя"}
    message = {"message_id": 1, "date": 0, "chat": chat, "from": person, "text": "Канарейкина из 6Б боится"}
    with pytest.raises(ValueError, match="Канарейкина"):
        await handle({"update_id": 1, "message": message})
    assert "Канарейкина" not in written.getvalue()
