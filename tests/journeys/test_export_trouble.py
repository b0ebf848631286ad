"""Files on order while the line or the messenger does not do its part: they come, or it is said why not."""

import asyncio
from pathlib import Path

from bot.domain.export import ExportKind, Wanted
from bot.domain.people import Account, Role
from bot.domain.period import Period
from bot.domain.screen import Screen
from bot.sandbox import Sandbox
from bot.texts import export as words
from tests.city import City
from tests.clock import RunningClock
from tests.people import Phone
from tests.relay import relay_to
from tests.running import bot_at


async def coordinator(city: City) -> Phone:
    """In a city with one work today."""
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    _, person = await city.phone_of("Анна", Role.OBSERVER)
    await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-90)
    return boss


async def ordered(city: City, phone: Phone) -> int:
    """The same as by word, but for a line that is cut."""
    app = city.running.app
    actor, _ = await app.services.enrolment.actor(Account("tg", phone.id, phone.id))
    today = Period.day(app.clock().astimezone(app.settings.zone).date())
    job_id, _ = await app.services.exporting.order(
        actor, Wanted(ExportKind.BOOK, today), f"test:{phone.id}", app.clock()
    )
    return job_id


async def tried(city: City) -> None:
    """Nothing is being made, and nothing is due."""
    city.running.app.exports.wake()
    async with asyncio.timeout(30):
        await city.running.app.exports.idle.wait()


async def state(city: City, job_id: int) -> str:
    async with city.running.app.database.read() as reader:
        return str(await reader.fetch_value("SELECT state FROM export_job WHERE id = :id", id=job_id))


async def test_a_file_waits_for_the_line_and_comes(tmp_path: Path, clock: RunningClock) -> None:
    async with (
        Sandbox.start() as sandbox,
        relay_to(sandbox) as relay,
        bot_at(sandbox, tmp_path, clock=clock, bot_api_root=relay.root) as running,
    ):
        city = City(running)
        boss = await coordinator(city)
        await relay.cut()
        await ordered(city, boss)
        await tried(city)
        await relay.mend()
        clock.advance(minutes=1)
        running.app.exports.wake()
        name, _ = await boss.receives_document(timeout=30)
        assert name.endswith("_отчёты.xlsx")


async def test_a_long_pause_takes_no_place(city: City) -> None:
    boss = await coordinator(city)
    city.running.sandbox.faults.add("429", "sendDocument", retry_after=3600)
    job_id = await ordered(city, boss)
    await tried(city)
    assert await state(city, job_id) == "queued"
    assert len(city.running.sandbox.journal.of("sendDocument", chat_id=boss.id)) == 1


async def test_a_short_pause_is_waited_for(city: City) -> None:
    boss = await coordinator(city)
    city.running.sandbox.faults.add("429", "sendDocument", retry_after=1)
    await ordered(city, boss)
    await boss.receives_document(timeout=30)


async def test_a_file_that_may_have_come_is_not_sent_twice_and_that_is_said(city: City) -> None:
    boss = await coordinator(city)
    city.running.sandbox.faults.add("reset", "sendDocument", when="after")
    city.running.sandbox.faults.add("reset", "sendMessage")
    job_id = await ordered(city, boss)
    await boss.receives_document(timeout=30)
    await boss.sees("Если его нет в чате, закажите ещё раз", timeout=30)
    assert await state(city, job_id) == "failed"
    assert len(city.running.sandbox.journal.of("sendDocument", chat_id=boss.id)) == 1


async def test_a_refused_file_is_told_through_a_bad_line(city: City) -> None:
    boss = await coordinator(city)
    city.running.sandbox.faults.add("400", "sendDocument")
    city.running.sandbox.faults.add("reset", "sendMessage")
    await ordered(city, boss)
    await tried(city)
    await boss.sees("Телеграм его не принял", timeout=30)


async def test_an_order_that_killed_the_bot_again_and_again_is_told(tmp_path: Path, clock: RunningClock) -> None:
    async with Sandbox.start() as sandbox:
        async with bot_at(sandbox, tmp_path, clock=clock) as running:
            city = City(running)
            boss = await coordinator(city)
            card = await running.app.messenger.send(boss.id, Screen(words.MAKING))
            async with running.app.database.transaction() as tx:
                await tx.execute(
                    "INSERT INTO export_job (id, source, person_id, platform, user_id, chat_id, kind, details, state,"
                    " tries, card_id, ordered_at) VALUES (7, 'tap:1', 1, 'tg', :user, :user, 'b', '{}', 'running', 3,"
                    " :card, '2026-01-01T00:00:00.000000Z')",
                    user=boss.id,
                    card=card,
                )
        async with bot_at(sandbox, tmp_path, clock=clock) as running:
            await boss.sees("Файл сделать не получилось")
            await running.settled()
            await boss.does_not_see("Готовлю файл")
