"""Somebody with a phone in the small town, going on from what they see."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from bot.sandbox import Sandbox
from bot.sandbox.callbacks import Press
from bot.sandbox.chats import Message, Person
from tests.faults.expected import Deed
from tests.reading import inline_buttons


@dataclass
class Actor(ABC):
    """Somebody with a phone. `deeds` is everything they did, with the numbers of the updates."""

    sandbox: Sandbox
    phone: Person
    random: Random
    deeds: list[Deed] = field(default_factory=list)
    press: Press | None = None
    card: Message = field(default_factory=dict)

    @abstractmethod
    def act(self) -> bool:
        """One deed, or False when they wait for the bot."""

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


def spelled(*numbers: int) -> str:
    """In letters: a long number would be taken for a telephone and hidden."""
    return "-".join("".join("абвгдежзик"[int(digit)] for digit in str(number)) for number in numbers)
