"""A report without buttons: one message, what was understood, «да»."""

from bot.domain.checklist import AnswerValue
from bot.domain.people import Role
from bot.domain.report import ReportState
from storage import reports
from tests.city import City


async def load(city: City, number: int):
    async with city.running.app.database.read() as reader:
        report = await reports.load(reader, number)
    assert report is not None
    return report


async def one_report(city: City):
    await city.has_school("СОШ № 5")
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    return observer, await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-90)


async def test_one_message_and_yes_send_a_report(city: City) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    observer, number = await one_report(city)
    await observer.sends(f"отчёт {number} Б6 нет у двоих телефоны, Г4 не видел, остальное да")
    await observer.sees("Принято: Б6 — нет («у двоих телефоны»), Г4 — не наблюдал, остальные пункты (10) — да.")
    await observer.does_not_see("Не понял")
    await boss.sees("у двоих телефоны")
    await observer.sends("да")
    await observer.sees(f"Отчёт {number} принят")
    report = await load(city, number)
    assert report.state is ReportState.SUBMITTED
    assert report.answers["Б6"].comment == "у двоих телефоны"
    assert report.answers["Г4"].value is AnswerValue.NA


async def test_partial_message_names_what_is_missing_and_keeps_the_rest(city: City) -> None:
    observer, number = await one_report(city)
    await observer.sends("ОТЧЕТ: B6 нет; а8, а12, а16, б1, б2, б4 — да; в1 да в6 да г4 не видела; ляляля Ж3")
    await observer.sees("«B6» прочитал как В6")
    await observer.sees("Не хватает:")
    await observer.sees("Не понял: «")
    report = await load(city, number)
    assert report.state is ReportState.PARTIAL
    assert report.answers["А8"].value is AnswerValue.YES
    assert "В6" not in report.answers  # said both ways: never guessed


async def test_free_text_without_the_word_is_understood_when_it_is_certain(city: City) -> None:
    observer, number = await one_report(city)
    await observer.sends("/start")
    await observer.sends("Б6 нет телефоны на партах")
    await observer.sees("Принято: Б6 — нет («телефоны на партах»)")
    await observer.sends("пришёл 8:50")
    await observer.sees("пришли 08:50")
    await observer.sends("отчёт учителя лежал на столе")
    await observer.sees("Не понял. Вот что можно сделать сейчас", fresh=True)
    report = await load(city, number)
    assert set(report.answers) == {"Б6"}
    assert report.arrived_at is not None


async def test_which_of_two_reports_is_asked_and_never_guessed(city: City) -> None:
    await city.has_school("СОШ № 5")
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    first = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-90)
    second = await city.sits_today("СОШ № 5", "7 «А»", "Математика", person, minutes=-60)
    await observer.sends("отчёт всё да")
    await observer.sees("Сегодня у вас несколько отчётов")
    assert not (await load(city, first)).answers
    await observer.sends(f"отчёт {second} всё да")
    await observer.sees("все пункты (12) — да")
    assert not (await load(city, first)).answers
    assert len((await load(city, second)).answers) == 12
    await observer.sends("отчёт 9999 всё да")
    await observer.sees("Отчёта 9999 у вас нет")


async def test_rest_never_overwrites_an_answer_given_before(city: City) -> None:
    observer, number = await one_report(city)
    await observer.sends("/start")
    await observer.taps("На месте, начать отчёт")
    await observer.taps("Нет")
    await observer.sends("отчёт учителя лежал на столе")  # a comment, though it begins with the command word
    await observer.sees("отчёт учителя лежал на столе")
    await observer.sends("отчёт остальное да")
    await observer.sees("остальные пункты (11) — да")
    report = await load(city, number)
    assert report.answers["А8"].value is AnswerValue.NO


async def test_editing_the_message_corrects_what_it_said(city: City) -> None:
    observer, number = await one_report(city)
    message = await observer.sends(f"отчёт {number} Б6 нет у двоих телефоны, остальное да")
    await observer.sees("Принято")
    await observer.edits(message, f"отчёт {number} Б6 нет у троих телефоны, остальное да")
    await observer.sees("у троих телефоны")
    assert (await load(city, number)).answers["Б6"].comment == "у троих телефоны"


async def test_dictated_correction_needs_its_reason(city: City) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    observer, number = await one_report(city)
    await observer.sends(f"отчёт {number} всё да")
    await observer.sends("да")
    await observer.sees("принят в")
    await observer.sends(f"отчёт {number} Б6 нет: у одного часы")
    asked = await observer.sees("Добавьте в сообщение причину")
    copies = [button["copy_text"]["text"] for row in asked["reply_markup"]["inline_keyboard"][:3] for button in row]
    assert copies[0] == f"отчёт {number} Б6 нет: у одного часы, ошибся"
    await observer.sends(f"отчёт {number} Б6 нет: у одного часы ошиблась")  # a comma is no condition
    await observer.sees("Принято: Б6 — нет («у одного часы»)")
    await boss.sees("Б6: было да, стало нет («у одного часы»)")
    assert (await load(city, number)).version == 2
