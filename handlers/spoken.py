"""Which command a message is: /name, the command's words alone, or its words with more after them."""

from collections.abc import Sequence

from bot.domain.errors import NotAllowed
from bot.domain.people import Actor, Role
from bot.texts.folding import fold
from handlers.feature import Command

Found = tuple[Command | None, str]  # the command and the rest of the message
NOTHING: Found = (None, "")


class Spoken:
    """A word is a command only to those who may give it; a /name is refused to everybody else."""

    def __init__(self, commands: Sequence[Command]) -> None:
        self._commands = commands
        self._by_name = {command.name: command for command in commands}
        assert len(self._by_name) == len(commands), "two features listen to one command"

    def alone(self, actor: Actor, text: str) -> Found:
        """/name with or without more, or nothing but the words: never an answer to a question. Raises `NotAllowed`."""
        if text.startswith("/"):
            name, _, rest = text[1:].partition(" ")
            command = self._by_name.get(name.partition("@")[0].lower())
            if command is None:
                return NOTHING
            if not _may_give(actor, command):
                raise NotAllowed(needed=tuple(role for role in Role if role in (command.roles or ())))
            return command, rest.strip()
        folded = fold(text)
        for command in self._commands:
            if _may_give(actor, command) and any(folded == fold(word) for word in command.words):
                return command, ""
        return NOTHING

    def longer(self, actor: Actor, text: str) -> Found:
        """«найти 5»: may be a command, and may be how somebody begins their answer or their complaint."""
        folded = fold(text)
        for command in self._commands:
            if not command.takes_rest or not _may_give(actor, command):
                continue
            for word in command.words:
                rest = text.strip()[len(word) :].strip()
                if folded.startswith(fold(word) + " ") and (command.fits is None or command.fits(rest)):
                    return command, rest
        return NOTHING


def _may_give(actor: Actor, command: Command) -> bool:
    return command.roles is None or actor.has(*command.roles)
