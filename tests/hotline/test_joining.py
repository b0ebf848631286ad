"""Cases joined to one another: whoever's case was joined gets every later answer, and nothing that was not meant for them."""

from datetime import timedelta

from bot.domain.hotline.retention import Fate
from tests.hotline.test_desk import opens, writes
from tests.hotline.test_main_line import STORY
from tests.hotline.town import Town
from tests.people import Phone


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


async def answers(operator: Phone, number: str, text: str) -> None:
    await opens(operator, number)
    await operator.taps("Ответить")
    await operator.sends(text)
    await operator.taps("Отправить")


async def test_cases_joined_in_a_chain_are_all_answered(town: Town):
    operator = await town.operator()
    parents = [await sends_one(town, f"Родитель {i}", f"0000{i}") for i in (1, 2, 3)]
    await joins(operator, "00003", "00002")
    await joins(operator, "00002", "00001")
    await answers(operator, "00001", "Двойки отменены всем.")
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
    await answers(operator, "00001", "Двойки отменены всем.")
    await second.sees("Двойки отменены всем.")
    await opens(operator, "00001")
    await operator.taps("Закрыть")
    await operator.taps("Подтвердилось")
    await second.sees("Проверка закончена: подтвердилось")
    assert await town.hotline.clocks.planned(later + timedelta(days=13)) == []
    forgotten = await town.hotline.clocks.planned(later + timedelta(days=15))
    assert sorted((one.case.number, one.fate) for one in forgotten) == [(1, Fate.FORGET_ROUTE), (2, Fate.FORGET_ROUTE)]
