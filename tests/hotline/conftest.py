"""A running bot with a hotline, a school, and people of every kind."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from tests.hotline.town import Town, town_at


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with Sandbox.start() as sandbox, town_at(sandbox, tmp_path) as running:
        yield running
