"""One call from its HTTP request to its answer: token, faults, pace, method, journal."""

from __future__ import annotations

import asyncio
import inspect
import json
from typing import Any

from aiohttp import web

from bot.sandbox.arguments import Arguments, read_arguments
from bot.sandbox.errors import Refused
from bot.sandbox.faults import Fault
from bot.sandbox.journal import Call, Journal
from bot.sandbox.limits import Pace
from bot.sandbox.methods import METHODS
from bot.sandbox.methods.context import Context
from bot.sandbox.updates import Update
from bot.sandbox.webhook import Courier
from bot.sandbox.world import World

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_ESCAPED = "backslashreplace"  # half a surrogate pair becomes its own JSON escape
_BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n"
    "<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n"
)
_DESCRIPTIONS = {
    "400": "Bad Request: chat not found",
    "401": "Unauthorized",
    "403": "Forbidden: bot was blocked by the user",
    "500": "Internal Server Error: restart",
    "502": "Bad Gateway",
}


class BotApi:
    """`token` may be changed while running: the old one answers 401 from then on."""

    def __init__(self, world: World, token: str, journal: Journal, pace: Pace, courier: Courier) -> None:
        self.world, self.token, self.journal, self.pace, self.courier = world, token, journal, pace, courier
        courier.reply = self._reply_by_webhook

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """The route /bot{token}/{method}."""
        if request.match_info["token"] != self.token:
            return _wrong_token(request.match_info["token"])
        method = request.match_info["method"].lower()
        try:
            arguments = await read_arguments(request)
        except Refused as refused:
            return _json(refused.payload(), refused.code)
        return await self._serve(request, method, arguments)

    async def _serve(self, request: web.Request, method: str, arguments: Arguments) -> web.StreamResponse:
        world = self.world
        call = self.journal.open(request.match_info["method"], arguments.summary(), world.clock.seconds())
        fault = world.faults.pick(method, arguments.chat_id()) if world.faults.rules else None
        if fault is not None:
            call.fault = f"{fault.effect}:{fault.when}"
        try:
            if fault is not None and fault.effect == "slow":
                await asyncio.sleep(fault.delay)
            elif fault is not None and fault.when == "before":
                return await self._misbehave(request, call, fault)
            status, payload = await self._carry_out(call, method, arguments)
            if fault is not None and fault.effect != "slow":
                return await self._misbehave(request, call, fault)
            self._close(call, "ok" if status == 200 else "error", status)
            return web.Response(body=payload, status=status, content_type="application/json")
        finally:
            if call.outcome == "open":
                self._close(call, "gone")

    async def _carry_out(self, call: Call, method: str, arguments: Arguments) -> tuple[int, bytes]:
        context = Context(self.world, arguments, self.courier)
        try:
            handler = METHODS.get(method)
            if handler is None:
                raise Refused(404, "Not Found: method not found")
            self.pace.check(method, arguments.chat_id(), _weight(method, arguments))
            result = handler(context)
            if inspect.isawaitable(result):
                result = await result
        except Refused as refused:
            call.description = refused.description
            return refused.code, _dumped(refused.payload())
        call.executed = True
        call.message_ids = context.message_ids
        return 200, _answer(result)

    async def _misbehave(self, request: web.Request, call: Call, fault: Fault) -> web.StreamResponse:
        match fault.effect:
            case "html":
                self._close(call, "html", 502)
                return web.Response(text=_BAD_GATEWAY, status=502, content_type="text/html")
            case "garbage":
                self._close(call, "garbage", 200)
                return web.Response(text='{"ok":true,"result":{"message_id":', content_type="application/json")
            case "empty":
                self._close(call, "empty", 200)
                return web.Response(text='{"ok":true,"result":{}}', content_type="application/json")
            case "reset" | "cut":
                self._close(call, "reset")
                return abort(request)
            case "hang":
                self._close(call, "hang")
                await asyncio.Event().wait()
        code = int(fault.effect)
        if code == 429:
            refused = Refused(429, f"Too Many Requests: retry after {fault.retry_after}", retry_after=fault.retry_after)
        else:
            refused = Refused(code, fault.description or _DESCRIPTIONS[fault.effect])
        call.description = refused.description
        self._close(call, "error", code)
        return _json(refused.payload(), code)

    def _close(self, call: Call, outcome: str, status: int = 0) -> None:
        self.journal.close(call, outcome, status, call.description)
        self.world.changes.stir()

    def _reply_by_webhook(self, answer: dict[str, Any]) -> None:
        method = str(answer.pop("method")).lower()
        if method not in METHODS or method.startswith("get") or method in ("setwebhook", "deletewebhook", "close"):
            return
        arguments = Arguments(answer)
        call = self.journal.open(method, arguments.summary(), self.world.clock.seconds())
        context = Context(self.world, arguments, self.courier)
        try:
            METHODS[method](context)
            call.executed, call.message_ids = True, context.message_ids
            self._close(call, "ok", 200)
        except Refused as refused:
            call.description = refused.description
            self._close(call, "error", refused.code)


def abort(request: web.Request) -> web.StreamResponse:
    """Break the connection without a byte of answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _weight(method: str, arguments: Arguments) -> int:
    if method != "sendmediagroup":
        return 1
    try:
        media = arguments.structure("media")
    except Refused:
        return 1
    return len(media) if isinstance(media, list) and media else 1


def _answer(result: Any) -> bytes:
    if isinstance(result, list) and result and isinstance(result[0], Update):
        return ('{"ok":true,"result":[' + ",".join(update.body for update in result) + "]}").encode(errors=_ESCAPED)
    return _dumped({"ok": True, "result": result})


def _dumped(payload: dict[str, Any]) -> bytes:
    return _encode(payload).encode(errors=_ESCAPED)


def _json(payload: dict[str, Any], status: int) -> web.Response:
    return web.Response(body=_dumped(payload), status=status, content_type="application/json")


def _wrong_token(token: str) -> web.Response:
    number, _, secret = token.partition(":")
    refused = Refused(401, "Unauthorized") if number.isdigit() and secret else Refused(404, "Not Found")
    return _json(refused.payload(), refused.code)
