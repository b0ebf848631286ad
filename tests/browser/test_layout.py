"""Big enough to hit, long enough to read, nothing beyond the edge: at the three widths people have."""

import pytest
from playwright.async_api import expect

from tests.browser.desk import Desk

pytestmark = pytest.mark.asyncio(loop_scope="session")

TOO_SMALL = """() => [...document.querySelectorAll(".phone button, .tab, .top__guide")]
    .filter((one) => one.checkVisibility() && !one.matches(".bubble__more, .text-link, .photo"))
    .filter((one) => one.getBoundingClientRect().height < 44)
    .map((one) => one.textContent || one.getAttribute("aria-label"))"""
CUT = """() => [...document.querySelectorAll(".key__label, .bubble__text, .chat-row__title")]
    .filter((one) => one.checkVisibility())
    .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline")
    .map((one) => one.textContent)"""
SMALL_LETTERS = """() => [...document.querySelectorAll(".bubble__text, .key, .composer__field, .dialog__text")]
    .filter((one) => parseFloat(getComputedStyle(one).fontSize) < 15).length"""
BEYOND = """() => [...document.querySelectorAll(".phone--selected .phone__screen *")]
    .filter((one) => one.checkVisibility())
    .map((one) => [one, one.getBoundingClientRect(), one.closest(".phone").getBoundingClientRect()])
    .filter(([, box, phone]) => box.left < phone.left - 1 || box.right > phone.right + 1)
    .map(([one]) => one.className)"""
WORDLESS = """() => [...document.querySelectorAll("button")]
    .filter((one) => !one.textContent.trim() && !one.getAttribute("aria-label"))
    .map((one) => one.className)"""


async def check(desk: Desk) -> None:
    for probe, allowed in ((TOO_SMALL, []), (CUT, []), (SMALL_LETTERS, 0), (BEYOND, []), (WORDLESS, [])):
        assert await desk.page.evaluate(probe) == allowed, probe
    assert await desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("narrowest", [False, True], ids=["as-is", "360"])
async def test_every_screen_fits(desk: Desk, narrowest: bool):
    if narrowest:
        await desk.page.set_viewport_size({"width": 360, "height": 640})
    observer = await desk.phone("Наблюдатель")
    await check(desk)
    for word in ("/start", "памятка", "альбом", "файл", "клавиатура", "сверхдлинноесловобезпробелов" * 5):
        await observer.says(word)
        await expect(observer.field).to_have_value("")
    await observer.sees("Вы сказали")
    await observer.taps("Начать отчёт")
    await expect(observer.messages.filter(has_text="Вопрос 1 из 3")).to_have_count(1)
    await check(desk)
    operator = await desk.phone("Оператор горячей линии")
    await expect(operator.button("Общая тема")).to_be_visible()
    await check(desk)
