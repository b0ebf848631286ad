"""The harness against a bot that is known to lose: if it does not find that, it would not find anything."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bot.sandbox import Sandbox
from tests.faults.lossy_bot import STORED
from tests.faults.nursery import Nursery, fork_server

WINDOWS = (0.15, 0.5, 1.5)  # seconds a bot lives at most; on a busy machine nobody is killed at work in the first
PEOPLE = 4
REST_SECONDS = 15.0


async def control(kills: int, seed: int) -> tuple[int, int]:
    """(answers given, answers lost): confirmed to the messenger and stored nowhere. Longer lives until something is lost."""
    given = lost = 0
    for window in WINDOWS:
        more, lost = await _lives(kills, seed, window)
        given += more
        if lost:
            break
    return given, lost


async def _lives(kills: int, seed: int, window: float) -> tuple[int, int]:
    random = Random(seed)
    with TemporaryDirectory(prefix="vpr-control-") as folder:
        async with (
            fork_server("tests.faults.lossy_bot") as server,
            Sandbox.start() as sandbox,
            Nursery.open(server, sandbox, Path(folder)) as nursery,
        ):
            people = [sandbox.world.add_person(f"P{number}", started=True) for number in range(PEOPLE)]
            cards = {
                person.id: sandbox.world.post(sandbox.world.chats[person.id], sandbox.world.bot.user(), {"text": "."})
                for person in people
            }
            given: dict[int, str] = {}

            def tap() -> None:
                person = random.choice(people)
                data = f"{len(given)}"
                sandbox.deeds.taps(person, cards[person.id]["message_id"], data)
                given[sandbox.world.updates.ledger[-1].id] = data

            for _ in range(kills):
                for _ in range(random.randint(1, 8)):
                    tap()
                await nursery.start()
                await nursery.polls()
                await asyncio.sleep(random.uniform(0, window))
                nursery.kill()
                await nursery.ended()
            await nursery.start()
            await sandbox.quiet(1.0, REST_SECONDS)
            nursery.kill()
            await nursery.ended()
            confirmed = {update.id for update in sandbox.world.updates.ledger if update.fate == "confirmed"}
            with closing(sqlite3.connect(nursery.data / STORED)) as connection:
                stored = {row[0] for row in connection.execute("SELECT data FROM answer")}
    return len(given), sum(data not in stored for number, data in given.items() if number in confirmed)
