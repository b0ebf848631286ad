"""A parent that has imported everything and forks bots: a death and a new start cost milliseconds instead of seconds.

One JSON object a line on stdin starts a bot; on stdout `{"pid": …}` when it runs and `{"ended": <wait status>}` when it is dead.
One bot at a time. The parent never runs an event loop and has no thread, so the children are whole.
"""

import asyncio
import gc
import importlib
import json
import os
import resource
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Coroutine
from typing import Any

from aiogram.types import Update

import handlers.features
from bot.app import App
from bot.cli.running import loop_factory, stop_on_signals
from bot.settings import Settings
from tests.faults.boundaries import watch

ADDED_FOR_SPEED = ("openpyxl", "PIL.Image", "uvloop")


def main(become: Callable[[dict[str, Any]], None]) -> None:
    """Fork until stdin ends; `become` is the child's life and never returns."""
    for name in ADDED_FOR_SPEED:
        importlib.import_module(name)
    warm()
    gc.collect()
    gc.freeze()
    assert threading.active_count() == 1, "a thread would not survive the fork"
    say(ready=True)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            become(json.loads(line))
        say(pid=pid)
        say(ended=os.waitpid(pid, 0)[1])


def warm() -> None:
    """The framework builds its models when they are first used: once here, not in every child."""
    user = {"id": 1, "is_bot": False, "first_name": "A"}
    chat = {"id": 1, "type": "private", "first_name": "A"}
    size = {"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": user, "text": "a"}
    member = {"status": "member", "user": user}
    for content in (
        {"message": {**message, "photo": [size], "reply_to_message": message}},
        {"message": {**message, "document": {"file_id": "a", "file_unique_id": "a"}}},
        {"edited_message": message},
        {"callback_query": {"id": "1", "from": user, "chat_instance": "1", "data": "a", "message": message}},
        {
            "my_chat_member": {
                "chat": chat,
                "from": user,
                "date": 1,
                "old_chat_member": member,
                "new_chat_member": member,
            }
        },
    ):
        Update.model_validate({"update_id": 1, **content})


def say(**what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def our_bot(order: dict[str, Any]) -> None:
    """The child. `settings`: of the bot; `crossed`: a file of point names; `point`, `nth`: where to die, if anywhere."""
    if order.get("fsize"):  # a disk that is full: no file may grow beyond
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["fsize"], resource.RLIM_INFINITY))
    trap = Trap(order["crossed"], order.get("point"), order.get("nth", 1))
    watch(trap.reach)
    live(order, lambda: serve(Settings(_env_file=None, **order["settings"]), order))


def live(order: dict[str, Any], work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run it as this process, with its own streams, and end the process."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), 2)
        os.dup2(nothing, 0)
        os.dup2(nothing, 1)
        os.environ["TMPDIR"] = order["temporary"]
        with asyncio.Runner(loop_factory=loop_factory()) as runner:  # the loop that is shipped
            runner.run(work())
        code = 0
    except BaseException as error:
        traceback.print_exception(error)
    finally:
        sys.stderr.flush()
        os._exit(code)


async def serve(settings: Settings, order: dict[str, Any]) -> None:
    async with App.start(settings, poll_seconds=order.get("poll_seconds", 25)) as app:
        stop_on_signals(app.stop)
        await app.run()


class Trap:
    """Notes every point once, and dies at the chosen one."""

    def __init__(self, crossed: str, point: str | None, nth: int) -> None:
        self._crossed = os.open(crossed, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._seen: set[str] = set()
        self._point = point
        self._left = nth

    def reach(self, name: str) -> None:
        if name not in self._seen:
            self._seen.add(name)
            os.write(self._crossed, f"{name}\n".encode())
        if name == self._point:
            self._left -= 1
            if self._left == 0:
                os.write(self._crossed, f"!{name}\n".encode())
                os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    handlers.features.all_features()
    main(our_bot)
