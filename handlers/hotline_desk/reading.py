"""Reading: texts, files and contacts, always in private, on record, and for half an hour."""

from bot.botapi import BotApiError, BotApiUnsure
from bot.domain.hotline.case import Case, Direction, FileKind
from bot.domain.screen import Screen
from bot.screens import hotline_desk as screens
from bot.screens import hotline_reveal as reveal_screens
from bot.texts import hotline_desk as words
from bot.texts import hotline_reveal as reveal_words
from handlers.errors import number
from handlers.hotline.pieces import case_id
from handlers.turn import Turn

# What a message is edited into. Telegram edits nothing into a voice message: a recording is played as a file.
SHOWN_AS = {
    FileKind.PHOTO: ("photo", "photo.jpg"),
    FileKind.VOICE: ("document", "voice.ogg"),
    FileKind.VIDEO: ("video", "video.mp4"),
    FileKind.DOCUMENT: ("document", "file.bin"),
}
AS_ANYTHING = "document"


async def on_open(turn: Turn, fields: list[str]) -> None:
    """The texts, always in private and for half an hour; the record of reading is committed before."""
    opened = await turn.services.hotline.reading.open(turn.actor, case_id(fields), turn.now)
    names = await turn.services.hotline.desk.names(opened.messages)
    lines = [
        (
            words.hour(message.at, turn.zone),
            screens.who(message.direction, names.get(message.person_id or 0, "")),
            message.text or words.FILE_ONLY,
        )
        for message in opened.messages
        if message.text or message.direction is Direction.IN
    ]
    for page in screens.opened(opened, lines):
        await show_in_private(turn, opened.case, page)


async def show_in_private(turn: Turn, case: Case, screen: Screen) -> None:
    """To the operator's own chat; never the outbox."""
    try:
        message_id = await place_on_shelf(turn, case.id)
        await turn.messenger.edit(turn.actor.account.user_id, message_id, screen)
    except (BotApiError, BotApiUnsure):
        await turn.say(Screen(words.START_ME_FIRST))


async def place_on_shelf(turn: Turn, case: str) -> int:
    """An empty message in the operator's own chat, on the list for deletion before it shows anything."""
    chat_id = turn.actor.account.user_id
    await turn.toast("" if turn.private else words.OPENED_IN_PRIVATE)
    message_id = await turn.messenger.send(chat_id, Screen(words.OPENING, protect=True))
    await turn.services.hotline.shelf.put(chat_id, message_id, case, turn.now)
    return message_id


async def on_file(turn: Turn, fields: list[str]) -> None:
    """A file to the operator's own chat, for half an hour like a text."""
    case, index = case_id(fields), number(fields, 1)
    found = await turn.services.hotline.attachments.read(turn.actor, case, index, turn.now)
    if found is None:
        await turn.toast(words.FILE_NOT_HERE, alert=True)
        return
    kind, content = found
    try:
        await _edit_into(turn, await place_on_shelf(turn, case), *SHOWN_AS[kind], content)
    except (BotApiError, BotApiUnsure):
        await turn.say(Screen(words.START_ME_FIRST))


async def _edit_into(turn: Turn, message_id: int, kind: str, name: str, content: bytes) -> None:
    """A picture or video that Telegram does not take for one is still a file."""
    chat_id = turn.actor.account.user_id
    try:
        await turn.messenger.edit_into_file(chat_id, message_id, kind, name, content)
    except BotApiError as error:
        if error.code != 400 or kind == AS_ANYTHING:
            raise
        await turn.messenger.edit_into_file(chat_id, message_id, AS_ANYTHING, name, content)


async def on_reason(turn: Turn, fields: list[str]) -> None:
    """Why somebody wants a contact, for the one who decides."""
    asked = await turn.services.hotline.revealing.look(turn.actor, number(fields, 0))
    await show_in_private(turn, asked.case, reveal_screens.reason(asked.case, asked.reveal.id, asked.by, asked.reason))


async def on_allow(turn: Turn, fields: list[str]) -> None:
    await turn.services.hotline.revealing.decide(turn.actor, number(fields, 0), turn.now, allow=True)
    await turn.show(Screen(reveal_words.ALLOWED))


async def on_refuse(turn: Turn, fields: list[str]) -> None:
    await turn.services.hotline.revealing.decide(turn.actor, number(fields, 0), turn.now, allow=False)
    await turn.show(Screen(reveal_words.REFUSED))


async def on_contact(turn: Turn, fields: list[str]) -> None:
    case, contact = await turn.services.hotline.revealing.read(turn.actor, number(fields, 0), turn.now)
    await show_in_private(turn, case, reveal_screens.contact(case, contact))
