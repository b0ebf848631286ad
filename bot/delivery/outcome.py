"""What an answer of the Bot API means for a message (table "Send outcomes" of the reliability design)."""

from dataclasses import dataclass
from enum import Enum, auto

from bot.botapi import BotApiError, BotApiUnsure

# Descriptions are compared without regard to case.
UNREACHABLE = (
    "chat not found",
    "user is deactivated",
    "peer_id_invalid",
    "user_is_blocked",
    "bot was blocked",
    "bot was kicked",
    "bot is not a member",
    "group chat was deactivated",
    "chat_write_forbidden",
    "not enough rights to send",
    "need administrator rights",
)
NO_THREAD = ("message thread not found", "topic_deleted", "topic_closed")


class Kind(Enum):
    PAUSE = auto()  # not sent; the messenger said how long to wait
    NOT_SENT = auto()  # not sent; try again soon
    UNSURE = auto()  # nobody can know
    UNREACHABLE = auto()  # this person or group cannot be written to
    BAD_TEXT = auto()  # our markup is wrong: once more as plain text
    NO_THREAD = auto()  # the forum topic is gone or closed: once more outside of it
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
    said = error.description.lower()
    if any(text in said for text in NO_THREAD):
        return Outcome(Kind.NO_THREAD)
    if error.code == 403 or any(text in said for text in UNREACHABLE):
        return Outcome(Kind.UNREACHABLE)
    if "can't parse entities" in said:
        return Outcome(Kind.BAD_TEXT)
    return Outcome(Kind.REFUSED)
