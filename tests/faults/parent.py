"""A parent of the small town: writes to the hotline."""

from dataclasses import dataclass, field

from bot.sandbox.chats import Message
from tests.faults.actor import Actor, spelled

COMPLAINT = "отметки выставили раньше срока"


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
                    self.pieces.append(f"{COMPLAINT}, {spelled(self.phone.id, self.count)}")
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
