"""An invitation that did its work gives nothing any more: not to whoever left, nor to whoever keeps an unanswered offer."""

from bot.domain.people import Role
from storage import people
from tests.city import City
from tests.journeys.test_further_role import invited_code, roles_of


async def test_old_console_code_does_not_bring_the_role_back_to_a_coordinator_who_left(city: City) -> None:
    app = city.running.app
    first = await app.services.enrolment.first_coordinator(1, app.clock())
    assert first is not None
    irina = city.running.person("Ирина", started=True)
    await irina.sends(f"/start {first.token}")
    await irina.taps("Начать")
    await irina.taps("Даю согласие")
    await irina.sees("Вы — муниципальный координатор К-001")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    await boss.sends("К-001")
    await boss.taps("К-001")
    await boss.taps("Отозвать роль")
    await boss.sees("Роль отозвана")
    code = await invited_code(boss, "Наблюдатели")
    await irina.sends(f"старт {code}")
    await irina.taps("Начать")
    await irina.taps("Даю согласие")
    asked = await irina.sees("Шаг 2 из 3")
    for secret in (f"/start {first.token}", f"старт {first.code}"):
        await irina.sends(secret)
        await irina.sees("Такого кода нет", fresh=True)
    await irina.taps_old(asked, "jr:1:1")  # forged: the button was never shown
    await irina.sees("Это приглашение уже принято, отозвано или возвращено")
    await irina.taps("Всё верно")
    assert await roles_of(city, irina) == {Role.OBSERVER}


async def test_offer_nobody_answered_ends_with_a_fresh_invitation_and_with_all_of_them(city: City) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    keeper, _ = await city.phone_of("Вера", Role.SCHOOL_COORDINATOR, school="СОШ № 5")
    code = await invited_code(boss, "Наблюдатели")
    await keeper.sends(f"старт {code}")
    offer = await keeper.sees("Вы уже в боте: Ш-001")
    await boss.taps("Назад")  # to the card of the invited
    await boss.taps("Пригласить")
    await boss.sees("Приглашение: Н-001", fresh=True)
    await keeper.taps_old(offer, "jr:1:1")
    await keeper.sees("Это приглашение уже принято, отозвано или возвращено")
    code = await invited_code(boss, "Наблюдатели")
    await keeper.sends(f"старт {code}")
    offer = await keeper.sees("Вы уже в боте: Ш-001", fresh=True)
    await boss.sends("люди")
    await boss.taps("Ждут входа")
    await boss.taps("Отозвать все")
    await boss.taps("Да, отозвать все")
    await boss.sees("Неиспользованных приглашений нет")
    await keeper.taps_old(offer, "jr:3:1")
    await keeper.sees("Это приглашение уже принято, отозвано или возвращено", fresh=True)
    assert await roles_of(city, keeper) == {Role.SCHOOL_COORDINATOR}


async def test_approved_role_of_the_invited_waits_again_when_somebody_else_takes_the_invitation(city: City) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    deputy, _ = await city.phone_of("Олег", Role.COORDINATOR)
    taker, _ = await city.phone_of("Вера", Role.SCHOOL_COORDINATOR, school="СОШ № 5")
    code = await invited_code(boss, "Наблюдатели")
    app = city.running.app
    async with app.database.transaction() as tx:
        invited = await tx.fetch_value("SELECT person_id FROM invite")
        await people.grant(tx, invited, Role.OBSERVER, 1, None, app.clock(), by=None)
    await boss.taps("Назад")
    await boss.taps("Ещё роль")
    await boss.taps("Операторы линии")
    await boss.sees("Ждёт подтверждения: оператор горячей линии.")
    await deputy.taps("Подтвердить роль")
    await deputy.sees("Роль подтверждена")
    await taker.sends(f"старт {code}")
    await taker.taps("Добавить мне роль")
    await deputy.sees("Ш-001", fresh=True)  # a second pair of eyes, for whoever it turned out to be
    assert Role.OPERATOR not in await roles_of(city, taker)
    await deputy.taps("Подтвердить роль")
    await taker.sees("Ваша роль подтверждена: оператор горячей линии")
    assert Role.OPERATOR in await roles_of(city, taker)
