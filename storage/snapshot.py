"""One moment of a database for a process that only reads."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from storage.database import Reader
from storage.sqlite import open_reader


@asynccontextmanager
async def open_snapshot(path: Path) -> AsyncIterator[Reader]:
    """All reads inside see the moment of the first of them; nothing can be written."""
    connection = await open_reader(path)
    try:
        reader = Reader(connection)
        await reader.fetch_all("BEGIN")
        yield reader
    finally:
        await connection.close()
