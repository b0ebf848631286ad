"""Who gets the digest: a group that was chosen for it, from then on; and nobody who does not want it."""

import pytest

from bot.domain.people import Role
from bot.domain.period import Period
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


async def test_a_receiver_switches_own_digests_off_under_one_and_on_by_a_word(
    city: City, day: Day, clock: RunningClock
) -> None:
    boss, head = await planned(city)
    await had_a_work_yesterday(city)
    await day.digest(day.at(11, 1))
    await head.taps("Не присылать мне итоги")
    await head.sees("больше не приходят", fresh=True)
    await head.sees("Итоги ВПР")  # the digest itself stays readable
    await day.digest(day.at(17, 1))
    assert (digests_in(city, boss.id), digests_in(city, head.id)) == (2, 1)
    clock.turn_to(day.at(18))
    await head.sends("итоги включить")
    await head.sees("будут приходить вам в 17:00", fresh=True)
    await day.digest(day.at(18, 1))
    assert digests_in(city, head.id) == 1, "what was due while they were off does not come afterwards"
    async with city.running.app.database.transaction() as tx:
        await tx.execute("UPDATE sitting SET date = DATE(date, '+1 day')")
    await day.digest(day.at(17, 1, days=1))
    assert (digests_in(city, boss.id), digests_in(city, head.id)) == (4, 3), "a Friday: the day's and the week's"


async def test_a_digest_that_waits_is_not_sent_to_who_switched_off_meanwhile(city: City, day: Day) -> None:
    boss, head = await planned(city)
    city.running.sandbox.faults.add("401", "sendPhoto", count=None)
    await day.digest(day.at(17, 1))
    await head.sends("Итоги выключить!")
    await head.sees("больше не приходят")
    city.running.sandbox.faults.clear()
    await day.digest(day.at(17, 30))
    assert (digests_in(city, boss.id), digests_in(city, head.id)) == (1, 0)
    assert (await city.running.app.health_page.vitals()).digests_given_up == 0


async def test_the_choice_is_shown_and_changed_by_buttons(city: City) -> None:
    boss, head = await planned(city)
    group = await group_with(city, boss)
    await head.sends("итоги")
    shown = await head.sees("Вам: приходят")
    assert "18:00" not in shown["text"], "the hour is not theirs to change"
    await head.sends("итоги в 18:00")
    await head.sees("муниципальный координатор", fresh=True)
    await boss.sends("итоги сюда", chat=group)
    await boss.sees("будут приходить", in_chat=group)
    await boss.sends("итоги")
    await boss.sees("В рабочую группу: приходят", fresh=True)
    await boss.taps("Не присылать в группу")
    await boss.sees("в рабочую группу больше не приходят", fresh=True)
    await boss.taps("Не присылать мне итоги")
    await boss.sees("вам больше не приходят", fresh=True)
    await boss.taps("Присылать мне итоги")
    await boss.sees("будут приходить вам", fresh=True)


@pytest.mark.parametrize("way", ["word", "button"])
async def test_a_coordinator_takes_the_digest_out_of_the_group_again(city: City, day: Day, way: str) -> None:
    boss, head = await planned(city)
    await had_a_work_yesterday(city)
    group = await group_with(city, boss, head)
    await boss.sends("итоги сюда", chat=group)
    await boss.sees("будут приходить", in_chat=group)
    async with city.running.app.database.transaction() as tx:
        await tx.execute("UPDATE setting SET changed_at = '2020-01-01T00:00:00.000000Z' WHERE name = 'digest_chat'")
    await day.digest(day.at(11, 5))
    assert digests_in(city, group.id) == 1
    if way == "button":
        await head.taps("Не присылать итоги сюда", in_chat=group)
        assert "только муниципальный координатор" in head.toast()
        await boss.taps("Не присылать итоги сюда", in_chat=group)
    else:
        await head.sends("итоги отсюда убрать", chat=group)
        await boss.sends("Итоги отсюда убрать.", chat=group)
    await boss.sees("больше не приходят", in_chat=group, fresh=True)
    await day.digest(day.at(17, 1))
    assert digests_in(city, group.id) == 1
    assert digests_in(city, boss.id) == 2


async def test_nothing_that_a_button_opens_goes_into_the_group(city: City, day: Day) -> None:
    """The digest there can be switched off and opens nothing; a button of an earlier version, or forged, is answered in private."""
    boss, head = await planned(city)
    group = await group_with(city, boss, head)
    await boss.sends("итоги сюда", chat=group)
    await boss.sees("будут приходить", in_chat=group)
    await day.digest(day.at(17, 1))
    message = await head.sees("Итоги ВПР", in_chat=group)
    assert [b["text"] for row in message["reply_markup"]["inline_keyboard"] for b in row] == ["Не присылать итоги сюда"]
    today = Period.day(day.at(12).date()).code
    for presser in (boss, head):
        for data in (f"sv:c:{today}", f"sv:w:{today}", f"sp:d:{today}", f"ex:d:{today}", "hd:queue:0", "home"):
            await presser.taps_old(message, data)
            await city.running.settled()
        await presser.sees("Отчёты: 0 из 1")
        name, _ = await presser.receives_document()
        assert name.endswith(".xlsx")
    written = [m for m in city.running.sandbox.world.chats[group.id].messages.values() if m["from"]["is_bot"]]
    assert [m["message_id"] for m in written[1:]] == [message["message_id"]], written


async def test_the_digest_without_its_picture_opens_nothing_in_the_group_either(
    city: City, day: Day, clock: RunningClock
) -> None:
    boss, _ = await planned(city)
    group = await group_with(city, boss)
    await boss.sends("итоги сюда", chat=group)
    await boss.sees("будут приходить", in_chat=group)
    refused = "Bad Request: PHOTO_INVALID_DIMENSIONS"
    city.running.sandbox.faults.add("400", "sendPhoto", description=refused, chat_id=group.id, count=None)
    clock.turn_to(day.at(17, 1))
    await day.digest(day.at(17, 1))
    message = await boss.sees("Итоги ВПР", in_chat=group)
    assert [b["text"] for row in message["reply_markup"]["inline_keyboard"] for b in row] == ["Не присылать итоги сюда"]
    assert "картинка" not in message["text"]
