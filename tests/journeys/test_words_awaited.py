"""What somebody was asked to write is taken as they wrote it, also when it begins like a command."""

import pytest

from bot.domain.people import Account, Role
from tests.city import City
from tests.people import Phone

EATEN = (
    "Старт работы задержали, дети списывали",
    "График ВПР изменили, нас не предупредили",
    "Когда ВПР писали, учитель диктовал ответы",
)
STAFF = ((Role.OBSERVER, ""), (Role.SCHOOL_COORDINATOR, "СОШ № 5"), (Role.PRINCIPAL, "СОШ № 5"))


async def drafted(city: City, phone: Phone) -> str:
    """The text of what they began to write to the hotline; «» for nothing."""
    await city.running.settled()
    app = city.running.app
    draft = await app.services.hotline.intake.draft(Account("tg", phone.id, phone.id), app.clock())
    return draft.text if draft is not None else ""


async def expected_in_clear(city: City) -> int:
    async with city.running.app.database.read() as reader:
        return int(await reader.fetch_value("SELECT COUNT(*) FROM expectation"))


async def alerts(city: City) -> int:
    await city.running.settled()
    async with city.running.app.database.read() as reader:
        return int(await reader.fetch_value("SELECT COUNT(*) FROM alert"))


@pytest.mark.parametrize("text", EATEN)
async def test_a_complaint_that_begins_like_a_command_is_a_complaint(city: City, text: str) -> None:
    await city.has_school("СОШ № 5")
    parent = city.running.person("Марина", started=True)
    await parent.sends("горячая линия")
    await parent.sees("Опишите, что случилось")
    await parent.sends(text)
    assert text in await drafted(city, parent)
    await parent.sends("И ещё: " + text)
    assert await drafted(city, parent) == f"{text}\nИ ещё: {text}"
    assert await expected_in_clear(city) == 0


@pytest.mark.parametrize(("role", "school"), STAFF)
async def test_an_urgent_word_to_the_hotline_is_never_a_signed_alarm(city: City, role: Role, school: str) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    writer, _ = await city.phone_of("Анна", role, school=school)
    await writer.sends("горячая линия")
    await writer.sees("Опишите, что случилось")
    await writer.sends("Срочно! Директор заставляет исправлять ответы")
    assert "Директор заставляет" in await drafted(city, writer)
    await writer.taps("Да, готово")
    await writer.taps("Не хочу указывать")
    await writer.sees("Как с вами связаться?")
    await writer.sends("Срочно! Он узнал, что я пишу")  # nothing is asked now, but the message is not sent
    await writer.sees("Этот текст никуда не ушёл", fresh=True)
    assert await alerts(city) == 0
    await boss.does_not_see("Срочно №")
    await writer.taps("К моему сообщению")
    await writer.sees("Как с вами связаться?", fresh=True)


@pytest.mark.parametrize(("role", "school"), STAFF)
async def test_an_urgent_word_of_its_own_is_never_a_signed_alarm_either(city: City, role: Role, school: str) -> None:
    """People write in bursts: «Срочно!» first, then what happened, which would go out under their code."""
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    writer, _ = await city.phone_of("Анна", role, school=school)
    await writer.sends("горячая линия")
    await writer.sees("Опишите, что случилось")
    await writer.sends("Срочно!")
    await writer.sees("Этот текст никуда не ушёл", fresh=True)
    await writer.sends("Директор заставляет исправлять ответы")
    assert await drafted(city, writer) == "Директор заставляет исправлять ответы"
    await writer.taps("Да, готово")
    await writer.taps("Не хочу указывать")
    await writer.sees("Как с вами связаться?")
    await writer.sends("срочно")
    await writer.sees("Этот текст никуда не ушёл", fresh=True)
    assert await alerts(city) == 0
    await boss.does_not_see("Срочно №")
    await writer.sends("/srochno")  # from the menu: meant as it is
    await boss.sees("Срочно №")


async def test_who_asks_not_to_be_named_raises_no_signed_alarm(city: City) -> None:
    await city.has_school("СОШ № 5")
    writer, _ = await city.phone_of("Анна", Role.SCHOOL_COORDINATOR, school="СОШ № 5")
    await writer.sends("Срочно, но анонимно: директор правит работы")
    await writer.sees("Не понял")
    assert await alerts(city) == 0


async def asked_for_words(city: City) -> Phone:
    await city.has_school("СОШ № 5")
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-20)
    await observer.sends("/start")
    await observer.taps("начать отчёт")
    await observer.taps("Нет")
    await observer.sees("Что именно")
    return observer


@pytest.mark.parametrize("text", ["Старт задержали на 20 минут", "Старт"])
async def test_a_comment_that_begins_like_a_command(city: City, text: str) -> None:
    """Only the whole word is the command."""
    observer = await asked_for_words(city)
    await observer.sends(text)
    await city.running.settled()
    async with city.running.app.database.read() as reader:
        comment = await reader.fetch_value("SELECT comment FROM answer WHERE value = 'no'")
    assert comment == ("" if text == "Старт" else text)


async def test_an_alarm_is_raised_from_wherever_somebody_is(city: City) -> None:
    """The design's 8.5: «срочно» with its text from any screen, also while the words to a «Нет» are awaited."""
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    observer = await asked_for_words(city)
    await observer.sends("срочно, в классе 214 посторонний")
    await boss.sees("в классе 214 посторонний")


async def test_a_dictated_report_is_taken_while_words_to_a_signal_are_awaited(city: City) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    observer = await asked_for_words(city)
    await observer.sends("срочно дверь заперта")
    await observer.sees("Координатор уже получил сигнал")
    await observer.sends("отчёт Б6 нет у двоих телефоны, остальное да")
    await observer.sees("Б6", fresh=True)
    await boss.does_not_see("остальное да")


async def test_words_with_more_after_them_still_mean_what_they_did(city: City) -> None:
    await city.has_school("СОШ № 5")
    parent = city.running.person("Марина", started=True)
    await parent.sends("график впр № 5")
    await parent.sees("СОШ № 5", fresh=True)
    await parent.sends("Когда ВПР писали, учитель диктовал ответы")
    await parent.sees("Не понял", fresh=True)
    await parent.sends("старт 4821-7730")
    await parent.sees("Такого кода нет", fresh=True)
