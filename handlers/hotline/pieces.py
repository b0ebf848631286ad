"""What a writer's message holds, and the fields of the hotline's buttons."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import TypeVar

from bot.domain.hotline.case import Attachment, Case, FileKind, is_case_id
from bot.domain.hotline.draft import MAX_FILE_BYTES, Piece
from bot.screens import hotline as screens
from bot.texts import hotline as words
from handlers.errors import BadButton, word
from handlers.turn import Turn

T = TypeVar("T")
R = TypeVar("R")


def read_piece(turn: Turn) -> tuple[Piece | None, str]:
    """What a message holds, or the reason why it is not taken (a key of `words.NOT_TAKEN`)."""
    message = turn.message
    if message is None:
        return None, "other"
    attachment: Attachment | None = None
    if message.photo:
        largest = message.photo[-1]
        attachment = Attachment(FileKind.PHOTO, largest.file_id, largest.file_size or 0)
    for kind, file in (
        (FileKind.VOICE, message.voice or message.audio),
        (FileKind.VIDEO, message.video or message.video_note),
        (FileKind.DOCUMENT, message.document),
    ):
        if file is not None:
            attachment = Attachment(kind, file.file_id, file.file_size or 0)
    if attachment is not None and attachment.size > MAX_FILE_BYTES:
        return None, "large"
    if attachment is None and not turn.text.strip():
        for name in ("contact", "location", "poll", "sticker"):
            if getattr(message, name, None) is not None:
                return None, name
        return None, "other"
    return Piece(turn.text.strip(), attachment), ""


async def may_write(turn: Turn, piece: Piece) -> bool:
    """False for a flood or a ban: the piece is not taken, and one word a minute says what to do."""
    limits, who = turn.services.hotline.limits, str(turn.actor.account)
    wait = limits.messages.take(who, turn.now)
    if wait <= timedelta(0) and piece.attachment is not None:
        wait = limits.files.take(who, turn.now)
    banned = await limits.is_banned(turn.actor.account, turn.now)
    if wait <= timedelta(0) and not banned:
        return True
    if limits.notices.take(who, turn.now) <= timedelta(0):
        await turn.say(screens.plain(words.BANNED if banned else words.slower(wait)))
    return False


def case_id(fields: list[str]) -> str:
    """Raises `BadButton`."""
    value = word(fields, 0)
    if not is_case_id(value):
        raise BadButton
    return value


def due_day(turn: Turn, case: Case) -> date | None:
    """Until when an answer is owed, by the municipality's calendar; None: today, or nobody waits."""
    day = screens.due_day(case, case.due_at.astimezone(turn.zone).date())
    return None if day == turn.local.date() else day


def discreetly(handle: Callable[[Turn, T], Awaitable[R]]) -> Callable[[Turn, T], Awaitable[R]]:
    """From here on nothing that is stored names this chat or holds what is said in it."""

    async def handle_discreetly(turn: Turn, what: T) -> R:
        turn.discreet = True
        return await handle(turn, what)

    return handle_discreetly
