"""A day's outage is over: twenty thousand updates wait. How long until every one of them is on the disk?"""

import argparse
import asyncio
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.sandbox import Sandbox
from tests.faults.findings import connect
from tests.faults.nursery import Nursery, fork_server

PEOPLE = 200
LONGEST_SECONDS = 10.0  # the promise; a command may fail by it, a unit test may not
PATIENCE_SECONDS = 120


async def durable_seconds(count: int, folder: Path) -> tuple[float, int, int]:
    """(seconds from the first question until all are stored, how many are, how many the messenger may forget).

    The bot is a process of its own; it handles beside, as it would in earnest.
    """
    async with (
        fork_server() as server,
        Sandbox.start() as sandbox,
        Nursery.open(server, sandbox, folder) as nursery,
    ):
        people = [sandbox.world.add_person(f"P{number}", started=True) for number in range(PEOPLE)]
        for number in range(count):
            sandbox.deeds.sends(people[number % PEOPLE], f"{number}")
        await nursery.start()
        await nursery.polls()
        began = time.monotonic()
        await sandbox.world.changes.until(lambda: _handed_over(sandbox) == count, PATIENCE_SECONDS)
        while (stored := _stored(nursery)) < count and time.monotonic() < began + PATIENCE_SECONDS:
            await sandbox.world.changes.next(0.05)
        seconds = time.monotonic() - began
        confirmed = sum(update.fate == "confirmed" for update in sandbox.world.updates.ledger)
    return seconds, stored, confirmed


def _handed_over(sandbox: Sandbox) -> int:
    ledger = sandbox.world.updates.ledger
    return len(ledger) if ledger[-1].deliveries else 0


def _stored(nursery: Nursery) -> int:
    with closing(connect(nursery.data)) as connection:
        return int(connection.execute("SELECT COUNT(*) FROM inbox").fetchone()[0])


def main(arguments: argparse.Namespace) -> int:
    with TemporaryDirectory(prefix="vpr-backlog-") as folder:
        seconds, stored, _ = asyncio.run(durable_seconds(20_000, Path(folder)))
    print(f"FIGURE backlog_20000_s {seconds:.1f} s")
    return 0 if stored == 20_000 and seconds <= LONGEST_SECONDS else 1
