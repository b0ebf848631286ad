"""News of the world as server-sent events for the page of phones."""

from __future__ import annotations

import asyncio
import json

from aiohttp import web

from bot.sandbox.changes import Event
from bot.sandbox.world import World

HEARTBEAT_SECONDS = 15.0


class EventStream:
    """One JSON object an event; a comment now and then keeps the connection alive."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def handle(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"})
        await response.prepare(request)
        events: asyncio.Queue[Event] = asyncio.Queue()
        stop = self._world.changes.listen(events.put_nowait)
        try:
            await response.write(b": hello\n\n")
            while True:
                await response.write((await _next_line(events)).encode())
        except ConnectionError:
            return response
        finally:
            stop()


async def _next_line(events: asyncio.Queue[Event]) -> str:
    try:
        async with asyncio.timeout(HEARTBEAT_SECONDS):
            event = await events.get()
    except TimeoutError:
        return ": still here\n\n"
    return f"data: {json.dumps(event, ensure_ascii=False)}\n\n"
