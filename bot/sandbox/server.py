"""The sandbox as one object: world, Bot API, control API and page behind one loopback port."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from aiohttp import web

from bot.sandbox.chats import BotAccount
from bot.sandbox.clock import Clock
from bot.sandbox.control import Control
from bot.sandbox.deeds import Deeds
from bot.sandbox.dispatch import BotApi
from bot.sandbox.downloads import Downloads
from bot.sandbox.faults import Faults
from bot.sandbox.group_life import GroupLife
from bot.sandbox.journal import Journal
from bot.sandbox.limits import Pace
from bot.sandbox.webhook import Courier
from bot.sandbox.world import World

PAGE = Path(__file__).parent / "page"
TOKEN = "4242000042:AAF-sandbox-0123456789abcdefghijklm"  # noqa: S105 - works on the loopback only


class Sandbox:
    """A local Telegram with one bot. Make it with `async with Sandbox.start() as sandbox`."""

    def __init__(
        self, *, clock: Clock | None = None, token: str = TOKEN, strict_pace: bool = False, bot_name: str = "VPR"
    ) -> None:
        bot = BotAccount(int(token.partition(":")[0]), "vpr_sandbox_bot", bot_name)
        self.world = World(bot, clock)
        self.journal = Journal()
        self.pace = Pace(self.world.clock, strict=strict_pace)
        self.courier = Courier(self.world.updates, self.world.clock, self.world.faults)
        self.api = BotApi(self.world, token, self.journal, self.pace, self.courier)
        self.deeds = Deeds(self.world)
        self.group_life = GroupLife(self.world)
        self.busy_probes: list[Callable[[], bool]] = []
        self.root = ""

    @property
    def token(self) -> str:
        return self.api.token

    @property
    def faults(self) -> Faults:
        return self.world.faults

    def revoke_token(self) -> str:
        """The old token answers 401 from now on; returns the new one."""
        number, _, secret = self.api.token.partition(":")
        self.api.token = f"{number}:{secret[1:]}{secret[0]}"
        return self.api.token

    @classmethod
    @contextlib.asynccontextmanager
    async def start(
        cls,
        port: int = 0,
        *,
        clock: Clock | None = None,
        token: str = TOKEN,
        strict_pace: bool = False,
        bot_name: str = "VPR",
    ) -> AsyncIterator[Sandbox]:
        """Serve on 127.0.0.1; port 0 takes a free one. `root` is the base address for the Bot API."""
        sandbox = cls(clock=clock, token=token, strict_pace=strict_pace, bot_name=bot_name)
        runner = web.AppRunner(sandbox.application(), access_log=None, handler_cancellation=True, shutdown_timeout=0.2)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        sandbox.root = f"http://127.0.0.1:{runner.addresses[0][1]}"
        loop = asyncio.create_task(sandbox.courier.run())  # noqa: TID251 - the sandbox's only supervised loop
        try:
            yield sandbox
        finally:
            loop.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await loop
            await runner.cleanup()

    def application(self) -> web.Application:
        app = web.Application(client_max_size=64 << 20)
        app.on_response_prepare.append(_ask_again)
        downloads = Downloads(self.api)
        app.router.add_route("*", "/bot{token}/{method}", self.api.handle)
        app.router.add_get("/file/bot{token}/{path:.+}", downloads.handle)
        app.add_routes(Control(self).routes())
        app.router.add_get("/", _index)
        if PAGE.is_dir():
            app.router.add_static("/page/", PAGE)
        return app

    async def quiet(self, settle: float = 0.15, timeout: float = 30.0) -> None:
        """Return when nothing has happened for `settle` seconds: no pending updates, no calls in flight but the long
        poll, no probe of `busy_probes` says busy. Raises TimeoutError with what is still going on."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if self._working():
                await self.world.changes.next(min(settle, max(0.0, deadline - time.monotonic())))
            elif not await self.world.changes.next(settle) and not self._working():
                return
        raise TimeoutError(f"not quiet: {len(self.world.updates)} updates pending, {self.journal.in_flight} calls")

    def _working(self) -> bool:
        in_flight = self.journal.in_flight - (1 if self.world.updates.polled else 0)
        return in_flight > 0 or len(self.world.updates) > 0 or any(probe() for probe in self.busy_probes)


async def _index(request: web.Request) -> web.StreamResponse:
    return web.FileResponse(PAGE / "index.html")


async def _ask_again(request: web.Request, response: web.StreamResponse) -> None:
    """After an update the browser must not mix files of two versions of the page."""
    if request.path == "/" or request.path.startswith("/page/"):
        response.headers["Cache-Control"] = "no-cache"
