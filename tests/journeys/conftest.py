"""A bot at work in a small city, for every journey its own, on the morning of a work whatever the hour of the test."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import Sandbox
from tests.city import City
from tests.clock import RunningClock
from tests.journeys.briefing_day import Day, day_of
from tests.running import bot_at

CityAt = Callable[..., AbstractAsyncContextManager[City]]


@pytest.fixture
def clock() -> RunningClock:
    return RunningClock()


@pytest.fixture
def city_with(tmp_path: Path, clock: RunningClock) -> CityAt:
    """`async with city_with(report_mode="fast") as city`: the same city with other settings."""

    @asynccontextmanager
    async def start(**settings: Any) -> AsyncIterator[City]:
        async with Sandbox.start() as sandbox, bot_at(sandbox, tmp_path, clock=clock, **settings) as running:
            yield City(running)

    return start


@pytest.fixture
async def city(city_with: CityAt) -> AsyncIterator[City]:
    async with city_with() as started:
        yield started


@pytest.fixture
def day(city: City) -> Day:
    return day_of(city)
