"""The staff forum: a view of the cases, one topic each, that can be lost and made anew."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.domain.people import Role
from bot.sandbox import Sandbox
from bot.sandbox.chats import Chat
from tests.hotline.test_main_line import writes_hidden
from tests.hotline.town import Town, town_at
from tests.people import Phone


@dataclass
class Office:
    town: Town
    forum: Chat
    operator: Phone


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with Sandbox.start() as sandbox:
        someone = sandbox.world.add_person("Оля Оператор", started=True)
        forum = sandbox.world.add_group("Горячая линия", forum=True, members=[someone])
        async with town_at(sandbox, tmp_path, hotline_group_id=forum.id) as town:
            operator, _ = await town.phone_of("Оля Оператор", Role.OPERATOR)
            yield Office(town, forum, operator)


async def test_a_case_is_worked_in_its_topic(office: Office):
    parent = await writes_hidden(office.town)
    card = await office.operator.sees("Сообщения в этой теме заявителю не уходят", in_chat=office.forum)
    topic = office.forum.topics[card["message_thread_id"]]
    assert topic.name == "00001 · отметки · СОШ № 5"
    await office.operator.taps("Взять", in_chat=office.forum)
    await office.operator.sees("Ведёт: О-001", in_chat=office.forum)
    await office.operator.taps("Открыть", in_chat=office.forum)
    await office.operator.sees("двойки за ВПР")  # in private, not for the whole group
    await office.operator.does_not_see("двойки за ВПР", in_chat=office.forum)
    await office.operator.taps("Ответить", in_chat=office.forum)
    prompt = await office.operator.sees("Ответьте на это сообщение", in_chat=office.forum)
    await office.operator.sends("Разберёмся", chat=office.forum, topic=topic)
    await office.operator.sends("Отметки отменены", chat=office.forum, topic=topic, reply_to=prompt)
    await office.operator.sees("Ответ заявителю", in_chat=office.forum)
    await office.operator.taps("Отправить", in_chat=office.forum)
    await parent.sees("Отметки отменены")
    await parent.does_not_see("Разберёмся")


async def test_a_deleted_topic_is_made_anew(office: Office):
    parent = await writes_hidden(office.town)
    first = await office.operator.sees("Сообщения в этой теме", in_chat=office.forum)
    sandbox = office.town.running.sandbox
    sandbox.group_life.deletes_topic(office.forum, office.forum.topics[first["message_thread_id"]])
    await parent.taps("Добавить")
    await parent.sends("И ещё в 6А")
    news = await office.operator.sees("Дополнение к ГЛ-2026-00001", in_chat=office.forum)
    assert office.forum.topics[news["message_thread_id"]].name == "00001 · отметки · СОШ № 5"
    assert news["message_thread_id"] != first["message_thread_id"]


async def test_only_staff_may_press(office: Office):
    await writes_hidden(office.town)
    guest = office.town.parent("Гость")
    office.forum.members[guest.id] = type(next(iter(office.forum.members.values())))(
        office.town.running.sandbox.world.people[guest.id].user(), "member"
    )
    await guest.taps("Взять", in_chat=office.forum)
    assert "Это может только" in guest.toast()
    assert (await office.town.only_case())["status"] == "accepted"


async def test_a_group_that_cannot_be_used_is_told(tmp_path: Path):
    async with Sandbox.start() as sandbox:
        someone = sandbox.world.add_person("Кира Главная", started=True)
        group = sandbox.world.add_group("Горячая линия", forum=True, members=[someone], bot_rights=None)
        async with town_at(sandbox, tmp_path, hotline_group_id=group.id) as town:
            coordinator, _ = await town.phone_of("Кира Главная", Role.COORDINATOR)
            assert await town.edge.look_at_group(town.clock()) == ["no_topics"]
            town.running.app.wake()
            await coordinator.sees("у бота нет права управлять темами")
            await writes_hidden(town)
            card = await coordinator.sees("Сообщения в этой теме", in_chat=group)
            assert "message_thread_id" not in card


async def test_after_the_group_migrated_replies_to_prompts_are_answers(office: Office):
    """Telegram gives a group a new id; what is configured stays the old one."""
    parent = await writes_hidden(office.town)
    await office.operator.sees("Сообщения в этой теме", in_chat=office.forum)
    sandbox = office.town.running.sandbox
    new = sandbox.group_life.upgrades(office.forum)
    await office.town.running.settled()
    await parent.taps("Добавить")
    await parent.sends("И ещё в 6А")
    await office.operator.sees("Дополнение к ГЛ-2026-00001", in_chat=new)
    await office.operator.taps("К карточке", in_chat=new)
    await office.operator.taps("Ответить", in_chat=new)
    prompt = await office.operator.sees("Ответьте на это сообщение", in_chat=new)
    await office.operator.sends("Отметки отменены", chat=new, reply_to=prompt)
    await office.operator.sees("Ответ заявителю", in_chat=new)
    await office.operator.taps("Отправить", in_chat=new)
    await parent.sees("Отметки отменены")
