"""A copy is put back: what was shown in the time it knows nothing of is not obeyed, and older buttons are."""

from datetime import timedelta
from pathlib import Path

from bot.domain.people import Role
from bot.sandbox import Sandbox
from storage import backup
from storage.restoring import restore
from tests.city import City
from tests.clock import MOSCOW
from tests.running import bot_at


def until_tomorrow_at_eleven(sandbox: Sandbox) -> timedelta:
    now = sandbox.world.clock.now().astimezone(MOSCOW)
    return (now + timedelta(days=1)).replace(hour=11, minute=0) - now


async def test_old_button_never_means_another_row(tmp_path: Path) -> None:
    async with Sandbox.start() as sandbox:
        clock = sandbox.world.clock  # messages bear its time
        clock.advance(until_tomorrow_at_eleven(sandbox))
        async with bot_at(sandbox, tmp_path, clock=clock.now) as running:
            city, app = City(running), running.app
            await city.has_school("СОШ № 5")
            anna, person = await city.phone_of("Анна", Role.OBSERVER)
            await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=5)
            await anna.sends("главная")
            older = await anna.sees("6 «Б»")
            await running.settled()

            clock.advance(60)
            await app.lease.beat()
            copy = await backup.make(app.database.path, tmp_path / "copies", clock.now())
            lost = await city.sits_today("СОШ № 5", "7 «А»", "Физика", person, minutes=95)
            await anna.sends("мои даты")
            newer = await anna.sees("7 «А»")
            await running.settled()
        clock.advance(60)
        await restore(copy.path, tmp_path / "bot.db", clock.now())
        clock.advance(60)

        async with bot_at(sandbox, tmp_path, clock=clock.now) as running:
            city = City(running, city.schools)
            fresh = await city.sits_today("СОШ № 5", "8 «В»", "Химия", person, minutes=185)
            assert fresh > lost, "a number that people may have noted is never given again"
            await anna.taps_old(newer, f"rp:{lost}")
            await anna.sees("Эта кнопка устарела", fresh=True)
            await anna.taps("Главная")
            await anna.sees("8 «В»", fresh=True)
            await anna.taps_old(older, "memo")
            await anna.does_not_see("Эта кнопка устарела", fresh=True)


async def test_what_fell_due_since_the_copy_comes_as_a_repeat(tmp_path: Path) -> None:
    async with Sandbox.start() as sandbox:
        clock = sandbox.world.clock
        clock.advance(until_tomorrow_at_eleven(sandbox))
        async with bot_at(sandbox, tmp_path, clock=clock.now) as running:
            city, app = City(running), running.app
            await city.has_school("СОШ № 5")
            boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
            anna, person = await city.phone_of("Анна", Role.OBSERVER)
            school, _ = await city.phone_of("Ольга", Role.SCHOOL_COORDINATOR, school="СОШ № 5")
            await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=60)
            await app.schedule.tick()  # the morning card
            await running.settled()
            await app.lease.beat()
            copy = await backup.make(app.database.path, tmp_path / "copies", clock.now())
            clock.advance(timedelta(hours=6, minutes=1))  # 17:01: the deadline has passed, the day is over
            await app.schedule.tick()
            await running.settled()
            first = await boss.sees("Итоги ВПР")
            assert "повтор" not in first["caption"]
            late, step = await anna.sees("Срок отчёта"), await school.sees("Отметьте шаг")
            unmarked = await boss.sees("Школа не отметила")
            assert "повтор" not in f"{late['text']} {step['text']} {unmarked['text']}"
        clock.advance(60)
        await restore(copy.path, tmp_path / "bot.db", clock.now())
        clock.advance(60)

        async with bot_at(sandbox, tmp_path, clock=clock.now) as running:
            await running.app.schedule.tick()
            await running.settled()
            again = await boss.sees("Итоги ВПР")
            assert again["message_id"] != first["message_id"]
            assert "повтор" in again["caption"]
            came = (anna, "Срок отчёта", late), (school, "Отметьте шаг", step), (boss, "Школа не отметила", unmarked)
            for phone, words, earlier in came:
                again = await phone.sees(words)
                assert again["message_id"] != earlier["message_id"]
                assert "повтор" in again["text"]
