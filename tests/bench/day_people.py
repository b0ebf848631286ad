"""People of the simulated day: each looks at their own phone, presses what it shows, and remembers how long that took."""

import asyncio
import io
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from PIL import Image

from bot.sandbox import Sandbox
from bot.sandbox.chats import Message, Person
from bot.sandbox.deeds import Attachment
from tests.bench.day_region import Told
from tests.reading import inline_buttons

PATIENCE = 180.0
PHOTOS_A_REPORT = 3
READING = 1.1  # seconds a person needs for a card at least; the messenger allows a chat about one change a second
T = TypeVar("T")


class Gate:
    """Lets people act at a rate a second, so that what is asked of the bot is what the messenger allows it to answer."""

    def __init__(self, rate: float) -> None:
        self.rate = rate
        self._next = 0.0

    async def passed(self) -> None:
        now = time.monotonic()
        self._next = max(self._next, now) + 1 / self.rate
        await asyncio.sleep(self._next - 1 / self.rate - now)


class News:
    """Wakes whoever waits for news of their own chat, and nobody else."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._waiting: dict[int, asyncio.Event] = {}
        self.heard: dict[int, int] = {}
        self.listeners: list[Callable[[int, Message], None]] = []
        sandbox.world.changes.listen(self._hear)

    def _hear(self, event: dict[str, object]) -> None:
        chat, message = event.get("chat_id"), event.get("message")
        if not isinstance(chat, int):
            return
        if isinstance(message, dict) and event["type"] in ("message", "edit") and message["from"]["is_bot"]:
            self.heard[chat] = self.heard.get(chat, 0) + 1
            for listener in self.listeners:
                listener(chat, message)
        if chat in self._waiting:
            self._waiting[chat].set()

    async def until(self, chat: int, probe: Callable[[], T | None]) -> T:
        """The first result of `probe` that is not None. Raises TimeoutError."""
        event = self._waiting.setdefault(chat, asyncio.Event())
        async with asyncio.timeout(PATIENCE):
            while (found := probe()) is None:
                event.clear()
                await event.wait()
        return found


@dataclass
class Day:
    """What all of them share."""

    sandbox: Sandbox
    gate: Gate
    news: News
    told: Told = field(default_factory=Told)
    taps: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)

    def walker(self, phone: Person) -> "Walker":
        return Walker(self, phone)


@dataclass
class Walker:
    """One person with a phone. Deeds return when the bot has answered; none of them knows the bot's inside."""

    day: Day
    phone: Person

    def bot_messages(self) -> Iterator[Message]:
        """Newest first."""
        messages = self.day.sandbox.world.chats[self.phone.id].messages
        return (message for message in reversed(list(messages.values())) if message["from"]["is_bot"])

    def button(self, *prefixes: str, after: int = 0) -> tuple[int, str] | None:
        """The first of these on the newest message, younger than `after`, that has any of them."""
        for message in self.bot_messages():
            if message["message_id"] <= after:
                return None
            found = [str(button.get("callback_data", "")) for button in inline_buttons(message)]
            for prefix in prefixes:
                for data in found:
                    if data.startswith(prefix):
                        return message["message_id"], data
        return None

    def text_after(self, words: str, after: int = 0) -> Message | None:
        for message in self.bot_messages():
            if message["message_id"] > after and words in message.get("text", ""):
                return message
        return None

    async def says(self, text: str) -> None:
        await self._reads()
        await self.cries(text)

    async def cries(self, text: str) -> None:
        """Say it at once, whatever the others do."""
        heard = self._heard()
        self.day.sandbox.deeds.sends(self.phone, text)
        await self._until(lambda: True if self._heard() > heard else None)

    async def presses(self, *prefixes: str, after: int = 0) -> str:
        """Wait for such a button, press it, wait for the answer and the new card. Returns what was pressed."""
        message_id, data = await self._until(lambda: self.button(*prefixes, after=after))
        await self._reads()
        heard, started = self._heard(), time.perf_counter()
        press = self.day.sandbox.deeds.taps(self.phone, message_id, data)
        await self._until(lambda: True if press.answer is not None and self._heard() > heard else None)
        self.day.taps.append(time.perf_counter() - started)
        return data

    def last(self) -> int:
        return int(self.day.sandbox.world.chats[self.phone.id].last_message_id)

    async def _reads(self) -> None:
        await asyncio.sleep(READING)
        await self.day.gate.passed()

    def _heard(self) -> int:
        return self.day.news.heard.get(self.phone.id, 0)

    async def _until(self, probe: Callable[[], T | None]) -> T:
        return await self.day.news.until(self.phone.id, probe)

    # -- what they came for ----------------------------------------------------------------------------------------

    async def report_by_taps(self, number: int, *, violation: bool) -> int:
        """The whole form, one card after the other; returns the taps it took."""
        await self.says("/start")
        taps = 1
        await self.presses(f"ra:{number}:")
        told = not violation
        while True:
            if not told and self.button(f"a:{number}:Б6:no"):
                await self.presses(f"a:{number}:Б6:no")
                await self.says(f"телефоны у двоих, отчёт {number}")
                self.day.told.violations[number] = "Б6", f"телефоны у двоих, отчёт {number}"
                told = True
                await self.presses(f"rp:{number}")
            taps += 1
            data = await self.presses(f"rx:{number}", f"ry:{number}:", *self._questions(number))
            if data.startswith("rx:"):
                break
        await self._receipt(number)
        return taps

    def _questions(self, number: int) -> list[str]:
        """«Да» to whatever the newest card asks."""
        found = self.button(f"a:{number}:")
        return [found[1].rpartition(":")[0] + ":yes"] if found else [f"a:{number}:"]

    async def report_by_words(self, number: int, *, violation: bool) -> None:
        if violation:
            self.day.told.violations[number] = "Б6", f"у двоих телефоны {number}"
        await self.says(
            f"отчёт {number} " + (f"Б6 нет у двоих телефоны {number}, остальное да" if violation else "всё да")
        )
        await self.presses(f"rx:{number}")
        await self._receipt(number)

    async def _receipt(self, number: int) -> None:
        await self._until(lambda: self.text_after(f"Отчёт {number} принят"))
        self.day.told.reports.add(number)

    async def photos(self, number: int) -> None:
        before = self.last()
        photos = [picture(number * PHOTOS_A_REPORT + turn) for turn in range(PHOTOS_A_REPORT)]
        self.day.sandbox.deeds.sends_files(self.phone, "photo", [Attachment(each, "p.jpg") for each in photos])
        await self.presses(f"pa:{number}", after=before)
        self.day.told.sent(number, photos)

    async def writes_to_hotline(self) -> None:
        """One case of one message; the name stays hidden."""
        await self.says("горячая линия")
        await self.says("Отметки выставили раньше срока, и сказали об этом только в коридоре")
        self.day.told.pieces += 1
        for prefix in ("hl:done", "hl:section:", "hl:school:", "hl:level:hidden", "hl:send:"):
            if prefix != "hl:done" or self.button(prefix):
                await self.presses(prefix)
        await self._until(lambda: self.text_after("Принято. Номер"))
        self.day.told.cases += 1


def picture(seed: int) -> bytes:
    """A small photo, no two alike."""
    out = io.BytesIO()
    image = Image.frombytes("RGB", (8, 6), seed.to_bytes(4, "big") * 36)
    image.resize((320, 240), Image.Resampling.BICUBIC).save(out, "JPEG", quality=80)
    return out.getvalue()
