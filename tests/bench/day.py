"""One day of a ВПР in a region of 1 000 schools: 2 400 reports with 7 200 photos, 420 messages to the hotline, alerts, and a
broadcast to 2 000 people, through the local Bot API with the real limits of pace.

The bot is a process of its own. Its clock stands in the middle of the day; people act as fast as the messenger's pace
lets the bot answer them, so a day's conversation goes through in twelve minutes. `python -m tests.bench.day 0.1`
takes a tenth of it.
"""

import asyncio
import contextlib
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

from bot.delivery.pace import OVERALL_PER_SECOND
from bot.sandbox import Sandbox
from bot.sandbox.chats import Message
from bot.sandbox.limits import PACED
from tests.bench.day_people import Day, Gate, News, Walker
from tests.bench.day_region import IN_HAND, Region, connect, lost, settle
from tests.bench.day_short_form import taps_of_short_report
from tests.bench.processes import process

FIGURES = {
    "day_lost": "of a day of 2 400 reports, 7 200 photos, 420 hotline messages: what is not in the database as it was sent",
    "day_tap_p95_ms": "95th percentile of a tap on that day, at the messenger's pace",
    "day_queue_peak": "most updates that waited to be handled at a time on that day",
    "day_peak_mb": "memory of the bot and its helpers at its highest on that day",
    "alert_wait_max_s": "longest way of «Срочно» to the last coordinator on that day",
    "alert_wait_in_broadcast_s": "the same while a broadcast to 2 000 people runs",
    "broadcast_pace_percent": "messages that left during the broadcast, to those the bot allows itself in that time",
    "broadcast_429": "refusals of the messenger for too many messages on the whole day",
    "taps_per_report": "taps of a report without violations, critical questions one by one",
    "taps_per_short_report": "the same in the short mode",
}
MOMENT = datetime.fromisoformat("2026-04-23T10:15:00+07:00")  # the lesson is just over, nobody is reminded yet
AT_ONCE = 150  # people in the middle of something
BY_TAPS = (
    24  # every twenty-fourth report is filled by taps, the others by words, as the pace of a day in minutes allows
)
VIOLATION = 25  # every so many reports
RATE, RATE_OF_BROADCAST = 20.0, 3.0
IN_BROADCAST, IN_DAY = 14, 30  # alerts
INSTRUCTION = "Памятка наблюдателя"


async def main() -> None:
    await measure(1.0)


async def measure(scale: float) -> None:
    short = await taps_of_short_report()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with Sandbox.start(strict_pace=True) as sandbox:
            begun = time.monotonic()
            region = await settle(sandbox, folder, MOMENT, scale=scale)
            print(f"# the region is set up after {time.monotonic() - begun:.0f} s", flush=True)
            day = Day(sandbox, Gate(RATE_OF_BROADCAST), News(sandbox))
            course = Course(day, region)
            bot = process("tests.bench.clocked_bot", MOMENT.isoformat(), sandbox=sandbox, folder=folder)
            async with bot as running, watched(day, running.pid, folder) as seen:
                await course.run(scale)
                begun = time.monotonic()
                await at_rest(folder)
                print(f"# everything handled, fetched and sent {time.monotonic() - begun:.0f} s later", flush=True)
            refused = sum(call.status == 429 for call in sandbox.journal)
        missing = lost(folder, day.told)
    for line in missing[:20]:
        print(f"# {line}")
    print(f"FIGURE day_lost {len(missing)}")
    print(f"FIGURE day_tap_p95_ms {statistics.quantiles(day.taps, n=20)[-1] * 1000:.0f} ms")
    print(f"FIGURE day_queue_peak {seen.queue}")
    print(f"FIGURE day_peak_mb {seen.memory:.0f} MB")
    print(f"FIGURE alert_wait_max_s {max(course.alert_waits):.1f} s")
    print(f"FIGURE alert_wait_in_broadcast_s {max(course.alert_waits[:IN_BROADCAST]):.1f} s")
    print(f"FIGURE broadcast_pace_percent {course.pace_percent:.0f} %")
    print(f"FIGURE broadcast_429 {refused}")
    print(f"FIGURE taps_per_report {max(course.taps_per_report)}")
    print(f"FIGURE taps_per_short_report {short}")


