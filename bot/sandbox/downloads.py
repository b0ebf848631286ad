"""Download of files that getFile gave a link to: /file/bot{token}/{path}."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.sandbox.dispatch import BotApi, abort


class Downloads:
    def __init__(self, api: BotApi) -> None:
        self._api = api

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self._api.token:
            return _refusal(401, "Unauthorized")
        world = self._api.world
        path = request.match_info["path"]
        call = self._api.journal.open("download", {"path": path}, world.clock.seconds())
        fault = world.faults.pick("download", None) if world.faults.rules else None
        try:
            if fault is not None:
                call.fault = fault.effect
                match fault.effect:
                    case "slow":
                        await asyncio.sleep(fault.delay)
                    case "reset":
                        return abort(request)
                    case "hang":
                        await asyncio.Event().wait()
                    case "html" | "garbage" | "empty":
                        return web.Response(text="<html>502 Bad Gateway</html>", status=502, content_type="text/html")
                    case "cut":
                        pass
                    case code:
                        return _refusal(int(code), fault.description or "Internal Server Error")
            file = world.files.download(path)
            if file is None:
                return _refusal(404, "Not Found")
            content = world.files.content(file)
            if fault is not None and fault.effect == "cut":
                return await _cut_short(request, content)
            call.executed = True
            return web.Response(body=content, content_type=file.mime)
        finally:
            self._api.journal.close(call, "ok" if call.executed else "error", 200 if call.executed else 0)
            world.changes.stir()


async def _cut_short(request: web.Request, content: bytes) -> web.StreamResponse:
    """Half of the body, then the connection breaks."""
    response = web.StreamResponse(headers={"Content-Length": str(len(content))})
    await response.prepare(request)
    await response.write(content[: len(content) // 2])
    await asyncio.sleep(0)
    if request.transport is not None:
        request.transport.close()
    return response


def _refusal(code: int, description: str) -> web.Response:
    return web.json_response({"ok": False, "error_code": code, "description": description}, status=code)
