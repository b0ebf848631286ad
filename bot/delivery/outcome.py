"""What an answer of the Bot API means for a message (table "Send outcomes" of the reliability design)."""

from dataclasses import dataclass
from enum import Enum, auto

from bot.botapi import BotApiError, BotApiUnsure

UNREACHABLE = (
    "chat not found",
    "user is deactivated",
    "PEER_ID_INVALID",
    "bot was kicked",
    "group chat was deactivated",
)


class Kind(Enum):
    PAUSE = auto()  # not sent; the messenger said how long to wait
    NOT_SENT = auto()  # not sent; try again soon
    UNSURE = auto()  # nobody can know
    UNREACHABLE = auto()  # this person or group cannot be written to
    BAD_TEXT = auto()  # our markup is wrong: once more as plain text
    TOKEN = auto()  # the bot itself is refused: stop sending, keep everything
    MIGRATED = auto()  # the group has a new id
    REFUSED = auto()  # our mistake; will not get better


@dataclass(frozen=True, slots=True)
class Outcome:
    kind: Kind
    seconds: float = 0.0
    chat_id: int | None = None


def classify(error: BotApiError | BotApiUnsure) -> Outcome:
    if isinstance(error, BotApiUnsure):
        return Outcome(Kind.UNSURE if error.sent else Kind.NOT_SENT)
    if error.code == 429:
        return Outcome(Kind.PAUSE, seconds=(error.retry_after or 1) + 1)
    if error.migrate_to_chat_id is not None:
        return Outcome(Kind.MIGRATED, chat_id=error.migrate_to_chat_id)
    if error.code in (401, 404):
        return Outcome(Kind.TOKEN)
    if error.code == 403 or any(text in error.description for text in UNREACHABLE):
        return Outcome(Kind.UNREACHABLE)
    if "can't parse entities" in error.description:
        return Outcome(Kind.BAD_TEXT)
    return Outcome(Kind.REFUSED)