class Course:
    """What happens on the day, in its order."""

    def __init__(self, day: Day, region: Region) -> None:
        self.day, self.region = day, region
        self.alert_waits: list[float] = []
        self.taps_per_report: list[int] = []
        self.pace_percent = 0.0
        self._alarms: dict[str, dict[int, float]] = {}
        self._places = asyncio.Semaphore(AT_ONCE)
        day.news.listeners.append(self._hear)

    async def run(self, scale: float) -> None:
        boss = self.day.walker(self.region.coordinators[0])
        await boss.says("/start")
        begun = time.monotonic()
        async with asyncio.TaskGroup() as group:
            await self._broadcast(boss, group)
            print(f"# broadcast over after {time.monotonic() - begun:.0f} s", flush=True)
            self.day.gate.rate = RATE
            for turn, (person_id, numbers) in enumerate(self.region.reports.items()):
                group.create_task(self._observe(self.day.walker(self.region.observers[person_id]), numbers, turn))
            for phone in self.region.parents:
                group.create_task(self._write(self.day.walker(phone)))
            group.create_task(self._alarms_of_the_day(round(IN_DAY * max(scale, 0.2))))
        print(f"# everybody done after {time.monotonic() - begun:.0f} s, {len(self.day.taps)} taps", flush=True)

    async def _broadcast(self, boss: Walker, group: asyncio.TaskGroup) -> None:
        """To every observer of the day; now and then somebody raises an alarm meanwhile."""
        await boss.says("инструктаж")
        await boss.presses("ni:memo")
        await boss.presses("nd:")
        reached: set[int] = set()
        phones = {phone.id for phone in self.region.observers.values()}

        def hear(chat: int, message: Message) -> None:
            if chat in phones and INSTRUCTION in message.get("text", ""):
                reached.add(chat)

        self.day.news.listeners.append(hear)
        journal, begun = self.day.sandbox.journal, time.monotonic()
        number = journal.next_number
        sending = group.create_task(boss.presses("ns:"))
        alarming = group.create_task(self._alarms_of_a_broadcast())
        everybody = await self.day.sandbox.world.changes.until(lambda: len(reached) == len(phones), 600)
        assert everybody, f"{len(phones - reached)} people never got the broadcast"
        seconds = time.monotonic() - begun
        gone = sum(call.method.lower() in PACED and call.executed for call in journal.since(number))
        self.pace_percent = 100 * gone / seconds / OVERALL_PER_SECOND
        await sending
        await alarming

    async def _alarms_of_a_broadcast(self) -> None:
        last = list(self.region.reports)[-IN_BROADCAST:]
        for person_id in last:
            await self._alarm(self.day.walker(self.region.observers[person_id]))
            await asyncio.sleep(4)

    async def _alarms_of_the_day(self, count: int) -> None:
        people = list(self.region.reports)[::-1][IN_BROADCAST : IN_BROADCAST + count]
        for person_id in people:
            await asyncio.sleep(8)
            await self._alarm(self.day.walker(self.region.observers[person_id]))

    async def _alarm(self, walker: Walker) -> None:
        """From the word to the last coordinator's phone."""
        words = f"дверь заперта, сообщает {walker.phone.id}"
        heard = self._alarms[words] = {}
        begun = time.monotonic()
        self.day.told.alerts += 1
        await walker.cries(f"срочно {words}")
        told = await self.day.sandbox.world.changes.until(lambda: len(heard) == len(self.region.coordinators), 300)
        assert told, "an alarm never reached a coordinator"
        self.alert_waits.append(max(heard.values()) - begun)

    def _hear(self, chat: int, message: Message) -> None:
        if any(chat == phone.id for phone in self.region.coordinators):
            for words, heard in self._alarms.items():
                if words in message.get("text", ""):
                    heard.setdefault(chat, time.monotonic())

    async def _observe(self, walker: Walker, numbers: list[int], turn: int) -> None:
        for number in numbers:
            violation = number % VIOLATION == 0
            async with self._places:
                try:
                    if turn % BY_TAPS == 0:
                        taps = await walker.report_by_taps(number, violation=violation)
                        if not violation:
                            self.taps_per_report.append(taps)
                    else:
                        await walker.report_by_words(number, violation=violation)
                    await walker.photos(number)
                except TimeoutError:
                    self.day.told.unanswered.append(f"report {number}: no answer")

    async def _write(self, walker: Walker) -> None:
        async with self._places:
            try:
                await walker.writes_to_hotline()
            except TimeoutError:
                self.day.told.unanswered.append(f"writer {walker.phone.id}: no answer")


class Seen:
    """The highest that was seen of each."""

    queue = 0
    memory = 0.0


@contextlib.asynccontextmanager
async def watched(day: Day, pid: int, folder: Path) -> AsyncIterator[Seen]:
    """Looks twice a second."""
    seen = Seen()

    async def look() -> None:
        held = connect(folder)
        while True:
            waiting = held.execute("SELECT COUNT(*) FROM inbox WHERE state = 'new'").fetchone()[0]
            seen.queue = max(seen.queue, waiting + len(day.sandbox.world.updates))
            seen.memory = max(seen.memory, _megabytes(pid))
            await asyncio.sleep(0.5)

    looking = asyncio.ensure_future(look())
    try:
        yield seen
    finally:
        looking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await looking


def _megabytes(pid: int) -> float:
    """Resident memory of a process and its children."""
    total = 0.0
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
        for each in (str(pid), *children):
            pages = int(Path(f"/proc/{each}/statm").read_text("ascii").split()[1])
            total += pages * 4096 / 2**20
    return total


async def at_rest(folder: Path) -> None:
    """Every update handled, every photo fetched, everything that is due sent."""
    held = connect(folder)
    queries = (
        "SELECT COUNT(*) FROM inbox WHERE state = 'new'",
        f"SELECT COUNT(*) FROM outbox WHERE {IN_HAND}",
        "SELECT COUNT(*) FROM photo WHERE state = 'pending'",
    )
    async with asyncio.timeout(600):
        while any(held.execute(query).fetchone()[0] for query in queries):  # noqa: ASYNC110  nobody tells of its changes
            await asyncio.sleep(1)


if __name__ == "__main__":
    asyncio.run(measure(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0))
