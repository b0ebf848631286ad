"""What comes by itself: the pinned card of the day and the digest at its hour."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.people import MUNICIPALITY_ID, Account, Role
from tests.city import City
from tests.clock import RunningClock
from tests.journeys.briefing_day import Day, planned
from tests.people import Phone


def pinned(city: City, phone: Phone) -> list[int]:
    return list(city.running.sandbox.world.chats[phone.id].pinned)


async def submit(city: City) -> None:
    async with city.running.app.database.transaction() as tx:
        at = "2020-01-01T00:00:00.000000Z"
        await tx.execute("UPDATE report SET state = 'submitted', submitted_at = :at WHERE kind = 'observer'", at=at)


async def test_the_card_is_pinned_once_and_edited_only_when_something_changed(city: City, day: Day) -> None:
    boss, head = await planned(city)
    await day.briefings.refresh(day.at(8))
    card = await boss.sees("Отчёты: 0 из 1")
    assert pinned(city, boss) == [card["message_id"]]
    assert pinned(city, head) == []
    await day.briefings.refresh(day.at(8, 5))
    assert (await boss.sees("Отчёты: 0 из 1"))["text"] == card["text"]  # nothing changed: not even the time
    await submit(city)
    await day.briefings.refresh(day.at(8, 10))
    changed = await boss.sees("Отчёты: 1 из 1")
    assert changed["message_id"] == card["message_id"]
    assert pinned(city, boss) == [card["message_id"]]


async def test_the_card_changes_at_most_twice_a_minute(city: City, day: Day) -> None:
    boss, _ = await planned(city)
    start = day.at(8)
    await day.briefings.refresh(start)
    await submit(city)
    await day.briefings.refresh(start + timedelta(seconds=15))
    await boss.sees("Отчёты: 0 из 1")
    await day.briefings.refresh(start + timedelta(seconds=30))
    await boss.sees("Отчёты: 1 из 1")


async def test_a_card_that_is_gone_comes_anew(city: City, day: Day) -> None:
    boss, _ = await planned(city)
    await day.briefings.refresh(day.at(8))
    card = await boss.sees("Отчёты: 0 из 1")
    await city.running.app.messenger.delete(boss.id, [card["message_id"]])
    await submit(city)
    await day.briefings.refresh(day.at(8, 10))
    anew = await boss.sees("Отчёты: 1 из 1")
    assert anew["message_id"] != card["message_id"]
    assert pinned(city, boss) == [anew["message_id"]]


async def test_a_card_that_may_have_arrived_is_not_followed_by_another_at_every_tick(city: City, day: Day) -> None:
    boss, _ = await planned(city)
    faults, journal = city.running.sandbox.faults, city.running.sandbox.journal
    faults.add("reset", "sendMessage", when="after", count=None, chat_id=boss.id)
    for ticks in range(36):
        await day.briefings.refresh(day.at(8) + timedelta(seconds=15 * ticks))
    assert len(journal.of("sendMessage", chat_id=boss.id, executed=True)) == 1
    faults.clear()
    await day.briefings.refresh(day.at(8, 10))
    card = await boss.sees("Отчёты: 0 из 1")
    assert pinned(city, boss) == [card["message_id"]]
    await submit(city)
    await day.briefings.refresh(day.at(8, 11))
    assert (await boss.sees("Отчёты: 1 из 1"))["message_id"] == card["message_id"]


async def test_a_coordinator_who_has_not_agreed_yet_keeps_nobodys_card_away(city: City, day: Day) -> None:
    enrolment, now = city.running.app.services.enrolment, city.running.app.clock()
    invitation = await enrolment.coordinator_from_console(MUNICIPALITY_ID, now)
    guest = city.running.person("Гость", started=True)
    await guest.sends(f"/start {invitation.token}")
    await guest.sees("Вас приглашают")
    boss, _ = await planned(city)
    await day.briefings.refresh(day.at(8))
    await boss.sees("Отчёты: 0 из 1")
    await guest.does_not_see("Отчёты: 0 из 1")


async def test_no_card_at_night_or_without_works(city: City, day: Day) -> None:
    other, _ = await city.phone_of("Пётр", Role.COORDINATOR)
    await day.briefings.refresh(day.at(9))
    boss, _ = await planned(city)
    await day.briefings.refresh(day.at(23))
    await day.briefings.refresh(day.at(6))
    await boss.does_not_see("ВПР сегодня")
    await other.does_not_see("ВПР сегодня")


async def test_the_digest_comes_once_to_each(city: City, day: Day) -> None:
    boss, head = await planned(city)
    await day.digest(day.at(16, 59))
    await boss.does_not_see("Итоги ВПР")
    for _ in range(3):
        await day.digest(day.at(17, 1))
    for phone in (boss, head):
        message = await phone.sees("Итоги ВПР")
        assert "Отчёты: 0 из 1" in message["caption"]
        await phone.receives_photo()
    with pytest.raises(AssertionError, match="no new photo"):
        await boss.receives_photo(timeout=0.5)


async def test_the_digest_of_a_day_the_bot_slept_through(city: City, day: Day) -> None:
    boss, _ = await planned(city)
    await day.digest(day.at(9, days=2))
    message = await boss.sees("Итоги ВПР")
    assert "Отчёты: 0 из 1" in message["caption"]
    await boss.receives_photo()
    await day.digest(day.at(9, 1, days=2))
    with pytest.raises(AssertionError, match="no new photo"):
        await boss.receives_photo(timeout=0.5)


async def test_a_picture_that_is_refused_leaves_its_numbers(city: City, day: Day) -> None:
    boss, _ = await planned(city)
    actor, _ = await city.running.app.services.enrolment.actor(Account("tg", boss.id, boss.id))
    await city.running.app.services.digest_choice.set_hour(actor, day.at(0, 1).time(), day.at(0))
    city.running.sandbox.faults.add(
        "400", "sendPhoto", description="Bad Request: PHOTO_INVALID_DIMENSIONS", chat_id=boss.id
    )
    await day.digest(city.running.app.clock())
    message = await boss.sees("Картинку можно получить")
    assert "Отчёты: 0 из 1" in message["text"]


async def test_the_hour_can_be_moved(city: City, day: Day) -> None:
    boss, _ = await planned(city)
    actor, _ = await city.running.app.services.enrolment.actor(Account("tg", boss.id, boss.id))
    await city.running.app.services.digest_choice.set_hour(actor, day.at(12, 30).time(), day.at(8))
    await day.digest(day.at(12, 31))
    await boss.sees("Итоги ВПР")


@pytest.mark.parametrize("trouble", ["401", "429"])
async def test_the_digest_outlives_hours_without_the_messenger(city: City, day: Day, trouble: str) -> None:
    boss, head = await planned(city)
    faults = city.running.sandbox.faults
    faults.add(trouble, "sendPhoto", count=None)
    for minutes in range(1, 180, 12):
        await day.digest(day.at(17) + timedelta(minutes=minutes))
    faults.clear()
    for minutes in (185, 200):
        await day.digest(day.at(17) + timedelta(minutes=minutes))
    for phone in (boss, head):
        message = await phone.sees("Итоги ВПР")
        assert "повтор" not in message["caption"], "none of the earlier tries went out"
        await phone.receives_photo()
        with pytest.raises(AssertionError, match="no new photo"):
            await phone.receives_photo(timeout=0.2)


async def test_a_digest_that_came_too_late_for_everybody_is_counted(
    city: City, day: Day, caplog: pytest.LogCaptureFixture
) -> None:
    boss, _ = await planned(city)
    city.running.sandbox.faults.add("401", "sendPhoto", count=None)
    await day.digest(day.at(17, 1))
    await day.digest(day.at(18, days=5))
    await boss.does_not_see("Итоги ВПР")
    assert (await city.running.app.health_page.vitals()).digests_given_up == 2
    assert "is given up: too old" in caplog.text


async def test_a_digest_that_hangs_keeps_no_reminder_waiting(city: City, day: Day, clock: RunningClock) -> None:
    clock.turn_to(day.at(7))
    boss, _ = await planned(city)
    actor, _ = await city.running.app.services.enrolment.actor(Account("tg", boss.id, boss.id))
    await city.running.app.services.digest_choice.set_hour(actor, day.at(0, 1).time(), day.at(0))
    _, person = await city.phone_of("Пётр", Role.OBSERVER)
    await city.sits_today("СОШ № 5", "7 «А»", "Математика", person, minutes=130)
    hanging = city.running.sandbox.faults.add("hang", "sendPhoto", count=None)
    ticks = [asyncio.ensure_future(city.running.app.schedule.tick())]
    assert await city.running.sandbox.world.changes.until(lambda: hanging.struck > 0, 20)
    clock.turn_to(day.at(7, 31))
    ticks.append(asyncio.ensure_future(city.running.app.schedule.tick()))
    await city.running.person("Пётр").sees("Приходите к 08:50")
    assert not any(tick.done() for tick in ticks), "the digest hangs all the while"
    for tick in ticks:
        tick.cancel()
    await asyncio.gather(*ticks, return_exceptions=True)
