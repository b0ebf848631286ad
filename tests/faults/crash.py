"""`kill -9` at random moments and at every boundary, again and again, while people go on; then the count."""

import asyncio
import time
from asyncio.subprocess import Process
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from bot.sandbox import Sandbox
from tests.faults.expected import dumped
from tests.faults.findings import Findings, unfinished
from tests.faults.invariants import check
from tests.faults.noon import ZONE
from tests.faults.nursery import Nursery, fork_server
from tests.faults.town import Town, found

KILLS_A_TOWN = 100
KILLS_A_ROUND = 50  # then the town comes to rest, and everything is counted
WINDOW = 0.25
PATIENCE_AT_A_POINT = 0.35
REST_SECONDS = 90.0
LONGER = 2.0  # for what starts a process of its own: files in and out
SLOW = ("import", "export", "limited_process", "sendDocument")

# Of every hundred calls 28 fail, half of them after the messenger has carried them out.
RATES = {"reset:before": 0.08, "reset:after": 0.08, "html:before": 0.06, "502:after": 0.06}

# Points that must have killed a bot in a run long enough: one for each stretch of the path of an update or a message.
WANTED = (
    "getUpdates: called",
    "getUpdates: answered",
    "receiving.Receiver.receive: transaction begins",
    "receiving.Receiver.receive: transaction written",
    "receiving.Receiver.receive: transaction committed",
    "lanes: handed on",
    "handling: begins",
    "handling: done",
    "reporting.Reporting.change: transaction begins",
    "reporting.Reporting.change: transaction written",
    "reporting.Reporting.change: transaction committed",
    "COMMIT: begins",
    "COMMIT: done",
    "answerCallbackQuery: called",
    "editMessageText: called",
    "editMessageText: answered",
    "lanes.Lanes.flush: transaction begins",
    "lanes.Lanes.flush: transaction written",
    "lanes.Lanes.flush: transaction committed",
    "sender.Sender._claim: transaction begins",
    "sender.Sender._claim: transaction committed",
    "deliver: begins",
    "sendMessage: called",
    "sendMessage: answered",
    "delivering.Delivery._store.once: transaction written",
    "delivering.Delivery._store.once: transaction committed",
    "download: chunk",
    "photographing.Photographing.fetched: transaction begins",
    "importing.Importing.check: transaction written",
    "importing.Importing._write: transaction written",
    "importing.Importing._write: transaction committed",
    "exporting.Exporting.claim: transaction committed",
    "exporting.Exporting._run: process started",
    "exporting.Exporting.finished: transaction written",
)


@dataclass
class Run:
    """What a run found; `died_at` counts the points where bots killed themselves."""

    seed: int
    kills: int = 0
    findings: Findings = field(default_factory=Findings)
    died_at: dict[str, int] = field(default_factory=dict)
    tried: dict[str, int] = field(default_factory=dict)
    crossed: set[str] = field(default_factory=set)  # known points: the wanted ones from the start, others when seen
    seconds: float = 0.0

    @property
    def repeat(self) -> str:
        return f"python -m tests.faults crash --kills {self.kills} --seed {self.seed}"


async def run(kills: int, seed: int, *, flaky: bool = False, at_once: int = 1) -> Run:
    """As many kills, in towns of `KILLS_A_TOWN`, `at_once` of them side by side; each next town has one seed more."""
    total = Run(seed)
    started = time.monotonic()
    left = iter(range(0, kills, KILLS_A_TOWN))

    async def towns() -> None:
        async with fork_server() as server:
            for first in left:
                town_seed = seed + first // KILLS_A_TOWN
                one = await run_town(server, min(KILLS_A_TOWN, kills - first), town_seed, total, flaky=flaky)
                total.kills += one.kills
                total.findings.take(one.findings)
                total.crossed |= one.crossed
                seconds = time.monotonic() - started
                counts = f"{total.findings.updates} updates, {len(total.findings.faults)} faults"
                print(f"{total.kills} kills, {counts}, {seconds:.0f} s", flush=True)
                for fault in one.findings.faults:
                    print(fault, flush=True)

    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(towns())
    total.seconds = time.monotonic() - started
    return total


