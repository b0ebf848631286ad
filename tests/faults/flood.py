"""One person sends a thousand messages: how long do the others wait for their taps, beside it and without it?"""

import argparse
import asyncio
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bot.sandbox import Sandbox
from tests.faults.findings import unfinished
from tests.faults.nursery import Nursery, fork_server
from tests.faults.observer import Observer
from tests.faults.one_report import CODES
from tests.faults.town import found

FLOOD = 1000
OTHERS = 8
TAPS = 30
ROUNDS = 3
PAUSE = 0.05  # between an answer and the next tap of one person
PATIENCE_SECONDS = 60
MOST = 1.5  # times what the same minute gives and takes without a flood


async def taps(sandbox: Sandbox, observer: Observer, round_: int) -> list[float]:
    """The waits for the answers, one tap after the other."""
    waits = []
    for number in range(TAPS):
        code, value = CODES[number % len(CODES)], ("yes", "na")[(number // len(CODES) + round_) % 2]
        began = time.perf_counter()
        press = sandbox.deeds.taps(
            observer.phone, observer.card["message_id"], f"a:{observer.reports[0]}:{code}:{value}"
        )
        await sandbox.world.changes.until(lambda press=press: press.answer is not None, PATIENCE_SECONDS)
        assert press.answer is not None, "nobody answered"
        waits.append(time.perf_counter() - began)
        await asyncio.sleep(PAUSE)
    return waits


@dataclass
class Waits:
    """95th percentiles in seconds, one of each list a round; the fewest messages of a flood left when the taps were done."""

    before: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)
    after: list[float] = field(default_factory=list)
    left: int = FLOOD

    def ratio(self) -> float:
        """Beside the flood, to the mean of before and after."""
        return statistics.median(2 * w / (a + b) for w, a, b in zip(self.beside, self.before, self.after, strict=True))

    def noise(self) -> float:
        """How much the two without a flood differ."""
        return statistics.median(max(a, b) / min(a, b) for a, b in zip(self.before, self.after, strict=True))


async def measure(folder: Path) -> Waits:
    waited = Waits()
    async with fork_server() as server, Sandbox.start() as sandbox, Nursery.open(server, sandbox, folder) as nursery:
        town = await found(sandbox, nursery.data, Random(1), observers=OTHERS + 1, reports_each=1, parents=0)
        flooder, *others = town.observers
        await nursery.start()
        await nursery.polls()
        for round_ in range(-1, ROUNDS):
            for results, flooding in ((waited.before, False), (waited.beside, True), (waited.after, False)):
                if flooding:
                    for number in range(FLOOD):
                        sandbox.deeds.sends(flooder.phone, f"{number}")
                waits = [w for each in await asyncio.gather(*(taps(sandbox, o, round_) for o in others)) for w in each]
                if flooding:
                    waited.left = min(waited.left, FLOOD - _answered(sandbox, flooder, round_))
                if round_ >= 0:  # the first one warms up
                    results.append(statistics.quantiles(waits, n=100)[94])
                while len(sandbox.world.updates) or unfinished(nursery.data):  # noqa: ASYNC110
                    await asyncio.sleep(0.1)
        nursery.kill()
        await nursery.ended()
    return waited


def _answered(sandbox: Sandbox, flooder: Observer, round_: int) -> int:
    """How many messages of this round the flooder has an answer to."""
    said = [m for m in sandbox.world.chats[flooder.phone.id].messages.values() if m["from"]["is_bot"]]
    return len(said) - 1 - FLOOD * (round_ + 1)


def main(arguments: argparse.Namespace) -> int:
    with TemporaryDirectory(prefix="vpr-flood-") as folder:
        waited = asyncio.run(measure(Path(folder)))
    for name in ("before", "beside", "after"):
        print(f"95 % {name} {[f'{w * 1000:.0f}' for w in getattr(waited, name)]} ms")
    ratio, noise = waited.ratio(), waited.noise()
    print(f"{waited.left} messages of the flood left")
    print(f"FIGURE flood_p95_ratio {ratio:.2f} ×")
    print(f"FIGURE flood_noise_ratio {noise:.2f} ×")
    return 0 if ratio <= MOST * noise else 1
