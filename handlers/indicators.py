"""Indicators in chat: «показатели», «показатели за неделю», one of them, and its target."""

from bot.domain.indicators import CODES, Indicator
from bot.domain.people import READS_SUMMARY, Role
from bot.domain.period import Period
from bot.domain.period_words import EVERYTHING, parse_period
from bot.domain.screen import Screen
from bot.screens import indicators as screens
from bot.texts import indicators as words
from bot.texts import periods as period_words
from handlers.errors import BadButton, number, word
from handlers.feature import Command, Feature
from handlers.turn import Turn

TARGET = "indicator target"


def create_feature() -> Feature:
    command = Command("pokazateli", by_words, words.COMMAND_WORDS, takes_rest=True, roles=READS_SUMMARY)
    return Feature(
        "indicators",
        taps={"in": by_button},
        inputs={TARGET: on_target},
        brief=frozenset({TARGET}),
        commands=[command],
    )


async def by_words(turn: Turn, rest: str) -> None:
    """Of the whole period, unless days are named."""
    period = parse_period(rest, turn.local.date()) if rest else EVERYTHING
    if period is None:
        await turn.say(Screen(period_words.NOT_UNDERSTOOD, ((screens.HOME,),)))
        return
    if not period.one_day:
        period = await turn.services.summarising.narrowed(turn.actor, period)
    found = await turn.services.indicating.of(turn.actor, period, turn.now)
    await turn.say(screens.listed(found, period, turn.local.date()))


async def by_button(turn: Turn, fields: list[str]) -> None:
    what, period = word(fields, 0), _period(fields)
    if what == "l":
        found = await turn.services.indicating.of(turn.actor, period, turn.now)
        page = number(fields, 2) if len(fields) > 2 else 0
        await turn.show(screens.listed(found, period, turn.local.date(), page))
        return
    code = CODES[index] if 0 <= (index := number(fields, 2) - 1) < len(CODES) else None
    if code is None:
        raise BadButton
    match what:
        case "o":
            await _card(turn, period, code)
        case "t":
            turn.actor.need(Role.COORDINATOR)
            await turn.expect(TARGET, code=code, period=period.code)
            await turn.show(screens.ask_target(code, period))
        case "r":
            await turn.services.indicating.set_target(turn.actor, code, None, turn.now)
            await _card(turn, period, code)
        case _:
            raise BadButton


async def on_target(turn: Turn, data: dict[str, object]) -> None:
    """A number in figures; anything else is asked for again."""
    text = turn.text.strip().rstrip("%").strip().replace(",", ".")
    try:
        value = float(text) if text.isascii() else None
    except ValueError:
        value = None
    if value is None or value != value or abs(value) > 1e9:
        await turn.say(screens.bad_target())
        return
    code, period = str(data["code"]), Period.from_code(str(data["period"]))
    await turn.services.indicating.set_target(turn.actor, code, value, turn.now)
    await turn.forget()
    await _card(turn, period, code)


async def _card(turn: Turn, period: Period, code: str) -> None:
    found = await turn.services.indicating.of(turn.actor, period, turn.now)
    each: Indicator | None = next((each for each in found if each.code == code), None)
    if each is None:
        raise BadButton
    await turn.show(screens.card(each, period, turn.zone, editable=turn.actor.has(Role.COORDINATOR)))


def _period(fields: list[str]) -> Period:
    try:
        return Period.from_code(word(fields, 1))
    except ValueError:
        raise BadButton from None
