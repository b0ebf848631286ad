"""Opening a contact takes two people: two accounts of one coordinator are not two."""

from bot.domain.people import Account, Role
from bot.services.enrolment import Invitation
from tests.hotline.test_desk import opens, writes
from tests.hotline.test_main_line import STORY
from tests.hotline.town import Town
from tests.people import Phone

CONTACT = "mama@example.org"


async def leaves_a_contact(town: Town) -> None:
    parent = await writes(town, "Мария", STORY, "Оставить контакт")
    await parent.taps("Даю согласие")
    await parent.sends(CONTACT)
    await parent.taps("Отправить")
    await parent.sees("Принято. Номер ГЛ-2026-00001.")


async def invited(town: Town, by: Phone, name: str) -> Phone:
    """Somebody who came with an invitation to be a coordinator, not approved yet."""
    invitation = await town.running.app.services.enrolment.invite_new(
        await town.actor(by), Role.COORDINATOR, None, town.clock()
    )
    return await comes(town, name, invitation)


async def comes(town: Town, name: str, invitation: Invitation) -> Phone:
    phone = town.running.person(name, started=True)
    await phone.sends(f"/start {invitation.token}")
    await phone.taps("Начать")
    await phone.taps("Даю согласие")
    return phone


async def asks(phone: Phone) -> None:
    await opens(phone, "00001")
    await phone.taps("Ещё")
    await phone.taps("Открыть контакт")
    await phone.sends("Нужно уточнить класс")


async def test_a_second_account_of_a_coordinator_is_no_second_person(town: Town):
    kira, _ = await town.phone_of("Кира Первая", Role.COORDINATOR)
    katya, _ = await town.phone_of("Катя Вторая", Role.COORDINATOR)
    await leaves_a_contact(town)
    double = await invited(town, kira, "Кира с другого телефона")
    await kira.sees("Подтвердите, что это тот человек")
    await kira.taps("Подтвердить роль")
    await kira.sees("Этого человека пригласили вы")
    await katya.taps("Подтвердить роль")
    await double.sees("Ваша роль подтверждена")
    await asks(kira)
    await kira.sees("Запрос отправлен")
    card = await double.sees("роль подтверждена")
    await double.taps_old(card, "hd:allow:1")
    await double.sees("Контакт открывают двое, которых впустили разные люди")
    await katya.taps("Посмотреть причину")
    await katya.taps("Разрешить")
    await kira.sees("можно открыть контакт")
    await asks(double)  # the other way about; Katya approved this account, Kira invited it
    await double.sees("сейчас такого второго координатора нет")


async def test_one_alone_gets_a_colleague_and_a_code_from_the_console_makes_two(town: Town):
    kira, _ = await town.phone_of("Кира Первая", Role.COORDINATOR)
    await leaves_a_contact(town)
    oleg = await invited(town, kira, "Олег")
    await kira.sees("Подтвердите, что это тот человек")
    await kira.taps("Подтвердить роль")  # nobody else could
    await oleg.sees("Ваша роль подтверждена")
    for phone in (kira, oleg):
        await asks(phone)
        await phone.sees("python -m bot coordinator")
    enrolment = town.running.app.services.enrolment
    code = await enrolment.coordinator_from_console(1, town.clock())
    await oleg.sends(f"/start {code.token}")
    await oleg.taps("Добавить мне роль")
    await oleg.sees("Вы — муниципальный координатор")
    actor, _ = await enrolment.actor(Account("tg", oleg.id, oleg.id))
    assert actor.has(Role.COORDINATOR)
    await asks(kira)
    await kira.sees("Запрос отправлен")
    await oleg.taps("Посмотреть причину")
    await oleg.taps("Разрешить")
    await kira.sees("можно открыть контакт")
    await kira.taps("Открыть контакт")
    await kira.sees(CONTACT)


async def test_the_role_of_a_colleague_does_not_come_with_their_code(town: Town):
    kira, _ = await town.phone_of("Кира Первая", Role.COORDINATOR)
    katya, person = await town.phone_of("Катя Вторая", Role.COORDINATOR)
    await leaves_a_contact(town)
    invitation = await town.running.app.services.enrolment.invite(
        await town.actor(kira), person.id, Role.COORDINATOR, None, town.clock()
    )
    double = town.running.person("Кира с другого телефона", started=True)
    await double.sends(f"/start {invitation.token}")
    await double.taps("Начать")
    waiting = await double.sees("должен подтвердить другой координатор")
    await asks(kira)
    await kira.sees("сейчас такого второго координатора нет")
    await double.taps_old(waiting, "hd:queue:0")
    await double.sees("Это может только")
    await kira.taps("Подтвердить роль")  # nobody else is left who could
    await double.sees("подтверждена")
    await asks(double)
    await double.sees("сейчас такого второго координатора нет")
    await katya.does_not_see("просит открыть контакт")


async def test_the_others_are_asked_again_when_a_colleague_moves_on_the_day_of_their_approval(town: Town):
    kira, _ = await town.phone_of("Кира Первая", Role.COORDINATOR)
    katya, _ = await town.phone_of("Катя Вторая", Role.COORDINATOR)
    oleg = await invited(town, kira, "Олег")
    await katya.sees("Подтвердите, что это тот человек")
    await katya.taps("Подтвердить роль")
    await oleg.sees("Ваша роль подтверждена")
    town.clock.forward(hours=1)
    known = await town.actor(oleg)
    assert known.person is not None
    invitation = await town.running.app.services.enrolment.invite(
        await town.actor(kira), known.person.id, Role.COORDINATOR, None, town.clock()
    )
    moved = town.running.person("Олег с другого телефона", started=True)
    await moved.sends(f"/start {invitation.token}")
    await moved.taps("Начать")
    await moved.sees("должен подтвердить другой координатор")
    await katya.sees("Подтвердите, что это тот человек", fresh=True)
    await katya.taps("Подтвердить роль")
    await moved.sees("Ваша роль подтверждена")
