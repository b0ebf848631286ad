"""Everybody at once, at Telegram's own limits: nobody is refused, everybody is answered, the alarm comes before the letters."""

import asyncio
from pathlib import Path

from bot.domain.people import Role
from bot.domain.screen import Screen
from bot.sandbox import Sandbox
from storage import outbox
from tests.city import City
from tests.clock import RunningClock
from tests.people import Phone
from tests.running import bot_at

CROWD, LETTERS = 110, 80  # more than what Telegram takes in three seconds
PATIENCE = 60


async def promise_letters(city: City, phones: list[Phone]) -> None:
    async with city.running.app.database.transaction() as tx:
        await outbox.promise(
            tx,
            city.running.app.clock(),
            [
                outbox.Promise(
                    f"letter:{phone.id}",
                    outbox.to_chat(phone.id),
                    {"screen": Screen("Памятка").to_json()},
                    outbox.Priority.BROADCAST,
                )
                for phone in phones
            ],
        )
    city.running.app.sender.wake()


async def test_a_crowd_and_a_broadcast_earn_no_refusal_and_an_alarm_goes_first(
    tmp_path: Path, clock: RunningClock
) -> None:
    async with (
        Sandbox.start(strict_pace=True) as sandbox,
        bot_at(sandbox, tmp_path, clock=clock, messages_per_second=25) as running,
    ):
        city = City(running)
        await city.has_school("СОШ № 5")
        boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
        observer, person = await city.phone_of("Анна", Role.OBSERVER)
        await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-20)
        readers = [running.person(f"Читатель {number}", started=True) for number in range(LETTERS)]
        crowd = [running.person(f"Прохожий {number}", started=True) for number in range(CROWD)]
        await promise_letters(city, readers)
        await asyncio.gather(*(each.sends("/start") for each in crowd))
        await observer.sends("срочно дверь заперта")
        await boss.sees("дверь заперта", timeout=PATIENCE)
        waiting = [phone for phone in readers if not _written_to(sandbox, phone)]
        assert waiting, "the alarm goes before the letters"
        for phone in (observer, *crowd, *readers):
            await phone.sees("", timeout=PATIENCE)
        await running.settled()
        assert [call for call in sandbox.journal if call.status == 429] == []


async def test_who_taps_faster_than_telegram_allows_is_answered_every_time(tmp_path: Path, clock: RunningClock) -> None:
    async with (
        Sandbox.start(strict_pace=True) as sandbox,
        bot_at(sandbox, tmp_path, clock=clock, messages_per_second=25) as running,
    ):
        city = City(running)
        await city.has_school("СОШ № 5")
        observer, person = await city.phone_of("Анна", Role.OBSERVER)
        number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-90)
        await observer.sends(f"/start r{number}")
        card = await observer.sees("6 «Б»")
        for _ in range(7):
            await observer.taps_old(card, f"rp:{number}", wait=False)
        await running.settled()
        refused = [call.method for call in sandbox.journal if call.status == 429]
        edits = sandbox.journal.of("editMessageText", chat_id=observer.id)
        assert (refused, len(edits)) == ([], 7)


def _written_to(sandbox: Sandbox, phone: Phone) -> bool:
    return any(message["from"]["is_bot"] for message in sandbox.world.chats[phone.id].messages.values())
