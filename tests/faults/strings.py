"""Hostile strings through every mouth of the running bot: messages, comments, captions, file names, tables, the hotline."""

import argparse
import asyncio
import io
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from openpyxl import Workbook, load_workbook
from PIL import Image

from bot.delivery.messenger import CAPTION_LIMIT, MESSAGE_LIMIT
from bot.domain.people import Role
from bot.excel.cell_text import excel_text
from bot.sandbox import Sandbox
from bot.texts.escape import truncate
from tests.city import City
from tests.faults.hostile_words import hostile
from tests.faults.noon import ZONE
from tests.faults.one_report import VIOLATED, OneReport, one_report
from tests.people import Phone
from tests.running import bot_at

# What nobody asked to change: reports and answers, the plan, roles, signals, cases.
STATE = (
    "SELECT (SELECT GROUP_CONCAT(number || state || revision) FROM report) || (SELECT COUNT(*) FROM answer)"
    " || (SELECT COUNT(*) FROM membership WHERE revoked_at IS NULL) || (SELECT COUNT(*) FROM alert)"
    " || (SELECT COUNT(*) FROM hotline_case) || (SELECT COUNT(*) FROM sitting) || (SELECT COUNT(*) FROM school)"
)
ROWS_A_TABLE = 250
SHARED_OUT = 20  # of so many strings in a row, which go which way
SHARES = {
    "message": range(5),
    "comment": range(5, 8),
    "caption": range(8, 12),
    "file_name": range(12, 14),
    "table": range(14, 19),
    "hotline": range(19, 20),
}
TABLE_NAMES = 5
PIECES_A_CASE = 15  # a writer may send twenty messages a minute
QUIET = "А12"  # a «Нет» to it rings nobody; one to `VIOLATED` is three messages to a chat that takes one a second
ALARMS_EVERY = 20
HEADERS = ("№", "Краткое наименование ОО", "Полное наименование ОО", "Адрес")


def broken_messages(sandbox: Sandbox) -> list[str]:
    """Calls the messenger refused as malformed."""
    return [
        f"{call.method}: {call.description}"
        for call in sandbox.journal
        if call.status == 400 and "not modified" not in call.description and "query is too old" not in call.description
    ]


