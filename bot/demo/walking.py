"""Walks through the running demo: presses every kind of button that a phone shows, types what it is asked for."""

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.app import App
from bot.demo.town import PLATFORM
from bot.domain.people import Account
from bot.sandbox import Sandbox
from bot.sandbox.chats import Chat, Message, Person
from bot.texts import gallery as words

SETTLE_SECONDS = 0.03
MOST_STEPS = 400
NUMBER = re.compile(r"\d+|[0-9a-f]{16,}")


@dataclass(frozen=True, slots=True)
class Step:
    """A button on a message, and what was pressed before it."""

    message_id: int
    data: str
    label: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A screen, and the labels that led to it."""

    path: tuple[str, ...]
    message: Message


@dataclass
class Walk:
    """One phone in one chat. Two buttons are of one kind when only their numbers differ; each kind is pressed once."""

    sandbox: Sandbox
    app: App
    phone: Person
    chat: Chat
    screens: list[Seen] = field(default_factory=list)
    _known: set[str] = field(default_factory=set)
    _kinds: set[str] = field(default_factory=set)
    _next: deque[Step] = field(default_factory=deque)
    _last: deque[Step] = field(default_factory=deque)
    _asked: set[str] = field(default_factory=set)
    _before: dict[int, Message] = field(default_factory=dict)

    async def type(self, texts: Iterable[str]) -> None:
        """Words of the role, one after the other; then every button they led to."""
        for text in texts:
            self.sandbox.deeds.sends(self.phone, text)
            await self._look((text,))
            await self.press_all()
            self.sandbox.deeds.sends(self.phone, words.CANCEL)
            await self._look((words.CANCEL,))

    async def press_all(self) -> None:
        """Until no button of a new kind is left; those that end something come last."""
        await self._look(())
        for _ in range(MOST_STEPS):
            if not self._next and not self._last:
                return
            step = self._next.popleft() if self._next else self._last.popleft()
            self.sandbox.deeds.taps(self.phone, step.message_id, step.data, chat_id=self.chat.id)
            path = (*step.path, step.label)
            await self._look(path)
            await self._answer_what_is_asked(path)

    async def _answer_what_is_asked(self, path: tuple[str, ...]) -> None:
        account = Account(PLATFORM, self.phone.id, self.chat.id)
        expected = await self.app.services.conversation.expectation(account, self.app.clock())
        if expected is not None and expected.state not in self._asked and self.chat.is_private:
            self._asked.add(expected.state)
            self.sandbox.deeds.sends(self.phone, words.ANY_TEXT)
            await self._look((*path, words.ANY_TEXT))

    async def _look(self, path: tuple[str, ...]) -> None:
        """Wait for the bot, then note every message of its that is new or changed."""
        await self.sandbox.quiet(SETTLE_SECONDS)
        await self.app.settled()
        for message_id, message in list(self.chat.messages.items()):
            if self._before.get(message_id) is message or message["from"]["id"] == self.phone.id:
                continue
            self._before[message_id] = message
            if not message["from"]["is_bot"]:
                continue
            self._note(path, message)
            self._queue(path, message)

    def _note(self, path: tuple[str, ...], message: Message) -> None:
        shown = NUMBER.sub("#", text_of(message)) + "|".join(label for row in buttons(message) for label, _ in row)
        if shown not in self._known:
            self._known.add(shown)
            self.screens.append(Seen(path, message))

    def _queue(self, path: tuple[str, ...], message: Message) -> None:
        for row in buttons(message):
            for label, data in row:
                kind = NUMBER.sub("#", data)
                if data and kind not in self._kinds:
                    self._kinds.add(kind)
                    ends = label.startswith(words.LAST)
                    (self._last if ends else self._next).append(Step(message["message_id"], data, label, path))


def text_of(message: Message) -> str:
    return str(message.get("text") or message.get("caption") or "")


def buttons(message: Message) -> list[list[tuple[str, str]]]:
    """Rows of (label, callback data); '' for a button that opens or copies something."""
    keyboard: list[list[dict[str, Any]]] = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [[(button["text"], button.get("callback_data", "")) for button in row] for row in keyboard]
