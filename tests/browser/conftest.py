"""Chromium once for all tests of the page; a sandbox, a scripted bot and an open page for each of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from bot.sandbox import Sandbox
from tests.browser.desk import Desk
from tests.browser.scripted_bot import ScriptedBot

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {"laptop": (1366, 900), "phone": (390, 844)}


def chromium() -> str:
    """The path of the browser; `make test` passes one that it has tried in CHROMIUM."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.fail(
            "No Chromium for the tests of the page. Install: apt-get install chromium (or run: make test)", False
        )
    return found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox.start(bot_name="Бот ВПР. Город Н.") as sandbox:
        yield sandbox


@pytest_asyncio.fixture(loop_scope="session")
async def bot(sandbox: Sandbox) -> AsyncIterator[ScriptedBot]:
    async with ScriptedBot.start(sandbox.root, sandbox.token) as bot:
        yield bot


@pytest_asyncio.fixture(loop_scope="session", params=SIZES)
async def page(request: pytest.FixtureRequest, browser: Browser) -> AsyncIterator[Page]:
    """An empty tab, as a laptop and as a phone would show it."""
    width, height = SIZES[request.param]
    context = await browser.new_context(viewport={"width": width, "height": height}, locale="ru-RU")
    await context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield await context.new_page()
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def desk(sandbox: Sandbox, bot: ScriptedBot, page: Page) -> AsyncIterator[Desk]:
    """An observer, a parent, a coordinator and the operator of a forum group; the page is open.

    Ends with an error when the page logged one or asked anybody but the sandbox for anything.
    """
    world = sandbox.world
    world.guide = ["Наблюдатель: нажмите «Начать».", "Пришлите фото скрепкой."]
    world.add_person("Анна", label="Наблюдатель")
    world.add_person("Олег", label="Родитель")
    coordinator = world.add_person("Мария", label="Муниципальный координатор")
    operator = world.add_person("Светлана", label="Оператор горячей линии")
    world.add_group("Горячая линия", forum=True, members=[coordinator, operator])
    desk = Desk(page, sandbox, bot)
    await desk.open()
    yield desk
    assert desk.complaints == []
