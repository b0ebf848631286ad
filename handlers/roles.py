"""The head of a school takes a sitting under their own control; and anybody of several roles changes between them."""

from bot.domain.people import Role
from bot.screens import start as start_screens
from bot.texts import commands
from bot.texts import principal as words
from handlers.errors import BadButton, number, word
from handlers.feature import Command, Feature
from handlers.turn import Turn


def create_feature() -> Feature:
    return Feature(
        "roles",
        taps={"ctl": on_accept, "as": on_role},
        commands=[Command("roles", roles, commands.ROLE_SWITCH)],
    )


async def on_accept(turn: Turn, fields: list[str]) -> None:
    """`ctl:12:2027-04-15:2`: this sitting, as the card showed it."""
    seen = (fields[1], number(fields, 2)) if len(fields) > 2 else ("", 0)
    sitting = await turn.services.responsibility.accept(turn.actor, number(fields, 0), seen, turn.now)
    await turn.toast(words.accepted(sitting) if sitting is not None else words.MOVED)
    await turn.show(await turn.services.home.screen(turn.actor, turn.now))


async def on_role(turn: Turn, fields: list[str]) -> None:
    """`as:observer`: the card of this role, from now on."""
    try:
        role = Role(word(fields, 0))
    except ValueError:
        raise BadButton from None
    await turn.services.home.choose_role(turn.actor, role, turn.now)
    await turn.show(await turn.services.home.screen(turn.actor, turn.now))


async def roles(turn: Turn, rest: str) -> None:
    held = list(dict.fromkeys(membership.role for membership in turn.actor.memberships))
    await turn.say(start_screens.which_role(held))
