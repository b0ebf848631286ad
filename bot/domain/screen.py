"""A screen as data: text and rows of buttons, the same for every messenger."""

from dataclasses import dataclass, field, replace
from typing import Any

MAX_TEXT = 3500
MAX_CAPTION = 1024
MAX_ROWS = 8
MAX_LABEL = 24
MAX_DATA_BYTES = 64


@dataclass(frozen=True, slots=True)
class Button:
    """A label and what a tap means. `data` is `prefix:field:field…`, ids only; its meaning never changes."""

    label: str
    data: str = ""
    copies: str = ""  # instead of `data`: a tap copies this text
    url: str = ""  # instead of `data`: a tap opens this address


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """`text` is HTML of the tags b, i, u, s, code, a; what people typed in it is already escaped."""

    text: str
    rows: Rows = field(default=())
    protect: bool = False  # instructions and hotline answers cannot be forwarded
    silent: bool = False  # arrives without a sound: at night

    def without(self, prefix: str) -> "Screen":
        """The same screen for somebody who may not use the buttons of this prefix."""
        kept = (tuple(button for button in row if button.data.partition(":")[0] != prefix) for row in self.rows)
        return replace(self, rows=tuple(row for row in kept if row))

    def to_json(self) -> dict[str, Any]:
        rows = [[_button_to_json(button) for button in row] for row in self.rows]
        marks = {name: True for name in ("protect", "silent") if getattr(self, name)}
        return {"text": self.text, "rows": rows, **marks}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Screen":
        rows = tuple(
            tuple(Button(b["l"], b.get("d", ""), b.get("c", ""), b.get("u", "")) for b in row) for row in data["rows"]
        )
        return cls(data["text"], rows, data.get("protect", False), data.get("silent", False))

    def faults(self) -> list[str]:
        """What breaks the compatibility contract (design of the screens, §2); empty when all is well."""
        found = []
        if not self.text.strip():
            found.append("empty text")
        if len(self.text) > MAX_TEXT:
            found.append(f"text of {len(self.text)} characters")
        if len(self.rows) > MAX_ROWS:
            found.append(f"{len(self.rows)} rows")
        for button in (button for row in self.rows for button in row):
            if not 0 < len(button.label) <= MAX_LABEL:
                found.append(f"label {button.label!r}")
            if len(button.data.encode()) > MAX_DATA_BYTES:
                found.append(f"data {button.data!r}")
            if sum(map(bool, (button.data, button.copies, button.url))) != 1:
                found.append(f"button {button.label!r} does {'nothing' if not button.data else 'two things'}")
        return found


def column(*buttons: Button | None) -> Rows:
    """One button a row; None is left out."""
    return tuple((button,) for button in buttons if button is not None)


def row(*buttons: Button | None) -> tuple[Button, ...]:
    """Buttons side by side; None is left out."""
    return tuple(button for button in buttons if button is not None)


def rows(*groups: tuple[Button, ...]) -> Rows:
    """Rows from rows; an empty row is left out."""
    return tuple(group for group in groups if group)


def _button_to_json(button: Button) -> dict[str, str]:
    pairs = {"l": button.label, "d": button.data, "c": button.copies, "u": button.url}
    return {key: value for key, value in pairs.items() if value}
