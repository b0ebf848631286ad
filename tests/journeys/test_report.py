"""The observer's report as the observer fills it: by taps, with a violation, with photos, on an old phone."""

import hashlib
from io import BytesIO

from PIL import Image

from bot.domain.checklist import AnswerValue
from bot.domain.people import Role
from bot.domain.report import ReportState
from storage import photos, reports
from tests.city import City
from tests.filling import REST


def picture(colour: str = "navy") -> bytes:
    out = BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "JPEG")
    return out.getvalue()


async def load(city: City, number: int):
    async with city.running.app.database.read() as reader:
        report = await reports.load(reader, number)
    assert report is not None
    return report


async def test_report_without_violations_takes_ten_taps(city: City) -> None:
    await city.has_school("СОШ № 5")
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-90)
    await observer.sends("/start")
    steps = [("На месте, начать отчёт", "А8."), ("Да", "А12"), *REST, ("Отправить отчёт", f"Отчёт {number} принят")]
    assert len(steps) == 10
    await observer.taps_through(steps)
    report = await load(city, number)
    assert report.state is ReportState.SUBMITTED
    assert len(report.answers) == 12


async def test_critical_violation_reaches_the_coordinator_and_is_explained(city: City) -> None:
    await city.has_school("СОШ № 5")
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-90)
    await observer.sends("/start")
    await observer.taps("На месте, начать отчёт")
    await observer.taps("Нет")
    await observer.sees("Что именно?")
    await boss.sees("Критично · СОШ № 5")
    await observer.sends("Лежали на столе в учительской")
    await boss.sees("Лежали на столе в учительской")
    await observer.taps("Дальше")
    await observer.taps_through(REST)
    await observer.sees("Нарушение: А8 · Защита материалов — «Лежали на столе в учительской»")
    await observer.taps("Отправить отчёт")
    await observer.sees(f"Отчёт {number} принят")


async def test_no_without_comment_blocks_sending_and_asks_for_it(city: City) -> None:
    await city.has_school("СОШ № 5")
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-90)
    await observer.sends("/start")
    await observer.taps("На месте, начать отчёт")
    card = await observer.sees("А8")
    await observer.taps("Нет")
    for item in ("А12", "А16", "Б6", "Б1", "Б2", "Б4", "В3", "В6", "В1", "Г2", "Г4"):
        await observer.taps_old(card, f"a:{number}:{item}:yes")
    await observer.taps_old(card, f"rx:{number}")
    await observer.sees("Что именно?")
    await observer.sends("не видел охраны")
    await observer.taps_old(card, f"rx:{number}")
    await observer.sees(f"Отчёт {number} принят")


async def test_mistaken_no_is_taken_back_and_the_coordinator_learns_it(city: City) -> None:
    await city.has_school("СОШ № 5")
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-90)
    await observer.sends("/start")
    await observer.taps("На месте, начать отчёт")
    await observer.taps("Нет")
    await boss.sees("Критично · СОШ № 5")
    await observer.taps("Назад")
    await observer.sees("А8. Материалы хранились")
    await observer.taps("Да")
    await boss.sees("А8: Защита материалов — было нет, стало да")
    await observer.sees("А12")
    await observer.taps("Исправить ответ")
    await observer.taps("А8")
    await observer.taps("Нет")
    await boss.sees("Критично · СОШ № 5", fresh=True)
    assert (await load(city, number)).answers["А8"].value is AnswerValue.NO


async def test_words_to_a_no_can_be_changed_and_a_cry_for_help_is_not_taken_for_them(city: City) -> None:
    await city.has_school("СОШ № 5")
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-90)
    await observer.sends("/start")
    await observer.taps("На месте, начать отчёт")
    await observer.taps("Нет")
    await observer.sends("Что дальше?")
    await observer.sees("Вот что можно сделать сейчас:")
    assert (await load(city, number)).answers["А8"].comment == ""
    await observer.sends(f"отчёт {number} А8 нет лежали на столе, остальное да")
    await observer.taps("Исправить")
    await observer.taps("А8")
    await observer.taps("Нет")
    await observer.sees("Сейчас записано: «лежали на столе»")
    await observer.sends("лежали в коридоре")
    await observer.sees("А8: «лежали в коридоре»")
    assert (await load(city, number)).answers["А8"].comment == "лежали в коридоре"


async def test_photo_is_kept_with_its_hash(city: City) -> None:
    await city.has_school("СОШ № 5")
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-90)
    await observer.sends("/start")
    await observer.taps("На месте, начать отчёт")
    await observer.taps("Нет")
    await observer.taps("Лежали")
    await observer.taps("Добавить фото")
    await observer.taps("Объявление")
    await observer.sends_photo(picture())
    await observer.sees("Получено фото: 1")
    await city.running.settled()
    async with city.running.app.database.read() as reader:
        (photo,) = await photos.of_report(reader, number)
    assert photo.state == "stored"
    assert photo.item == "А8"
    path = city.running.app.settings.data_dir / "photos" / photo.path

    assert hashlib.sha256(path.read_bytes()).hexdigest() == photo.sha256


async def test_album_gets_one_confirmation(city: City) -> None:
    await city.has_school("СОШ № 5")
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-90)
    await observer.sends("/start")
    await observer.sends_album([picture("red"), picture("green"), picture("blue")])
    await observer.sees("К чему относятся эти фото? Сохранено: 3")
    await observer.taps(f"Отчёт {number}")
    await observer.sees(f"Фото приложены к отчёту {number}: 3")


async def test_stranger_text_old_button_and_photo_get_a_calm_answer(city: City) -> None:
    stranger = city.running.person("Пётр", started=True)
    await stranger.sends("какая-то ерунда <b>")
    message = await stranger.sees("Не понял. Вот что можно сделать сейчас")
    await stranger.taps_old(message, "zz:1:2")
    await stranger.sees("Эта кнопка устарела")
    await stranger.taps_old(message, "a:1001:А8:no")
    await stranger.sees("Это может только наблюдатель")
    await stranger.sends_photo(picture())
    await stranger.sees("Не понял", fresh=True)
