"""Several roles of one person: by an invitation, by a coordinator; a link opened by the wrong one, or on a new phone."""

import re

from bot.domain.people import Account, Role
from storage import people, reports
from tests.city import City
from tests.people import Phone


async def invited_code(boss: Phone, role: str) -> str:
    await boss.sends("люди")
    await boss.taps("Добавить человека")
    await boss.taps(role)
    await boss.sends("-")
    found = re.search(r"\d{4}-\d{4}", (await boss.sees("Приглашение: ", fresh=True))["text"])
    assert found is not None
    return found.group()


async def roles_of(city: City, phone: Phone) -> set[Role]:
    async with city.running.app.database.read() as reader:
        actor, _ = await people.actor(reader, Account("tg", phone.id, phone.id))
    return {membership.role for membership in actor.memberships}


async def test_coordinator_who_tries_a_link_keeps_the_role_and_the_link_works_for_its_owner(city: City) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    code = await invited_code(boss, "Наблюдатели")
    await boss.sends(f"старт {code}")
    asked = await boss.sees("Вы уже в боте: К-001")
    await boss.taps("Это не мне")
    await boss.sees("Приглашение снова ждёт")
    await boss.taps_old(asked, "jr:1:1")
    await boss.sees("Это приглашение уже принято, отозвано или возвращено")
    assert await roles_of(city, boss) == {Role.COORDINATOR}
    observer = city.running.person("Анна")
    await observer.sends(f"старт {code}")
    await observer.sees("Вас приглашают: наблюдатель")
    await observer.taps("Начать")
    await observer.taps("Даю согласие")
    await observer.sees("Шаг 2 из 3")
    await boss.taps_old(asked, "join:no")
    await boss.sees("Вы — муниципальный координатор К-001")
    assert await roles_of(city, boss) == {Role.COORDINATOR}


async def test_second_role_is_added_and_the_places_of_the_invited_code_come_with_it(city: City) -> None:
    school = await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    phone, teacher = await city.phone_of("Вера", Role.SCHOOL_COORDINATOR, school="СОШ № 5")
    app = city.running.app
    await city.has_school("СОШ № 6")
    code = await invited_code(boss, "Наблюдатели")
    async with app.database.transaction() as tx:
        invited = await tx.fetch_value("SELECT person_id FROM invite")
        await people.grant(tx, invited, Role.OBSERVER, 1, None, app.clock(), by=None)
    async with app.database.read() as reader:
        ghost = await people.person(reader, invited)
    number = await city.sits_today("СОШ № 6", "6Б", "Русский язык", ghost, minutes=60)
    await phone.sends(f"старт {code}")
    await phone.sees("Вы уже в боте: Ш-001")
    await phone.taps("Добавить мне роль")
    await phone.sees("Вас назначили наблюдателем")
    assert await roles_of(city, phone) == {Role.SCHOOL_COORDINATOR, Role.OBSERVER}
    async with app.database.read() as reader:
        report = await reports.load(reader, number)
        assert report is not None
        assert report.person_id == teacher.id
        everybody = await people.holders(reader, Role.OBSERVER)
        assert [person.id for person in everybody] == [teacher.id]
        actor, _ = await people.actor(reader, Account("tg", phone.id, phone.id))
    assert actor.schools(Role.SCHOOL_COORDINATOR) == {school}


async def test_coordinator_adds_and_takes_one_of_several_roles(city: City) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    deputy, _ = await city.phone_of("Олег", Role.COORDINATOR)
    phone, person = await city.phone_of("Анна", Role.OBSERVER)
    await boss.sends("Н-001")
    await boss.taps("Н-001")
    await boss.taps("Ещё роль")
    await boss.taps("Руководители школ")
    await boss.taps("СОШ № 5")
    await boss.sees("Роли: наблюдатель, руководитель школы.")
    await phone.sees("Вам добавлена роль: руководитель школы")
    await boss.taps("Ещё роль")
    await boss.taps("Операторы линии")
    await boss.sees("Ждёт подтверждения: оператор горячей линии.")
    asked = await deputy.sees("Роль: оператор горячей линии. Подтвердите")
    await boss.taps("Ещё роль")
    await boss.taps("Координаторы")
    await boss.sees("Ждут подтверждения: оператор горячей линии, муниципальный координатор.")
    await deputy.sees("Роль: муниципальный координатор. Подтвердите")
    await phone.sends("главная")
    await phone.sees("Вы — наблюдатель Н-001")
    assert await roles_of(city, phone) == {Role.OBSERVER, Role.PRINCIPAL}
    await deputy.taps_old(asked, f"po:{person.id}:operator")
    await phone.sees("Ваша роль подтверждена: оператор горячей линии")
    assert await roles_of(city, phone) == {Role.OBSERVER, Role.PRINCIPAL, Role.OPERATOR}  # and nothing else
    await deputy.taps_old(asked, f"po:{person.id}:operator")
    await deputy.sees("Эту роль уже подтвердили")
    await boss.taps("Отозвать: рук. школы")
    await boss.sees("Роль отозвана")
    assert await roles_of(city, phone) == {Role.OBSERVER, Role.OPERATOR}
    await phone.taps_old(await phone.sees("Вы — наблюдатель"), f"pad:{person.id}:coordinator")
    await phone.sees("Это может только")


async def test_new_phone_takes_over_and_the_earlier_one_is_a_stranger(city: City) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    earlier, person = await city.phone_of("Анна", Role.OBSERVER)
    await earlier.sends("главная")
    card = await earlier.sees("Вы — наблюдатель Н-001")
    await boss.sends("Н-001")
    await boss.taps("Н-001")
    await boss.taps("Вход с другого телефона")
    found = re.search(r"\d{4}-\d{4}", (await boss.sees("Приглашение: Н-001"))["text"])
    assert found is not None
    fresh = city.running.person("Анна, новый телефон")
    await fresh.sends(f"старт {found.group()}")
    await boss.sees("Н-001 вошёл по новому приглашению с другого телефона")
    await earlier.taps_old(card, "dates")
    await earlier.sends("главная")
    await earlier.sees("Кто вы?")
    async with city.running.app.database.read() as reader:
        actor, _ = await people.actor(reader, Account("tg", fresh.id, fresh.id))
    assert actor.person is not None
    assert actor.person.id == person.id


async def test_invited_who_never_came_is_found_and_invited_again_to_the_same_school(city: City) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    await boss.sends("люди")
    await boss.taps("Добавить человека")
    await boss.taps("Руководители школ")
    await boss.taps("СОШ № 5")
    await boss.sends("Иванова Ольга Петровна")
    await boss.sees("Приглашение: Р-001")
    await boss.sends("люди")
    await boss.taps("Руководители школ")
    await boss.taps("Р-001")
    await boss.sees("Приглашение ждёт: руководитель школы")
    await boss.taps("Пригласить")
    found = re.search(r"\d{4}-\d{4}", (await boss.sees("Приглашение: Р-001", fresh=True))["text"])
    assert found is not None
    head = city.running.person("Ольга")
    await head.sends(f"старт {found.group()}")
    await head.taps("Начать")
    await head.taps("Даю согласие")
    await head.sees("Вы — руководитель школы Р-001")
    await head.sees("СОШ № 5")
