"""The seeded bugs still fit the code, so that `python -m tests.faults mutants` tests what it says."""

import pytest

from tests.faults.mutants import ROOT
from tests.faults.seeds import SEEDS, Seed


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_a_seed_fits(seed: Seed):
    assert seed.old in (ROOT / seed.path).read_text("utf-8")
    assert (ROOT / seed.test).is_file()


def test_there_are_enough():
    assert len({seed.name for seed in SEEDS}) == len(SEEDS) >= 20
