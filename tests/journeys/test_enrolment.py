"""From a console code to a coordinator, from an invitation to an observer."""

from pathlib import Path

from bot.domain.people import Role
from bot.sandbox import Sandbox
from tests.city import City
from tests.running import bot_at


async def test_first_coordinator_by_console_code(tmp_path: Path) -> None:
    async with Sandbox.start() as sandbox, bot_at(sandbox, tmp_path) as running:
        invitation = await running.app.services.enrolment.first_coordinator(1, running.app.clock())
        assert invitation is not None
        boss = running.person("Мария")
        await boss.sends("/start")
        await boss.sees("Кто вы?")
        await boss.sends(f"старт {invitation.code}")
        await boss.taps("Начать")
        await boss.taps("Даю согласие")
        await boss.sees("муниципальный координатор К-001")
        actor, _ = await running.app.services.enrolment.actor(_account(boss.id))
        assert actor.has(Role.COORDINATOR)
        assert await running.app.services.enrolment.first_coordinator(1, running.app.clock()) is None


def _account(user_id: int):
    from bot.domain.people import Account

    return Account("tg", user_id, user_id)


async def test_receipt_of_the_hotline_is_shown_its_own_door(city: City) -> None:
    parent = city.running.person("Ольга", started=True)
    await parent.sends("/start")
    await parent.taps("У меня есть код")
    await parent.sends("9633 5484 4508 0504")
    await parent.sees("Это похоже на код ответа горячей линии")
    await parent.taps("Узнать ответ по коду")
    await parent.sees("16 цифр")
