"""A school's answer to «поступил сигнал»."""

from bot.screens import hotline_desk as desk_screens
from bot.screens import hotline_school as screens
from bot.texts import hotline_school as words
from handlers.hotline.pieces import case_id
from handlers.turn import Turn

AWAITS_MEASURES = "hotline_measures"


async def on_signal(turn: Turn, fields: list[str]) -> None:
    """An operator tells the school."""
    case = await turn.services.hotline.signalling.signal(turn.actor, case_id(fields), turn.now)
    await turn.show(desk_screens.done(case, words.SIGNALLED))


async def on_measures(turn: Turn, fields: list[str]) -> None:
    """`hs:<case>`: the school answers."""
    await turn.expect(AWAITS_MEASURES, case=case_id(fields))
    await turn.say(screens.ask())


async def measures_came(turn: Turn, data: dict[str, object]) -> None:
    text = turn.text.strip()
    if not text:
        await turn.say(screens.ask())
        return
    await turn.services.hotline.signalling.measures(turn.actor, str(data["case"]), text, turn.key, turn.now)
    await turn.forget()
    await turn.say(screens.thanks())
