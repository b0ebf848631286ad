"""What observers answer to the morning card and to reminders."""

from datetime import date

from bot.screens import reminding as screens
from bot.texts import reminding as words
from handlers.errors import BadButton, number, word
from handlers.feature import Feature
from handlers.turn import Turn

SAID = {"coming": words.COMING_SAID, "late": words.LATE_SAID}


def create_feature() -> Feature:
    return Feature("reminding", taps={"mb": on_arrival, "mc": on_after_all, "mn": on_cannot_finish})


async def on_arrival(turn: Turn, fields: list[str]) -> None:
    """`mb:20260423:late`; «Не смогу» asks which work, because somebody has to stand in for each."""
    try:
        on = date.fromisoformat(word(fields, 0))
    except ValueError:
        raise BadButton from None
    if word(fields, 1) == "cannot":
        works = await turn.services.day.reminding.works(turn.actor, on)
        await turn.show(screens.which_cannot(works) if works else screens.said(words.NO_WORKS))
        return
    if fields[1] not in SAID:
        raise BadButton
    works, refused = await turn.services.day.reminding.arrival(turn.actor, on, fields[1], turn.now)
    if refused:
        await turn.say(screens.after_all(SAID[fields[1]] if works else "", refused))
        return
    await turn.say(screens.said(SAID[fields[1]] if works else words.NO_WORKS))


async def on_after_all(turn: Turn, fields: list[str]) -> None:
    """«Буду» after «Не смогу», of one work."""
    comes = await turn.services.day.reminding.comes_after_all(turn.actor, number(fields, 0), turn.now)
    await turn.say(screens.said(words.AFTER_ALL_SAID if comes else words.REPLACED))


async def on_cannot_finish(turn: Turn, fields: list[str]) -> None:
    await turn.services.day.reminding.cannot_finish(turn.actor, number(fields, 0), turn.now)
    await turn.say(screens.said(words.TOLD))
