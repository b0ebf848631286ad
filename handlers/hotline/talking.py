"""After it is sent: one's own cases, additions, ratings."""

from bot.domain.hotline.case import Rating
from bot.domain.hotline.draft import Piece
from bot.screens import hotline as screens
from bot.texts import hotline as words
from handlers.errors import BadButton, word
from handlers.hotline import receipt
from handlers.hotline.pieces import case_id, due_day, may_write, read_piece
from handlers.turn import Turn

AWAITS_ADDITION = "hotline_addition"


async def show_mine(turn: Turn, rest: str) -> None:
    await receipt.show_unseen(turn)
    cases = await turn.services.hotline.dialogue.mine(turn.actor.account)
    await turn.show(screens.mine([(case, due_day(turn, case)) for case in cases]))


async def on_mine(turn: Turn, fields: list[str]) -> None:
    await show_mine(turn, "")


async def on_case(turn: Turn, fields: list[str]) -> None:
    case, school = await turn.services.hotline.dialogue.own(turn.actor.account, case_id(fields))
    await turn.forget()
    operator = await turn.services.hotline.dialogue.operator(case)
    await turn.show(screens.own_case(case, school, due_day(turn, case), operator))


async def on_add(turn: Turn, fields: list[str]) -> None:
    """The answer stays readable above: the question for an addition is a new message."""
    case, _ = await turn.services.hotline.dialogue.own(turn.actor.account, case_id(fields))
    await turn.expect(AWAITS_ADDITION, case=case.id)
    await turn.say(screens.add_asked(case))


async def addition_came(turn: Turn, data: dict[str, object]) -> None:
    piece, refusal = read_piece(turn)
    if piece is None:
        await turn.say(screens.plain(words.NOT_TAKEN[refusal]))
        return
    if not await may_write(turn, piece):
        return
    dialogue = turn.services.hotline.dialogue
    case = await dialogue.add(turn.actor.account, str(data["case"]), turn.key, piece, turn.now)
    if turn.message is None or not turn.message.media_group_id:
        await turn.say(screens.added(case))


async def on_withdraw(turn: Turn, fields: list[str]) -> None:
    """The consent to a contact is taken back: it is gone at once."""
    await turn.services.hotline.dialogue.withdraw_contact(turn.actor.account, case_id(fields))
    await turn.show(screens.plain(words.WITHDRAWN))


async def on_unsaid(turn: Turn, fields: list[str]) -> None:
    """«Не хочу говорить» is an answer, too."""
    piece = Piece(words.NOT_SAYING)
    case = await turn.services.hotline.dialogue.add(turn.actor.account, case_id(fields), turn.key, piece, turn.now)
    await turn.say(screens.added(case))


async def on_rate(turn: Turn, fields: list[str]) -> None:
    try:
        rating = Rating(word(fields, 1))
    except ValueError:
        raise BadButton from None
    dialogue = turn.services.hotline.dialogue
    case = await dialogue.rate(turn.actor.account, case_id(fields), rating, turn.key, turn.now)
    if rating is Rating.NOT:
        await turn.expect(AWAITS_ADDITION, case=case.id)
        await turn.say(screens.not_helped(case.id))
    else:
        await turn.say(screens.rated(case.id))
