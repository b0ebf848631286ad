"""Taps a second and their wait, at 64 people, side by side with a bare aiogram bot, in alternate rounds.

Both bots are processes of their own and speak HTTP with a local Bot API in this one. A tap is over when its press is
answered and the card has changed. The bare bot answers and edits; this bot also stores the update, the answer and the
ledger, each on the disk before it is acknowledged.
"""

import asyncio
import contextlib
import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from bot.app import App
from bot.domain.checklist import ReportForm
from bot.domain.checklist_file import load_checklist
from bot.domain.people import Account, Role, SchoolId
from bot.domain.plan import School, Sitting, SittingForm, SittingId
from bot.sandbox import Sandbox
from bot.sandbox.chats import Message, Person
from storage import people, schools, sittings
from tests.agreeing import agree
from tests.bench.processes import PATIENCE_SECONDS, process
from tests.running import settings_for

FIGURES = {
    "taps_per_s": "taps a second of this bot, 64 people",
    "tap_p50_ms": "median wait for a tap, 64 people at once",
    "tap_p95_ms": "95th percentile of the same",
    "tap_ratio": "taps a second, this bot to a bare aiogram bot that stores nothing",
    "tap_p95_ratio": "95th percentile of the wait, this bot to the bare bot",
}
PEOPLE = 64
ROUNDS = 5
Taps = list[list[str]]  # for each person the data of the buttons to press, in order


class Hall:
    """64 people in front of one bot, each with one card of its."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.people = [sandbox.world.add_person(f"P{number}", started=True) for number in range(PEOPLE)]
        self.cards: list[Message] = []
        self._news = {person.id: asyncio.Event() for person in self.people}
        self._edited: set[int] = set()
        sandbox.world.changes.listen(self._hear)

    def _hear(self, event: dict[str, object]) -> None:
        chat_id = event["chat_id"]
        if event["type"] == "edit":
            self._edited.add(int(str(chat_id)))
        if isinstance(chat_id, int) and chat_id in self._news:
            self._news[chat_id].set()

    def deal_cards(self) -> None:
        world = self.sandbox.world
        buttons = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}
        for person in self.people:
            content = {"text": "Start", "reply_markup": buttons}
            self.cards.append(world.post(world.chats[person.id], world.bot.user(), content))

    async def taps(self, taps: Taps) -> tuple[float, list[float]]:
        """Everybody presses their buttons one after the other: (seconds in all, seconds of each tap)."""
        started = time.perf_counter()
        waits = await asyncio.gather(*map(self._one_after_another, self.people, self.cards, taps))
        return time.perf_counter() - started, [wait for waits_of_one in waits for wait in waits_of_one]

    async def _one_after_another(self, person: Person, card: Message, taps: list[str]) -> list[float]:
        waits = []
        news = self._news[person.id]
        for data in taps:
            self._edited.discard(person.id)
            started = time.perf_counter()
            press = self.sandbox.deeds.taps(person, card["message_id"], data)
            async with asyncio.timeout(PATIENCE_SECONDS):
                while press.answer is None or person.id not in self._edited:
                    news.clear()
                    await news.wait()
            waits.append(time.perf_counter() - started)
        return waits


async def prepare(sandbox: Sandbox, hall: Hall, folder: Path) -> list[Taps]:
    """Observers with a report for every round; returns for each round the taps of everybody."""
    codes = [item.code for item in load_checklist().items(ReportForm.SHORT)]
    numbers: list[list[int]] = []
    async with App.start(settings_for(sandbox, folder)) as app:
        now = app.clock()
        async with app.database.transaction() as tx:
            school = await schools.save(tx, 1, School(SchoolId(0), "S 1"), "s 1")
            observers = []
            for phone in hall.people:
                observer = await people.add_person(tx, 1, "O", now)
                account = Account("tg", phone.id, phone.id)
                await people.link_account(tx, account, observer.id, now)
                await people.grant(tx, observer.id, Role.OBSERVER, 1, None, now, by=None)
                await people.set_moment(tx, observer.id, "adult_at", now)
                await agree(tx, observer.id, account, now)
                observers.append(observer)
        for round_ in range(ROUNDS + 1):
            begins = (now - timedelta(minutes=60)).astimezone(app.settings.zone)
            sitting = Sitting(
                SittingId(0), school, "S 1", f"{round_ + 4}А", round_ + 4, "Maths", begins.date(), 2,
                begins.time().replace(second=0, microsecond=0), "1", 20, SittingForm.PAPER, 45,
            )  # fmt: skip
            async with app.database.transaction() as tx:
                sitting_id = await sittings.save(tx, sitting, now)
                assign = app.services.planning.assign_in
                numbers.append([await assign(tx, sitting_id, each.id, now, by=None) for each in observers])
    return [[[f"a:{number}:{code}:yes" for code in codes] for number in of_round] for of_round in numbers]


async def main() -> None:
    async with contextlib.AsyncExitStack() as stack:
        ours, bare = [await stack.enter_async_context(Sandbox.start()) for _ in range(2)]
        hall, bare_hall = Hall(ours), Hall(bare)
        folder, nowhere = [Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in range(2)]
        rounds = await prepare(ours, hall, folder)
        await stack.enter_async_context(process("bot", "run", sandbox=ours, folder=folder))
        await stack.enter_async_context(process("tests.bench.bare_bot", sandbox=bare, folder=nowhere))
        hall.deal_cards()
        bare_hall.deal_cards()
        await hall.taps(rounds[0])  # both are imported and warm after this
        await bare_hall.taps(rounds[0])
        results: dict[str, list[tuple[float, float, float]]] = {"ours": [], "bare": []}
        for taps in rounds[1:]:
            for name, place in (("ours", hall), ("bare", bare_hall)):
                seconds, waits = await place.taps(taps)
                waits.sort()
                results[name].append((len(waits) / seconds, waits[len(waits) // 2], waits[int(len(waits) * 0.95)]))
    show(results)


def show(results: dict[str, list[tuple[float, float, float]]]) -> None:
    """Medians over the rounds; ratios within each round, so that a busy moment of the machine hits both."""
    rates, p50s, p95s = zip(*results["ours"], strict=True)
    pairs = list(zip(results["ours"], results["bare"], strict=True))
    print(f"bare bot: {statistics.median(rate for rate, _, _ in results['bare']):.0f} taps/s")
    print(f"FIGURE taps_per_s {statistics.median(rates):.0f} 1/s")
    print(f"FIGURE tap_p50_ms {statistics.median(p50s) * 1000:.0f} ms")
    print(f"FIGURE tap_p95_ms {statistics.median(p95s) * 1000:.0f} ms")
    print(f"FIGURE tap_ratio {statistics.median(a[0] / b[0] for a, b in pairs):.2f} ×")
    print(f"FIGURE tap_p95_ratio {statistics.median(a[2] / b[2] for a, b in pairs):.2f} ×")
