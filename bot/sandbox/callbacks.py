"""Presses of inline buttons that wait for an answer."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from bot.sandbox.clock import Clock
from bot.sandbox.errors import bad_request


@dataclass(slots=True)
class Press:
    id: str
    person_id: int
    chat_id: int
    message_id: int
    data: str
    at: float
    answer: dict[str, Any] | None = None


class Presses:
    """`lifetime` is how long Telegram waits for an answer; the real figure is undocumented, about 15 seconds."""

    def __init__(self, clock: Clock, lifetime: float = 30.0) -> None:
        self.lifetime = lifetime
        self._clock = clock
        self._presses: dict[str, Press] = {}

    def add(self, person_id: int, chat_id: int, message_id: int, data: str) -> Press:
        press = Press(
            str(secrets.randbelow(9 * 10**18) + 10**18), person_id, chat_id, message_id, data, self._clock.seconds()
        )
        self._presses[press.id] = press
        return press

    def get(self, press_id: str) -> Press | None:
        return self._presses.get(press_id)

    def answer(self, press_id: str, answer: dict[str, Any]) -> Press:
        """Raises 400 when the press is unknown, too old or was answered before."""
        press = self._presses.get(press_id)
        if press is None or press.answer is not None or self._clock.seconds() > press.at + self.lifetime:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        press.answer = answer
        return press
