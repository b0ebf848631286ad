"""The hotline as its staff works it: in the staff forum, one topic a case, or in private chat."""

from collections.abc import Awaitable, Callable

from bot.botapi import BotApiError, BotApiUnsure
from bot.domain.hotline.case import Case, Direction, FileKind, Outcome
from bot.domain.people import Role
from bot.domain.screen import Screen
from bot.screens import hotline_desk as screens
from bot.services.hotline.desk import WordingChanged
from bot.texts import hotline_desk as words
from bot.texts.time import day_and_clock
from handlers.errors import BadButton, number, word
from handlers.feature import Command, Feature
from handlers.hotline.pieces import case_id
from handlers.turn import Turn

AWAITS_WORDING = "hotline_wording"
STAFF = frozenset({Role.OPERATOR, Role.COORDINATOR})
KINDS = ("out", "question", "note", "measures", "passed_on", "not_ours")
NOTES = {"note": Direction.NOTE, "measures": Direction.MEASURES}

FILE_METHODS = {
    FileKind.PHOTO: ("sendPhoto", "photo.jpg"),
    FileKind.VOICE: ("sendVoice", "voice.ogg"),
    FileKind.VIDEO: ("sendVideo", "video.mp4"),
    FileKind.DOCUMENT: ("sendDocument", "file.bin"),
}

Step = Callable[[Turn, list[str]], Awaitable[None]]


def create_feature() -> Feature:
    return Feature(
        "hotline_desk",
        taps={screens.PREFIX: on_tap},
        commands=[Command("desk", show_queue, words.WORDS, roles=STAFF)],
        inputs={AWAITS_WORDING: wording_came},
        group=group_message,
    )


async def on_tap(turn: Turn, fields: list[str]) -> None:
    """`hd` alone: the queue; else the first field is the step."""
    if not fields:
        await show_queue(turn, "")
        return
    step = STEPS.get(fields[0])
    if step is None:
        raise BadButton
    await step(turn, fields[1:])


async def show_queue(turn: Turn, rest: str) -> None:
    await on_queue(turn, ["0"])


async def on_queue(turn: Turn, fields: list[str]) -> None:
    page = number(fields, 0)
    views, more = await turn.services.hotline.desk.queue(turn.actor, page)
    await turn.show(screens.queue([(view.case, view.school) for view in views], turn.now, page, more=more))


async def on_card(turn: Turn, fields: list[str]) -> None:
    await turn.forget()
    await show_card(turn, case_id(fields))


async def show_card(turn: Turn, case: str) -> None:
    view = await turn.services.hotline.desk.card(turn.actor, case)
    await turn.show(screens.card(view, turn.now, turn.zone, in_topic=not turn.private))


async def on_take(turn: Turn, fields: list[str]) -> None:
    case = await turn.services.hotline.desk.take(turn.actor, case_id(fields), turn.now)
    await turn.toast(words.TAKEN)
    await show_card(turn, case.id)


async def on_open(turn: Turn, fields: list[str]) -> None:
    """The texts, always in private and for half an hour; the record of reading is committed before."""
    opened = await turn.services.hotline.reading.open(turn.actor, case_id(fields), turn.now)
    names = await turn.services.hotline.desk.names(opened.messages)
    lines = [
        (
            day_and_clock(message.at, turn.zone),
            screens.who(message.direction, names.get(message.person_id or 0, "")),
            message.text or words.FILE_ONLY,
        )
        for message in opened.messages
        if message.text or message.direction is Direction.IN
    ]
    shown = screens.opened(opened, lines)
    await show_in_private(turn, opened.case, shown)


async def show_in_private(turn: Turn, case: Case, screen: Screen) -> None:
    """To the operator's own chat. The message is on the list for deletion before it holds a word; never the outbox."""
    chat_id = turn.actor.account.user_id
    await turn.toast("" if turn.private else words.OPENED_IN_PRIVATE)
    try:
        message_id = await turn.messenger.send(chat_id, Screen(words.OPENING, protect=True))
        await turn.services.hotline.shelf.put(chat_id, message_id, case.id, turn.now)
        await turn.messenger.edit(chat_id, message_id, screen)
    except (BotApiError, BotApiUnsure):
        await turn.say(Screen(words.START_ME_FIRST))


async def on_file(turn: Turn, fields: list[str]) -> None:
    """A file to the operator's own chat, for half an hour like a text."""
    case, index = case_id(fields), number(fields, 1)
    found = await turn.services.hotline.attachments.read(turn.actor, case, index, turn.now)
    if found is None:
        await turn.toast(words.FILE_NOT_HERE, alert=True)
        return
    kind, content = found
    method, name = FILE_METHODS[kind]
    chat_id = turn.actor.account.user_id
    await turn.toast("" if turn.private else words.OPENED_IN_PRIVATE)
    params = {"chat_id": str(chat_id), "protect_content": "true"}
    files = {method.removeprefix("send").lower(): (name, content)}
    try:
        sent = await turn.messenger.api.call(method, params, files=files, timeout=120)
    except (BotApiError, BotApiUnsure):
        await turn.say(Screen(words.START_ME_FIRST))
        return
    await turn.services.hotline.shelf.put(chat_id, int(sent["message_id"]), case, turn.now)


