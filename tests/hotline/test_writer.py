"""The writer's side beyond the main line: edits, bursts, withdrawal, FAQ, floods; and what the school learns."""

from bot.domain.people import Role
from storage.hotline import cases
from tests.hotline.test_desk import opens, writes
from tests.hotline.test_main_line import STORY, writes_hidden
from tests.hotline.town import Town


async def notices(town: Town) -> int:
    async with town.running.app.database.read() as reader:
        return int(await reader.fetch_value("SELECT COUNT(*) FROM outbox WHERE dedupe_key LIKE 'hl-add:%'"))


async def test_a_burst_of_fifty_is_one_case_and_one_notice(town: Town):
    operator = await town.operator()
    parent = await writes_hidden(town)
    await operator.sees("Новое сообщение")
    await parent.taps("Добавить")
    await parent.sees("Напишите, что добавить")
    for n in range(50):
        town.clock.forward(seconds=4)
        await parent.sends(f"И ещё подробность {n}")
        await parent.sees("Добавлено к ГЛ-2026-00001", fresh=True)
    await town.running.settled()
    assert await notices(town) == 1
    await operator.taps("Открыть", in_chat=None)
    await operator.sees("подробность 49")
    await parent.sends("Самая последняя")
    await parent.sees("Добавлено", fresh=True)
    await town.running.settled()
    assert await notices(town) == 2  # it was read in between


async def test_a_flood_is_told_once_and_harms_nobody_else(town: Town):
    parent = town.parent("Флудер")
    await parent.sends("горячая линия")
    for n in range(25):
        await parent.sends(f"спам {n}", chat=None)
    await parent.sees("Слишком много сообщений подряд")
    await town.running.settled()
    said = [m for m in parent._line.messages(parent.id).values() if "Слишком много" in str(m.get("text"))]
    assert len(said) == 1
    other = await writes(town, "Спокойная", STORY)
    await other.taps("Отправить")
    await other.sees("Принято")


async def test_an_edited_message_is_sent_as_the_writer_sees_it(town: Town):
    operator = await town.operator()
    parent = town.parent()
    await parent.sends("горячая линия")
    await parent.sees("Опишите, что случилось")
    message = await parent.sends("Двойки за ВПР в школе 5, класс 6А")
    await parent.taps("Да, готово")
    await parent.taps("СОШ № 5")
    await parent.taps("Ответ сюда, имя скрыто")
    await parent.sees("класс 6А")
    await parent.edits(message, "Двойки за ВПР в школе 5, класс 6Б")
    await parent.sees("класс 6Б")
    await parent.taps("Отправить")
    await operator.taps("Открыть")
    await operator.sees("класс 6Б")


async def test_a_plain_question_meets_its_answer_first(town: Town):
    parent = town.parent()
    await parent.sends("горячая линия")
    await parent.sends("Когда будут результаты?")
    await parent.sees("через два месяца")
    await parent.taps("Нет, отправить")
    await parent.sees("Какая школа?")
    await parent.taps("Не хочу указывать")
    await parent.taps("Ответ сюда, имя скрыто")
    await parent.taps("Отправить")
    await parent.sees("до 23 апреля")
    await parent.sends("горячая линия")
    await parent.sends("Можно ли отказаться?")
    await parent.taps("Помогло")
    await parent.sees("Если появится другой вопрос")


async def test_a_contact_is_withdrawn_at_once(town: Town):
    parent = await writes(town, "Мария", STORY, "Оставить контакт")
    await parent.taps("Даю согласие")
    await parent.sends("mama@example.org")
    await parent.taps("Отправить")
    await parent.sees("Принято")
    await parent.sends("мои сообщения")
    await parent.taps("ГЛ-2026-00001")
    await parent.taps("Отозвать контакт")
    await parent.sees("Контакт удалён")
    async with town.hotline._vault.read() as reader:
        assert await reader.fetch_value("SELECT COUNT(*) FROM case_contact") == 0


async def test_a_stranger_cannot_touch_a_case_even_with_its_id(town: Town):
    await writes_hidden(town)
    case = await town.only_case()
    thief = town.parent("Чужой")
    await thief.sends("горячая линия")
    card = await thief.sees("Опишите, что случилось")
    for step in ("case", "add", "unsaid", "withdraw"):
        await thief.taps_old(card, f"hl:{step}:{case['id']}")
        await thief.sees("не из этого чата", fresh=True)
    await thief.taps_old(card, f"hl:rate:{case['id']}:not")
    await thief.sees("не из этого чата", fresh=True)
    assert (await town.only_case())["status"] == "accepted"


async def test_the_school_learns_of_a_signal_and_nothing_else(town: Town):
    operator = await town.operator()
    school, _ = await town.phone_of("Ш Координатор", Role.SCHOOL_COORDINATOR, school="СОШ № 5")
    other, _ = await town.phone_of("Ш Чужой", Role.SCHOOL_COORDINATOR, school="СОШ № 11")
    await writes_hidden(town)
    await opens(operator, "00001")
    await operator.taps("Ещё")
    await operator.taps("Сигнал школе")
    await operator.sees("Школе отправлено")
    signal = await school.sees("Поступил сигнал на горячую линию ВПР. Тема: «Отметки за ВПР»")
    for secret in ("двойки", "00001", "6Б", "Марина"):
        assert secret not in signal["text"]
    await school.taps("Меры приняты")
    await school.sends("Провели собрание, порядок объяснили")
    await school.sees("Записано")
    await operator.sees("Школа ответила: ГЛ-2026-00001")
    await operator.taps("Открыть")
    await operator.sees("Провели собрание")
    case = await town.only_case()
    menu = await other.sends("главная")
    await other.taps_old(menu | {"chat": {"id": other.id}}, f"hs:{case['id']}")
    await other.sends("Мы ни при чём")
    await other.does_not_see("Записано")


async def test_an_old_signal_is_refused_in_words_when_the_texts_are_deleted(town: Town):
    operator = await town.operator()
    school, _ = await town.phone_of("Ш Координатор", Role.SCHOOL_COORDINATOR, school="СОШ № 5")
    other, _ = await town.phone_of("Ш Чужой", Role.SCHOOL_COORDINATOR, school="СОШ № 11")
    await writes_hidden(town)
    await opens(operator, "00001")
    await operator.taps("Ещё")
    await operator.taps("Сигнал школе")
    await school.sees("Поступил сигнал")
    case = await town.only_case()
    async with town.running.app.database.read() as reader:
        found = await cases.get(reader, case["id"])
    assert found is not None
    await town.hotline.clocks.shred(found, town.clock())
    await school.taps("Меры приняты")
    await school.sends("Провели собрание")
    await school.sees("Текст удалён по сроку хранения", fresh=True)
    menu = await other.sends("главная")
    await other.taps_old(menu | {"chat": {"id": other.id}}, f"hs:{case['id']}")
    await other.sends("Мы ни при чём")
    await other.sees("Это вам недоступно", fresh=True)  # not even that it is deleted
