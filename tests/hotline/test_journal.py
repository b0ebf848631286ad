"""One masking for everything that shows a text: list, card, notice, search, summary line, journal, export."""

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.domain.errors import NotAllowed
from bot.domain.hotline.masking import HIDDEN
from bot.domain.people import Role
from tests.hotline.test_main_line import writes_hidden
from tests.hotline.town import Town
from tests.people import Phone

SECRETS = ("Кузнецова", "Петровна", "913", "mama_vova", "Вову")
STORY = (
    "Двойки за ВПР, школа 5. Учительница Кузнецова Анна Петровна обидела сына Вову. "
    "Звоните +7 913 123-45-67 или mama_vova@mail.ru"
)


def shown(phone: Phone) -> str:
    """Everything that this person ever got from the bot in private, without the random ids of cases in buttons."""
    got = [str(message) for message in phone._line.messages(phone.id).values() if message["from"]["is_bot"]]
    return re.sub("[0-9a-f]{32}", "", "\n".join(got))


async def test_names_and_numbers_are_nowhere_staff_looks(town: Town):
    operator = await town.operator()
    coordinator, _ = await town.phone_of("Кира Главная", Role.COORDINATOR)
    await writes_hidden(town, STORY)
    for phone in (operator, coordinator):
        await phone.sees("Новое сообщение ГЛ-2026-00001")
        await phone.sends("очередь")
        await phone.taps("ГЛ-2026-00001")
        await phone.sees("Ведёт: никто")
        await phone.taps("Открыть")
        await phone.sees(HIDDEN)
        await phone.sends("искать Кузнецова")
        await phone.sees("Ничего не нашлось")
    await town.running.settled()
    for phone in (operator, coordinator):
        assert not [secret for secret in SECRETS if secret in shown(phone).replace("искать Кузнецова", "")]


async def test_journal_has_the_columns_and_masks_the_matter(town: Town):
    coordinator, _ = await town.phone_of("Кира Главная", Role.COORDINATOR)
    operator = await town.operator()
    await writes_hidden(town, STORY)
    await operator.sends("ГЛ-2026-00001")
    await operator.taps("Ответить")
    await operator.sends("Проверили, Анна Петровна извинилась")
    await operator.sees("Проверьте: в тексте есть имя или фамилия")
    await operator.taps("Отправить")
    await operator.sees("Отправлено")
    since, until = town.clock() - timedelta(days=1), town.clock() + timedelta(days=1)
    table = await town.hotline.journal.table(await town.actor(coordinator), since, until, town.clock())
    rows = [row async for chunk in table.rows() for row in chunk]
    assert len(rows) == 1
    row = dict(zip([column.title for column in table.columns], rows[0], strict=True))
    assert row["Номер"] == "ГЛ-2026-00001"
    assert row["Вид"] == "сообщение о нарушении"
    assert row["Школа"] == "СОШ № 5"
    assert row["Ответственный"] == "О-001"
    assert not [secret for secret in SECRETS if secret in str(rows)]
    assert HIDDEN in str(row["Суть"])
    assert HIDDEN in str(row["Ответ"])
    with pytest.raises(NotAllowed):
        await town.hotline.journal.table(await town.actor(operator), since, until, town.clock())


async def test_masked_before_sending_is_masked_for_ever(town: Town, tmp_path: Path):
    parent = town.parent()
    await parent.sends("горячая линия")
    await parent.sends(STORY)
    await parent.taps("Да, готово")
    await parent.taps("СОШ № 5")
    await parent.taps("Ответ сюда, имя скрыто")
    await parent.sees("В тексте есть телефон, электронная почта, имя или фамилия — убрать?")
    await parent.taps("Убрать и отправить")
    await parent.sees("Принято")
    case = await town.only_case()
    async with town.running.app.database.read() as reader:
        sealed = await reader.fetch_value("SELECT sealed FROM case_message WHERE case_id = :id", id=case["id"])
    text = (await town.hotline.keyring.case_seal(case["id"])).unseal(sealed, "message|1")
    assert not [secret for secret in SECRETS if secret in text]


async def test_the_file_that_a_coordinator_orders_is_masked_too(town: Town):
    coordinator, _ = await town.phone_of("Кира Главная", Role.COORDINATOR)
    await writes_hidden(town, STORY)
    await coordinator.sends("эксель")
    await coordinator.taps("Журнал горячей линии")
    await coordinator.taps("Сегодня")
    name, content = await coordinator.receives_document(timeout=60)
    assert "горячая_линия" in name
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell for cell in cells if HIDDEN in cell]
    assert not [secret for secret in SECRETS for cell in cells if secret in cell]
    assert not [secret for secret in SECRETS if secret.encode() in content]
    async with town.running.app.database.read() as reader:
        actions = [row[0] for row in await reader.fetch_all("SELECT action FROM audit ORDER BY seq")]
    assert actions.index("hotline.journal") < actions.index("export")
