"""Time: due dates by the production calendar, reminders, critical on the day, and forgetting."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.hotline.case import Category, Status, Urgency
from bot.domain.hotline.due import Stage, due_at, stage
from bot.domain.hotline.retention import Fate
from bot.domain.people import Role
from bot.domain.working_days import is_working_day
from bot.sealing import CannotUnseal
from bot.services.hotline.keyring import CaseIsShredded
from tests.hotline.canary import back_up
from tests.hotline.test_joining import answers
from tests.hotline.test_main_line import STORY, writes_hidden
from tests.hotline.town import NOON, Town

MOSCOW = ZoneInfo("Europe/Moscow")


def local(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=MOSCOW)


@pytest.mark.parametrize(
    ("category", "accepted", "due"),
    [
        (Category.MARKS, "2026-04-22 12:00", "2026-04-27 18:00"),  # Wednesday: Thursday, Friday, Monday
        (Category.QUESTION, "2026-04-22 12:00", "2026-04-23 18:00"),
        (Category.QUESTION, "2026-04-22 19:30", "2026-04-24 18:00"),  # after hours it came on the next day
        (Category.QUESTION, "2026-04-30 12:00", "2026-05-04 18:00"),  # over the first of May
        (Category.MARKS, "2026-05-08 12:00", "2026-05-14 18:00"),  # the 11th is a day off for the 9th
        (Category.QUESTION, "2026-12-31 12:00", "2027-01-12 18:00"),  # over the New Year holidays
    ],
)
def test_due_dates_follow_the_production_calendar(category: Category, accepted: str, due: str):
    found = due_at(category, Urgency.USUAL, local(accepted).astimezone(UTC), MOSCOW, is_working_day)
    assert found.astimezone(MOSCOW) == local(due)


@pytest.mark.parametrize(
    ("accepted", "due"), [("2026-04-22 09:40", "2026-04-22 10:10"), ("2026-04-22 05:00", "2026-04-22 08:00")]
)
def test_critical_is_due_in_half_an_hour_of_the_school_day(accepted: str, due: str):
    found = due_at(Category.LEAK, Urgency.CRITICAL, local(accepted).astimezone(UTC), MOSCOW, is_working_day)
    assert found.astimezone(MOSCOW) == local(due)


def test_stages_of_a_case():
    accepted, due = local("2026-04-22 12:00"), local("2026-04-27 18:00")
    seen = [
        stage(accepted, due, Urgency.USUAL, local(at))
        for at in ("2026-04-27 13:59", "2026-04-27 14:00", "2026-04-27 18:00", "2026-04-28 09:00", "2026-04-29 19:00")
    ]
    assert seen == [None, (Stage.SOON, 0), (Stage.NOW, 0), (Stage.OVERDUE, 0), (Stage.OVERDUE, 2)]


async def test_reminders_go_to_whoever_works_on_it_and_stop_with_the_answer(town: Town):
    operator = await town.operator()
    other, _ = await town.phone_of("Костя Другой", Role.OPERATOR)
    await writes_hidden(town)
    await operator.sees("Новое сообщение")
    await operator.taps("К карточке")
    await operator.taps("Взять")
    await operator.sees("Ведёт: О-001")
    assert await town.hotline.clocks.remind(town.clock()) == 0
    town.clock.now = local("2026-04-27 15:00").astimezone(UTC)
    assert await town.hotline.clocks.remind(town.clock()) == 1
    assert await town.hotline.clocks.remind(town.clock()) == 0
    town.running.app.wake()
    await operator.sees("Скоро срок. ГЛ-2026-00001")
    town.clock.now = local("2026-04-27 22:00").astimezone(UTC)
    assert await town.hotline.clocks.remind(town.clock()) == 0  # not at night
    town.clock.now = local("2026-04-28 09:30").astimezone(UTC)
    assert await town.hotline.clocks.remind(town.clock()) == 2  # overdue: everybody
    town.running.app.wake()
    await other.sees("Просрочено. ГЛ-2026-00001")


async def test_critical_on_the_day_of_a_work_goes_out_at_once(town: Town):
    operator = await town.operator()
    _, observer = await town.phone_of("Нина Наблюдатель", Role.OBSERVER)
    await town.sits_today("СОШ № 5", "6Б", "математика", observer)
    await writes_hidden(town, "Ответы выложили в чат до начала, слив вариантов, школа 5", "Утечка вариантов")
    await operator.sees("Срочно. Новое сообщение ГЛ-2026-00001 (утечка вариантов)")
    case = await town.only_case()
    assert case["urgency"] == Urgency.CRITICAL
    assert await town.hotline.clocks.remind(town.clock.forward(minutes=20)) == 1


async def test_forgetting_by_kind_with_a_warning_and_a_trace(town: Town):
    operator = await town.operator()
    parent = await writes_hidden(town)
    case = await town.only_case()
    await operator.sends("ГЛ-2026-00001")
    await operator.taps("Закрыть")
    await operator.taps("Подтвердилось")
    await parent.sees("Проверка закончена")
    await town.running.settled()
    clocks, closed = town.hotline.clocks, town.clock()

    async def fates(days: float) -> list[Fate]:
        return [planned.fate for planned in await clocks.planned(closed + timedelta(days=days))]

    assert await fates(13) == []
    assert await fates(15) == [Fate.FORGET_ROUTE]
    copy = back_up(town.folder, "before")
    assert [p.fate for p in await clocks.forget(closed + timedelta(days=15))] == [Fate.FORGET_ROUTE]
    assert await town.hotline.keyring.route(case["id"]) is None
    assert await fates(84) == [Fate.WARN]
    town.clock.now = closed + timedelta(days=84)
    await clocks.forget(town.clock())
    town.running.app.wake()
    await operator.sees("Через 7 дней будет удалён текст ГЛ-2026-00001")
    assert await fates(90) == []
    assert await fates(91) == [Fate.SHRED]
    await clocks.forget(closed + timedelta(days=91))
    with pytest.raises(CaseIsShredded):
        await town.hotline.keyring.case_seal(case["id"])
    row = await town.only_case()
    assert row["shredded_at"] is not None
    assert row["number"] == 1
    await operator.sends("ГЛ-2026-00001")
    await operator.taps("Открыть")
    await operator.sees("Текст удалён по сроку хранения")
    assert await dead_in(copy, town, case["id"])


async def test_an_answered_case_is_forgotten_though_nobody_closes_it(town: Town):
    operator = await town.operator()
    parent = await writes_hidden(town)
    await answers(operator, "00001", "Отметки отменены.")
    await parent.sees("Отметки отменены.")
    clocks = town.hotline.clocks
    assert await clocks.planned(town.clock.forward(days=13)) == []
    await parent.sends("мои сообщения")
    await parent.taps("ГЛ-2026-00001")
    await parent.taps("Добавить")
    await parent.sends("Двойка стоит до сих пор")
    await parent.sees("Добавлено к ГЛ-2026-00001")
    assert await clocks.planned(town.clock() + timedelta(days=400)) == []  # an answer is owed again
    town.clock.forward(days=1)
    await answers(operator, "00001", "Теперь отменены все.")
    await parent.sees("Теперь отменены все.")
    answered, done = town.clock(), []
    for day in (14, 30, 83, 90):
        done.append([planned.fate for planned in await clocks.forget(answered + timedelta(days=day - 1, hours=23))])
        done.append([planned.fate for planned in await clocks.forget(answered + timedelta(days=day))])
    assert done == [[], [Fate.FORGET_ROUTE], [], [], [], [Fate.WARN], [], [Fate.SHRED]]
    assert (await town.only_case())["shredded_at"] is not None


async def test_an_answer_that_promises_another_ends_nothing(town: Town):
    operator = await town.operator()
    parent = await writes_hidden(town)
    await operator.sends("ГЛ-2026-00001")
    await operator.taps("Готовые ответы")
    await operator.taps("Проверяем")
    await operator.taps("Отправить")
    await parent.sees("Запросили сведения у школы и ответим до указанного срока.")
    await parent.sees("Это ещё не ответ")
    assert parent.buttons() == ["Написать ещё"]
    assert (await town.only_case())["status"] == Status.IN_WORK
    await operator.sends("очередь")
    await operator.sees("ГЛ-2026-00001 · отметки · СОШ № 5 · в работе")
    assert await town.hotline.clocks.planned(town.clock() + timedelta(days=400)) == []


async def dead_in(copy: Path, town: Town, case_id: str) -> bool:
    """The main database of an older backup cannot be read with what the vault holds now."""
    from storage.database import Database
    from storage.hotline import messages

    old = await Database.open(copy / "bot.db")
    try:
        async with old.read() as reader:
            sealed = await messages.of_case(reader, case_id)
    finally:
        await old.close()
    assert sealed
    try:
        seal = await town.hotline.keyring.case_seal(case_id)
        seal.unseal(sealed[0].sealed, "message|1")
    except (CaseIsShredded, CannotUnseal):
        return True
    return False


async def test_a_hold_and_new_words_stop_the_clocks(town: Town):
    operator = await town.operator()
    parent = await writes_hidden(town)
    await operator.sends("ГЛ-2026-00001")
    await operator.taps("Закрыть")
    await operator.taps("Подтвердилось")
    await parent.sees("Проверка закончена")
    await parent.taps("Написать ещё")
    await parent.sends("Опять то же самое")
    await parent.sees("Добавлено к ГЛ-2026-00001")
    assert (await town.only_case())["status"] == Status.IN_WORK
    assert await town.hotline.clocks.planned(NOON + timedelta(days=400)) == []
    await operator.sends("ГЛ-2026-00001")
    await operator.taps("Закрыть")
    await operator.taps("Не подтвердилось")
    await operator.taps("Ещё")
    await operator.taps("Хранить дольше")
    await operator.sends("Запросила прокуратура")
    await operator.sees("Храним, пока есть причина")
    fates = {planned.fate for planned in await town.hotline.clocks.planned(NOON + timedelta(days=400))}
    assert fates == {Fate.FORGET_ROUTE}


async def test_an_answer_at_night_makes_no_sound(town: Town):
    operator = await town.operator()
    town.clock.now = local("2026-04-22 23:10").astimezone(UTC)
    parent = await writes_hidden(town, STORY)
    await operator.sends("ГЛ-2026-00001")
    await operator.taps("Ответить")
    await operator.sends("Завтра проверим")
    await operator.taps("Отправить")
    await parent.sees("Завтра проверим")
    calls = [call for call in town.running.sandbox.journal.calls if "Завтра проверим" in str(call)]
    assert any("disable_notification" in str(call) for call in calls)
