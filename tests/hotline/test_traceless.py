"""«Без следа»: nobody is anywhere; the answer is behind a code."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.hotline import receipt
from tests.hotline.canary import back_up, hits
from tests.hotline.town import Town
from tests.lines import Message
from tests.people import Phone

CANARY = 70_351_906_284_117
STORY = "Ёжикова тайна: в СОШ № 11 собирали деньги на сборники"
WORDS = ("Ёжикова тайна", "собирали деньги на сборники")


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    """Everything that the program logs, at the loudest level, into the folder that is searched."""
    handler = logging.FileHandler(tmp_path / "bot.log", encoding="utf-8")
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield tmp_path / "bot.log"
    root.removeHandler(handler)
    root.setLevel(level)
    handler.close()


def stranger(town: Town) -> Phone:
    return town.running.person("Канарейкина Зоя", id=CANARY, username="kanareika_zoya", started=True)


async def writes_until_the_check(parent: Phone) -> None:
    await parent.sends("горячая линия")
    await parent.sees("Опишите, что случилось")
    await parent.sends(STORY)
    await parent.taps("Да, готово")
    await parent.taps("СОШ № 11")
    await parent.taps("Без следа, только код")
    await parent.sees("Проверьте")


def code_in(shown: Message) -> str:
    found = re.search(r"\d{4} \d{4} \d{4} \d{4}", shown["text"])
    assert found is not None
    return found.group()


async def reads_answers(parent: Phone, code: str) -> None:
    await parent.sends("ответ по коду")
    await parent.sends(code)
    await parent.sees("ГЛ-2026-00001 · принято")


async def writes_traceless(parent: Phone, *, between=None) -> str:
    """The code, as the bot showed it."""
    await parent.sends("горячая линия")
    await parent.sees("Опишите, что случилось")
    await parent.sends(STORY)
    await parent.taps("Да, готово")
    await parent.taps("СОШ № 11")
    if between is not None:
        between()
    await parent.taps("Без следа, только код")
    await parent.taps("Отправить")
    return code_in(await parent.sees("Ваш код:"))


async def test_nothing_on_the_disk_knows_the_writer(town: Town, log_file: Path):
    operator = await town.operator()
    parent = stranger(town)
    code = await writes_traceless(parent, between=lambda: back_up(town.folder, "in the middle"))
    await parent.taps("Записал, стереть чат")
    await parent.sees("Стёрто")
    await operator.sees("Новое сообщение ГЛ-2026-00001")
    await operator.taps("Открыть")
    await operator.sees("собирали деньги")
    await operator.taps("Ответить")
    await operator.sends("Деньги вернули родителям.")
    await operator.taps("Отправить")
    await operator.sees("Заявитель увидит по коду")
    await parent.sends("узнать ответ по коду")
    await parent.sends(f"Мой код {code}")
    await parent.sees("Деньги вернули родителям.")
    await parent.taps("Написать ещё")
    await parent.sends("Спасибо, вернули не всем")
    await parent.sees("Добавлено к ГЛ-2026-00001")
    await parent.taps("Закрыть и стереть")
    await parent.sees("Стёрто")
    await town.running.settled()
    assert await town.hotline.empty_logs(town.clock())
    back_up(town.folder, "at the end")
    person = (CANARY, "Канарейкина", "kanareika_zoya")
    assert hits(town.folder, *person) == []
    assert hits(town.folder, *WORDS, "Деньги вернули", "вернули не всем", code, code.replace(" ", "")) == []
    # the search can find: the operator is known, and so is what the coordinator may read in clear
    assert hits(town.folder, "Оля Оператор") != []


async def test_a_code_that_could_not_be_shown_is_shown_before_anything_else(town: Town):
    parent = stranger(town)
    await writes_until_the_check(parent)
    faults = town.running.sandbox.faults
    faults.add("502", "sendMessage", chat_id=parent.id)
    faults.add("502", "editMessageText", chat_id=parent.id)
    await parent.taps("Отправить")
    await town.running.settled()
    assert (await town.only_case())["number"] == 1
    async with town.running.app.database.read() as reader:
        assert await reader.fetch_value("SELECT COUNT(*) FROM outbox WHERE recipient LIKE 'chat:%'") == 0
    await parent.sends("Вы получили?")
    await reads_answers(parent, code_in(await parent.sees("Ваш код:")))
    assert (await town.only_case())["number"] == 1


@pytest.mark.parametrize("trouble", ["502", "429"])
async def test_a_code_that_could_not_be_shown_twice_is_not_lost(town: Town, trouble: str):
    parent = stranger(town)
    faults = town.running.sandbox.faults

    def cannot_send() -> None:
        for method in ("sendMessage", "editMessageText"):
            faults.add(trouble, method, chat_id=parent.id)

    await writes_until_the_check(parent)
    cannot_send()
    await parent.taps("Отправить")
    await town.running.settled()
    faults.clear()
    cannot_send()
    await parent.sends("Ещё в 7А было то же самое")
    shown = await parent.sees("Ваш код:")
    await parent.sees("Записано")  # what was said meanwhile begins a message of its own
    await reads_answers(parent, code_in(shown))


@pytest.mark.parametrize(
    "way",
    ["hl", "hl:drop", "hl:faqok", "hl:wipe", "hl:leave", "hl:mine", "hl:code", "ответ по коду"],
    ids=["anew", "drop", "ready answer", "wipe", "leave", "mine", "code", "words"],
)
async def test_no_way_out_of_the_hotline_loses_an_unseen_code(town: Town, way: str):
    parent = stranger(town)
    await writes_until_the_check(parent)
    card = await parent.sees("Проверьте")
    for method in ("sendMessage", "editMessageText"):
        town.running.sandbox.faults.add("502", method, chat_id=parent.id)
    await parent.taps("Отправить")
    await town.running.settled()
    if way.startswith("hl:"):
        await parent.taps_old(card, way)
    else:
        await parent.sends(way)
    await reads_answers(parent, code_in(await parent.sees("Ваш код:")))


async def test_wrong_codes_end_after_five(town: Town):
    parent = stranger(town)
    await parent.sends("ответ по коду")
    await parent.sends("1234 5678 9012 3456")
    await parent.sees("В коде опечатка")
    for _ in range(5):
        await parent.sends(receipt.grouped(receipt.new_code()))
        await parent.sees("Такого кода нет", fresh=True)
    await parent.sends(receipt.grouped(receipt.new_code()))
    await parent.sees("Слишком много неверных кодов", fresh=True)
    town.clock.forward(minutes=61)
    await parent.sends(receipt.grouped(receipt.new_code()))
    await parent.sees("Такого кода нет", fresh=True)
