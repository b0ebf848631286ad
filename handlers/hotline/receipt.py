"""«Без следа»: the code is shown once, and whoever types it reads the answer. Nothing here is kept of the chat."""

from bot.botapi import BotApiError, BotApiUnsure
from bot.domain.hotline import receipt as codes
from bot.domain.screen import Screen
from bot.screens import hotline as screens
from bot.screens import hotline_receipt as receipt_screens
from bot.services.hotline.by_code import CodeRefused
from bot.services.hotline.intake import Sent
from bot.texts import hotline as words
from bot.texts import hotline_receipt as receipt_words
from handlers.hotline.pieces import read_piece
from handlers.turn import Turn

AWAITS_CODE = "hotline_code"
AWAITS_TEXT = "hotline_code_text"


async def show(turn: Turn, sent: Sent) -> bool:
    """Show the code, then forget the draft. False: it could not be shown; the draft stays, and the same button, or the
    next message, shows it.

    Never through the outbox: a promise would hold the code and the chat.
    """
    screen = screens.accepted_traceless(sent.case, sent.code)
    await turn.toast("")
    if not (await _edited(turn, screen) or await _sent(turn, screen)):
        return False
    await turn.services.hotline.forget_trace(turn.actor.account)
    return True


async def _edited(turn: Turn, screen: Screen) -> bool:
    if turn.card_id is None:
        return False
    try:
        await turn.messenger.edit(turn.chat_id, turn.card_id, screen)
    except (BotApiError, BotApiUnsure):
        return False
    return True


async def _sent(turn: Turn, screen: Screen) -> bool:
    try:
        await turn.messenger.send(turn.chat_id, screen)
    except (BotApiError, BotApiUnsure):
        return False
    return True


async def on_wipe(turn: Turn, fields: list[str]) -> None:
    """Delete the code from the chat; what the person wrote, only they can delete for good."""
    if turn.card_id is not None:
        await turn.messenger.delete(turn.chat_id, [turn.card_id])
    await turn.services.hotline.forget_trace(turn.actor.account)
    await turn.say(receipt_screens.wiped())


async def ask(turn: Turn, rest: str) -> None:
    await turn.expect(AWAITS_CODE)
    await turn.show(receipt_screens.ask())


async def on_code(turn: Turn, fields: list[str]) -> None:
    await ask(turn, "")


async def typed(turn: Turn, data: dict[str, object]) -> None:
    code = codes.find_code(turn.text)
    if code is None or not codes.is_well_formed(code):
        await turn.say(receipt_screens.ask(receipt_words.MISTYPED))
        return
    by_code = turn.services.hotline.by_code
    try:
        view = await by_code.enter(turn.actor.account, code, turn.now)
    except CodeRefused as refused:
        await turn.say(receipt_screens.ask(receipt_words.refused(refused.wait_minutes)))
        return
    await turn.forget()
    await turn.say(receipt_screens.answers(view))


async def on_answers(turn: Turn, fields: list[str]) -> None:
    view = await turn.services.hotline.by_code.again(turn.actor.account, turn.now)
    await turn.show(receipt_screens.answers(view) if view else receipt_screens.ask(receipt_words.SESSION_OVER))


async def on_more(turn: Turn, fields: list[str]) -> None:
    if await turn.services.hotline.by_code.again(turn.actor.account, turn.now) is None:
        await turn.expect(AWAITS_CODE)
        await turn.show(receipt_screens.ask(receipt_words.SESSION_OVER))
        return
    await turn.expect(AWAITS_TEXT)
    await turn.say(receipt_screens.write())


async def addition_came(turn: Turn, data: dict[str, object]) -> None:
    piece, refusal = read_piece(turn)
    if piece is None:
        await turn.say(screens.plain(words.NOT_TAKEN[refusal]))
        return
    view = await turn.services.hotline.by_code.add(turn.actor.account, turn.key, piece, turn.now)
    if view is None:
        await turn.expect(AWAITS_CODE)
        await turn.say(receipt_screens.ask(receipt_words.SESSION_OVER))
        return
    await turn.say(receipt_screens.added(view))


async def on_leave(turn: Turn, fields: list[str]) -> None:
    """«Закрыть и стереть»."""
    turn.services.hotline.by_code.leave(turn.actor.account)
    if turn.card_id is not None:
        await turn.messenger.delete(turn.chat_id, [turn.card_id])
    await turn.services.hotline.forget_trace(turn.actor.account)
    await turn.say(receipt_screens.wiped())
