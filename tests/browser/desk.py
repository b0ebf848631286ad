"""The open page as a person at a desk uses it: phones by the role of their owner, buttons by their label."""

from __future__ import annotations

import re

from playwright.async_api import Locator, Page, Request, expect

from bot.sandbox import Sandbox
from tests.browser.scripted_bot import ScriptedBot


class Desk:
    def __init__(self, page: Page, sandbox: Sandbox, bot: ScriptedBot) -> None:
        self.page = page
        self.sandbox = sandbox
        self.bot = bot
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda told: told.type == "error" and self.complaints.append(told.text))
        page.on("request", self._check_address)

    def _check_address(self, request: Request) -> None:
        if not request.url.startswith((self.sandbox.root + "/", "blob:", "data:")):
            self.complaints.append(f"the page asked {request.url}")

    async def open(self) -> None:
        await self.page.goto(self.sandbox.root)
        await expect(self.page.locator(".phone")).not_to_have_count(0)

    async def phone(self, title: str) -> PhoneOnPage:
        """Brings the phone into view as a person would: by its tab."""
        await self.page.get_by_role("navigation").get_by_role("button", name=title).click()
        phone = PhoneOnPage(
            self.page.locator(".phone", has=self.page.get_by_role("heading", name=title, include_hidden=True))
        )
        await expect(phone.node).to_be_visible()
        return phone


class PhoneOnPage:
    def __init__(self, node: Locator) -> None:
        self.node = node
        self.page = node.page

    def button(self, label: str, exact: bool = False) -> Locator:
        return self.node.get_by_role("button", name=label, exact=exact)

    @property
    def messages(self) -> Locator:
        return self.node.locator(".message")

    @property
    def newest(self) -> Locator:
        return self.messages.last

    @property
    def field(self) -> Locator:
        return self.node.get_by_role("textbox")

    @property
    def toast(self) -> Locator:
        return self.node.get_by_role("status")

    async def taps(self, label: str) -> None:
        """The newest button with this label under a message."""
        await self.node.locator(".key", has_text=re.compile(rf"^{re.escape(label)}")).last.click()

    async def says(self, text: str) -> None:
        await self.field.fill(text)
        await self.button("Отправить", exact=True).click()

    async def sees(self, text: str | re.Pattern[str]) -> None:
        await expect(self.newest).to_contain_text(text)

    async def has(self, text: str | re.Pattern[str]) -> None:
        """In any of the messages: later ones may have come below it."""
        await expect(self.messages.filter(has_text=text)).not_to_have_count(0)

    async def attaches(self, entry: str, *files: str | dict[str, object]) -> None:
        """Through the paperclip and the file dialog."""
        await self.button("Прикрепить").click()
        async with self.page.expect_file_chooser() as chosen:
            await self.node.get_by_role("menuitem", name=entry, exact=True).click()
        await (await chosen.value).set_files(list(files))  # type: ignore[arg-type]
