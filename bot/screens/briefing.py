"""The choice of who gets the digest, and the way out under every digest."""

from dataclasses import replace

from bot.domain.digest import Choice
from bot.domain.screen import Button, Screen, row, rows
from bot.screens.summary import HOME
from bot.texts import briefing as words

OFF, ON = Button(words.TURN_OFF, "bd:off"), Button(words.TURN_ON, "bd:on")
OFF_HERE, OFF_GROUP = Button(words.TURN_OFF_HERE, "bd:here"), Button(words.TURN_OFF_GROUP, "bd:group")


def with_way_out(digest: Screen, *, in_group: bool) -> Screen:
    """A digest, and a button for those who do not want the next one."""
    return replace(digest, rows=(*digest.rows, (OFF_HERE if in_group else OFF,)))


def choice(found: Choice) -> Screen:
    text = words.choice(
        f"{found.at:%H:%M}", wanted=found.wanted, has_group=found.has_group, may_change=found.may_change
    )
    group = OFF_GROUP if found.has_group and found.may_change else None
    return Screen(text, rows(row(OFF if found.wanted else ON), row(group), (HOME,)))


def switched(found: Choice) -> Screen:
    if found.wanted:
        return Screen(words.switched_on(f"{found.at:%H:%M}"), ((OFF,), (HOME,)))
    return Screen(words.SWITCHED_OFF, ((ON,), (HOME,)))
