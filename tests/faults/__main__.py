"""`python -m tests.faults [PART]`: the faults that take long, at full length; their figures go into README.md."""

import argparse
import asyncio
import random
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from tests.figures import Figure, figures_in, record

PARTS = ("crash", "power", "backlog", "commits", "soak", "strings", "flood", "mutants")
MEANINGS = {
    "kills": "kill -9 of the running bot, at random moments and at named boundaries",
    "updates": "updates that people sent meanwhile",
    "lost": "of them, or of what was said in them, lost",
    "doubled": "effects that came twice",
    "acked_missing": "reports with a receipt that are not complete",
    "control_lost": "answers that a bot with the framework's own polling lost under the same harness (must be > 0)",
    "bound_per_kill": "upper bound of loss for one kill, 95 %, by the rule of three",
    "max_copies_ordinary": "most copies of one ordinary message",
    "max_copies_critical": "most copies of one critical message",
    "power_cuts": "simulated power cuts with the product's schema and settings",
    "power_lost": "acknowledged commits lost in them",
    "power_control_lost": "the same with synchronous=NORMAL (must be > 0)",
    "backlog_20000_s": "20 000 updates of a day's outage: until all are durable",
    "group_commit_units_per_s": "durable units a second, 64 writers sharing commits",
    "group_commit_ratio": "the same against a commit for each unit, same run",
    "soak_success_percent": "submissions answered, 100 a second for 60 s",
    "hostile_strings": "strings with markup, directions, halves of characters, 5 000 signs, through every mouth of the bot",
    "hostile_broken": "of them with a message refused, an update set aside or a state changed that nobody asked for",
    "flood_p95_ratio": "95th percentile of others' waits beside one person's flood of 1 000 messages, to the same without it",
    "flood_noise_ratio": "how much that 95th percentile differs between two times without a flood",
    "seeded_bugs": "bugs put into a copy of the code, one at a time",
    "seeded_caught": "of them caught by the quick tests named for them",
}


def crash(arguments: argparse.Namespace) -> int:
    from tests.faults import control
    from tests.faults import crash as harness

    given, control_lost = asyncio.run(control.control(40, arguments.seed))
    print(f"control: {control_lost} of {given} answers lost", flush=True)
    print(f"FIGURE control_lost {control_lost} of {given} answers", flush=True)
    result = asyncio.run(harness.run(arguments.kills, arguments.seed, flaky=arguments.flaky, at_once=arguments.at_once))
    for name, value, unit in harness.figures(result):
        print(f"FIGURE {name} {value} {unit}")
    if arguments.points:
        for name in sorted(result.crossed):
            print(f"{result.died_at.get(name, 0):4} died at  {name}")
    print(f"{result.kills} kills in {result.seconds:.0f} s, {len(result.died_at)} different points")
    for fault in result.findings.faults:
        print(fault)
    if result.findings.faults:
        print(f"repeat: python -m tests.faults crash --kills {arguments.kills} --seed {arguments.seed}")
    return 1 if result.findings.faults or not control_lost else 0


def part(name: str) -> Callable[[argparse.Namespace], int]:
    def run(arguments: argparse.Namespace) -> int:
        code: int = import_module(f"tests.faults.{name}").main(arguments)
        return code

    return run


def everything() -> int:
    """Each part in a process of its own; the figures go into README.md."""
    figures: list[Figure] = []
    failed = []
    for name in PARTS:
        print(f"# {name}", flush=True)
        command = [sys.executable, "-m", "tests.faults", name]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for line in process.stdout:  # shown as it comes: some parts take minutes
                print(line, end="", flush=True)
                figures += figures_in(line)
        if process.returncode:
            failed.append(name)
    readme = Path(__file__).parents[2] / "README.md"
    if readme.exists() and "<!-- figures -->" in readme.read_text("utf-8"):
        record(figures, MEANINGS)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("part", nargs="?", choices=PARTS)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--at-once", type=int, default=1, help="towns side by side, for long runs")
    parser.add_argument("--cuts", type=int, default=1000)
    parser.add_argument("--strings", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--flaky", action="store_true", help="28 of 100 calls to the messenger fail as well")
    parser.add_argument("--points", action="store_true", help="show at which points bots died")
    arguments = parser.parse_args()
    if arguments.part is None:
        return everything()
    return crash(arguments) if arguments.part == "crash" else part(arguments.part)(arguments)


if __name__ == "__main__":
    sys.exit(main())
