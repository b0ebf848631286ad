"""Two times for everything, two classes without a lost draft, both forms, both modes."""

from datetime import time, timedelta

from bot.domain.checklist import AnswerValue, ReportForm
from bot.domain.people import Role
from bot.domain.report import Report, ReportState
from bot.domain.screen import Screen
from bot.screens import report as screens
from storage import reports
from tests.city import City


async def load(city: City, number: int) -> Report:
    async with city.running.app.database.read() as reader:
        report = await reports.load(reader, number)
    assert report is not None
    return report


async def test_filled_in_afterwards_asks_the_time_once_a_stage(city: City) -> None:
    await city.has_school("СОШ № 5")
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-120)
    await observer.sends("/start")
    await observer.taps("Заполнить после ВПР")
    await observer.sees("Когда вы это видели")
    await observer.taps("08:40")
    await observer.sees("А8.", fresh=True)
    await observer.taps_through([("Да", "А12"), ("Да, оба", "Когда вы это видели (в начале урока)")])
    await observer.taps("Указать другое")
    await observer.sends("когда-то")
    await observer.sees("Это не похоже на время")
    await observer.sends("9.07")
    await observer.sees("Б6.", fresh=True)
    await observer.taps_through([("Да", "Б2"), ("Да, все", "Когда вы это видели"), ("Не помню", "В3.")])
    await observer.taps_through([("Да", "В6."), ("Да", "В1."), ("Да", "Когда вы это видели")])
    await observer.taps("09:45")
    await observer.taps("Да, оба")
    await observer.taps("Отправить отчёт")
    await observer.sees(f"Отчёт {number} принят")
    report = await load(city, number)
    zone = city.running.app.settings.zone
    local = {code: a.happened_at.astimezone(zone).time() for code, a in report.answers.items() if a.happened_at}
    assert local["А8"] == time(8, 40)
    assert local["Б6"] == time(9, 7)
    assert local["Г2"] == time(9, 45)
    assert "В3" not in local  # not remembered
    assert report.answers["А8"].entered_later


async def test_times_are_set_by_taps_and_by_words_and_corrected_with_a_reason(city: City) -> None:
    await city.has_school("СОШ № 5")
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-120)
    await observer.sends(f"отчёт {number} пришла 8:50, начало 9:10, конец 9:55; всё да")
    await observer.sees("пришли 08:50, начало 09:10, конец 09:55")
    await observer.sends("да")
    await observer.taps("Показать отчёт")
    await observer.taps("Время")
    await observer.taps("Ушёл")
    await observer.taps("По графику")
    await observer.taps("Уточнили")
    await observer.sees("Ушёл: 10:00")
    await observer.taps("Ушёл")
    await observer.sends("10.00")  # typed while the buttons offer times
    await observer.sees("Ушёл: 10:00", fresh=True)
    report = await load(city, number)
    assert report.left_at is not None
    assert report.ended_at is not None
    assert report.left_at - report.ended_at == timedelta(minutes=5)
    assert report.version == 2


async def test_switching_between_two_classes_loses_no_draft(city: City) -> None:
    await city.has_school("СОШ № 5")
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    first = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-120)
    second = await city.sits_today("СОШ № 5", "7 «А»", "Математика", person, minutes=-60)
    await observer.sends("/start")
    await observer.taps("На месте, начать отчёт")
    await observer.taps("Нет")  # a comment is awaited now
    await observer.sends("/start")
    await observer.taps("Сменить класс")
    await observer.taps(f"{second}")
    await observer.sees(f"Отчёт {second}")
    await observer.sends("отчёт 7 «А» всё хорошо")  # no comment to the first report
    await observer.taps("Да")
    await observer.sends("/start")
    await observer.taps("Сменить класс")
    await observer.taps(f"{first}")
    await observer.sees(f"Отчёт {first}")
    report, other = await load(city, first), await load(city, second)
    assert report.answers["А8"].value is AnswerValue.NO
    assert report.answers["А8"].comment == ""
    assert other.answers["А8"].value is AnswerValue.YES


async def test_fast_mode_takes_six_taps(city_with) -> None:
    async with city_with(report_mode="fast") as city:
        await city.has_school("СОШ № 5")
        observer, person = await city.phone_of("Анна", Role.OBSERVER)
        number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-120)
        await observer.sends("/start")
        steps = [
            ("На месте, начать отчёт", "Этап 1 из 4"),
            *(("Да, все", f"Этап {stage} из 4") for stage in (2, 3, 4)),
            ("Да, оба", "Проверьте"),
            ("Отправить отчёт", f"Отчёт {number} принят"),
        ]
        assert len(steps) == 6
        await observer.taps_through(steps)
        assert (await load(city, number)).state is ReportState.SUBMITTED


async def test_full_form_and_added_stages_are_frozen_into_the_report(city_with) -> None:
    async with city_with(report_form="full") as city:
        await city.has_school("СОШ № 5")
        observer, person = await city.phone_of("Анна", Role.OBSERVER)
        number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-120)
        await observer.sends(f"отчёт {number} всё да")
        await observer.sees("(59) — да")  # of 62, without those of the computer form
        reporting = city.running.app.services.reporting
        actor, _ = await city.running.app.services.enrolment.actor(account_of(observer))
        view = await reporting.view(actor, number, city.running.app.clock())
        shown: list[Screen] = [screens.review(view), *(screens.items(view, stage) for stage in "АБВГДЕ")]
        assert [fault for screen in shown for fault in screen.faults()] == []


async def test_stages_may_be_added_to_the_short_form(city_with) -> None:
    async with city_with(report_addons="Д, е") as city:
        await city.has_school("СОШ № 5")
        _, person = await city.phone_of("Анна", Role.OBSERVER)
        number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-120)
        report = await load(city, number)
        assert report.form is ReportForm.SHORT
        assert report.addons == ("Д", "Е")


def account_of(phone):
    from bot.domain.people import Account

    return Account("tg", phone.id, phone.id)
