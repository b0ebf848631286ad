"""A parent writes, an operator answers, the parent says whether it helped: through the real bot, as people."""

from tests.hotline.town import Town
from tests.people import Phone

STORY = "В 6Б учительница выставила в журнал двойки за ВПР без предупреждения, школа 5"


async def writes_hidden(town: Town, story: str = STORY, section: str = "Отметки за ВПР") -> Phone:
    parent = town.parent()
    await parent.sends("горячая линия")
    await parent.sees("не официальное обращение")
    await parent.sends(story)
    await parent.sees(section)
    await parent.taps("Да, готово")
    await parent.sees("Какая школа?")
    await parent.taps("СОШ № 5")
    await parent.sees("Как с вами связаться?")
    await parent.taps("Ответ сюда, имя скрыто")
    await parent.sees("Проверьте")
    await parent.taps("Отправить")
    await parent.sees("Принято. Номер ГЛ-2026-00001.")
    return parent


async def test_answer_reaches_the_hidden_parent(town: Town):
    operator = await town.operator()
    parent = await writes_hidden(town)
    news = await operator.sees("Новое сообщение ГЛ-2026-00001 (отметки за впр)")
    assert "двойки" not in news["text"]
    await operator.taps("Открыть")
    shown = await operator.sees("выставила в журнал двойки")
    assert shown.get("has_protected_content")
    assert "Марина" not in shown["text"]
    await operator.taps("К карточке")
    await operator.taps("Взять")
    await operator.sees("Ведёт: О-001")
    await operator.taps("Ответить")
    await operator.sends("Проверили журнал: отметки отменены.")
    await operator.sees("Ответ заявителю")
    await operator.taps("Отправить")
    await operator.sees("Отправлено заявителю.")
    answer = await parent.sees("Проверили журнал: отметки отменены.")
    assert "Имя скрыто" in answer["text"]
    await parent.taps("Не помогло")
    await parent.sees("Что осталось нерешённым?")
    await operator.sees("Возвращено заявителем: ГЛ-2026-00001")
    await parent.sends("Двойка стоит до сих пор")
    await parent.sees("Добавлено к ГЛ-2026-00001")
    await operator.sees("Дополнение к ГЛ-2026-00001")
    assert (await town.only_case())["status"] == "in_work"


async def test_own_messages_and_status(town: Town):
    parent = await writes_hidden(town)
    await parent.sends("мои сообщения")
    await parent.sees("ГЛ-2026-00001 · принято, ответим до 27 апреля")
    await parent.taps("ГЛ-2026-00001")
    await parent.sees("Ответит дежурный оператор, срок: до 27 апреля.")
    stranger = town.parent("Чужой")
    await stranger.sends("мои сообщения")
    await stranger.sees("У вас нет сообщений")
