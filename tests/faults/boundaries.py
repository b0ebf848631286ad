"""Every boundary the bot crosses, by name: each transaction, commit, call of the messenger, file and process.

Put into a running bot from outside (the product knows nothing of it), so a new transaction or a new call is a new point by
itself. `reach` is told the name at each crossing, from whichever thread; it may never return.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from pathlib import Path
from types import FrameType
from typing import Any

from bot.botapi import BotApi
from bot.delivery.delivering import Delivery
from bot.intake.lanes import Handle, Lanes, OnQuarantine
from storage.database import Database
from storage.sqlite import Connection

Reach = Callable[[str], None]

# Which promise a message is sent for: put into the call, so that the journal of the messenger tells copies apart.
MARK = "x_promise"
_promise: ContextVar[str] = ContextVar("promise", default="")


def watch(reach: Reach) -> None:
    """For the rest of this process."""
    _watch_units(reach)
    _watch_commits(reach)
    _watch_calls(reach)
    _watch_handling(reach)
    _watch_files(reach)


def _watch_units(reach: Reach) -> None:
    original = Database.transaction

    def transaction(self: Database) -> Any:
        return _unit(original(self), _place(sys._getframe(1)), reach)

    Database.transaction = transaction  # type: ignore[method-assign]


@asynccontextmanager
async def _unit(unit: Any, place: str, reach: Reach) -> AsyncIterator[Any]:
    reach(f"{place}: transaction begins")
    async with unit as tx:
        yield tx
        reach(f"{place}: transaction written")
    reach(f"{place}: transaction committed")


def _watch_commits(reach: Reach) -> None:
    original = Connection.submit

    def submit(self: Connection, function: Callable[[Any], Any]) -> Any:
        if not function.__qualname__.startswith("Database._commit"):
            return original(self, function)

        def commit(connection: Any) -> Any:
            reach("COMMIT: begins")
            result = function(connection)
            reach("COMMIT: done")
            return result

        return original(self, commit)

    Connection.submit = submit  # type: ignore[method-assign]


def _watch_calls(reach: Reach) -> None:
    call, download, deliver = BotApi.call, BotApi.download, Delivery.deliver

    async def watched_call(self: BotApi, method: str, params: Any = None, **how: Any) -> Any:
        if (key := _promise.get()) and method.startswith(("send", "edit")):
            params = {**(params or {}), MARK: key}
        reach(f"{method}: called")
        result = await call(self, method, params, **how)
        reach(f"{method}: answered")
        return result

    async def watched_download(self: BotApi, file_path: str, **how: Any) -> AsyncIterator[bytes]:
        reach("download: begins")
        async for chunk in download(self, file_path, **how):
            reach("download: chunk")
            yield chunk
        reach("download: done")

    async def watched_deliver(self: Delivery, due: Any) -> float:
        _promise.set(due.dedupe_key)
        reach("deliver: begins")
        seconds = await deliver(self, due)
        reach("deliver: done")
        return seconds

    BotApi.call = watched_call  # type: ignore[method-assign]
    BotApi.download = watched_download  # type: ignore[method-assign]
    Delivery.deliver = watched_deliver  # type: ignore[method-assign]


def _watch_handling(reach: Reach) -> None:
    run, add = Lanes.run, Lanes.add

    async def watched_run(self: Lanes, handle: Handle, on_quarantine: OnQuarantine) -> None:
        async def watched_handle(raw: dict[str, Any]) -> None:
            reach("handling: begins")
            await handle(raw)
            reach("handling: done")

        await run(self, watched_handle, on_quarantine)

    def watched_add(self: Lanes, updates: Any) -> None:
        reach("lanes: handed on")
        add(self, updates)

    Lanes.run = watched_run  # type: ignore[method-assign]
    Lanes.add = watched_add  # type: ignore[method-assign]


def _watch_files(reach: Reach) -> None:
    fsync, replace, spawn = os.fsync, Path.replace, asyncio.create_subprocess_exec

    def watched_fsync(file: Any) -> None:
        place = _place(sys._getframe(1))
        reach(f"{place}: fsync begins")
        fsync(file)
        reach(f"{place}: fsync done")

    def watched_replace(self: Path, target: Any) -> Path:
        place = _place(sys._getframe(1))
        reach(f"{place}: replace begins")
        result = replace(self, target)
        reach(f"{place}: replace done")
        return result

    async def watched_spawn(*arguments: Any, **how: Any) -> Any:
        place = _place(sys._getframe(1))
        process = await spawn(*arguments, **how)
        reach(f"{place}: process started")
        return process

    os.fsync = watched_fsync
    Path.replace = watched_replace  # type: ignore[method-assign,assignment]
    asyncio.create_subprocess_exec = watched_spawn  # type: ignore[assignment]


def _place(frame: FrameType | None) -> str:
    """`reporting.Reporting._change`: who crosses it."""
    assert frame is not None
    name = frame.f_code.co_qualname.replace(".<locals>", "")
    return f"{frame.f_globals['__name__'].rpartition('.')[2]}.{name}"
