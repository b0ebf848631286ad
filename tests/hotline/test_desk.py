"""The desk beyond the main line: joining, entering by phone, opening a contact by two, closing, searching, banning."""

from datetime import timedelta

import pytest

from bot.domain.hotline.case import Outcome
from bot.domain.people import Role
from bot.services.hotline.revealing import NobodyToDecide
from storage.clock import to_text
from tests.hotline.canary import hits
from tests.hotline.test_main_line import STORY, writes_hidden
from tests.hotline.town import Town
from tests.people import Phone

DAY = timedelta(days=1)


async def opens(operator: Phone, number: str) -> None:
    await operator.sends(f"ГЛ-2026-{number}")
    await operator.sees(f"ГЛ-2026-{number} ·", fresh=True)


async def writes(town: Town, name: str, story: str, level: str = "Ответ сюда, имя скрыто") -> Phone:
    parent = town.parent(name)
    await parent.sends("горячая линия")
    await parent.sees("Опишите, что случилось", fresh=True)
    await parent.sends(story)
    await parent.taps("Да, готово")
    await parent.taps("СОШ № 5")
    await parent.taps(level)
    return parent


async def test_joined_cases_are_answered_together(town: Town):
    operator = await town.operator()
    first = await writes(town, "Первая", STORY)
    await first.taps("Отправить")
    second = await writes(town, "Вторая", STORY + " и это неправильно")
    await second.taps("Отправить")
    await second.sees("ГЛ-2026-00002")
    await opens(operator, "00002")
    await operator.sees("Сегодня о той же школе ещё: 1")
    await operator.taps("Ещё")
    await operator.taps("Объединить")
    await operator.sees("ГЛ-2026-00001 · отметки")
    await operator.taps("Объединить с 00001")
    await operator.sees("ГЛ-2026-00001 ·")
    await operator.taps("Ответить")
    await operator.sends("Двойки отменены всем.")
    await operator.taps("Отправить")
    answer = await first.sees("Двойки отменены всем.")
    assert "ГЛ-2026-00001" in answer["text"]
    answer = await second.sees("Двойки отменены всем.")
    assert "ГЛ-2026-00002" in answer["text"]


async def test_a_call_goes_into_the_same_journal(town: Town):
    operator = await town.operator()
    await operator.sends("очередь")
    await operator.taps("Внести звонок")
    await operator.sends("Звонила мама: собирают деньги на сборники, школа 11")
    await operator.sees("Сбор денег, сборники?")
    await operator.taps("Да")
    await operator.taps("СОШ № 11")
    await operator.sends("+7 913 123-45-67")
    await operator.sees("ГЛ-2026-00001 · Сбор денег, сборники · СОШ № 11")
    case = await town.only_case()
    assert (case["channel"], case["level"]) == ("phone", "contact")
    await operator.taps("Ответить")
    await operator.sends("Разобрались")
    await operator.taps("Отправить")
    await operator.sees("позвоните ему сами")


async def test_a_contact_is_opened_by_two(town: Town):
    first, _ = await town.phone_of("Кира Первая", Role.COORDINATOR)
    second, _ = await town.phone_of("Катя Вторая", Role.COORDINATOR)
    parent = await writes(town, "Мария", STORY, "Оставить контакт")
    await parent.sees("Согласие на контакт")
    await parent.taps("Даю согласие")
    await parent.sends("мой номер 8 913 123 45 67")
    await parent.sees("оставлен контакт")
    await parent.taps("Отправить")
    await parent.sees("Позвоним в рабочее время")
    await first.sees("Новое сообщение ГЛ-2026-00001")
    await first.taps("К карточке")
    await first.taps("Ещё")
    await first.taps("Открыть контакт")
    await first.sends("Нужно уточнить класс, в сообщении его нет")
    await first.sees("Запрос отправлен")
    await second.taps("Посмотреть причину")
    await second.sees("Нужно уточнить класс")
    await second.taps("Разрешить")
    await first.sees("можно открыть контакт")
    await first.taps("Открыть контакт")
    await first.sees("+79131234567")
    async with town.running.app.database.read() as reader:
        actions = [row[0] for row in await reader.fetch_all("SELECT action FROM audit WHERE action LIKE '%reveal%'")]
    assert actions == ["hotline.reveal.ask", "hotline.reveal.decide", "hotline.reveal.read"]


