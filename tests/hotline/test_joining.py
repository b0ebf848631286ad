"""Cases joined to one another: whoever's case was joined gets every later answer, and nothing that was not meant for them."""

from datetime import timedelta

from bot.domain.hotline.case import Status
from bot.domain.hotline.retention import Fate
from storage.hotline import cases
from tests.hotline.test_desk import opens, writes
from tests.hotline.test_main_line import STORY
from tests.hotline.test_traceless import code_in
from tests.hotline.town import Town
from tests.people import Phone

READ_BY_ONE = "Прочитают и авторы объединённых сообщений: 1."
READ_BY_TWO = "Прочитают и авторы объединённых сообщений: 2."


async def sends_one(town: Town, name: str, number: str) -> Phone:
    parent = await writes(town, name, f"{STORY}, пишет {name}")
    await parent.taps("Отправить")
    await parent.sees(f"Принято. Номер ГЛ-2026-{number}.")
    return parent


async def joins(operator: Phone, number: str, into: str) -> None:
    await opens(operator, number)
    await operator.taps("Ещё")
    await operator.taps("Объединить")
    await operator.taps(f"Объединить с {into}")
    await operator.sees(f"ГЛ-2026-{into} ·", fresh=True)


async def answers(operator: Phone, number: str, text: str, *, preview: str = "") -> None:
    await says(operator, number, "Ответить", text, preview)


async def asks(operator: Phone, number: str, text: str, *, preview: str = "") -> None:
    await says(operator, number, "Спросить", text, preview)


async def says(operator: Phone, number: str, button: str, text: str, preview: str) -> None:
    await opens(operator, number)
    await operator.taps(button)
    await operator.sends(text)
    shown = await operator.sees("Отправить?", fresh=True)
    assert preview in shown["text"]
    assert ("Прочитают и" in shown["text"]) is bool(preview)
    await operator.taps("Отправить")
    await operator.sees("Отправлено заявителю.")


async def test_cases_joined_in_a_chain_are_all_answered(town: Town):
    operator = await town.operator()
    parents = [await sends_one(town, f"Родитель {i}", f"0000{i}") for i in (1, 2, 3)]
    await joins(operator, "00003", "00002")
    await joins(operator, "00002", "00001")
    await answers(operator, "00001", "Двойки отменены всем.", preview=READ_BY_TWO)
    for i, parent in enumerate(parents, 1):
        answer = await parent.sees("Двойки отменены всем.")
        assert f"ГЛ-2026-0000{i}" in answer["text"]


async def test_the_way_back_of_a_joined_writer_lives_as_long_as_the_case_that_answers_them(town: Town):
    operator = await town.operator()
    await sends_one(town, "Первая", "00001")
    second = await sends_one(town, "Вторая", "00002")
    await joins(operator, "00002", "00001")
    later = town.clock.forward(days=20)
    assert await town.hotline.clocks.planned(later) == []
    await town.hotline.clocks.forget(later)
    await answers(operator, "00001", "Двойки отменены всем.", preview=READ_BY_ONE)
    await second.sees("Двойки отменены всем.")
    await opens(operator, "00001")
    await operator.taps("Закрыть")
    await operator.taps("Подтвердилось")
    await second.sees("Проверка закончена: подтвердилось")
    assert await town.hotline.clocks.planned(later + timedelta(days=13)) == []
    forgotten = await town.hotline.clocks.planned(later + timedelta(days=15))
    assert sorted((one.case.number, one.fate) for one in forgotten) == [(1, Fate.FORGET_ROUTE), (2, Fate.FORGET_ROUTE)]


