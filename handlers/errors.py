"""What went wrong, in words: refusals of the domain, buttons without meaning, text nobody waits for."""

from bot.domain.errors import DomainError, NotAllowed
from bot.domain.screen import Screen
from bot.screens import start as start_screens
from bot.texts import errors as words
from handlers.turn import Turn


class BadButton(Exception):
    """The fields of a button cannot be read: forged, or from an older version."""


def number(fields: list[str], index: int) -> int:
    """A positive whole number among a button's fields. Raises `BadButton`."""
    try:
        value = fields[index]
    except IndexError:
        raise BadButton from None
    if not (value.isascii() and value.isdigit() and len(value) <= 15):
        raise BadButton
    return int(value)


def page(fields: list[str], index: int) -> int:
    """A page number among a button's fields, 0 when it is not there."""
    text = fields[index] if len(fields) > index else ""
    return min(int(text), 500) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def word(fields: list[str], index: int) -> str:
    """A field as it is; '' is fine. Raises `BadButton` when there is no such field."""
    try:
        return fields[index]
    except IndexError:
        raise BadButton from None


async def explain(turn: Turn, error: DomainError | BadButton) -> None:
    """The refusal in plain words, then what can be done now."""
    if isinstance(error, BadButton):
        await stale_button(turn)
        return
    text = words.text(error)
    if turn.tap_id is not None:
        await turn.toast(text, alert=True)
    if isinstance(error, NotAllowed) and turn.private and turn.actor.person is not None and not turn.actor.memberships:
        here = await turn.services.home.screen(turn.actor, turn.now)  # a step that is still to be done opens the rest
        await turn.say(Screen(f"{text}\n\n{here.text}", here.rows))
        return
    await turn.say(Screen(text, start_screens.HOME_ROWS))


async def stale_button(turn: Turn) -> None:
    """A button of last year or a forged one: nothing changes, the current screen appears."""
    await turn.toast(words.STALE_BUTTON)
    await turn.say(Screen(words.STALE_BUTTON, start_screens.HOME_ROWS))


async def not_understood(turn: Turn) -> None:
    """Text that nobody waits for: never silence."""
    home = await turn.services.home.screen(turn.actor, turn.now)
    await turn.say(Screen(f"{words.NOT_UNDERSTOOD}\n\n{home.text}", home.rows))


async def signed_or_not(turn: Turn) -> None:
    """An urgent word while something for the hotline is unsent: it is for them to say whether their name goes with it."""
    await turn.say(start_screens.signed_or_not())
