"""A small database of its own, apart from the product's schema."""

from pathlib import Path

import pytest

from storage.database import Database
from storage.migrating import migrate
from storage.sqlite import open_writer


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """An empty file with one table of pairs: the two rows of a pair belong together."""
    target = tmp_path / "small.db"
    connection = await open_writer(target)
    await connection.run("CREATE TABLE half (pair INTEGER NOT NULL, side INTEGER NOT NULL, PRIMARY KEY (pair, side))")
    await connection.run("CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL)")
    await connection.close()
    return target


@pytest.fixture
async def database(path: Path):
    opened = await Database.open(path)
    yield opened
    await opened.close()


@pytest.fixture
async def product(tmp_path: Path):
    """A database with the product's own schema."""
    target = tmp_path / "bot.db"
    await migrate(target)
    opened = await Database.open(target)
    yield opened
    await opened.close()
