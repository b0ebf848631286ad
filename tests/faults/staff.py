"""The operator and the coordinators of the small town."""

import io
from dataclasses import dataclass, field
from datetime import date, timedelta

from openpyxl import Workbook

from bot.sandbox.deeds import Attachment
from tests.faults.actor import Actor, spelled
from tests.reading import inline_buttons

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
