"""A sandbox for each test and a raw client that knows nothing but HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Sandbox
from bot.sandbox.chats import Person


@dataclass
class RawApi:
    sandbox: Sandbox
    session: aiohttp.ClientSession

    @property
    def address(self) -> str:
        return f"{self.sandbox.root}/bot{self.sandbox.token}"

    async def answer(self, method: str, **arguments: Any) -> dict[str, Any]:
        """The whole JSON answer."""
        async with self.session.post(f"{self.address}/{method}", json=arguments) as response:
            content: dict[str, Any] = await response.json()
            assert response.status == (200 if content["ok"] else content["error_code"])
            return content

    async def result(self, method: str, **arguments: Any) -> Any:
        content = await self.answer(method, **arguments)
        assert content["ok"], content
        return content["result"]

    async def refusal(self, method: str, **arguments: Any) -> str:
        """The description of an error; AssertionError when the call succeeds."""
        content = await self.answer(method, **arguments)
        assert not content["ok"], content
        return str(content["description"])


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox.start() as sandbox:
        yield sandbox


@pytest.fixture
async def api(sandbox: Sandbox) -> AsyncIterator[RawApi]:
    async with aiohttp.ClientSession() as session:
        yield RawApi(sandbox, session)


@pytest.fixture
def anna(sandbox: Sandbox) -> Person:
    """Somebody who has already written to the bot, with no update left over."""
    return sandbox.world.add_person("Анна", username="anna", started=True)
