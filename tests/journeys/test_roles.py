"""Roles in chat: menus of commands, several roles of one person, a role taken away, the head of a school."""

from datetime import timedelta

import pytest

from bot.domain.people import ROLE_ORDER, Account, Role
from bot.sandbox import Sandbox
from bot.texts import commands
from bot.texts.time import day
from storage import people, responsibility
from tests.city import City
from tests.people import Phone


def menu_of(city: City, phone: Phone) -> list[str]:
    """Names of the commands which this person's application offers in the chat with the bot."""
    world = city.running.sandbox.world
    return [command["command"] for command in world.commands.seen_by(world.chats[phone.id], phone.id)]


async def test_everybody_sees_the_menu_of_their_role_and_strangers_the_common_one(city: City) -> None:
    observer, _ = await city.phone_of("Анна", Role.OBSERVER)
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    stranger = city.running.person("Родитель", started=True)
    for phone in (observer, boss, stranger):
        await phone.sends("/start")
    await city.running.settled()
    assert menu_of(city, observer) == list(commands.MENU["observer"])
    assert menu_of(city, boss) == list(commands.MENU["coordinator"])
    assert menu_of(city, stranger) == list(commands.MENU[""])


async def test_menu_follows_a_role_that_is_taken_away(city: City) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    deputy, _ = await city.phone_of("Олег", Role.COORDINATOR)
    await deputy.sends("люди")
    card = await deputy.sees("Люди и приглашения")
    await city.running.settled()
    assert menu_of(city, deputy) == list(commands.MENU["coordinator"])
    await boss.sends("люди")
    await boss.taps("Координаторы")
    await boss.taps("К-002")
    await boss.taps("Отозвать роль")
    await boss.sees("Роль отозвана")
    await city.running.settled()
    assert menu_of(city, deputy) == list(commands.MENU[""])
    await deputy.taps_old(card, "pp:new")
    await deputy.sees("Это может только муниципальный координатор")


def test_every_command_of_a_menu_exists_and_has_a_russian_twin() -> None:
    from handlers.features import all_features

    known = {command.name: command.words for feature in all_features() for command in feature.commands}
    for role, menu in commands.MENU.items():
        assert len(menu) <= 7, role
        for name, text in menu.items():
            assert name in known, f"{role}: /{name} is no command of any feature"
            assert any("а" <= letter <= "я" for word in known[name] for letter in word), name
            assert text
    assert set(commands.MENU) == {"", *ROLE_ORDER}


async def test_person_of_two_roles_changes_between_them(city: City) -> None:
    await city.has_school("СОШ № 5")
    phone, person = await city.phone_of("Анна", Role.OBSERVER)
    async with city.running.app.database.transaction() as tx:
        await people.grant(tx, person.id, Role.COORDINATOR, 1, None, city.running.app.clock(), by=None)
    await phone.sends("главная")
    await phone.sees("Вы — муниципальный координатор Н-001")
    await phone.sees("Вы также: наблюдатель.")
    await phone.taps("Я наблюдатель")
    await phone.sees("Вы — наблюдатель Н-001")
    await phone.sends("главная")
    await phone.sees("Вы — наблюдатель Н-001", fresh=True)
    await city.running.settled()
    assert menu_of(city, phone) == list(commands.MENU["observer"])
    await phone.sends("сменить роль")
    await phone.taps("Я координатор")
    await phone.sees("Вы — муниципальный координатор Н-001", fresh=True)


async def test_role_that_is_not_held_cannot_be_chosen(city: City) -> None:
    phone, _ = await city.phone_of("Анна", Role.OBSERVER)
    await phone.sends("главная")
    card = await phone.sees("Вы — наблюдатель")
    await phone.taps_old(card, "as:coordinator")
    await phone.sees("Это может только муниципальный координатор")