async def test_one_person_cannot_open_a_contact_alone(town: Town):
    alone, _ = await town.phone_of("Кира Первая", Role.COORDINATOR)
    parent = await writes(town, "Мария", STORY, "Оставить контакт")
    await parent.taps("Даю согласие")
    await parent.sends("mama@example.org")
    await parent.taps("Отправить")
    await parent.sees("Принято")
    case = await town.only_case()
    actor = await town.actor(alone)
    with pytest.raises(NobodyToDecide):
        await town.hotline.revealing.ask(actor, case["id"], "надо", town.clock())
    await alone.taps_old(await alone.sees("Новое сообщение"), "hd:allow:1")
    await alone.sees("Этот запрос уже решён")
    await alone.taps_old(await alone.sees("Новое сообщение"), "hd:contact:1")
    await alone.does_not_see("mama@example.org")


async def test_search_finds_words_but_not_names(town: Town):
    operator = await town.operator()
    parent = await writes(town, "Мария", STORY + ", учительница Кузнецова Анна Петровна")
    await parent.taps("Отправить")
    await operator.sends("искать двойки предупреждения")
    await operator.sees("Нашлось: ГЛ-2026-00001")
    await operator.sends("искать Кузнецова")
    await operator.sees("Ничего не нашлось")


async def test_closing_tells_the_parent_and_not_our_matter_names_the_address(town: Town):
    operator = await town.operator()
    parent = await writes_hidden(town)
    await opens(operator, "00001")
    await operator.taps("Закрыть")
    await operator.taps("Не по адресу")
    await operator.sends("В школу, к директору: решение принимает она")
    await operator.taps("Отправить")
    told = await parent.sees("Это решает другая организация")
    assert "22 апреля" in told["text"].replace("\u00a0", " ")
    await parent.taps("Не согласен")
    await parent.sees("Что осталось нерешённым?")
    assert (await town.only_case())["status"] == "in_work"
    await opens(operator, "00001")
    await operator.taps("Закрыть")
    await operator.taps("Не подтвердилось")
    await parent.sees("Проверка закончена: не подтвердилось")
    assert (await town.only_case())["outcome"] == Outcome.NOT_CONFIRMED


async def test_a_banned_writer_is_unknown_and_kept_out(town: Town):
    operator = await town.operator()
    parent = await writes_hidden(town)
    await opens(operator, "00001")
    await operator.taps("Ещё")
    await operator.taps("Не принимать от него")
    await parent.sends("горячая линия")
    await parent.sees("временно не принимаем")
    town.clock.forward(days=31)
    await parent.sends("горячая линия")
    await parent.sees("Опишите, что случилось", fresh=True)


async def test_a_school_employee_does_not_see_the_case_about_their_school(town: Town):
    insider, person = await town.phone_of("Иван Свой", Role.OPERATOR)
    async with town.running.app.database.transaction() as tx:
        from storage import people

        await people.grant(tx, person.id, Role.SCHOOL_COORDINATOR, 1, town.schools["СОШ № 5"], town.clock(), by=None)
    await writes_hidden(town)
    await insider.sends("очередь")
    await insider.sees("Новых сообщений на горячей линии нет")
    await insider.taps("Открыть")
    await insider.sees("закрыто для вас")


