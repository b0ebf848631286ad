"""A bot at work in a small city, for every journey its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from tests.city import City
from tests.running import bot_at


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[City]:
    async with Sandbox.start() as sandbox, bot_at(sandbox, tmp_path) as running:
        yield City(running)
