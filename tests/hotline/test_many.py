"""A day of many messages: whoever is on duty is woken for what is new, not once for each."""

from tests.hotline.town import Town
from tests.people import Phone

STORY = "Отметки выставили раньше срока, школа 5"


async def writes(parent: Phone, number: int) -> None:
    await parent.sends("горячая линия")
    await parent.sees("не официальное обращение")
    await parent.sends(STORY)
    await parent.taps("Да, готово")
    await parent.taps("СОШ № 5")
    await parent.taps("Ответ сюда, имя скрыто")
    await parent.taps("Отправить")
    await parent.sees(f"Принято. Номер ГЛ-2026-{number:05}.")


async def test_what_came_while_the_messenger_wanted_a_pause_is_one_message(town: Town):
    operator = await town.operator()
    await writes(town.parent("Марина"), 1)
    await operator.sees("Новое сообщение ГЛ-2026-00001")
    town.running.app.messenger._pace.freeze(operator.id, 5)
    for number in (2, 3, 4):
        await writes(town.parent(f"Родитель {number}"), number)
    told = await operator.sees("Новых сообщений: 3")
    assert [line.split()[0] for line in told["text"].splitlines()[1:]] == [f"ГЛ-2026-{n:05}" for n in (2, 3, 4)]
    await operator.does_not_see("Новое сообщение ГЛ-2026-00003")
    await operator.taps("ГЛ-2026-00003")
    await operator.sees("ГЛ-2026-00003 · Отметки за ВПР")  # a card like any other