async def test_a_joined_writer_reads_what_was_answered_since_and_no_other_dialogue(town: Town):
    operator = await town.operator()
    first = await sends_one(town, "Первая", "00001")
    await asks(operator, "00001", "В каком кабинете сидит ваш сын?")
    await first.sees("В каком кабинете")
    await answers(operator, "00001", "Проверяем кабинет вашего сына.")
    await first.sees("Проверяем кабинет")
    second = await sends_one(town, "Вторая", "00002")
    third = await writes(town, "Третья", f"{STORY}, пишет третья", "Без следа, только код")
    await third.taps("Отправить")
    code = code_in(await third.sees("Ваш код:"))
    town.clock.forward(minutes=5)
    for number in ("00002", "00003"):
        await joins(operator, number, "00001")
    await operator.sees("в работе")  # the joined were not answered yet
    await asks(operator, "00001", "Кто учительница?")
    await first.sees("Кто учительница?")
    await answers(operator, "00001", "Двойки отменены всем.", preview=READ_BY_TWO)
    for parent in (first, second):
        await parent.sees("Двойки отменены всем.")
    await second.does_not_see("Кто учительница?")
    await third.sends("ответ по коду")
    await third.sends(code)
    shown = await third.sees("Двойки отменены всем.")
    for private in ("кабинет", "учительница"):
        assert private not in shown["text"]


async def test_answers_of_every_case_that_was_joined_to_stay_readable_by_code(town: Town):
    operator = await town.operator()
    for name, number in (("Первая", "00001"), ("Вторая", "00002")):
        await sends_one(town, name, number)
    third = await writes(town, "Третья", f"{STORY}, пишет третья", "Без следа, только код")
    await third.taps("Отправить")
    code = code_in(await third.sees("Ваш код:"))
    await joins(operator, "00003", "00002")
    await answers(operator, "00002", "Запросили журнал.", preview=READ_BY_ONE)
    await joins(operator, "00002", "00001")
    await answers(operator, "00001", "Двойки отменены всем.", preview=READ_BY_TWO)
    await third.sends("ответ по коду")
    await third.sends(code)
    shown = await third.sees("Двойки отменены всем.")
    assert "Запросили журнал." in shown["text"]


async def test_nothing_is_joined_to_a_case_that_is_over(town: Town):
    operator = await town.operator()
    await sends_one(town, "Первая", "00001")
    await sends_one(town, "Вторая", "00002")
    await opens(operator, "00001")
    await operator.taps("Закрыть")
    await operator.taps("Подтвердилось")
    await operator.sees("закрыто · подтвердилось")
    await opens(operator, "00002")
    await operator.taps("Ещё")
    await operator.taps("Объединить")
    shown = await operator.sees("Сообщения об этой школе за неделю")
    assert "Объединить с 00001" not in str(shown)
    async with town.running.app.database.read() as reader:
        second = await cases.by_number(reader, 2026, 2)
    assert second is not None
    await operator.taps_old(shown, f"hd:join:{second.id}:2026:1")
    await operator.sees("Объединить нельзя: то сообщение уже закрыто")


async def test_what_a_joined_writer_says_brings_the_common_case_back_to_work(town: Town):
    operator = await town.operator()
    await sends_one(town, "Первая", "00001")
    second = await sends_one(town, "Вторая", "00002")
    await joins(operator, "00002", "00001")
    await answers(operator, "00001", "Двойки отменены всем.", preview=READ_BY_ONE)
    await second.sees("Двойки отменены всем.")
    await second.taps("Не помогло")
    await second.sees("Что осталось нерешённым?")
    await operator.sees("Возвращено заявителем: ГЛ-2026-00002")
    await operator.taps("К карточке")
    await operator.sees("объединено")
    await operator.taps("К общей карточке")
    await operator.sees("ГЛ-2026-00001 · Отметки")
    await operator.sees("в работе · ")
    await operator.taps("Закрыть")
    await operator.taps("Подтвердилось")
    await second.sees("Проверка закончена: подтвердилось")
    await second.taps("Написать ещё")
    await second.sends("Двойка стоит до сих пор")
    await second.sees("Добавлено к ГЛ-2026-00002")
    async with town.running.app.database.read() as reader:
        main = await cases.by_number(reader, 2026, 1)
    assert main is not None
    assert (main.status, main.closed_at) == (Status.IN_WORK, None)
