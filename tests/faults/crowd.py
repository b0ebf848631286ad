"""People of a small town at work: observers, coordinators, an operator and parents, each going on from what they see."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from openpyxl import Workbook
from PIL import Image

from bot.domain.checklist import ReportForm
from bot.sandbox import Sandbox
from bot.sandbox.callbacks import Press
from bot.sandbox.chats import Message, Person
from bot.sandbox.deeds import Attachment
from tests.faults.expected import Deed, Expected
from tests.reading import inline_buttons

PHOTOS = 24
MOST_PHOTOS = 8
CLASSES = ("4А", "4Б", "5А", "5Б")
HEADERS = (
    "ОО",
    "Класс",
    "Предмет",
    "Дата",
    "Урок",
    "Начало",
    "Кабинет",
    "Кол-во участников",
    "Форма",
    "Длительность, мин",
)


def pictures() -> list[bytes]:
    """Small photos, no two alike."""
    found = []
    for number in range(PHOTOS):
        out = io.BytesIO()
        Image.new("RGB", (48, 36), (number * 9, 255 - number * 7, number * 5)).save(out, "JPEG")
        found.append(out.getvalue())
    return found


@dataclass
class Actor:
    """Somebody with a phone. `deeds` is everything they did, with the numbers of the updates."""

    sandbox: Sandbox
    phone: Person
    random: Random
    deeds: list[Deed] = field(default_factory=list)
    press: Press | None = None
    card: Message = field(default_factory=dict)

    def act(self) -> bool:
        """One deed, or False when they wait for the bot."""
        raise NotImplementedError

    def _did(self, what: str, *words: str, report: int = 0) -> Deed:
        deed = Deed(self.sandbox.world.updates.ledger[-1].id, self.phone.id, what, words, report)
        self.deeds.append(deed)
        return deed

    def _says(self, text: str, what: str = "says") -> Deed:
        self.sandbox.deeds.sends(self.phone, text)
        return self._did(what, text)

    def _taps(self, message_id: int, data: str, what: str, *words: str, report: int = 0) -> Deed:
        self.press = self.sandbox.deeds.taps(self.phone, message_id, data)
        return self._did(what, *words, report=report)

    def _messages(self) -> Iterator[Message]:
        """The bot's, newest first."""
        messages = self.sandbox.world.chats[self.phone.id].messages
        return (message for message in reversed(list(messages.values())) if message["from"]["is_bot"])

    def _button(self, prefix: str) -> tuple[int, str] | None:
        """On the newest message that has such a button."""
        for message in self._messages():
            for button in inline_buttons(message):
                if str(button.get("callback_data", "")).startswith(prefix):
                    return message["message_id"], button["callback_data"]
        return None


