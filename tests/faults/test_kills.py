"""kill -9 at random moments, then quiet; I1 to I7 of the reliability design, on the core without the chat framework.

`VPR_KILLS=2000 pytest tests/faults` is the nightly amount. A failure prints its seed.
"""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from storage.database import Database
from storage.migrating import migrate
from tests.faults.core import TABLE

KILLS = int(os.environ.get("VPR_KILLS", "40"))
PEOPLE = max(6, KILLS // 4)  # a chat gets one message a second


class Nursery:
    """Starts one child after the other; a child is dead before the next begins."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._child: int | None = None

    async def line(self) -> str:
        assert self._process.stdout is not None
        said = await asyncio.wait_for(self._process.stdout.readline(), 60)
        assert said, "the nursery is gone"
        return said.decode().strip()

    async def bear(self) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write(b"go\n")
        await self._process.stdin.drain()
        self._child = int(await self.line())
        return self._child

    async def kill(self, child: int) -> None:
        self._child = None
        os.kill(child, signal.SIGKILL)
        assert await self.line() == f"dead {int(signal.SIGKILL)}", "the child died of something else"

    async def close(self) -> None:
        """Also after a failure in the middle."""
        if self._child is not None:
            os.kill(self._child, signal.SIGKILL)
        assert self._process.stdin is not None
        self._process.stdin.close()
        await asyncio.wait_for(self._process.wait(), 20)


@asynccontextmanager
async def nursery(sandbox: Sandbox, path: Path) -> AsyncIterator[Nursery]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.faults.core", sandbox.root, sandbox.token, str(path),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    cradle = Nursery(process)
    try:
        yield cradle
    finally:
        await cradle.close()


async def everything_settled(path: Path) -> None:
    """No update is open and no message on its way."""
    database = await Database.open(path, readers=1)
    try:
        async with asyncio.timeout(90):
            while True:
                async with database.read() as reader:
                    left = await reader.fetch_value(
                        "SELECT (SELECT COUNT(*) FROM inbox WHERE state = 'new')"
                        " + (SELECT COUNT(*) FROM outbox WHERE state IN ('pending', 'claimed'))"
                    )
                if left == 0:
                    return
                await asyncio.sleep(0.1)
    finally:
        await database.close()


@pytest.mark.timeout(max(300, KILLS * 2))
@pytest.mark.parametrize("trouble", ["none", "network"])
async def test_nothing_is_lost_doubled_or_reordered(tmp_path, trouble):
    seed = random.SystemRandom().randrange(10**6)
    chance = random.Random(seed)
    path = tmp_path / "bot.db"
    await migrate(path)
    database = await Database.open(path, readers=1)
    async with database.transaction() as tx:
        await tx.execute(TABLE)
    await database.close()

    async with Sandbox.start() as sandbox, nursery(sandbox, path) as cradle:
        people = [sandbox.world.add_person(f"{number}", started=True) for number in range(PEOPLE)]
        if trouble == "network":
            sandbox.faults.plan(seed, {"reset:before": 0.1, "reset:after": 0.08, "html:after": 0.05}, ["sendMessage"])
            sandbox.faults.plan(seed, {"reset:before": 0.05, "reset:after": 0.05}, ["getUpdates"])
        said: Counter[int] = Counter()
        for _ in range(KILLS):
            child = await cradle.bear()
            for _ in range(chance.randrange(1, 8)):
                person = chance.choice(people)
                sandbox.deeds.sends(person, f"{said[person.id]}")
                said[person.id] += 1
                await asyncio.sleep(chance.random() * 0.03)
            await asyncio.sleep(chance.random() * 0.12)
            await cradle.kill(child)
        sandbox.faults.clear()
        child = await cradle.bear()
        await sandbox.quiet(timeout=60)
        await everything_settled(path)
        await cradle.kill(child)
        seen = {
            person.id: Counter(
                message["text"].split("\n")[0]
                for message in sandbox.world.chats[person.id].messages.values()
                if message["from"]["is_bot"]
            )
            for person in people
        }
        confirmed = [update.id for update in sandbox.world.updates.ledger if update.fate == "confirmed"]

    told = f"seed {seed}"
    database = await Database.open(path, readers=1)
    async with database.read() as reader:
        stored_ids = {row[0] for row in await reader.fetch_all("SELECT update_id FROM inbox")}
        states = {row[0]: row[1] for row in await reader.fetch_all("SELECT state, COUNT(*) FROM inbox GROUP BY state")}
        words = await reader.fetch_all(
            "SELECT person, number, place, COUNT(*) FROM word GROUP BY person, number, place"
        )
        outcomes = {row[0]: row for row in await reader.fetch_all("SELECT dedupe_key, state, uncertain FROM outbox")}
        integrity = await reader.fetch_value("PRAGMA integrity_check")
    await database.close()
    total = sum(said.values())
    assert integrity == "ok", told
    assert len(confirmed) == total, told
    assert set(confirmed) <= stored_ids, f"I1, {told}"
    assert states == {"done": total}, told
    assert {(row[0], row[1]) for row in words} == {
        (person, number) for person, count in said.items() for number in range(count)
    }, f"I2, {told}"
    assert {row[3] for row in words} == {2}, f"I2 torn, {told}"
    for person in said:
        numbers = [row[1] for row in sorted((row for row in words if row[0] == person), key=lambda row: row[2])]
        assert numbers == sorted(numbers), f"I7, {told}"
    assert len(outcomes) == total, f"I4, {told}"
    for person, count in said.items():
        for number in range(count):
            _, state, uncertain = outcomes[f"receipt:{person}:{number}"]
            copies = seen[person][f"Принято {number}"]
            assert state in ("sent", "uncertain"), f"I4, {told}"
            assert copies <= min(2, 1 + uncertain), f"I5, {told}"
            if state == "sent":
                assert copies >= 1, f"I5, {told}"
