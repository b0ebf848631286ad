"""`run` and `demo`: start the event loop, end it cleanly on Ctrl-C or SIGTERM, say what went wrong in plain words."""

import asyncio
import signal
import sys
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any

from bot.cli.reading import read_settings
from bot.cli.refusals import in_words
from bot.hardening import keep_memory_private
from bot.logging_setup import set_up
from bot.sealing import KeyFileBroken, KeyFileMissing
from bot.settings import Settings
from bot.texts import cli as words
from storage.errors import StorageError

FAILED = 1
KNOWN = (StorageError, KeyFileMissing, KeyFileBroken, OSError)


def run_bot(env: Path) -> int:
    settings = read_settings(env)
    set_up(settings.log_level)
    keep_memory_private()
    return run_loop(_serve(settings))


def run_demo(port: int) -> int:
    from bot.demo.running import serve_demo

    set_up("WARNING")
    return run_loop(serve_demo(port, partial(print, flush=True), stop_on_signals))


def run_gallery(target: Path) -> int:
    from bot.demo.gallery import make_gallery
    from bot.texts import gallery as gallery_words

    set_up("ERROR")

    async def work() -> None:
        print(gallery_words.WAIT, flush=True)
        roles, screens = await make_gallery(target)
        print(gallery_words.made(roles, screens, str(target)))

    return run_loop(work())


def run_loop(work: Coroutine[Any, Any, None]) -> int:
    """The exit code. What a person can put right is one line, not a traceback."""
    try:
        with asyncio.Runner(loop_factory=loop_factory()) as runner:
            runner.run(work)
    except KNOWN as error:
        print(in_words(error), file=sys.stderr)
        return FAILED
    except ExceptionGroup as group:  # one of the program's loops ended it
        known, other = group.split(KNOWN)
        if other is not None or known is None:
            raise
        print(in_words(_first(known)), file=sys.stderr)
        return FAILED
    return 0


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    """What makes the event loop the bot runs on: uvloop's, where there is one."""
    try:
        import uvloop
    except ImportError:  # not made for Windows
        return asyncio.new_event_loop
    return uvloop.new_event_loop


def stop_on_signals(stop: Callable[[], None]) -> None:
    """SIGINT and SIGTERM end the work in order; a second one ends it at once."""
    loop = asyncio.get_running_loop()

    def stop_once(number: signal.Signals) -> None:
        loop.remove_signal_handler(number)
        stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop_once, number)


async def _serve(settings: Settings) -> None:
    from bot.app import App

    async with App.start(settings) as app:
        stop_on_signals(app.stop)
        invitation = await app.services.enrolment.first_coordinator(1, app.clock())
        if invitation is not None:
            print(words.first_coordinator(invitation.code, invitation.expires_at, settings.zone), flush=True)
        await app.run()
    print(words.STOPPED, file=sys.stderr)


def _first(group: ExceptionGroup[Exception]) -> Exception:
    first = group.exceptions[0]
    return _first(first) if isinstance(first, ExceptionGroup) else first
