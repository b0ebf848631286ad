"""Corrections until the day is closed, returns with a comment, decisions about violations that nobody overwrites."""

import json
from datetime import datetime

from bot.domain.checklist import AnswerValue
from bot.domain.people import Role
from bot.domain.report import ReportState
from storage import reports, reviews
from tests.city import City
from tests.clock import MOSCOW, RunningClock


async def sent_report(city: City, text: str = "Б6 нет у двоих телефоны, остальное да"):
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-90)
    await observer.sends(f"отчёт {number} {text}")
    await observer.sends("да")
    await observer.sees("принят в")
    return boss, observer, number


async def load(city: City, number: int):
    async with city.running.app.database.read() as reader:
        report = await reports.load(reader, number)
    assert report is not None
    return report


async def test_correction_by_taps_keeps_the_first_version_and_shows_both_sides(city: City) -> None:
    boss, observer, number = await sent_report(city)
    await observer.taps("Исправить")
    await observer.taps("А8")
    await observer.taps("Нет")
    await observer.taps("Ошибся")
    await observer.sends("Лежали на столе")
    await boss.sees(f"Исправлен отчёт {number}")
    await boss.sees("А8: было да, стало нет («Лежали на столе»)")
    await boss.taps("Что менялось")
    await boss.sees("Версия 2")
    await boss.sees("Причина: ошибся")
    async with city.running.app.database.read() as reader:
        rows = await reader.fetch_all(
            "SELECT content FROM report_version WHERE report_number = :n ORDER BY version", n=number
        )
    assert [json.loads(row[0])["answers"]["А8"][0] for row in rows] == ["yes", "no"]


async def test_closed_day_takes_no_corrections_until_it_is_opened_again(city: City, clock: RunningClock) -> None:
    boss, observer, number = await sent_report(city)
    clock.turn_to(datetime(2026, 4, 23, 20, 1, tzinfo=MOSCOW))
    await observer.sends(f"отчёт {number} А8 не видел, уточнили")
    await observer.sees("закрыт для изменений")
    await boss.sends("открыть день")
    await boss.sees("день открыт")
    await observer.sends(f"отчёт {number} А8 не видел, уточнили")
    await observer.sees("Принято: А8 — не наблюдал")
    await boss.taps("Закрыть день")
    await observer.sends(f"отчёт {number} А8 да, уточнили")
    await observer.sees("закрыт для изменений", fresh=True)
    assert (await load(city, number)).answers["А8"].value is AnswerValue.NA


async def test_returned_report_is_let_off_and_expected_again_as_it_was(city: City) -> None:
    boss, observer, number = await sent_report(city)
    await boss.sends(f"отчёт {number}")
    await boss.sees("Качество:")
    await boss.taps("Вернуть на доработку")
    await boss.sends("Напишите, в каком ряду")
    card = await boss.sees("Вернули")
    await boss.taps_old(card, f"wx:{number}:other")
    await boss.sends("наблюдатель заболел")
    await observer.sees("наблюдатель заболел")
    assert (await load(city, number)).state is ReportState.EXCUSED
    await boss.taps_old(card, f"wu:{number}")
    await observer.sees("снова ждём", fresh=True)
    assert (await load(city, number)).state is ReportState.RETURNED


async def test_returned_report_comes_back_with_words_and_a_button(city: City, clock: RunningClock) -> None:
    boss, observer, number = await sent_report(city)
    await boss.sends(f"отчёт {number}")
    await boss.sees("Качество:")
    await boss.taps("Вернуть на доработку")
    await boss.sends("Напишите, в каком ряду")
    await boss.sees("Вернули")
    await observer.sees("Координатор пишет: «Напишите, в каком ряду»")
    assert (await load(city, number)).state is ReportState.RETURNED
    clock.turn_to(datetime(2026, 4, 23, 20, 30, tzinfo=MOSCOW))  # a closed day does not keep it from being mended
    await observer.taps("Исправить")
    await observer.sees("Координатор пишет: «", fresh=True)
    await observer.sends(f"отчёт {number} Б6 нет у двоих телефоны во втором ряду")
    await observer.sends("да")
    await observer.sees("принят в", fresh=True)
    report = await load(city, number)
    assert report.state is ReportState.SUBMITTED
    assert report.version == 2


async def test_words_of_a_returned_violation_are_mended_by_writing_new_ones(city: City) -> None:
    boss, observer, number = await sent_report(city)
    await boss.sends(f"отчёт {number}")
    await boss.taps("Вернуть на доработку")
    await boss.sends("Сколько телефонов?")
    await observer.taps("Исправить")
    await observer.taps("Начало")
    await observer.taps("Б6")
    await observer.sees("Сейчас: нет («у двоих телефоны»).")
    await observer.sends("три телефона у двоих")
    await observer.sees("три телефона у двоих", fresh=True)
    await observer.sends(f"отчёт {number}")
    await observer.taps("Отправить отчёт")
    await observer.sees("принят в", fresh=True)
    assert (await load(city, number)).answers["Б6"].comment == "три телефона у двоих"
    await boss.sees("Б6: было нет («у двоих телефоны»), стало нет («три телефона у двоих»)")


