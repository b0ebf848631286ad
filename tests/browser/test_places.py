"""Several chats, topics of a forum, unread counts, and a connection that comes and goes."""

import contextlib

import pytest
from playwright.async_api import Page, expect

from bot.sandbox import Sandbox
from tests.browser.desk import Desk
from tests.browser.scripted_bot import ScriptedBot

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_topic_appears_and_holds_its_own_talk(desk: Desk):
    operator = await desk.phone("Оператор горячей линии")
    await operator.button("Общая тема").click()
    await operator.says("тема")
    await operator.button("К списку тем").click()
    await operator.button("00042 · отметки").click()
    await operator.says("Взяла")
    await operator.sees("Вы сказали: Взяла")
    await operator.button("К списку тем").click()
    await operator.button("Общая тема").click()
    await expect(operator.node.get_by_role("log")).not_to_contain_text("Взяла")


async def test_a_person_with_two_chats_goes_between_them(desk: Desk):
    coordinator = await desk.phone("Муниципальный координатор")
    await coordinator.says("/start")
    await coordinator.sees("Вы — наблюдатель")
    await coordinator.button("К списку чатов").click()
    await coordinator.button("Горячая линия").click()
    await expect(coordinator.button("Общая тема")).to_be_visible()
    await coordinator.button("К списку чатов").click()
    await coordinator.node.locator(".chat-row", has_text="Бот ВПР").click()
    await coordinator.sees("Вы — наблюдатель")


async def test_what_came_elsewhere_is_counted_until_seen(desk: Desk):
    coordinator = await desk.phone("Муниципальный координатор")
    await coordinator.says("/start")
    await coordinator.sees("Вы — наблюдатель")
    operator = await desk.phone("Оператор горячей линии")
    await operator.button("Общая тема").click()
    await operator.says("новое сообщение")
    await operator.sees("Вы сказали: новое сообщение")
    tab = desk.page.get_by_role("navigation").get_by_role("button", name="Муниципальный координатор")
    await expect(tab.locator(".badge")).to_have_text("2")
    coordinator = await desk.phone("Муниципальный координатор")
    await coordinator.button("К списку чатов").click()
    await coordinator.node.locator(".chat-row", has_text="Горячая линия").click()
    await expect(coordinator.node.locator(".chat-row .badge")).to_have_text("2")
    await coordinator.button("Общая тема").click()
    await expect(tab.locator(".badge")).to_be_hidden()


async def test_a_reader_who_scrolled_up_is_left_in_peace(desk: Desk):
    observer = await desk.phone("Наблюдатель")
    for number in range(12):
        await observer.says(f"строка {number}")
        await observer.sees(f"Вы сказали: строка {number}")
    scroller = observer.node.locator(".conversation .scroller")
    await scroller.hover()
    await observer.page.mouse.wheel(0, -4000)
    await expect(observer.messages.first).to_be_in_viewport()
    anna = next(person for person in desk.sandbox.world.people.values() if person.name == "Анна")
    await desk.bot.call("sendMessage", chat_id=anna.id, text="Напоминание")
    newest = observer.button("К последним сообщениям")
    await expect(newest).to_contain_text("1")
    await expect(observer.messages.first).to_be_in_viewport()
    await newest.click()
    await observer.sees("Напоминание")
    await expect(observer.newest).to_be_in_viewport()


async def test_a_restart_of_the_sandbox_needs_no_reload(page: Page):
    async with contextlib.AsyncExitStack() as first:
        sandbox = await first.enter_async_context(Sandbox.start())
        sandbox.world.add_person("Анна", id=7, label="Наблюдатель")
        bot = await first.enter_async_context(ScriptedBot.start(sandbox.root, sandbox.token))
        desk = Desk(page, sandbox, bot)
        await desk.open()
        observer = await desk.phone("Наблюдатель")
        await observer.says("памятка")
        await observer.sees("После цитаты")
        await observer.field.fill("недописанный ответ")

    await expect(page.get_by_text("Нет связи с программой")).to_be_visible()
    await observer.button("Отправить", exact=True).click()
    await expect(observer.toast).to_contain_text("Не отправлено: нет связи")
    await expect(observer.field).to_have_value("недописанный ответ")

    async with Sandbox.start(int(sandbox.root.rpartition(":")[2])) as again:
        again.world.add_person("Анна", id=7, label="Наблюдатель")
        async with ScriptedBot.start(again.root, again.token):
            await expect(page.get_by_text("Нет связи с программой")).to_be_hidden(timeout=15_000)
            await expect(observer.messages).to_have_count(0)
            await observer.button("Отправить", exact=True).click()
            await observer.sees("Вы сказали: недописанный ответ")