async def test_head_of_a_school_takes_a_sitting_under_control(city: City) -> None:
    await city.has_school("СОШ № 5")
    await city.has_school("СОШ № 6")
    head, _ = await city.phone_of("Директор", Role.PRINCIPAL, school="СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    _, watcher = await city.phone_of("Анна", Role.OBSERVER)
    await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", watcher, minutes=30)
    await city.sits_today("СОШ № 6", "7А", "Физика", watcher, minutes=300)
    await head.sends("главная")
    card = await head.sees("Ответственность не принята")
    assert "СОШ № 6" not in card["text"]
    await head.taps("Принять: 6 «Б»")
    await head.sees("под личным контролем: Р-001")
    today = city.running.app.clock().astimezone(city.running.app.settings.zone).date().isoformat()
    await head.taps_old(card, f"ctl:1:{today}:2")
    await head.taps_old(card, f"ctl:2:{today}:2")
    await head.sees("Этой работы в графике больше нет")
    await boss.sends("график")
    await boss.taps(str(city.running.app.clock().astimezone(city.running.app.settings.zone).day))
    await boss.taps("СОШ № 5")
    await boss.taps("6 «Б»")
    await boss.sees("Под личным контролем руководителя школы: Р-001")


async def test_head_is_asked_again_when_the_sitting_moves(city: City) -> None:
    """The old acceptance stays as history and holds nowhere; an old button does not accept a date nobody has seen."""
    await city.has_school("СОШ № 5")
    head, _ = await city.phone_of("Директор", Role.PRINCIPAL, school="СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    _, watcher = await city.phone_of("Анна", Role.OBSERVER)
    await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", watcher, minutes=30)
    app = city.running.app
    actor, _ = await app.services.enrolment.actor(Account("tg", boss.id, boss.id))
    today = app.clock().astimezone(app.settings.zone).date()
    later = today + timedelta(days=1)
    await head.sends("главная")
    old = await head.sees("Ответственность не принята")
    await head.taps("Принять: 6 «Б»")
    await head.sees("под личным контролем: Р-001")

    _, revision = await app.services.scheduling.current(actor, 1)
    await app.services.scheduling.change(actor, 1, revision, "date", f"{later:%d.%m.%Y}", "карантин", app.clock())
    asked = await head.sees("Прежнее принятие больше не действует")
    assert day(later) in asked["text"]
    await head.taps_old(old, f"ctl:1:{today.isoformat()}:2")
    await head.sees("Ответственность не принята", fresh=True)
    assert "перенесли" in head.toast()
    await boss.sends("график")
    await boss.taps(str(later.day))
    await boss.taps("СОШ № 5")
    await boss.taps("6 «Б»")
    await boss.sees(f"Руководитель школы Р-001 принимал её на {day(today)}. После переноса ещё не подтверждено.")
    await head.taps_old(asked, f"ctl:1:{later.isoformat()}:2")
    await head.sees("под личным контролем: Р-001", fresh=True)
    async with app.database.read() as reader:
        kept = await responsibility.history(reader, 1)
    assert [(one.day, one.holds) for one in kept] == [(today, False), (later, True)]


@pytest.mark.parametrize("role", [Role.HEAD, Role.REGIONAL, Role.OPERATOR, Role.PRINCIPAL, Role.OBSERVER])
async def test_only_coordinators_change_people_and_plan(city: City, role: Role) -> None:
    await city.has_school("СОШ № 5")
    phone, person = await city.phone_of("Пётр", role, school="СОШ № 5")
    _, watcher = await city.phone_of("Анна", Role.OBSERVER)
    number = await city.sits_today("СОШ № 5", "6Б", "Русский язык", watcher, minutes=30)
    await phone.sends("главная")
    card = await phone.sees("Вы — ")
    forged = [
        "pp:new",
        f"pi:{person.id}:coordinator",
        f"po:{person.id}:coordinator",
        f"pr:{person.id}:observer",
        "px:1",
    ]
    for data in [*forged, f"pk:1:{watcher.id}", f"pu:1:{watcher.id}", f"ard:1:{watcher.id}:{person.id}", "aah:1"]:
        await phone.taps_old(card, data)
        await phone.sees("Это может только", fresh=True)
    async with city.running.app.database.read() as reader:
        assert await reader.fetch_value("SELECT person_id FROM report WHERE number = :n", n=number) == watcher.id
        assert await reader.fetch_value("SELECT COUNT(*) FROM assignment WHERE ended_at IS NULL") == 1
        assert await reader.fetch_value("SELECT COUNT(*) FROM invite") == 0


@pytest.mark.parametrize("moved", ["never", "known", "unknown"])
async def test_operator_who_loses_the_role_leaves_the_staff_group(tmp_path, moved: str) -> None:
    """Also when the group has become a supergroup meanwhile, whether its new id was told or is learnt by the removal."""
    from tests.running import bot_at

    async with Sandbox.start() as sandbox:
        operator = sandbox.world.add_person("Оператор")
        owner = sandbox.world.add_person("Владелец")
        group = sandbox.world.add_group("Горячая линия", supergroup=moved == "never", members=[owner.id, operator.id])
        async with bot_at(sandbox, tmp_path, hotline_group_id=group.id) as running:
            city = City(running)
            boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
            _, person = await city.phone_of("Оператор", Role.OPERATOR)
            if moved != "never":
                group = sandbox.group_life.upgrades(group)
                await running.settled()
            if moved == "unknown":
                async with running.app.database.transaction() as tx:
                    await tx.execute("DELETE FROM chat_migration")
            await boss.sends("люди")
            await boss.taps("Операторы")
            await boss.taps(person.code)
            await boss.taps("Отозвать роль")
            await boss.sees("Роль отозвана")
            await running.settled()
            assert group.member(operator.id).status == "left"
