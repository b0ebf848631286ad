"""The power goes at any moment: what was acknowledged is there, and whole (reliability C4, T8).

`VPR_CUTS=2000 pytest tests/faults/test_power_cuts.py` is the nightly amount. A failure prints its seed.
"""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from storage.sqlite import WRITER_PRAGMAS
from tests.faults.power import cuts, record

CUTS = int(os.environ.get("VPR_CUTS", "250"))
COMMITS = 120
UNITS_A_COMMIT = 3


def group_commits(connection: apsw.Connection, acknowledge: Callable[[int], None]) -> None:
    """What `storage.database` says to SQLite: several units, each under its savepoint, one COMMIT."""
    connection.execute("PRAGMA wal_autocheckpoint = 25")
    connection.execute("CREATE TABLE half (number INTEGER, side INTEGER, filling TEXT, PRIMARY KEY (number, side))")
    number = 0
    for _ in range(COMMITS):
        connection.execute("BEGIN IMMEDIATE")
        for unit in range(UNITS_A_COMMIT):
            savepoint = "odd" if unit % 2 else "even"
            connection.execute(f"SAVEPOINT {savepoint}")
            number += 1
            for side in (1, 2):
                connection.execute("INSERT INTO half VALUES (?, ?, ?)", (number, side, "x" * 200))
            connection.execute(f"RELEASE {savepoint}")
        connection.execute("COMMIT")
        acknowledge(number)


def lost_in_cuts(tmp_path: Path, synchronous: int, seed: int) -> tuple[int, int, list[str]]:
    """(acknowledged units looked for, of these lost, what was broken)."""
    chance = random.Random(seed)
    log = record(tmp_path / "cut.db", WRITER_PRAGMAS | {"synchronous": synchronous}, group_commits)
    looked_for = lost = 0
    broken = []
    for disk, acknowledged, place in cuts(log, CUTS, chance):
        folder = tmp_path / f"after-{place}"
        folder.mkdir()
        disk.after_a_cut(folder, chance)
        try:
            with closing(sqlite3.connect(folder / "cut.db")) as connection:
                sides = dict(connection.execute("SELECT number, COUNT(*) FROM half GROUP BY number"))
                if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok" or set(sides.values()) - {2}:
                    broken.append(f"damaged at {place}")
        except sqlite3.DatabaseError as error:
            sides = {}
            if acknowledged or "no such table" not in str(error):
                broken.append(f"{error} at {place}")
        looked_for += acknowledged
        lost += len(set(range(1, acknowledged + 1)) - sides.keys())
        shutil.rmtree(folder)
    return looked_for, lost, broken


def test_nothing_acknowledged_is_lost_in_a_power_cut(tmp_path):
    seed = random.SystemRandom().randrange(10**6)
    looked_for, lost, broken = lost_in_cuts(tmp_path, int(WRITER_PRAGMAS["synchronous"]), seed)
    assert (lost, broken) == (0, []), f"seed {seed}: {lost} of {looked_for} lost"
    assert looked_for > 1000


@pytest.mark.parametrize("synchronous", [1])
def test_the_disk_does_lose_what_was_not_synced(tmp_path, synchronous):
    """Positive control: with NORMAL the same cuts lose acknowledged commits. If they do not, this disk proves nothing."""
    looked_for, lost, _ = lost_in_cuts(tmp_path, synchronous, seed=1)
    assert lost > looked_for * 0.005
