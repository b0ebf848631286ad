"""Files and pictures as the coordinator orders them in chat."""

from io import BytesIO

import docx
from openpyxl import load_workbook
from PIL import Image

from bot.domain.people import Role
from bot.texts import workbook as words
from tests.city import City
from tests.filling import REST
from tests.people import Phone


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


async def reported(city: City) -> tuple[Phone, int]:
    """A coordinator, and one sent report with a critical violation."""
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    anna, person = await city.phone_of("Анна", Role.OBSERVER)
    number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-90)
    await anna.sends("/start")
    await anna.taps("На месте, начать отчёт")
    await anna.taps("Нет")
    await anna.sends("=1+1 на столе")
    await anna.taps("Дальше")
    await anna.taps_through(REST)
    await anna.taps("Отправить отчёт")
    await anna.sees(f"Отчёт {number} принят")
    return boss, number


async def test_the_workbook_of_the_day(city: City) -> None:
    boss, number = await reported(city)
    await boss.sends("сводка")
    await boss.taps("Excel")
    name, content = await boss.receives_document(timeout=30)
    assert name.endswith("_отчёты.xlsx")
    await boss.sees("1 отчёт, 12 ответов, 1 нарушение.")
    book = load_workbook(BytesIO(content))
    assert book[words.OBSERVATIONS]["H2"].value == str(number)
    comments = [row[7].value for row in book[words.VIOLATIONS].iter_rows(min_row=2)]
    assert comments == ["=1+1 на столе"]


async def test_by_words_for_a_school_and_an_act(city: City) -> None:
    boss, number = await reported(city)
    await boss.sends("эксель сош 5 за сегодня")
    name, _ = await boss.receives_document(timeout=30)
    assert name.endswith("_СОШ_5.xlsx")
    await boss.sends(f"акт {number}")
    name, content = await boss.receives_document(timeout=30)
    assert name.startswith(f"Акт_{number}")
    cells = [cell.text for table in docx.Document(BytesIO(content)).tables for row in table.rows for cell in row.cells]
    assert "=1+1 на столе" in cells
    await boss.sees("Акт готов к печати")
    await boss.sends("акты сош 5 за сегодня")
    name, _ = await boss.receives_document(timeout=30)
    assert "_акты_СОШ_5" in name
    await boss.sends("акт 99999")
    await boss.sees("Отчёта 99999 нет среди полученных")


async def test_the_menu_of_exports(city: City) -> None:
    boss, _ = await reported(city)
    await boss.sends("эксель")
    await boss.taps("Справка (Word)")
    await boss.taps("Сегодня")
    name, _ = await boss.receives_document(timeout=30)
    assert name.endswith("_справка.docx")
    await boss.sends("эксель")
    await boss.taps("С именами (на сервер)")
    await boss.sees("Файл с именами останется на сервере")
    await boss.taps("Сегодня")
    await boss.sees("лежит на сервере", timeout=30)
    await boss.sends("новость за сегодня")
    note = await boss.sees("Текст для сайта.")
    assert "СОШ" not in note["text"]
    assert "проведена 1" in plain(note["text"])
    assert "получен 1" in plain(note["text"])
    await boss.sends("новость за вчера")
    await boss.sees("публиковать нечего")


async def test_violations_alone_and_days_without_works(city: City) -> None:
    boss, _ = await reported(city)
    await boss.sends("эксель за 1 января 2020")
    await boss.sees("Работ в эти дни нет (1 января 2020), выгружать нечего. Дни с работами:")
    await boss.taps(boss.buttons()[0])
    name, _ = await boss.receives_document(timeout=30)
    assert name.endswith("_отчёты.xlsx")
    await boss.sends("эксель")
    await boss.taps("Нарушения и меры")
    await boss.taps("Сегодня")
    name, _ = await boss.receives_document(timeout=30)
    assert name.endswith("_нарушения.xlsx")
    told = await boss.sees("1 нарушение. Фильтры включены.")
    assert "отчёт" not in told["caption"]


async def test_a_second_order_is_refused_and_the_first_can_be_cancelled(city: City) -> None:
    boss, _ = await reported(city)
    async with city.running.app.database.transaction() as tx:  # an order that is being made, and will be for long
        await tx.execute(
            "INSERT INTO export_job (id, source, person_id, platform, user_id, chat_id, kind, details, state, ordered_at)"
            " VALUES (7, 'tap:1', 1, 'tg', :user, :user, 'b', '{}', 'running', '2026-01-01T00:00:00.000000Z')",
            user=boss.id,
        )
    await boss.sends("эксель за сегодня")
    card = await boss.sees("Ваш файл уже готовится")
    await boss.taps_old(card, "ex:x:7")
    await boss.sees("Отменено")
    await boss.taps_old(card, "ex:x:7")
    await boss.sees("Файл уже готов")


async def test_the_picture_of_the_day_and_of_the_week(city: City) -> None:
    boss, _ = await reported(city)
    await boss.sends("сводка")
    await boss.taps("Картинка")
    await boss.sees("Отчёты: 1 из 1")
    assert Image.open(BytesIO(await boss.receives_photo())).width == 1080
    card = await boss.sees("Отчёты: 1 из 1")
    day = card["reply_markup"]["inline_keyboard"][0][0]["callback_data"].split(":")[-1]
    await boss.taps_old(card, f"sp:m:{day}")
    await boss.taps("По пунктам")
    await boss.sees("А8 Защита материалов: 1")
    await boss.sends("картинка за вчера")
    await boss.receives_photo()


async def test_schools_that_do_not_come_as_a_picture_come_as_text(city: City) -> None:
    boss, _ = await reported(city)
    await boss.sends("сводка")
    await boss.taps("Картинка")
    card = await boss.sees("Отчёты: 1 из 1")
    day = card["reply_markup"]["inline_keyboard"][0][0]["callback_data"].split(":")[-1]
    city.running.sandbox.faults.add("reset", "sendDocument")
    await boss.taps_old(card, f"sp:h:{day}")
    told = await boss.sees("Картинку прислать не получилось", timeout=30)
    assert "СОШ № 5" in told["text"]
    await boss.taps_old(card, f"sp:h:{day}")
    name, _ = await boss.receives_document(timeout=30)
    assert name.endswith("_школы_1.png")
    await boss.taps_old(card, "sp:h:20200101")
    await boss.sees("1 января 2020", fresh=True)
