"""An observer of the small town: fills one report after the other."""

import io
from dataclasses import dataclass, field
from typing import Any

from PIL import Image

from bot.domain.checklist import ReportForm
from bot.sandbox.deeds import Attachment
from tests.faults.actor import Actor
from tests.faults.expected import Deed, Expected

PHOTOS = 24
MOST_PHOTOS = 8


def pictures() -> list[bytes]:
    """Small photos, no two alike."""
    found = []
    for number in range(PHOTOS):
        out = io.BytesIO()
        Image.new("RGB", (48, 36), (number * 9, 255 - number * 7, number * 5)).save(out, "JPEG")
        found.append(out.getvalue())
    return found


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
        """Once about a report: whether a second one is the same matter depends on who is quicker, us or the coordinator."""
        number = next((each for each in self.reports if (self.phone.id, each) not in self.expected.alerts), None)
        if number is not None:
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
        if draw > 0.97 and (self.phone.id, number) not in self.expected.alerts:
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
        messages = self.sandbox.deeds.sends_files(self.phone, "photo", files)
        first = self.sandbox.world.updates.ledger[-len(messages)].id
        for offset, message in enumerate(messages):
            deed = Deed(first + offset, self.phone.id, "photo", (str(message["message_id"]),))
            self.deeds.append(deed)
            if offset < len(messages) - 1:
                self.expected.apply(deed)
        return deed
