"""What people typed is shown as they typed it, formatted by entities, and never run."""

import pytest
from playwright.async_api import expect

from tests.browser.desk import Desk

pytestmark = pytest.mark.asyncio(loop_scope="session")

NASTY = "<img src=x onerror=\"document.title='взлом'\"> <b>не жирно</b> </script> \"'&amp;"


async def test_markup_of_a_person_is_only_text(desk: Desk):
    parent = await desk.phone("Родитель")
    await parent.says(NASTY)
    await parent.sees(f"Вы сказали: {NASTY}")
    await expect(parent.messages.locator("img, b, script")).to_have_count(0)
    assert await desk.page.title() == "Проба бота ВПР: телефоны"


async def test_entities_become_the_right_elements(desk: Desk):
    observer = await desk.phone("Наблюдатель")
    await observer.says("памятка")
    text = observer.newest.locator(".bubble__text")
    for tag, words in {
        "strong": "Памятка",
        "em": "наклонно",
        "u": "подчёркнуто",
        "s": "зачёркнуто",
        "code": "7315-4482",
    }.items():
        await expect(text.locator(tag)).to_have_text(words)
    await expect(text.locator("a")).to_have_attribute("href", "https://example.org/vpr")
    await expect(text).to_contain_text("После цитаты <img src=x onerror=alert(1)>")
    await text.get_by_role("button", name="Показать полностью").click()
    await expect(text.locator("blockquote")).to_contain_text("5. Отчёт заполняйте в коридоре.")
    await expect(text.get_by_role("button", name="Свернуть")).to_be_visible()
    await text.get_by_role("button", name="Скрытый текст").click()
    await expect(text.locator(".spoiler--open")).to_have_text("тайна")


async def test_a_link_asks_before_it_leaves_the_demo(desk: Desk):
    observer = await desk.phone("Наблюдатель")
    await observer.says("памятка")
    await observer.newest.get_by_role("link", name="правила").click()
    question = observer.node.get_by_role("dialog")
    await expect(question).to_contain_text("https://example.org/vpr")
    await question.get_by_role("button", name="Отмена").click()
    await expect(question).to_have_count(0)
    assert len(desk.page.context.pages) == 1


async def test_an_invitation_opens_on_the_phone_one_chooses(desk: Desk):
    coordinator = await desk.phone("Муниципальный координатор")
    await coordinator.says(f"https://t.me/{desk.sandbox.world.bot.username}?start=inv_7315")
    await coordinator.sees("Вы сказали")
    await coordinator.newest.get_by_role("link").click()
    await coordinator.node.get_by_role("dialog").get_by_role("button", name="Родитель").click()
    parent = await desk.phone("Родитель")
    await parent.sees("Вы — наблюдатель Н-017")
    await expect(parent.messages.first).to_contain_text("/start inv_7315")


async def test_the_pinned_bar_leads_to_its_message(desk: Desk):
    observer = await desk.phone("Наблюдатель")
    await observer.says("памятка")
    await expect(observer.button("Закреплено")).to_contain_text("Памятка наклонно")
    for number in range(12):
        await observer.says(f"строка {number}")
        await observer.sees(f"Вы сказали: строка {number}")
    memo = observer.messages.filter(has_text="Памятка наклонно")
    await expect(memo).not_to_be_in_viewport()
    await observer.button("Закреплено").click()
    await expect(memo).to_be_in_viewport()
    await observer.button("К последним сообщениям").click()
    await expect(observer.newest).to_be_in_viewport()
