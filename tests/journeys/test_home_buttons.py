"""Every door of every home opens: no button that was just shown is refused, stale or silent."""

import pytest

from bot.domain.people import ROLE_ORDER, Role
from bot.texts import errors, start
from tests.city import City
from tests.people import Phone

SCHOOL = "СОШ № 5"
REFUSALS = (errors.STALE_BUTTON, "Это может только", "Что-то пошло не так")
# They end a role or a day of work, and are walked elsewhere.
KEPT_OUT = ("Не смогу прийти",)


async def refused(phone: Phone, begin: str, heading: str) -> list[str]:
    """Labels offered after these words whose tap is refused."""
    await phone.sends(begin)
    await phone.sees(heading, fresh=True)
    wrong = []
    for label in phone.buttons():
        if label in KEPT_OUT:
            continue
        await phone.sends(begin)
        await phone.sees(heading, fresh=True)
        await phone.taps(label)
        said = phone.last_message.get("text") or phone.last_message.get("caption") or ""
        if any(refusal in said for refusal in REFUSALS):
            wrong.append(f"{label}: {said}")
    return wrong


async def somebody(city: City, role: Role) -> Phone:
    await city.has_school(SCHOOL)
    _, watcher = await city.phone_of("Вера", Role.OBSERVER)
    await city.sits_today(SCHOOL, "6Б", "Русский язык", watcher, minutes=-30)
    phone, person = await city.phone_of("Анна", role, school=SCHOOL)
    if role is Role.OBSERVER:
        await city.sits_today(SCHOOL, "7А", "Математика", person, minutes=-30)
    return phone


@pytest.mark.parametrize("role", ROLE_ORDER)
async def test_every_button_of_the_home_works(city: City, role: str) -> None:
    phone = await somebody(city, Role(role))
    assert await refused(phone, "главная", "Вы — ") == []


@pytest.mark.parametrize("role", ["coordinator", "head", "school_coordinator", "principal"])
async def test_every_button_of_the_summary_works(city: City, role: str) -> None:
    phone = await somebody(city, Role(role))
    assert await refused(phone, "сводка", "ВПР сегодня") == []


async def test_summary_of_the_home_is_the_day(city: City) -> None:
    phone = await somebody(city, Role.COORDINATOR)
    await phone.sends("главная")
    await phone.taps(start.SUMMARY)
    await phone.sees("Проведено работ")
