"""Bots to kill: started by the fork server, watched, killed; the messenger and the people live in this process."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from bot.sandbox import Sandbox
from tests.faults.noon import ZONE

ROOT = Path(__file__).parents[2]


class Nursery:
    """One bot at a time at one sandbox, with its data in one folder."""

    def __init__(self, server: Process, sandbox: Sandbox, folder: Path) -> None:
        self._server = server
        self._sandbox = sandbox
        self.folder = folder
        self.data = folder / "data"
        self.temporary = folder / "tmp"
        self.crossed = folder / "crossed"
        self.log = folder / "log"
        self.pid = 0
        self.dead = asyncio.Event()
        self.dead.set()
        self._pid_known: asyncio.Future[int] | None = None
        self._status = 0
        self._born_at = 0
        self._reading: asyncio.Task[None] | None = None

    async def start(self, *, point: str | None = None, nth: int = 1, **how: Any) -> None:
        """Fork a bot. With `point` it dies there by itself, at the `nth` crossing."""
        assert self.dead.is_set(), "one bot at a time"
        self.dead.clear()
        self._born_at = self._sandbox.journal.next_number
        # a real start takes seconds; without this the messenger would take the quick one for a loop of the same offset
        self._sandbox.world.updates._last_offset = None
        order = {
            "settings": {
                "bot_token": self._sandbox.token,
                "bot_api_root": self._sandbox.root,
                "municipality": "Town N",
                "timezone": ZONE,
                "data_dir": str(self.data),
                "messages_per_second": 0,
            },
            "log": str(self.log),
            "crossed": str(self.crossed),
            "temporary": str(self.temporary),
            "point": point,
            "nth": nth,
            **how,
        }
        assert self._server.stdin is not None
        self._pid_known = asyncio.get_running_loop().create_future()
        self._server.stdin.write(json.dumps(order).encode() + b"\n")
        self.pid = await self._pid_known

    def kill(self, number: int = signal.SIGKILL) -> None:
        if not self.dead.is_set():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    async def ended(self) -> int:
        """The wait status: 9 after a kill, 0 after an orderly end."""
        await self.dead.wait()
        return self._status

    async def polls(self) -> None:
        """Wait until the bot asks the messenger for the first time, or is dead."""
        while not self.dead.is_set() and self._sandbox.journal.next_number == self._born_at:
            await self._sandbox.world.changes.next(0.02)

    def points(self) -> list[str]:
        """Names of all points crossed so far; those a bot died at begin with «!»."""
        return self.crossed.read_text("utf-8").splitlines() if self.crossed.exists() else []

    async def _read(self) -> None:
        assert self._server.stdout is not None
        async for line in self._server.stdout:
            said = json.loads(line)
            if "pid" in said and self._pid_known is not None:
                self._pid_known.set_result(said["pid"])
            elif "ended" in said:
                self._status = said["ended"]
                self.dead.set()

    @classmethod
    @contextlib.asynccontextmanager
    async def open(cls, server: Process, sandbox: Sandbox, folder: Path) -> AsyncIterator["Nursery"]:
        """The server may be used by one nursery after another."""
        nursery = cls(server, sandbox, folder)
        for path in (nursery.data, nursery.temporary):
            path.mkdir(parents=True, exist_ok=True)
        nursery._reading = asyncio.ensure_future(nursery._read())
        try:
            yield nursery
        finally:
            nursery.kill()
            with contextlib.suppress(TimeoutError):  # a test that ran out of time may have ended the reading as well
                async with asyncio.timeout(10):
                    await nursery.dead.wait()
            nursery._reading.cancel()


@contextlib.asynccontextmanager
async def fork_server(module: str = "tests.faults.fork_server") -> AsyncIterator[Process]:
    """Ready when this is entered."""
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, cwd=ROOT, stdin=PIPE, stdout=PIPE, env={**os.environ, "PYTHONHASHSEED": "0"}
    )
    assert server.stdin is not None
    assert server.stdout is not None
    try:
        ready = await server.stdout.readline()
        assert b"ready" in ready, "the fork server did not start"
        yield server
    finally:
        server.stdin.close()
        try:
            await asyncio.wait_for(server.wait(), 5)
        except TimeoutError:
            server.kill()
            await server.wait()
