"""`python -m tests.browser.readme_pictures`: the pictures of README.md, taken from the demo as it is now.

Needs a display of no kind: headless Chromium clicks through the page and looks at it.
"""

import asyncio
from pathlib import Path

from PIL import Image
from playwright.async_api import Locator, Page, async_playwright, expect

from bot.demo.running import demo
from tests.browser.conftest import ARGUMENTS, chromium

FOLDER = Path(__file__).parents[2] / "docs" / "img"
COLOURS = 128
SECONDS = 60_000


async def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with demo() as (sandbox, app, town), async_playwright() as playwright:
        work = asyncio.ensure_future(app.run())
        for phone in town.phones.values():
            sandbox.deeds.sends(phone, "/start")
        await app.handling.wait()
        browser = await playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = await browser.new_page(viewport={"width": 1500, "height": 900}, locale="ru-RU", device_scale_factor=1.5)
        await page.goto(sandbox.root)
        await walk(page)
        await app.settled()
        await take(page, "demo")
        for title, name in (("Наблюдатель", "observer"), ("Муниципальный координатор", "coordinator")):
            await phone_of(page, title).screenshot(path=FOLDER / f"{name}.png")
            shrink(FOLDER / f"{name}.png")
        await browser.close()
        app.stop()
        await work


async def walk(page: Page) -> None:
    """The observer begins and says «Нет», the parent writes, the coordinator asks for the summary."""
    await tap(page, "Наблюдатель", "На месте, начать отчёт")
    await tap(page, "Наблюдатель", "Да")
    await tap(page, "Наблюдатель", "Да, оба")
    await write(page, "Муниципальный координатор", "сводка")
    await tap(page, "Родитель", "Сообщить о нарушении")
    await write(page, "Родитель", "В 6 «Б» СОШ № 5 на русском языке учитель подсказывал ответы")


def phone_of(page: Page, title: str) -> Locator:
    return page.locator(".phone", has=page.get_by_role("heading", name=title, include_hidden=True))


async def tap(page: Page, title: str, label: str) -> None:
    button = phone_of(page, title).get_by_role("button", name=label, exact=len(label) < 4).last
    await expect(button).to_be_visible(timeout=SECONDS)
    before = await phone_of(page, title).locator(".message").last.inner_text()
    await button.click()
    await expect(phone_of(page, title).locator(".message").last).not_to_have_text(before, timeout=SECONDS)


async def write(page: Page, title: str, text: str) -> None:
    phone = phone_of(page, title)
    count = await phone.locator(".message").count()
    await phone.get_by_role("textbox").fill(text)
    await phone.get_by_role("textbox").press("Enter")
    await expect(phone.locator(".message").nth(count + 1)).to_be_visible(timeout=SECONDS)


async def take(page: Page, name: str) -> None:
    await page.screenshot(path=FOLDER / f"{name}.png")
    shrink(FOLDER / f"{name}.png")


def shrink(path: Path) -> None:
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    asyncio.run(main())
