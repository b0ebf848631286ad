"""A disk that is full, a database that is locked or broken: nothing is confirmed that is not stored, and it goes on after."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from bot.sandbox import Sandbox
from tests.city import City
from tests.faults.crash import Run, act, come_to_rest
from tests.faults.findings import connect
from tests.faults.invariants import check
from tests.faults.nursery import ROOT, Nursery, fork_server
from tests.faults.one_report import CODES, one_report
from tests.faults.town import found


def stored(data: Path) -> set[int]:
    with closing(connect(data)) as connection:
        return {row[0] for row in connection.execute("SELECT update_id FROM inbox")}


@pytest.mark.timeout(240)
async def test_a_full_disk_confirms_nothing_and_loses_nothing(sandbox: Sandbox, tmp_path: Path):
    random = Random(11)
    async with fork_server() as server, Nursery.open(server, sandbox, tmp_path) as nursery:
        town = await found(sandbox, nursery.data, random, observers=4, reports_each=8)
        room = (nursery.data / "bot.db").stat().st_size + 200_000
        await nursery.start(fsize=room, poll_seconds=2)
        await nursery.polls()
        ledger = sandbox.world.updates.ledger
        async with asyncio.timeout(150):
            while "updates could not be stored" not in nursery.log.read_text("utf-8"):  # told to whoever runs the bot
                if len(sandbox.world.updates) < 60:
                    act(town, random, 5)
                await sandbox.world.changes.next(0.05)
        on_disk = stored(nursery.data)
        assert [update.id for update in ledger if update.fate == "confirmed" and update.id not in on_disk] == []
        nursery.kill()
        await nursery.ended()
        result = Run(11)
        await come_to_rest(nursery, result)  # room was made
        findings = await check(town, nursery.data, nursery.temporary)
    assert result.findings.faults + findings.faults == []


@pytest.mark.parametrize("seconds", [0.3, 7.0])
async def test_a_locked_database_only_delays(city: City, sandbox: Sandbox, seconds: float):
    report = await one_report(city)
    with closing(sqlite3.connect(city.running.app.database.path, isolation_level=None)) as foreign:
        foreign.execute("BEGIN IMMEDIATE")
        for code in CODES:
            await report.presses(f"a:{report.number}:{code}:yes")
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            await sandbox.world.changes.next(0.1)
        on_disk = {row[0] for row in foreign.execute("SELECT update_id FROM inbox")}
        confirmed = {update.id for update in sandbox.world.updates.ledger if update.fate == "confirmed"}
        assert confirmed <= on_disk
        foreign.execute("COMMIT")
    await report.handled(60)
    assert set((await report.stored()).answers) == set(CODES)
    assert await report.count("SELECT COUNT(*) FROM inbox WHERE state <> 'done' OR tries > 0") == 0


def test_a_damaged_database_is_refused_with_the_way_back(tmp_path: Path):
    environment = {
        "PATH": os.environ["PATH"],
        "BOT_TOKEN": "4242000042:AAF-sandbox-0123456789abcdefghijklm",
        "BOT_API_ROOT": "http://127.0.0.1:9",
        "MUNICIPALITY": "Город Н.",
        "TIMEZONE": "Europe/Moscow",
        "DATA_DIR": str(tmp_path),
    }
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "master.key").write_text("ab" * 32)
    (tmp_path / "keys" / "master.key").chmod(0o400)
    (tmp_path / "bot.db").write_bytes(b"SQLite format 3\x00" + os.urandom(20_000))
    before = (tmp_path / "bot.db").read_bytes()
    done = subprocess.run(
        [sys.executable, "-m", "bot", "run"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert "bot restore" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "bot.db").read_bytes() == before, "it is left as it is"