@dataclass
class Observer(Actor):
    """Fills reports one after the other: taps, comments, photos, «Срочно», corrections. `expected` is their own view."""

    expected: Expected = field(default_factory=lambda: Expected(None, {}))  # type: ignore[arg-type]
    reports: list[int] = field(default_factory=list)
    photos: list[bytes] = field(default_factory=list)
    said: int = 0

    def act(self) -> bool:
        deed = self._choose()
        self.expected.apply(deed)
        return True

    def sends_photo(self) -> None:
        number = self._current()
        if self._photos_of(number) < MOST_PHOTOS:
            self.expected.apply(self._sends_photo(number, self.expected.awaited.get(self.phone.id, ("",))))

    def raises_alarm(self) -> None:
        number = self._current()
        self.expected.apply(self._taps(self.card["message_id"], f"u:{number}", "urgent", report=number))

    def _choose(self) -> Deed:
        number, draw = self._current(), self.random.random()
        awaited = self.expected.awaited.get(self.phone.id, ("",))
        card = self.card["message_id"]
        if awaited[0] == "comment" and draw < 0.5:
            self.said += 1
            return self._says(f"слова {self.phone.id} {self.said}")
        if awaited[0] == "alert" and draw < 0.3:
            self.said += 1
            return self._says(f"подробность {self.phone.id} {self.said}")
        if draw > 0.97:
            return self._taps(card, f"u:{number}", "urgent", report=number)
        if draw > 0.94:
            return self._says("/start", "command")
        if draw > 0.90 and self._photos_of(number) < MOST_PHOTOS:
            return self._sends_photo(number, awaited)
        if draw > 0.87:
            code, value = self._item(), self.random.choice(("yes", "na", "no"))
            return self._taps(card, f"rr:{number}:{code}:{value}:mistake", "correct", code, value, report=number)
        report = self.expected.reports[number]
        if report.opened_at is None and draw < 0.5:
            return self._taps(card, f"ra:{number}:0", "open", report=number)
        gaps = [item.code for item in self._items() if item.code not in report.answers]
        if (not gaps and self.random.random() < 0.6) or self.random.random() < 0.02:
            return self._taps(card, f"rx:{number}", "send", report=number)
        code = self.random.choice(gaps) if gaps and self.random.random() < 0.85 else self._item()
        value = self.random.choices(("yes", "no", "na"), (70, 22, 8))[0]
        return self._taps(card, f"a:{number}:{code}:{value}", "answer", code, value, report=number)

    def _current(self) -> int:
        """The first report that is not sent; now and then an earlier one."""
        open_ones = [number for number in self.reports if not self.expected.reports[number].sent]
        if not open_ones or self.random.random() < 0.07:
            return self.random.choice(self.reports)
        return open_ones[0]

    def _items(self) -> tuple[Any, ...]:
        return self.expected.checklist.items(ReportForm.SHORT)

    def _item(self) -> str:
        return str(self.random.choice(self._items()).code)

    def _photos_of(self, number: int) -> int:
        return sum(report == number for report in self.expected.photos.values())

    def _sends_photo(self, number: int, awaited: tuple[str, ...]) -> Deed:
        if awaited[0] == "photo" and self._photos_of(int(awaited[1])) >= MOST_PHOTOS:
            return self._says("/start", "command")
        if awaited[0] in ("comment", "alert"):
            return self._says("/start", "command")
        if awaited[0] != "photo" and self.random.random() < 0.5:
            return self._taps(self.card["message_id"], f"pw:{number}:{self._item()}:other", "subject", report=number)
        count = self.random.choice((1, 1, 2, 3))
        files = [Attachment(self.random.choice(self.photos), "p.jpg") for _ in range(count)]
        first = self.sandbox.world.updates.ledger[-1].id + 1
        messages = self.sandbox.deeds.sends_files(self.phone, "photo", files)
        for offset, message in enumerate(messages):
            deed = Deed(first + offset, self.phone.id, "photo", (str(message["message_id"]),))
            self.deeds.append(deed)
            if offset < len(messages) - 1:
                self.expected.apply(deed)
        return deed


@dataclass
class Parent(Actor):
    """Writes to the hotline, step by step as the bot asks; each case with its own words."""

    step: str = "begin"
    pieces: list[str] = field(default_factory=list)
    sent: list[list[str]] = field(default_factory=list)
    waits_since: int = 0
    count: int = 0

    def act(self) -> bool:
        newest = next(self._messages(), None)
        match self.step:
            case "begin":
                self._says("горячая линия", "hotline")
                self.pieces, self.step = [], "tell"
                self.waits_since = self._last()
            case "tell" if newest and newest["message_id"] > self.waits_since:
                for _ in range(self.random.choice((1, 1, 2))):
                    self.count += 1
                    self.pieces.append(f"отметки выставили раньше срока, {spelled(self.phone.id, self.count)}")
                    self._says(self.pieces[-1], "piece")
                self.step, self.waits_since = "hl:section:", self._last()
            case "tell" | "done":
                return self._done()
            case prefix:
                found = self._button(prefix)
                if found is None or found[0] <= self.waits_since:
                    return False
                if prefix == "hl:section:" and len(self._answers_since()) < 1:
                    return False
                self._taps(*found, "hotline")
                self.step = {
                    "hl:section:": "hl:school:",
                    "hl:school:": "hl:level:hidden",
                    "hl:level:hidden": "hl:send:",
                    "hl:send:": "done",
                }[prefix]
                if prefix == "hl:send:":
                    self.sent.append(self.pieces)
        return True

    def _answers_since(self) -> list[Message]:
        return [message for message in self._messages() if message["message_id"] > self.waits_since]

    def _done(self) -> bool:
        accepted = [message for message in self._messages() if "Принято. Номер" in message.get("text", "")]
        if self.step == "done" and len(accepted) >= len(self.sent):
            self.step = "begin"
        return False

    def _last(self) -> int:
        return int(self.sandbox.world.chats[self.phone.id].last_message_id)


