"""The digest of the day: «итоги», «итоги в 18:00», «итоги выключить»; in a staff group «итоги сюда» and its undoing."""

from datetime import time

from bot.domain.digest import DIGEST_ROLES
from bot.domain.people import Role
from bot.domain.screen import Screen
from bot.screens import briefing as screens
from bot.screens.summary import HOME
from bot.texts import briefing as words
from bot.texts.folding import fold
from handlers.errors import BadButton, word
from handlers.feature import Command, Feature
from handlers.turn import Turn


def create_feature() -> Feature:
    command = Command("itogi", by_words, words.COMMAND_WORDS, takes_rest=True, roles=frozenset(DIGEST_ROLES))
    return Feature("briefing", taps={"bd": by_button}, commands=[command], group=in_group, group_taps={"bd": is_here})


async def by_words(turn: Turn, rest: str) -> None:
    said = fold(rest)
    found = words.HOUR.fullmatch(rest.strip().lower())
    if not said:
        await turn.say(screens.choice(await turn.services.digest_choice.of(turn.actor)))
    elif said in words.OFF_WORDS or said in words.ON_WORDS:
        await _switch(turn, on=said in words.ON_WORDS)
    elif found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        text = words.not_understood(may_change=turn.actor.has(Role.COORDINATOR))
        await turn.say(Screen(text, ((HOME,),)))
    else:
        at = time(int(found[1]), int(found[2] or 0))
        await turn.services.digest_choice.set_hour(turn.actor, at, turn.now)
        await turn.say(Screen(words.hour_set(f"{at:%H:%M}"), ((HOME,),)))


async def by_button(turn: Turn, fields: list[str]) -> None:
    """`bd:off`, `bd:on`: their own; `bd:here`: this group's, under its digest; `bd:group`: the group's, from a private chat."""
    match word(fields, 0):
        case "off" | "on" as what:
            await _switch(turn, on=what == "on")
        case "here" | "group" as what:
            if not turn.actor.has(Role.COORDINATOR):
                await turn.toast(
                    words.COORDINATORS_ONLY, alert=True
                )  # one's own refusal is nothing for the whole group
                return
            await _drop_group(turn, here=what == "here")
        case _:
            raise BadButton


async def is_here(turn: Turn) -> bool:
    """A group is told in the group that it gets no more digests."""
    return True


async def in_group(turn: Turn) -> bool:
    """Whether the message was meant for us."""
    said = fold(turn.text)
    if said not in words.HERE | words.NOT_HERE or not turn.actor.has(Role.COORDINATOR):
        return False
    if said in words.NOT_HERE:
        await _drop_group(turn, here=True)
        return True
    await turn.services.digest_choice.set_group(turn.actor, turn.chat_id, turn.now)
    await turn.say(Screen(words.IN_THE_GROUP))
    return True


async def _switch(turn: Turn, *, on: bool) -> None:
    await turn.services.digest_choice.switch(turn.actor, turn.now, on=on)
    await turn.say(screens.switched(await turn.services.digest_choice.of(turn.actor)))


async def _drop_group(turn: Turn, *, here: bool) -> None:
    only = turn.chat_id if here else None
    if not await turn.services.digest_choice.drop_group(turn.actor, turn.now, only=only):
        await turn.say(Screen(words.NOT_IN_A_GROUP if here else words.NO_GROUP_ANY_MORE))
        return
    await turn.say(Screen(words.OUT_OF_THE_GROUP if here else words.NO_GROUP_ANY_MORE))
