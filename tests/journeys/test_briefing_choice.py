"""Who gets the digest: a group that was chosen for it, from then on."""

import pytest

from bot.domain.people import Role
from bot.sandbox.chats import Chat
from tests.city import City
from tests.clock import RunningClock
from tests.journeys.briefing_day import Day, planned
from tests.people import Phone


async def group_with(city: City, *members: Phone) -> Chat:
    return city.running.sandbox.world.add_group("Рабочая группа ВПР", members=[phone.id for phone in members])


def digests_in(city: City, chat: int) -> int:
    return len(city.running.sandbox.journal.of("sendPhoto", chat_id=chat, executed=True))


async def had_a_work_yesterday(city: City) -> None:
    _, observer = await city.phone_of("Пётр", Role.OBSERVER)
    await city.sits_today("СОШ № 5", "7 «А»", "Математика", observer)
    async with city.running.app.database.transaction() as tx:
        await tx.execute(
            "UPDATE sitting SET created_at = '2020-01-01T00:00:00.000000Z', date = DATE(date, '-1 day')"
            " WHERE id = (SELECT MAX(id) FROM sitting)"
        )


@pytest.mark.parametrize("slept", [0, 2])
async def test_a_group_gets_the_digest_once_also_after_a_sleep(city: City, day: Day, slept: int) -> None:
    boss, head = await planned(city)
    group = await group_with(city, boss, head)
    await boss.sends("Итоги сюда", chat=group)
    await boss.sees("будут приходить и в эту группу", in_chat=group)
    for minute in (1, 2, 30):
        await day.digest(day.at(17, minute, days=slept))
    message = await head.sees("Итоги ВПР", in_chat=group)
    assert "Отчёты: 0 из 1" in message["caption"]
    assert digests_in(city, group.id) == 1


async def test_a_group_gets_nothing_of_the_days_before(city: City, day: Day) -> None:
    boss, _ = await planned(city)
    await had_a_work_yesterday(city)
    group = await group_with(city, boss)
    await boss.sends("итоги сюда", chat=group)
    await boss.sees("будут приходить", in_chat=group)
    await day.digest(day.at(11, 5))
    await boss.sees("Итоги ВПР")  # who was a coordinator by then does get yesterday's
    assert digests_in(city, group.id) == 0
    await day.digest(day.at(17, 1))
    await boss.sees("Итоги ВПР: сегодня", in_chat=group)
    assert digests_in(city, group.id) == 1


async def test_saying_it_again_takes_nothing_away(city: City, day: Day, clock: RunningClock) -> None:
    boss, _ = await planned(city)
    group = await group_with(city, boss)
    await boss.sends("итоги сюда", chat=group)
    await boss.sees("будут приходить", in_chat=group, fresh=True)
    clock.turn_to(day.at(17, 30))
    await boss.sends("итоги сюда", chat=group)
    await boss.sees("будут приходить", in_chat=group, fresh=True)
    await day.digest(day.at(17, 31))
    assert digests_in(city, group.id) == 1
