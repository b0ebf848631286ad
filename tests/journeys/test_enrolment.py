"""From a console code to a coordinator, from an invitation to an observer."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.enrolment import TooManyCodes, WrongCode
from bot.domain.people import Account, Role
from bot.sandbox import Sandbox
from tests.city import City
from tests.clock import RunningClock
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


async def test_five_wrong_codes_close_typing_for_an_hour_and_never_the_link(city: City, clock: RunningClock) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    enrolment = city.running.app.services.enrolment
    actor, _ = await enrolment.actor(Account("tg", boss.id, boss.id))
    first = await enrolment.invite_new(actor, Role.OBSERVER, None, clock())
    second = await enrolment.invite_new(actor, Role.OBSERVER, None, clock())
    guest = city.running.person("Анна", started=True)
    for left in (4, 3, 2, 1):
        await guest.sends("старт 0000-0000")
        await guest.sees(f"Осталось: {left} ", fresh=True)
    await guest.sends("старт 0000-0000")
    await guest.sees("Попытки закончились", fresh=True)
    await guest.sends(f"старт {first.code}")
    await guest.sees("Слишком много неверных кодов", fresh=True)
    another = city.running.person("Вера", started=True)
    await another.sends(f"/start {second.token}")
    await another.sees("Вас приглашают: наблюдатель")
    await guest.sends(f"/start {first.token}")
    await guest.sees("Вас приглашают: наблюдатель", fresh=True)


async def test_person_is_added_with_a_telephone_and_nobody_twice(city: City) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    await boss.sends("люди")
    await boss.taps("Добавить человека")
    await boss.taps("Наблюдатели")
    await boss.sees("после них можно телефон")
    await boss.sends("Петрова Ольга Ивановна 123")
    await boss.sees("Имя или телефон не понял")
    await boss.sends("Петрова Ольга Ивановна, 8 (916) 123-45-67")
    await boss.sees("Приглашение: Н-001")
    await boss.sends("люди")
    await boss.taps("Добавить человека")
    await boss.taps("Наблюдатели")
    await boss.sends("Петрова О. И. +79161234567")
    await boss.sees("Этот телефон уже записан у Н-001")
    async with city.running.app.database.read() as reader:
        people = await reader.fetch_all("SELECT full_name, phone FROM person WHERE code LIKE 'Н-%'")
    assert [tuple(row) for row in people] == [("Петрова Ольга Ивановна", "+79161234567")]


async def test_code_is_understood_without_looking_for_the_button(city: City, clock: RunningClock) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    enrolment = city.running.app.services.enrolment
    actor, _ = await enrolment.actor(Account("tg", boss.id, boss.id))
    invited = await enrolment.invite_new(actor, Role.OBSERVER, None, clock())
    guest = city.running.person("Анна", started=True)
    await guest.sends("0000-0000")
    await guest.sees("Осталось: 4 ")
    await guest.sends(f" {invited.code.replace('-', ' ')} ")
    await guest.sees("Вас приглашают: наблюдатель")
    parent = city.running.person("Родитель", started=True)
    await parent.sends("позвоните мне 1234-5678")
    await parent.sees("Не понял")


async def test_code_expires_and_typing_opens_after_an_hour(city: City, clock: RunningClock) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    enrolment = city.running.app.services.enrolment
    account = Account("tg", 777, 777)
    actor, _ = await enrolment.actor(Account("tg", boss.id, boss.id))
    invitation = await enrolment.invite_new(actor, Role.OBSERVER, None, clock())
    now = clock()
    for _ in range(5):
        with pytest.raises(WrongCode):
            await enrolment.redeem(account, "0000-0000", now)
    with pytest.raises(TooManyCodes):
        await enrolment.redeem(account, invitation.code, now + timedelta(minutes=59))
    with pytest.raises(WrongCode):
        await enrolment.redeem(account, invitation.code, now + timedelta(days=31))
    assert (await enrolment.redeem(account, invitation.code, now + timedelta(minutes=61))).role is Role.OBSERVER


async def test_invited_coordinator_may_do_nothing_until_another_one_approves(city: City, clock: RunningClock) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    enrolment = city.running.app.services.enrolment
    actor, _ = await enrolment.actor(Account("tg", boss.id, boss.id))
    invitation = await enrolment.invite_new(actor, Role.COORDINATOR, None, clock())
    deputy = city.running.person("Олег", started=True)
    await deputy.sends(f"/start {invitation.token}")
    await deputy.taps("Начать")
    await deputy.taps("Даю согласие")
    waiting = await deputy.sees("должен подтвердить другой координатор")
    await deputy.taps_old(waiting, "pp:new")
    await deputy.sees("Это может только")
    await boss.sees("Роль: муниципальный координатор. Подтвердите")
    await boss.taps("Подтвердить роль")
    await deputy.sees("Ваша роль подтверждена")
    await deputy.sends("главная")
    await deputy.sees("Вы — муниципальный координатор К-002")