async def test_a_case_is_tied_to_a_report_and_the_keeping_is_foreseen(town: Town):
    coordinator, _ = await town.phone_of("Кира Главная", Role.COORDINATOR)
    _, observer = await town.phone_of("Нина Наблюдатель", Role.OBSERVER)
    report = await town.sits_today("СОШ № 5", "6Б", "русский язык", observer)
    await writes_hidden(town)
    await opens(coordinator, "00001")
    await coordinator.taps("Ещё")
    await coordinator.taps("Связать")
    await coordinator.sends("999999")
    await coordinator.sees("Отчёта с таким номером нет")
    await coordinator.sends(f"№ {report}")
    await coordinator.sees("Связано с отчётом")
    await opens(coordinator, "00001")
    await coordinator.sees(f"Отчёт наблюдателя: {report}")
    await coordinator.taps("Закрыть")
    await coordinator.taps("Подтвердилось")
    await coordinator.sees("закрыто · подтвердилось")
    await coordinator.sends("сроки хранения")
    await coordinator.sees("забыть обратный адрес")


async def test_a_case_is_tied_to_a_violation_and_to_a_decision(town: Town):
    coordinator, _ = await town.phone_of("Кира Главная", Role.COORDINATOR)
    _, observer = await town.phone_of("Нина Наблюдатель", Role.OBSERVER)
    report = await town.sits_today("СОШ № 5", "6Б", "русский язык", observer)
    async with town.running.app.database.transaction() as tx:
        for item, value in (("Б6", "no"), ("Б7", "yes")):
            await tx.execute(
                "INSERT INTO answer (report_number, item, value, entered_at) VALUES (:report, :item, :value, :at)",
                report=report,
                item=item,
                value=value,
                at=to_text(town.clock()),
            )
    await writes_hidden(town)
    await opens(coordinator, "00001")
    await coordinator.taps("Ещё")
    await coordinator.taps("Связать")
    await coordinator.sends(f"{report} Б7")
    await coordinator.sees("по пункту Б7 нарушения нет")
    await coordinator.sends(f"{report} б6")
    await coordinator.sees("Связано с нарушением")
    await coordinator.taps("К карточке")
    await coordinator.taps("Ещё")
    await coordinator.taps("Связать")
    await coordinator.sends("Приказ № 12 от 24.04.2026, Кузнецова Анна Петровна")
    await coordinator.sees("Связано с решением")
    await coordinator.taps("К карточке")
    card = await coordinator.sees(f"Отчёт наблюдателя: {report}, нарушение Б6")
    assert "Решение: Приказ № 12 от 24.04.2026, [скрыто]" in card["text"]
    since = town.clock() - timedelta(days=1)
    table = await town.hotline.journal.table(await town.actor(coordinator), since, town.clock() + DAY, town.clock())
    (line,) = [line async for chunk in table.rows() for line in chunk]
    row = dict(zip([column.title for column in table.columns], line, strict=True))
    assert row["Связано"] == f"отчёт {report}, Б6; Приказ № 12 от 24.04.2026, [скрыто]"
    await coordinator.sends(f"отчёт {report}")
    await coordinator.sees("Горячая линия: ГЛ-2026-00001, Б6")
    await town.running.settled()
    assert hits(town.folder, "Приказ № 12", "Кузнецова") == []


async def test_the_reason_to_keep_a_text_is_as_secret_as_the_text(town: Town):
    operator = await town.operator()
    await writes_hidden(town)
    await opens(operator, "00001")
    await operator.taps("Ещё")
    await operator.taps("Хранить дольше")
    await operator.sends("Прокуратура запросила дело матери из 6Б")
    await operator.sees("Храним, пока есть причина")
    await operator.taps("К карточке")
    await operator.taps("Открыть")
    await operator.sees("Храним дольше: Прокуратура запросила дело матери")
    await town.running.settled()
    assert hits(town.folder, "Прокуратура запросила") == []
    await opens(operator, "00001")
    await operator.taps("Ещё")
    await operator.taps("Не хранить дольше")
    await operator.sees("Причины хранить больше нет")
    assert (await town.only_case())["hold_reason"] == ""
