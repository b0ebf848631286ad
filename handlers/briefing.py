"""The digest of the day: «итоги», «итоги в 18:00», «итоги сюда» in a staff group."""

from datetime import time

from bot.domain.people import Role
from bot.domain.screen import Screen
from bot.screens.summary import HOME
from bot.texts import briefing as words
from handlers.feature import Command, Feature
from handlers.turn import Turn


def create_feature() -> Feature:
    command = Command("itogi", by_words, words.COMMAND_WORDS, takes_rest=True, roles=frozenset({Role.COORDINATOR}))
    return Feature("briefing", commands=[command], group=in_group)


async def by_words(turn: Turn, rest: str) -> None:
    if not rest:
        at = await turn.services.briefing.hour()
        await turn.say(Screen(words.hour_is(f"{at:%H:%M}"), ((HOME,),)))
        return
    found = words.HOUR.fullmatch(rest.strip().lower())
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        await turn.say(Screen(words.NOT_UNDERSTOOD, ((HOME,),)))
        return
    at = time(int(found[1]), int(found[2] or 0))
    await turn.services.briefing.set_hour(turn.actor, at, turn.now)
    await turn.say(Screen(words.hour_set(f"{at:%H:%M}"), ((HOME,),)))


async def in_group(turn: Turn) -> bool:
    """Whether the message was meant for us."""
    if " ".join(turn.text.lower().split()).strip(" .!") not in words.HERE or not turn.actor.has(Role.COORDINATOR):
        return False
    await turn.services.briefing.set_group(turn.actor, turn.chat_id, turn.now)
    await turn.say(Screen(words.IN_THE_GROUP))
    return True
