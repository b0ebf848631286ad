"""Clocks that jump, nights of 23 and of 25 hours: everything is done once, and nothing urgent waits for a clock."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.people import Role
from bot.preparing import backup_folder
from bot.sandbox import Sandbox
from storage import backup
from tests.city import City
from tests.clock import RunningClock
from tests.faults.one_report import CODES, one_report
from tests.running import bot_at

BERLIN = ZoneInfo("Europe/Berlin")
PATIENCE = 40


@pytest.mark.parametrize("hours", [-26, -1])
async def test_an_alarm_does_not_wait_for_a_clock_that_was_set_back(sandbox: Sandbox, tmp_path: Path, hours: int):
    clock = RunningClock()
    async with bot_at(sandbox, tmp_path, clock=clock) as running:
        report = await one_report(City(running))
        sandbox.faults.add("reset", "sendMessage", when="before", count=None, chat_id=report.boss.id)
        await report.is_filled()
        await report.handled()
        clock.advance(hours=hours)
        sandbox.faults.clear()
        await running.app.schedule.tick()
        await report.boss.sees("лежали в учительской", timeout=PATIENCE)
        await running.settled()
        told = sandbox.journal.of("sendMessage", chat_id=report.boss.id, executed=True)
        texts = Counter(call.params["text"] for call in told if "Критично" in call.params["text"])
        assert set(texts.values()) == {1}
        await report.presses(f"rx:{report.number}")
        await report.handled()
        assert await report.count("SELECT COUNT(*) FROM inbox WHERE state <> 'done'") == 0


async def test_two_ticks_at_the_same_moment_do_everything_once(sandbox: Sandbox, tmp_path: Path):
    """A tick that takes long meets the next one."""
    async with bot_at(sandbox, tmp_path, clock=RunningClock()) as running:
        await one_report(City(running))
        sandbox.faults.add("slow", "sendMessage", count=None, delay=1.0)
        await asyncio.gather(running.app.schedule.tick(), running.app.schedule.tick())
        await running.settled()
        calls = sandbox.journal.of("sendMessage", executed=True)
        told = Counter((call.chat_id, call.params["text"]) for call in calls)
        assert any("Отчёты: " in text for _, text in told), told
        assert [text for text, count in told.items() if count > 1] == []


async def test_a_clock_that_jumps_there_and_back_fires_nothing_twice(sandbox: Sandbox, tmp_path: Path):
    clock = RunningClock()
    async with bot_at(sandbox, tmp_path, clock=clock) as running:
        city = City(running)
        report = await one_report(city)
        for code in CODES:
            await report.presses(f"a:{report.number}:{code}:yes")
        await report.handled()
        told = []
        for _ in range(3):
            for hours in (3, -3, 25, -25):
                clock.advance(hours=hours)
                await running.app.schedule.tick()
                await running.settled()
            told.append(len(sandbox.journal.of("sendMessage", executed=True)))
        assert told[0] > 0, "nobody was reminded of anything"
        assert told[1:] == told[:1] * 2
        rows = "SELECT COUNT(*) FROM outbox WHERE state IN ('uncertain', 'failed')"
        assert await report.count(rows) == 0
        await report.presses(f"a:{report.number}:{CODES[0]}:na")
        await report.handled()
        stored = await report.stored()
        assert stored.answers[CODES[0]].value == "na"


@pytest.mark.parametrize(
    "eve", [datetime(2026, 3, 28, 18, 0, tzinfo=BERLIN), datetime(2026, 10, 24, 18, 0, tzinfo=BERLIN)]
)
async def test_a_night_of_another_length_has_one_of_everything(sandbox: Sandbox, tmp_path: Path, eve: datetime):
    """Saturday evening to Monday noon in halves of an hour, the work on Monday."""
    clock = RunningClock(eve)
    async with bot_at(sandbox, tmp_path, clock=clock, timezone="Europe/Berlin") as running:
        city = City(running)
        await city.has_school("СОШ № 5")
        _, person = await city.phone_of("Анна", Role.OBSERVER)
        await city.phone_of("Мария", Role.COORDINATOR)
        clock.turn_to(eve + timedelta(days=2, hours=-8))  # the sitting is entered for Monday, 10 o'clock
        await city.sits_today("СОШ № 5", "6А", "Русский язык", person)
        for half in range(2 * 42):
            clock.turn_to((eve.astimezone(ZoneInfo("UTC")) + timedelta(minutes=30 * half)).astimezone(BERLIN))
            await running.app.schedule.tick()
        await running.settled()
        copies = backup.copies(running.app.database.path, backup_folder(running.app.settings))
        made = [moment.astimezone(BERLIN).date() for copy in copies if (moment := backup.made_at(copy))]
        assert len(set(made)) >= 2
        calls = sandbox.journal.of("sendMessage", executed=True)
        told = Counter((call.chat_id, call.params["text"]) for call in calls)
        assert told, "nobody was reminded of anything"
        assert [text for text, count in told.items() if count > 1] == []
