"""The ground truth for tests: every call of the bot, whether it was carried out, and what came of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(slots=True)
class Call:
    """`executed` says whether the world changed; `outcome` is what the caller got: ok, error, reset, hang, html, garbage.

    A call may be executed and yet end in a reset: that is the uncertain case.
    """

    number: int
    method: str
    params: dict[str, Any]
    at: float
    executed: bool = False
    outcome: str = "open"
    status: int = 0
    description: str = ""
    fault: str = ""
    message_ids: list[int] = field(default_factory=list)
    took: float = 0.0

    @property
    def chat_id(self) -> int | None:
        value = self.params.get("chat_id")
        return int(value) if value is not None and str(value).lstrip("-").isdigit() else None

    def json(self) -> dict[str, Any]:
        return asdict(self)


class Journal:
    """Calls in order of arrival. `number` counts from 1 and never repeats, also after `forget`."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.in_flight = 0
        self._first = 1

    def __len__(self) -> int:
        return len(self.calls)

    def __iter__(self) -> Iterator[Call]:
        return iter(self.calls)

    @property
    def next_number(self) -> int:
        return self._first + len(self.calls)

    def open(self, method: str, params: dict[str, Any], at: float) -> Call:
        call = Call(self.next_number, method, params, at, took=time.monotonic())
        self.calls.append(call)
        self.in_flight += 1
        return call

    def close(self, call: Call, outcome: str, status: int = 0, description: str = "") -> None:
        call.outcome, call.status, call.description = outcome, status, description
        call.took = time.monotonic() - call.took
        self.in_flight -= 1

    def since(self, number: int) -> list[Call]:
        return self.calls[max(0, number - self._first) :]

    def of(self, *methods: str, chat_id: int | None = None, executed: bool | None = None) -> list[Call]:
        """Calls of these methods (all when none is named), optionally of one chat or of one fate."""
        return [
            call
            for call in self.calls
            if (not methods or call.method in methods)
            and (chat_id is None or call.chat_id == chat_id)
            and (executed is None or call.executed == executed)
        ]

    def forget(self) -> None:
        self._first = self.next_number
        self.calls = []
