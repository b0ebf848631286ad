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
    try:
        if not await _edited(turn, screen):
            await turn.messenger.send(turn.chat_id, screen)
    except (BotApiError, BotApiUnsure):
        return False
    await turn.services.hotline.forget_trace(turn.actor.account)
    return True


async def show_unseen(turn: Turn) -> None:
    """Before anything is begun or wiped: a code that the messenger failed to show would be lost with its draft. It is a
    message of its own: the card that was tapped is about to become something else.

    Raises what the messenger raised, so that nothing else happens and the update is handled again a little later.
    """
    unseen = await turn.services.hotline.intake.unseen(turn.actor.account, turn.now)
    if unseen is None:
        return
    try:
        await turn.messenger.send(turn.chat_id, screens.accepted_traceless(unseen.case, unseen.code))
    except BotApiUnsure as failed:  # a code shown twice is the same code
        raise BotApiUnsure(failed.method, failed.what, sent=False) from None
    await turn.services.hotline.forget_trace(turn.actor.account)


async def _edited(turn: Turn, screen: Screen) -> bool:
    if turn.card_id is None:
        return False
    try:
        await turn.messenger.edit(turn.chat_id, turn.card_id, screen)
    except (BotApiError, BotApiUnsure):
        return False
    return True


async def on_wipe(turn: Turn, fields: list[str]) -> None:
    """Delete the code from the chat; what the person wrote, only they can delete for good."""
    await show_unseen(turn)
    if turn.card_id is not None:
        await turn.messenger.delete(turn.chat_id, [turn.card_id])
    await turn.services.hotline.forget_trace(turn.actor.account)
    await turn.say(receipt_screens.wiped())


async def ask(turn: Turn, rest: str) -> None:
    await show_unseen(turn)
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
    await show_unseen(turn)
    if turn.card_id is not None:
        await turn.messenger.delete(turn.chat_id, [turn.card_id])
    await turn.services.hotline.forget_trace(turn.actor.account)
    await turn.say(receipt_screens.wiped())