async def run_town(server: Process, kills: int, seed: int, total: Run, *, flaky: bool) -> Run:
    random, result = Random(seed), Run(seed, died_at=total.died_at, tried=total.tried)
    result.crossed = total.crossed | set(WANTED)
    with TemporaryDirectory(prefix="vpr-faults-") as folder:
        async with Sandbox.start() as sandbox, Nursery.open(server, sandbox, Path(folder)) as nursery:
            town = await found(sandbox, nursery.data, random, reports_each=max(3, kills // 12))
            findings = Findings()
            while result.kills < kills and not findings.faults:
                if flaky:
                    sandbox.faults.plan(seed + result.kills, RATES, ("*", "getupdates"))
                for number in range(result.kills, min(result.kills + KILLS_A_ROUND, kills)):
                    await live(nursery, town, random, result, number)
                    result.kills = number + 1
                sandbox.faults.clear()
                await come_to_rest(nursery, result)
                findings = await check(town, nursery.data, nursery.temporary)
            result.crossed = {name for name in nursery.points() if not name.startswith("!")}
            findings.faults = [f"seed {seed}: {fault}" for fault in findings.faults]
            if findings.faults:
                story = Path(f"build/faults-{seed}")
                story.parent.mkdir(exist_ok=True)
                deeds = sorted(
                    (deed for actor in town.everybody for deed in actor.deeds), key=lambda deed: deed.update_id
                )
                story.write_text(dumped(deeds) + "\n\n" + nursery.log.read_text("utf-8", errors="replace"), "utf-8")
            result.findings.take(findings)
    return result


async def live(nursery: Nursery, town: Town, random: Random, result: Run, number: int) -> None:
    """One life of a bot: people act before and while it runs, then it dies."""
    long = random.random() < 0.04
    point = None if random.random() < 0.5 else choose_point(result, random)
    burst = random.randint(1, 12)
    before = random.randint(0, burst)
    long = long or (point is not None and any(word in point for word in SLOW))
    act(town, random, before, long=long)
    provoke(town, random, point or "")
    known = len(nursery.points()) if point else 0
    await nursery.start(point=point, nth=random.choice((1, 1, 1, 1, 2, 3)))
    window = random.uniform(0, LONGER if long else WINDOW)
    if random.random() < 0.85:  # else the clock runs from the birth, so that the start itself is hit too
        await nursery.polls()
    if point:
        window = LONGER if long else PATIENCE_AT_A_POINT
    moments = sorted(random.uniform(0, min(window, WINDOW)) for _ in range(burst - before))
    began = time.monotonic()
    for moment in moments:
        await sleep_until(began + moment, nursery)
        act(town, random, 1)
    await sleep_until(began + window, nursery)
    nursery.kill()
    status = await nursery.ended()
    assert status & 0x7F == 9, f"the bot ended by itself ({status}):\n" + nursery.log.read_text("utf-8")[-3000:]
    if number % 10 == 9:
        result.crossed |= {name for name in nursery.points() if not name.startswith("!")}
    if point:
        result.tried[point] = result.tried.get(point, 0) + 1
        for name in nursery.points()[known:]:
            if name.startswith("!"):
                result.died_at[name[1:]] = result.died_at.get(name[1:], 0) + 1


async def sleep_until(moment: float, nursery: Nursery) -> None:
    left = moment - time.monotonic()
    if left > 0:
        try:
            await asyncio.wait_for(nursery.dead.wait(), left)
        except TimeoutError:
            return


def choose_point(result: Run, random: Random) -> str:
    """One of those that were tried least so far; one that was waited for in vain comes later again."""

    def weight(name: str) -> tuple[float, float]:
        tried, died = result.tried.get(name, 0), result.died_at.get(name, 0)
        return tried + 2.0 * (tried - died), random.random()

    return min(sorted(result.crossed), key=weight)


def act(town: Town, random: Random, count: int, *, long: bool = False) -> None:
    if long:
        if random.random() < 0.5:
            random.choice(town.coordinators).load()
        else:
            order(town, random)
    for _ in range(count):
        draw = random.random()
        crowd = (
            town.parents
            if draw < 0.12
            else town.operators
            if draw < 0.2
            else town.coordinators
            if draw < 0.3
            else town.strangers
            if draw < 0.32
            else []
        )
        if not crowd or not random.choice(crowd).act():
            random.choice(town.observers).act()


def order(town: Town, random: Random) -> None:
    random.choice(town.coordinators).order(datetime.now(UTC).astimezone(ZoneInfo(ZONE)).date())


def provoke(town: Town, random: Random, point: str) -> None:
    """The deed that leads to this point."""
    observer = random.choice(town.observers)
    if "photo" in point.lower() or point in ("getFile: called", "getFile: answered") or "download" in point:
        observer.sends_photo()
    elif "alerting" in point:
        observer.raises_alarm()
    elif "intake." in point or "discretion" in point:
        random.choice(town.parents).act()
    elif "desk." in point or "reading." in point:
        town.operators[0].act()
    elif "importing" in point:
        for boss in town.coordinators:
            if not boss.apply():
                boss.load()
    elif "exporting" in point:
        order(town, random)


async def come_to_rest(nursery: Nursery, result: Run) -> None:
    """A bot that nobody kills finishes everything, and ends in order when asked."""
    await nursery.start()
    deadline = time.monotonic() + REST_SECONDS
    left = "everything"
    while left and time.monotonic() < deadline:
        await nursery._sandbox.world.changes.next(0.2)
        left = "updates at the messenger" if len(nursery._sandbox.world.updates) else unfinished(nursery.data)
    if left:
        result.findings.add("", f"seed {result.seed}: not at rest after {REST_SECONDS:.0f} s: {left}")
    nursery.kill(15)
    try:
        status = await asyncio.wait_for(nursery.ended(), 20)
    except TimeoutError:
        nursery.kill()
        status = await nursery.ended()
    if status != 0:
        result.findings.add("", f"seed {result.seed}: SIGTERM did not end it in order ({status})")


def figures(result: Run) -> list[tuple[str, str, str]]:
    found = result.findings
    return [
        ("kills", str(result.kills), "kills"),
        ("updates", str(found.updates), "updates"),
        ("lost", str(found.lost), "of them"),
        ("doubled", str(found.doubled), "effects"),
        ("acked_missing", str(found.acked_missing), "reports"),
        ("bound_per_kill", f"{300 / max(1, result.kills):.3f}", "% (95 %, 3/n)"),
        ("max_copies_ordinary", str(found.copies["ordinary"]), "copies"),
        ("max_copies_critical", str(found.copies["critical"]), "copies"),
    ]
