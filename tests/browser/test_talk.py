"""Taps, edits in place, toasts, menus and keyboards, as a person sees them."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.desk import Desk

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_an_empty_chat_offers_to_begin(desk: Desk):
    observer = await desk.phone("Наблюдатель")
    await observer.button("Начать", exact=True).click()
    await observer.sees("Вы — наблюдатель Н-017")
    await expect(observer.newest.locator("strong")).to_have_text("Вы — наблюдатель Н-017")
    await expect(observer.button("Начать", exact=True)).to_be_hidden()


async def test_a_tap_changes_the_message_in_its_place_and_shows_the_toast(desk: Desk):
    observer = await desk.phone("Наблюдатель")
    await observer.says("/start")
    await observer.taps("Начать отчёт")
    await expect(observer.toast).to_have_text("Сохранено")
    await observer.sees(re.compile(r"Вопрос 1 из 3.*изменено \d\d:\d\d", re.DOTALL))
    await observer.taps("Не наблюдал")
    await observer.sees("Записано: Не наблюдал")
    await expect(observer.messages).to_have_count(2)


async def test_a_tap_in_flight_is_seen_and_not_sent_twice(desk: Desk):
    observer = await desk.phone("Наблюдатель")
    await observer.says("/start")
    button = observer.button("Мои даты")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    await button.click()
    desk.bot.gate.set()
    await expect(button).not_to_have_attribute("aria-busy", "true")
    presses = [update for update in desk.sandbox.world.updates.ledger if update.kind == "callback_query"]
    assert len(presses) == 1


async def test_an_alert_waits_for_the_person(desk: Desk):
    observer = await desk.phone("Наблюдатель")
    await observer.says("/start")
    await observer.taps("Срочно: нарушение")
    alert = observer.node.get_by_role("alertdialog")
    await expect(alert).to_contain_text("Сигнал отправлен координатору")
    await expect(observer.button("Понятно")).to_be_focused()
    await observer.page.keyboard.press("Enter")
    await expect(alert).to_have_count(0)


async def test_the_keyboard_alone_is_enough(desk: Desk):
    observer = await desk.phone("Наблюдатель")
    await observer.field.focus()
    await observer.page.keyboard.type("/start")
    await observer.page.keyboard.press("Enter")
    await observer.button("Начать отчёт").focus()
    await observer.page.keyboard.press("Enter")
    await observer.sees("Вопрос 1 из 3")
    await expect(observer.button("Да", exact=True)).to_be_focused()
    await observer.page.keyboard.press("Enter")
    await observer.sees("Записано: Да")
    await expect(observer.button("Да", exact=True)).to_be_focused()


async def test_the_menu_lists_the_commands(desk: Desk):
    observer = await desk.phone("Наблюдатель")
    await observer.button("Меню").click()
    await expect(observer.node.get_by_role("menuitem")).to_have_text(["Главная/start", "Мой отчёт/report"])
    await observer.node.get_by_role("menuitem", name="Главная").click()
    await observer.sees("Вы — наблюдатель")


async def test_a_code_is_copied(desk: Desk):
    observer = await desk.phone("Наблюдатель")
    await observer.says("/start")
    await observer.taps("Код 7315-4482")
    await expect(observer.toast).to_contain_text("Скопировано")
    assert await desk.page.evaluate("navigator.clipboard.readText()") == "7315-4482"


async def test_a_reply_keyboard_says_its_label(desk: Desk):
    observer = await desk.phone("Наблюдатель")
    await observer.says("клавиатура")
    await observer.button("Закончилось").click()
    await observer.sees("Вы сказали: Закончилось")


async def test_an_own_message_is_corrected(desk: Desk):
    observer = await desk.phone("Наблюдатель")
    await observer.says("шесть")
    await observer.sees("Вы сказали: шесть")
    own = observer.node.locator(".message--out")
    await own.hover()
    await own.get_by_role("button", name="Действия с сообщением").click()
    await observer.node.get_by_role("menuitem", name="Изменить").click()
    await observer.field.fill("семь")
    await observer.button("Сохранить изменение").click()
    await observer.sees("Исправлено: семь")
    await expect(own).to_contain_text(re.compile("семь.*изменено", re.DOTALL))


async def test_typing_is_seen_until_the_message(desk: Desk):
    observer = await desk.phone("Наблюдатель")
    await observer.says("печатай")
    await expect(observer.node.locator(".chat-header")).to_contain_text("печатает…")
    await observer.says("готово")
    await observer.sees("Вы сказали: готово")
    await expect(observer.node.locator(".chat-header")).not_to_contain_text("печатает…")


async def test_blocking_the_bot_and_back(desk: Desk):
    parent = await desk.phone("Родитель")
    await parent.says("/start")
    await parent.button("Ещё", exact=True).click()
    await parent.node.get_by_role("menuitem", name="Заблокировать бота").click()
    await expect(parent.field).to_be_hidden()
    await parent.button("Разблокировать бота").click()
    await parent.says("снова здесь")
    await parent.sees("Вы сказали: снова здесь")


async def test_the_guide_folds_and_stays_folded(desk: Desk):
    guide, toggle = desk.page.locator("#guide"), desk.page.locator(".top__guide")
    if await guide.is_hidden():
        await toggle.click()
    await expect(guide.locator("li")).to_have_text(["Наблюдатель: нажмите «Начать».", "Пришлите фото скрепкой."])
    await toggle.click()
    await expect(guide).to_be_hidden()
    await desk.page.reload()
    await expect(desk.page.locator(".phone").first).to_be_visible()
    await expect(guide).to_be_hidden()