async def test_two_coordinators_do_not_overwrite_each_other(city: City) -> None:
    boss, _, number = await sent_report(city)
    deputy, _ = await city.phone_of("Олег", Role.COORDINATOR)
    for phone in (boss, deputy):
        await phone.sends(f"отчёт {number}")
        await phone.taps("Разобрать: Б6")
        await phone.sees("Решение: ждёт разбора")
    await boss.taps("Подтверждено")
    await boss.sends("Видели на видео")
    await boss.sees("Видели на видео")
    await deputy.taps("Не подтвердилось")
    await deputy.sees("Пока вы смотрели, это изменили")
    await deputy.sees("Решение: подтверждено, К-001")
    await deputy.taps("Меры приняты")  # now that they have seen it
    await deputy.sends("Директор провёл беседу")
    await deputy.sees("Решение: меры приняты, К-002")
    async with city.running.app.database.read() as reader:
        row = await reader.fetch_one("SELECT review, review_note FROM answer WHERE item = 'Б6'")
    assert tuple(row) == ("measures", "К-001: Видели на видео\nК-002: Директор провёл беседу")


async def test_two_coordinators_do_not_replace_each_others_return(city: City) -> None:
    boss, observer, number = await sent_report(city)
    deputy, _ = await city.phone_of("Олег", Role.COORDINATOR)
    for phone in (boss, deputy):
        await phone.sends(f"отчёт {number}")
        await phone.taps("Вернуть на доработку")
    await boss.sends("Напишите, в каком ряду")
    await observer.sees("Координатор пишет: «Напишите, в каком ряду»")
    await deputy.sends("Сколько было телефонов?")
    await deputy.sees("Пока вы смотрели, это изменили")
    assert (await load(city, number)).state_reason == "Напишите, в каком ряду"
    await deputy.sends(f"отчёт {number}")  # having seen it, they may ask for more
    await deputy.sees("Напишите, в каком ряду", fresh=True)


async def test_question_to_the_observer_and_the_answer(city: City) -> None:
    boss, observer, number = await sent_report(city)
    await boss.sends(f"отчёт {number}")
    await boss.taps("Разобрать: Б6")
    await boss.taps("Уточнить")
    await boss.sends("Звонили или лежали?")
    await observer.sees("«Звонили или лежали?»")
    await observer.taps("Ответить")
    await observer.sends("Лежали на парте <b>")
    await boss.sees("Ответ наблюдателя")
    await boss.taps("Разобрать")
    await boss.sees("Н-001: Лежали на парте <b>")
    await boss.taps("Меры приняты")
    await boss.sends("Беседа с классом")
    await boss.sees("Решение: меры приняты")
    async with city.running.app.database.read() as reader:
        note = await reader.fetch_value("SELECT review_note FROM answer WHERE item = 'Б6'")
    assert note == "К-001: Звонили или лежали?\nН-001: Лежали на парте <b>\nК-001: Беседа с классом", (
        "all of it, in order"
    )


async def test_words_handled_again_after_a_crash_are_kept_once(city: City) -> None:
    _, _, number = await sent_report(city)
    async with city.running.app.database.transaction() as tx:
        for line in ("Н-001: 100% _", "Н-001: 100% _", "К-001: Где?", "К-001: Где?", "Н-001: 100% _", "100% _"):
            await reviews.add_to_note(tx, number, "Б6", line)
        note = await tx.fetch_value("SELECT review_note FROM answer WHERE item = 'Б6'")
    assert note == "Н-001: 100% _\nК-001: Где?\nН-001: 100% _\n100% _"


async def test_changed_answer_asks_for_a_new_decision(city: City) -> None:
    boss, observer, number = await sent_report(city)
    await boss.sends(f"отчёт {number}")
    await boss.taps("Разобрать: Б6")
    card = boss.newest()
    await observer.sends(f"отчёт {number} Б6 нет у троих, уточнили")
    await boss.sees("стало нет («у троих»)")
    await boss.taps_old(card, f"vr:{number}:Б6:c:n:1")
    await boss.sees("Пока вы смотрели, это изменили")
    await boss.sees("у троих")


async def test_accepted_report_is_verified_once(city: City) -> None:
    boss, observer, number = await sent_report(city, "всё да")
    await boss.sends(f"отчёт {number}")
    await boss.taps("Принять отчёт")
    await boss.sees("Качество: принят")
    assert (await load(city, number)).state is ReportState.VERIFIED
    await observer.taps_old(observer.newest(), f"vk:{number}:1")
    await observer.sees("Это может только муниципальный координатор")
