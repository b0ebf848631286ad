"""Writing: answers, questions, notes, reasons; what the writer will read is shown before it goes."""

from bot.domain.hotline import tying
from bot.domain.hotline.case import Direction, Level
from bot.domain.screen import Screen
from bot.screens import hotline_desk as screens
from bot.services.hotline.desk import WordingChanged
from bot.services.hotline.joining import NoSuchTie
from bot.texts import hotline_desk as words
from bot.texts import hotline_reveal as reveal_words
from bot.texts import hotline_ties as tie_words
from bot.texts.escape import utf16_length
from handlers.errors import BadButton, word
from handlers.hotline.pieces import case_id
from handlers.hotline_desk.cards import show_card
from handlers.turn import Turn

AWAITS_WORDING = "hotline_wording"
KINDS = ("out", "interim", "question", "note", "measures", "passed_on", "not_ours", "hold", "reveal", "tie")
NOTES = {"note": Direction.NOTE, "measures": Direction.MEASURES}


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


async def is_in_our_group(turn: Turn) -> bool:
    return await turn.services.hotline.desk.is_our_group(turn.chat_id)


async def group_message(turn: Turn) -> bool:
    """Only replies to a prompt mean something; all other talk in the forum is the staff's own."""
    answered = turn.message.reply_to_message if turn.message else None
    if answered is None or not await is_in_our_group(turn):
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
    if utf16_length(text) > words.LONGEST:
        await turn.say(Screen(words.TOO_LONG))
        return
    turn.discreet = True
    desk = turn.services.hotline.desk
    if kind == "hold":
        await desk.note(turn.actor, case, Direction.NOTE, words.hold_note(text), turn.key, turn.now)
        held = await turn.services.hotline.clocks.hold(turn.actor, case, turn.now, held=True)
        await turn.forget()
        await turn.say(screens.done(held, words.HELD))
        return
    if kind == "tie":
        await tied(turn, case, text)
        return
    if kind == "reveal":
        await turn.forget()  # also when it is refused: no later word is a reason
        asked = await turn.services.hotline.revealing.ask(turn.actor, case, text, turn.now)
        await turn.say(screens.done(asked, reveal_words.ASKED))
        return
    if kind in NOTES:
        noted = await desk.note(turn.actor, case, NOTES[kind], text, turn.key, turn.now)
        await turn.forget()
        await turn.say(screens.done(noted, words.NOTED))
        return
    await turn.say(screens.preview(await desk.word(turn.actor, case, kind, text, turn.now)))


async def tied(turn: Turn, case: str, text: str) -> None:
    tie = tying.parse(text)
    if tie is None:
        raise NoSuchTie
    found = await turn.services.hotline.joining.tie(turn.actor, case, tie, turn.now)
    await turn.forget()
    what = tie_words.DECISION if tie.decision else tie_words.VIOLATION if tie.item else tie_words.REPORT
    await turn.say(screens.done(found, tie_words.tied(what)))


async def on_unhold(turn: Turn, fields: list[str]) -> None:
    """The reason is over: the clocks run again."""
    case = await turn.services.hotline.clocks.hold(turn.actor, case_id(fields), turn.now, held=False)
    await turn.show(screens.done(case, words.UNHELD))


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
    elsewhere = words.SENT_TRACELESS if case.level is Level.TRACELESS else words.TO_BE_CALLED
    await turn.show(screens.done(case, words.SENT if case.is_reachable else elsewhere))


async def on_ready(turn: Turn, fields: list[str]) -> None:
    view = await turn.services.hotline.desk.card(turn.actor, case_id(fields))
    await turn.show(screens.ready(view.case))


async def on_readied(turn: Turn, fields: list[str]) -> None:
    if word(fields, 1) not in words.READY_ANSWERS:
        raise BadButton
    text = words.READY_ANSWERS[fields[1]][1]
    kind = "interim" if fields[1] in words.PROMISE_AN_ANSWER else "out"
    preview = await turn.services.hotline.desk.word(turn.actor, case_id(fields), kind, text, turn.now)
    await turn.show(screens.preview(preview))
