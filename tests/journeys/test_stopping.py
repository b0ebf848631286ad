"""A stop while the messenger does not answer: whoever stops the bot waits ten seconds, and nothing is lost by that."""

import asyncio
from pathlib import Path

from bot.domain.people import Role
from bot.sandbox import Sandbox
from tests.city import City
from tests.clock import RunningClock
from tests.running import bot_at

LONGEST_SECONDS = 10.0
CLOSING_SECONDS = 5.0  # databases, on a slow machine


async def test_a_messenger_that_hangs_does_not_keep_the_bot(tmp_path: Path, clock: RunningClock) -> None:
    async with Sandbox.start() as sandbox:
        calls = sandbox.journal.calls
        async with asyncio.timeout(None) as limit:
            async with bot_at(sandbox, tmp_path, clock=clock) as running:
                city = City(running)
                await city.has_school("СОШ № 5")
                observer, person = await city.phone_of("Анна", Role.OBSERVER)
                boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
                await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-20)
                await observer.sends("/start")
                await observer.sees("Отчёт: не начат")
                await running.settled()
                sandbox.faults.add("hang", "sendMessage", "editMessageText", count=None)
                await observer.taps("Срочно: нарушение", wait=False)
                hung = {observer.id, boss.id}
                assert await sandbox.world.changes.until(
                    lambda: hung <= {call.chat_id for call in calls if call.outcome == "hang"}, 30
                )
                limit.reschedule(asyncio.get_running_loop().time() + LONGEST_SECONDS + CLOSING_SECONDS)
        sandbox.faults.clear()
        async with bot_at(sandbox, tmp_path, clock=clock):
            await boss.sees("Срочно № 1 · СОШ № 5 · 6 «Б»")
