"""What shared commits are worth: durable units a second, 64 writers at once, against a commit for each unit."""

import argparse
import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import storage.database
from storage import inbox, outbox
from storage.database import Database
from storage.migrating import migrate

WRITERS = 64
ROUNDS = 3
NOW = datetime(2026, 4, 22, 9, 0, tzinfo=UTC)


async def units_per_second(database: Database, first: int, units: int) -> float:
    """Each unit: an update stored and a message promised."""

    async def writer(start: int) -> None:
        for number in range(start, first + units, WRITERS):
            async with database.transaction() as tx:
                await inbox.store(tx, "tg", 1, [inbox.NewUpdate(number, "1", b"x" * 400)], NOW)
                promise = outbox.Promise(f"p:{number}", "person:1", {"screen": {"text": "x" * 200}})
                await outbox.promise(tx, NOW, [promise])

    began = time.perf_counter()
    await asyncio.gather(*(writer(first + number) for number in range(WRITERS)))
    return units / (time.perf_counter() - began)


async def measure(units: int) -> tuple[float, float]:
    """(shared, alone), the best of alternate rounds."""
    shared, alone = [], []
    most, first = storage.database.MAX_UNITS_A_COMMIT, 0
    with TemporaryDirectory(prefix="vpr-commits-") as folder:
        path = Path(folder) / "bot.db"
        await migrate(path)
        database = await Database.open(path)
        try:
            for _ in range(ROUNDS):
                for results, limit in ((shared, most), (alone, 1)):
                    storage.database.MAX_UNITS_A_COMMIT = limit
                    results.append(await units_per_second(database, first, units))
                    first += units
        finally:
            storage.database.MAX_UNITS_A_COMMIT = most
            await database.close()
    return max(shared), max(alone)


def main(arguments: argparse.Namespace) -> int:
    shared, alone = asyncio.run(measure(2000))
    print(f"a commit for each unit: {alone:.0f} units/s")
    print(f"FIGURE group_commit_units_per_s {shared:.0f} 1/s")
    print(f"FIGURE group_commit_ratio {shared / alone:.1f} ×")
    return 0
