"""A line between the bot and the local Telegram that can be cut: while it is down, connections are refused."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from bot.sandbox import Sandbox


class Relay:
    """Bytes pass as they are. `cut` ends what is open and refuses what is new; `mend` listens at the same port again."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._host, self._port = urlsplit(sandbox.root).hostname, urlsplit(sandbox.root).port
        self._listening: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._own_port = 0

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self._own_port}"

    async def mend(self) -> None:
        self._listening = await asyncio.start_server(self._serve, "127.0.0.1", self._own_port)
        self._own_port = self._listening.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        if self._listening is not None:
            self._listening.close()
        while self._open:
            for writer in [*self._open]:
                writer.transport.abort()
            await asyncio.sleep(0)
        if self._listening is not None:
            await self._listening.wait_closed()
            self._listening = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, back = await asyncio.open_connection(self._host, self._port)
        except OSError:
            writer.transport.abort()
            return
        self._open |= {writer, back}
        await asyncio.gather(self._pass_on(reader, back), self._pass_on(there, writer))

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while piece := await reader.read(65536):
                writer.write(piece)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.transport.abort()
            self._open.discard(writer)


@asynccontextmanager
async def relay_to(sandbox: Sandbox) -> AsyncIterator[Relay]:
    relay = Relay(sandbox)
    await relay.mend()
    try:
        yield relay
    finally:
        await relay.cut()