async def on_write(turn: Turn, fields: list[str]) -> None:
    """What comes next is an answer, a question, a note; in the forum it is a reply to the prompt (rules FSM4)."""
    kind = word(fields, 1)
    if kind not in KINDS:
        raise BadButton
    view = await turn.services.hotline.desk.card(turn.actor, case_id(fields))
    if turn.private:
        await turn.expect(AWAITS_WORDING, case=view.case.id, kind=kind)
        await turn.say(screens.write(view.case, kind, by_reply=False))
        return
    await turn.toast("")
    prompt = screens.write(view.case, kind, by_reply=True)
    message_id = await turn.messenger.send(turn.chat_id, prompt, thread_id=turn.thread_id)
    await turn.services.hotline.desk.note_prompt(turn.chat_id, message_id, view.case.id, kind, turn.now)


async def wording_came(turn: Turn, data: dict[str, object]) -> None:
    await worded(turn, str(data["case"]), str(data["kind"]))


async def group_message(turn: Turn) -> bool:
    """Only replies to a prompt mean something; all other talk in the forum is the staff's own."""
    answered = turn.message.reply_to_message if turn.message else None
    if answered is None or not turn.services.hotline.desk.is_our_group(turn.chat_id):
        return False
    prompt = await turn.services.hotline.desk.prompt(turn.chat_id, answered.message_id)
    if prompt is None:
        return False
    await worded(turn, *prompt)
    return True


async def worded(turn: Turn, case: str, kind: str) -> None:
    """Notes are kept at once; what the writer will read is shown first."""
    text = (turn.message.text or "").strip() if turn.message else ""
    if not text:
        await turn.say(Screen(words.NOT_TEXT))
        return
    desk = turn.services.hotline.desk
    if kind in NOTES:
        noted = await desk.note(turn.actor, case, NOTES[kind], text, turn.key, turn.now)
        await turn.forget()
        await turn.say(screens.done(noted, words.NOTED))
        return
    await turn.say(screens.preview(await desk.word(turn.actor, case, kind, text, turn.now)))


async def on_send(turn: Turn, fields: list[str]) -> None:
    """Confirmed. Tapped twice, it went once."""
    if turn.private:
        await turn.forget()
    try:
        case = await turn.services.hotline.desk.send(turn.actor, case_id(fields), word(fields, 1), turn.now)
    except WordingChanged:
        await turn.toast(words.NO_LONGER)
        await show_card(turn, case_id(fields))
        return
    await turn.show(screens.done(case, words.SENT_TRACELESS if case.level == "traceless" else words.SENT))


async def on_ready(turn: Turn, fields: list[str]) -> None:
    view = await turn.services.hotline.desk.card(turn.actor, case_id(fields))
    await turn.show(screens.ready(view.case))


async def on_readied(turn: Turn, fields: list[str]) -> None:
    if word(fields, 1) not in words.READY_ANSWERS:
        raise BadButton
    text = words.READY_ANSWERS[fields[1]][1]
    preview = await turn.services.hotline.desk.word(turn.actor, case_id(fields), "out", text, turn.now)
    await turn.show(screens.preview(preview))


async def on_close(turn: Turn, fields: list[str]) -> None:
    view = await turn.services.hotline.desk.card(turn.actor, case_id(fields))
    await turn.show(screens.close(view.case))


async def on_closed(turn: Turn, fields: list[str]) -> None:
    try:
        outcome = Outcome(word(fields, 1))
    except ValueError:
        raise BadButton from None
    case = await turn.services.hotline.desk.close(turn.actor, case_id(fields), outcome, turn.now)
    await show_card(turn, case.id)


async def on_hand_over(turn: Turn, fields: list[str]) -> None:
    desk = turn.services.hotline.desk
    view = await desk.card(turn.actor, case_id(fields))
    await turn.show(screens.hand_over(view.case, await desk.colleagues(turn.actor)))


async def on_handed(turn: Turn, fields: list[str]) -> None:
    case = await turn.services.hotline.desk.hand_over(turn.actor, case_id(fields), number(fields, 1), turn.now)
    await show_card(turn, case.id)


STEPS: dict[str, Step] = {
    "queue": on_queue,
    "card": on_card,
    "open": on_open,
    "file": on_file,
    "take": on_take,
    "write": on_write,
    "send": on_send,
    "ready": on_ready,
    "readied": on_readied,
    "close": on_close,
    "closed": on_closed,
    "hand": on_hand_over,
    "handed": on_handed,
}
