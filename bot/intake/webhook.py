"""Updates by webhook: secret checked, stored, and only then answered with 200."""

import asyncio
import hmac
import json
import logging
import secrets
import time
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.botapi import BotApi, BotApiError, BotApiUnsure, backoff
from bot.intake.health import Health
from bot.intake.receiving import ALLOWED_UPDATES, Receiver, number_of
from bot.texts import running as words
from storage.sqlite import TRANSIENT

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
LARGEST_BODY = 1 << 20
CONNECTIONS = 40
LOOK_SECONDS = 60.0
# The messenger counts the endpoint as down only after this; a proxy in front may need a moment.
TROUBLE_SECONDS = 120


class Webhook:
    """Listens, registers itself with the messenger and looks every minute whether it still is; in place of `Poller`.

    On leaving the webhook stays set: the messenger keeps trying until the next start. A poller removes it by itself.
    """

    def __init__(
        self,
        api: BotApi,
        receiver: Receiver,
        health: Health,
        *,
        url: str,
        secret: str | None,
        port: int,
        host: str = "127.0.0.1",
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        """`url` is what the messenger calls, a proxy with a certificate before `host:port`. No secret: a fresh random one."""
        self._api = api
        self._receiver = receiver
        self._health = health
        self._url = url
        self._secret = secret or secrets.token_urlsafe(32)
        self._host, self._port = host, port
        self._look_seconds = look_seconds
        self.address = ""
        self.ready = asyncio.Event()

    async def run(self) -> None:
        """Until cancelled. Raises OSError when the port is taken."""
        runner = web.AppRunner(self.application(), access_log=None, shutdown_timeout=5)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._port).start()
            self.address = "http://{}:{}".format(*runner.addresses[0][:2])
            await self._register()
            self.ready.set()
            while True:
                await asyncio.sleep(self._look_seconds)
                await self._look()
        finally:
            await runner.cleanup()

    def application(self) -> web.Application:
        app = web.Application(client_max_size=LARGEST_BODY)
        app.router.add_post(urlsplit(self._url).path or "/", self._receive)
        return app

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), self._secret.encode()):
            return web.Response(status=403)
        try:
            update: Any = json.loads(await request.read())
        except (ValueError, RecursionError):
            update = None
        if not isinstance(update, dict) or number_of(update) is None:
            log.error("the webhook got something that is no update")
            return web.Response(status=400)
        try:
            await self._receiver.receive([update])
        except TRANSIENT as error:
            log.error("an update could not be stored: %s", error)
            self._health.storage_failed(error)
            return web.Response(status=500)  # the messenger comes again
        except Exception as error:
            # the class only: the text of an exception may quote an update
            log.error("an update could not be received: %s", type(error).__name__)
            return web.Response(status=500)
        self._health.polled(time.monotonic())
        return web.Response()

    async def _register(self) -> None:
        attempt = 0
        while True:
            try:
                await self._api.call(
                    "setWebhook",
                    {
                        "url": self._url,
                        "secret_token": self._secret,
                        "allowed_updates": ALLOWED_UPDATES,
                        "drop_pending_updates": False,
                        "max_connections": CONNECTIONS,
                    },
                )
            except (BotApiError, BotApiUnsure) as error:
                self._health.failed(error)
                await backoff(attempt)
                attempt += 1
            else:
                self._health.polled(time.monotonic())
                return

    async def _look(self) -> None:
        """The messenger's own view is the heartbeat: silence is normal when nobody writes."""
        try:
            info = await self._api.call("getWebhookInfo")
        except (BotApiError, BotApiUnsure) as error:
            self._health.failed(error)
            return
        if not isinstance(info, dict) or info.get("url") != self._url:
            log.error(words.WEBHOOK_CHANGED)
            await self._register()
            return
        waiting = int(info.get("pending_update_count") or 0)
        failing = time.time() - float(info.get("last_error_date") or 0) < TROUBLE_SECONDS
        if waiting and failing:
            log.warning("the messenger cannot deliver %d updates: %s", waiting, info.get("last_error_message", ""))
            return
        self._health.polled(time.monotonic())
