"""Without consent, or under age, no role counts: nothing personal is done under it, and the way on is shown."""

from bot.domain.people import Account, Role
from tests.city import City
from tests.people import Phone


async def invited(city: City, role: Role, *, school: str = "") -> Phone:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    enrolment, now = city.running.app.services.enrolment, city.running.app.clock()
    actor, _ = await enrolment.actor(Account("tg", boss.id, boss.id))
    invitation = await enrolment.invite_new(actor, role, city.schools.get(school), now)
    guest = city.running.person("Гость", started=True)
    await guest.sends(f"/start {invitation.token}")
    await guest.taps("Начать")
    await guest.sees("Согласие")
    return guest


async def has_role(city: City, phone: Phone, role: Role) -> bool:
    actor, _ = await city.running.app.services.enrolment.actor(Account("tg", phone.id, phone.id))
    return actor.has(role)


async def test_who_gave_no_consent_raises_no_alarm_and_reads_no_schedule(city: City) -> None:
    await city.has_school("СОШ № 5")
    school = await invited(city, Role.SCHOOL_COORDINATOR, school="СОШ № 5")
    await school.taps("Не даю")
    card = await school.sees("Без согласия работать с ботом нельзя")
    await school.sends("срочно нет бланков")
    await school.taps_old(card, "sc")
    await school.sees("Это может только", fresh=True)
    await school.sees("Даю организатору", fresh=True)
    assert not await has_role(city, school, Role.SCHOOL_COORDINATOR)
    async with city.running.app.database.read() as reader:
        assert await reader.fetch_value("SELECT COUNT(*) FROM alert") == 0
    await school.taps("Даю согласие")
    await school.sees("Вы — школьный координатор", fresh=True)
    assert await has_role(city, school, Role.SCHOOL_COORDINATOR)


async def test_observer_with_an_interest_is_asked_their_age_and_nobody_under_18_stays(city: City) -> None:
    await city.has_school("СОШ № 5")
    guest = await invited(city, Role.OBSERVER)
    await guest.taps("Даю согласие")
    await guest.taps("Есть совпадение")
    await guest.taps("СОШ № 5")
    await guest.taps("Готово")
    await guest.taps("Учатся мои дети")
    await guest.sees("Вам есть 18 лет?")
    assert not await has_role(city, guest, Role.OBSERVER)
    await guest.taps("Мне нет 18")
    await guest.sees("Наблюдать на ВПР можно с 18 лет")
    async with city.running.app.database.read() as reader:
        held = "SELECT COUNT(*) FROM membership WHERE role = 'observer' AND revoked_at IS NULL"
        assert await reader.fetch_value(held) == 0
        assert (
            await reader.fetch_value("SELECT COUNT(*) FROM person WHERE adult_at IS NOT NULL AND code = 'Н-001'") == 0
        )


async def test_observer_with_an_interest_who_is_of_age_goes_on(city: City) -> None:
    await city.has_school("СОШ № 5")
    guest = await invited(city, Role.OBSERVER)
    await guest.taps("Даю согласие")
    await guest.taps("Есть совпадение")
    await guest.taps("СОШ № 5")
    await guest.taps("Готово")
    await guest.taps("Учатся мои дети")
    await guest.taps("Да, мне есть 18")
    await guest.sees("Шаг 3 из 3")
    assert await has_role(city, guest, Role.OBSERVER)
