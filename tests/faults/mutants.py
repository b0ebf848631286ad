"""Is the net tight? Every seeded bug goes into a copy of the code; the quick test named for it has to fail."""

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.seeds import SEEDS, Seed

ROOT = Path(__file__).parents[2]
PARTS = ("bot", "handlers", "storage", "tests")
ENOUGH = 0.9


def copy(to: Path) -> None:
    for part in PARTS:
        shutil.copytree(ROOT / part, to / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", to)


def passes(folder: Path, tests: list[str]) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:xdist", "-p", "no:randomly", *tests]
    environment = {**os.environ, "ONLY_FIND": "1"}
    done = subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300
    )
    return done.returncode == 0


def caught(folder: Path, seed: Seed) -> bool:
    path = folder / seed.path
    sound = path.read_text("utf-8")
    if seed.old not in sound:
        raise LookupError(f"«{seed.name}» no longer fits {seed.path}")
    path.write_text(sound.replace(seed.old, seed.new), "utf-8")
    try:
        return not passes(folder, [seed.test])
    except subprocess.TimeoutExpired:
        return True
    finally:
        path.write_text(sound, "utf-8")


def main(arguments: argparse.Namespace) -> int:
    missed, unfit = [], []
    with TemporaryDirectory(prefix="vpr-mutants-") as top:
        folder = Path(top)
        copy(folder)
        tests = sorted({seed.test for seed in SEEDS})
        if not passes(folder, tests):
            print("the tests fail without any seeded bug")
            return 1
        for seed in SEEDS:
            began = time.monotonic()
            try:
                found = caught(folder, seed)
            except LookupError as error:
                unfit.append(seed.name)
                print(error, flush=True)
                continue
            if not found:
                missed.append(seed.name)
            word = "caught" if found else "MISSED"
            print(f"{word} in {time.monotonic() - began:3.0f} s: {seed.name} ({seed.test})", flush=True)
    count = len(SEEDS) - len(unfit)
    print(f"FIGURE seeded_bugs {count} bugs")
    print(f"FIGURE seeded_caught {count - len(missed)} of them")
    return 1 if unfit or len(missed) > (1 - ENOUGH) * count else 0