@dataclass
class Operator(Actor):
    """Reads, takes and answers one case after the other. A case is `done` when they saw that the answer went out."""

    steps: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    pressed: set[str] = field(default_factory=set)
    count: int = 0

    def act(self) -> bool:
        if self.press is not None and self.press.answer is None:
            return False
        for case in self._cases():
            step = self.steps.get(case, "open")
            if step == "send" and self._sent(case):
                self.steps[case] = step = "done"
            if step == "done":
                continue
            return self._go_on(case, step)
        return False

    def _cases(self) -> list[str]:
        found = {}
        for message in self._messages():
            for button in inline_buttons(message):
                parts = str(button.get("callback_data", "")).split(":")
                if parts[:2] == ["hd", "open"]:
                    found[parts[2]] = None
        return list(reversed(found))

    def _sent(self, case: str) -> bool:
        """The confirmation stands where the preview was; a preview that is shown again is confirmed again."""
        return any("Отправлено" in message.get("text", "") for message in self._messages() if case in str(message))

    def _go_on(self, case: str, step: str) -> bool:
        found = self._button(f"hd:open:{case}")
        assert found is not None
        match step:
            case "open":
                self._taps(found[0], f"hd:open:{case}", "desk")
                self.steps[case] = "take"
            case "take":
                self._taps(found[0], f"hd:take:{case}", "desk")
                self.steps[case] = "write"
            case "write":
                self._taps(found[0], f"hd:write:{case}:out", "desk")
                self.steps[case] = "say"
            case "say":
                self.count += 1
                self.answers[case] = f"Проверили, {spelled(self.phone.id, self.count)}"
                self._says(self.answers[case], "desk")
                self.steps[case] = "send"
            case "send":
                send = self._button(f"hd:send:{case}:")
                if send is None or send[1] in self.pressed:
                    return False
                self.pressed.add(send[1])
                self._taps(*send, "desk")
        return True


@dataclass
class Coordinator(Actor):
    """Accepts alerts; loads a schedule and orders a workbook when asked to."""

    day: date = date(2027, 4, 27)
    loaded: list[list[tuple[str, str]]] = field(default_factory=list)
    applied: set[str] = field(default_factory=set)
    accepted: set[str] = field(default_factory=set)
    orders: int = 0

    def act(self) -> bool:
        """Accept the newest alert nobody accepted yet."""
        for message in self._messages():
            for button in inline_buttons(message):
                data = str(button.get("callback_data", ""))
                if data.startswith("uo:") and data not in self.accepted:
                    self.accepted.add(data)
                    self._taps(message["message_id"], data, "accept")
                    return True
        return self.apply()

    def load(self) -> None:
        """A file with a few sittings that no other file has."""
        number = len(self.loaded) + 1
        day = self.day + timedelta(days=number)
        self.sandbox.deeds.sends_files(self.phone, "document", [Attachment(lessons(day), "plan.xlsx")])
        self._did("load", str(number), day.isoformat())
        self.loaded.append([(day.isoformat(), class_name) for class_name in CLASSES])

    def apply(self) -> bool:
        """Confirm every checked file once."""
        for message in self._messages():
            for button in inline_buttons(message):
                data = str(button.get("callback_data", ""))
                if data.startswith("ima:") and data not in self.applied:
                    self.applied.add(data)
                    self._taps(message["message_id"], data, "apply", data)
                    return True
        return False

    def order(self, today: date) -> None:
        self.orders += 1
        self._taps(self.card["message_id"], f"ex:d:{today:%Y%m%d}", "order")


def lessons(day: date) -> bytes:
    """A schedule of one day: one lesson of every class."""
    book = Workbook()
    sheet = book.active
    sheet.append(HEADERS)
    for class_name in CLASSES:
        sheet.append(["СОШ № 5", class_name, "Математика", f"{day:%d.%m.%Y}", 2, "10:15", 7, 20, "бумажная", 45])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def spelled(*numbers: int) -> str:
    """In letters: a long number would be taken for a telephone and hidden."""
    return "-".join("".join("абвгдежзик"[int(digit)] for digit in str(number)) for number in numbers)


def dumped(deeds: list[Deed]) -> str:
    """For a failure's story."""
    return "\n".join(
        json.dumps([d.update_id, d.person_id, d.what, d.words, d.report], ensure_ascii=False) for d in deeds
    )
