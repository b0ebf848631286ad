"""The short run of every commit: two hundred kills, nothing lost; and the control that must lose."""

import os
from pathlib import Path

import pytest

from tests.faults import crash
from tests.faults.control import control
from tests.faults.findings import Findings
from tests.faults.invariants import check_canary
from tests.faults.parent import COMPLAINT

SEED = int(os.environ.get("CRASH_SEED", "20260422"))
KILLS = int(os.environ.get("CRASH_KILLS", "200"))


@pytest.mark.timeout(600)
async def test_two_hundred_kills_lose_nothing():
    result = await crash.run(KILLS, SEED)
    assert result.kills == KILLS
    assert result.findings.faults == [], f"repeat: {result.repeat}"
    assert result.findings.updates > 4 * KILLS
    assert not (set(crash.WANTED) - result.crossed), "these boundaries have other names now"
    assert len(result.died_at) >= 12, "too few points were hit: the harness waits at the wrong places"


@pytest.mark.timeout(120)
async def test_the_harness_catches_a_bot_that_loses():
    given, lost = await control(40, SEED)
    assert given > 100
    assert lost > 0, "the framework's polling lost nothing: the harness is broken"


def test_the_harness_sees_words_of_a_complaint_in_clear(tmp_path: Path):
    clean, leaky = Findings(), Findings()
    (tmp_path / "bot.db").write_bytes(os.urandom(100_000))
    check_canary(clean, tmp_path)
    (tmp_path / "bot.log").write_text(f"ERROR update 7: «{COMPLAINT}»", "utf-8")
    check_canary(leaky, tmp_path)
    assert (clean.faults, len(leaky.faults)) == ([], 1)
