"""A bot at work in a small city, on a messenger that can be made to misbehave."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from tests.city import City
from tests.running import bot_at


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox.start() as sandbox:
        yield sandbox


@pytest.fixture
async def city(sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[City]:
    async with bot_at(sandbox, tmp_path) as running:
        yield City(running)
