"""A power cut keeps every acknowledged commit; with synchronous=NORMAL it would not, and the test would see it."""

import os

from storage.sqlite import WRITER_PRAGMAS
from tests.faults.power import cuts

CUTS = int(os.environ.get("POWER_CUTS", "120"))


def test_a_power_cut_takes_nothing_that_was_acknowledged():
    acked, lost, broken = cuts(CUTS, 7, int(WRITER_PRAGMAS["synchronous"]))
    assert acked > 3 * CUTS
    assert (lost, broken) == (0, 0)


def test_with_normal_the_same_cuts_lose():
    _, lost, _ = cuts(40, 7, 1)
    assert lost > 0