class Mouths:
    """One city; each method sends some strings one way and says what went wrong."""

    def __init__(self, city: City, report: OneReport) -> None:
        self.city = city
        self.report = report
        self.faults: list[str] = []
        self.told: list[str] = []
        self._number = 0

    async def all(self, texts: Sequence[str]) -> list[str]:
        """Every string goes one way; those that cost little take most."""
        for name, places in SHARES.items():
            began = time.monotonic()
            part = [text for number, text in enumerate(texts) if number % SHARED_OUT in places]
            await getattr(self, name)(part)
            await self.report.handled(300)
            await self.city.running.settled()
            self.told.append(f"{len(part)} by {name} in {time.monotonic() - began:.0f} s")
            self._check(name, await self.report.count("SELECT COUNT(*) FROM inbox WHERE state = 'quarantined'"))
            failed = "SELECT COUNT(*) FROM outbox WHERE state = 'failed' OR error LIKE '%plain text%'"
            self._check(f"{name}: messages", await self.report.count(failed))
            self.faults += [f"{name}: {fault}" for fault in broken_messages(self.city.running.sandbox)[:20]]
        return self.faults

    async def message(self, texts: Sequence[str]) -> None:
        """Nobody asked for words: nothing changes."""
        phone, _ = await self.city.phone_of("Слушатель", Role.OBSERVER)
        before = await self.state()
        for text in _not_a_command(texts):
            await phone.sends(text)
            await self._keeping_up()
        await self.report.handled(300)
        self._same("message", before, await self.state())

    async def comment(self, texts: Sequence[str]) -> None:
        """The words to a «Нет» are kept, and nothing but they."""
        report = self.report
        await report.presses(f"ra:{report.number}:0")
        for number, text in enumerate(_not_a_command(texts)):
            code = VIOLATED if number % ALARMS_EVERY == 0 else QUIET
            await report.presses(f"a:{report.number}:{code}:yes")
            await report.presses(f"a:{report.number}:{code}:no")
            await report.observer.sends(truncate(text, MESSAGE_LIMIT))
            await self._keeping_up()
        await report.handled(300)
        stored = await report.stored()
        self._same("comment: answers", sorted((VIOLATED, QUIET)), sorted(stored.answers))
        if not all(answer.comment.strip() for answer in stored.answers.values()):
            self.faults.append("comment: no words are kept")

    async def caption(self, texts: Sequence[str]) -> None:
        """A photo comes with words nobody asked for."""
        phone, _ = await self.city.phone_of("Фотограф", Role.OBSERVER)
        before, photo = await self.state(), _photo()
        for text in texts:
            await phone.sends_photo(photo, truncate(text, CAPTION_LIMIT))
            await self._keeping_up()
        await self.report.handled(300)
        self._same("caption", before, await self.state())
        stored = "SELECT COUNT(*) FROM photo WHERE person_id = (SELECT MAX(person_id) FROM photo)"
        self._same("caption: photos", len(texts), await self.report.count(stored))

    async def file_name(self, texts: Sequence[str]) -> None:
        """Of files that are no photos where a photo is awaited; some of tables that are none."""
        before, report = await self.state(), self.report
        await report.presses(f"pw:{report.number}:{VIOLATED}:other")
        for text in texts:
            await report.observer.sends_document(b"no photo", f"{text}.{text}")
            await self._keeping_up()
        for text in texts[:TABLE_NAMES]:
            await report.boss.sends_document(b"no table", text + ".xlsx")
            await report.boss.sends_document(b"no table", f"x.{text}")
            await report.handled(300)
        await report.handled(300)
        await self.city.running.settled()
        self._same("file name", before, await self.state())
        kept = "SELECT COUNT(*) FROM photo WHERE state = 'stored' AND as_document = 1"
        self._same("file name: photos", 0, await report.count(kept))

    async def table(self, texts: Sequence[str]) -> None:
        """As names of schools, and then in the workbook that comes out."""
        boss = self.report.boss
        for start in range(0, len(texts), ROWS_A_TABLE):
            before = await self.state()
            await boss.sends_document(_schools(texts[start : start + ROWS_A_TABLE], start), "школы.xlsx")
            await boss.sees("С ошибками", timeout=60, fresh=True)
            self._same("table: before the yes", before, await self.state())
            if any(label.startswith("Файл с пометками") for label in boss.buttons()):
                await boss.taps("Файл с пометками", timeout=60)
                self._no_formulas("table with marks", (await boss.receives_document(timeout=60))[1])
            if any(label.startswith("Загрузить") for label in boss.buttons()):
                await boss.taps("Загрузить", timeout=60)
                await boss.sees("загружено", timeout=60, fresh=True)
        world = self.city.running.sandbox.world
        card = world.post(world.chats[boss.id], world.bot.user(), {"text": "."})
        app = self.city.running.app
        today = app.clock().astimezone(app.settings.zone)
        await boss.taps_old(card, f"ex:d:{today:%Y%m%d}", wait=False)
        self._no_formulas("workbook", (await boss.receives_document(timeout=120))[1])

    async def hotline(self, texts: Sequence[str]) -> None:
        """Parents write them, an operator reads them."""
        operator, _ = await self.city.phone_of("Оператор", Role.OPERATOR)
        before = await self.report.count("SELECT COUNT(*) FROM hotline_case")
        for start in range(0, len(texts), PIECES_A_CASE):
            parent = self.city.running.person(f"Родитель {start}", started=True)
            await parent.sends("горячая линия")
            await parent.sees("не официальное обращение", timeout=60)
            for text in _not_a_command(texts[start : start + PIECES_A_CASE]):
                await parent.sends(truncate(text, MESSAGE_LIMIT))
            await self.report.handled(60)
        self._same("hotline: cases", before, await self.report.count("SELECT COUNT(*) FROM hotline_case"))
        await parent.sends("школа 5, отметки выставили в журнал за ВПР")
        await parent.sees("Похоже на тему", timeout=60)
        for prefix in ("hl:section:", "hl:school:", "hl:level:hidden", "hl:send:"):
            await _presses(parent, self.city.running.sandbox, prefix)
            await self.report.handled(60)
        await operator.taps("Открыть", timeout=60)
        await operator.sees("отметки выставили", timeout=60)

    # -- inside ------------------------------------------------------------------------------------------------------

    async def state(self) -> str:
        async with self.city.running.app.database.read() as reader:
            return str(await reader.fetch_value(STATE))

    async def _keeping_up(self) -> None:
        """Not faster than the bot can: a backlog is another test."""
        self._number += 1
        if self._number % 25 == 0:
            await self.report.handled(120)

    def _check(self, what: str, count: int) -> None:
        if count:
            self.faults.append(f"{what}: {count} broken")

    def _same(self, what: str, wanted: object, found: object) -> None:
        if wanted != found:
            self.faults.append(f"{what}: {wanted!r:.200} became {found!r:.200}")

    def _no_formulas(self, what: str, content: bytes) -> None:
        book = load_workbook(io.BytesIO(content))
        formulas = [cell.coordinate for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
        if formulas:
            self.faults.append(f"{what}: formulas at {formulas[:5]}")


def _not_a_command(texts: Sequence[str]) -> Iterator[str]:
    return (text.strip().lstrip("/") or "x" for text in texts)


def _photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, "JPEG")
    return out.getvalue()


def _schools(texts: Sequence[str], start: int) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.append(HEADERS)
    for number, text in enumerate(texts, start + 1):
        sheet.append([number, "", "", ""])
        for column in (2, 3, 4):
            cell = sheet.cell(sheet.max_row, column)
            cell.value = excel_text(text)
            cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def _presses(phone: Phone, sandbox: Sandbox, prefix: str) -> None:
    """The newest button whose data begins so."""
    for message in reversed(list(sandbox.world.chats[phone.id].messages.values())):
        for row in message.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                if button.get("callback_data", "").startswith(prefix):
                    await phone.taps_old(message, button["callback_data"])
                    return
    raise AssertionError(f"no button {prefix}")


async def run(count: int, seed: int, folder: Path) -> tuple[list[str], list[str]]:
    """(faults found, what was done)."""
    async with Sandbox.start() as sandbox, bot_at(sandbox, folder, timezone=ZONE) as running:
        city = City(running)
        mouths = Mouths(city, await one_report(city))
        return await mouths.all(list(hostile(Random(seed), count))), mouths.told


def main(arguments: argparse.Namespace) -> int:
    started = time.monotonic()
    with TemporaryDirectory(prefix="vpr-strings-") as folder:
        faults, told = asyncio.run(run(arguments.strings, arguments.seed, Path(folder)))
    print(f"FIGURE hostile_strings {arguments.strings} strings")
    print(f"FIGURE hostile_broken {len(faults)} of them")
    print(f"{', '.join(told)}; {time.monotonic() - started:.0f} s, seed {arguments.seed}", *faults, sep="\n")
    return 1 if faults else 0
