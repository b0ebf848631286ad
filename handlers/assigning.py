"""Observers to sittings: choose, replace, one for a whole day, the history; and «Не смогу» of an observer."""

from datetime import date

from bot.domain.people import Role
from bot.screens import assigning as screens
from bot.screens import plan as plan_screens
from bot.screens.importing import said
from bot.services.assigning import reasons_shown
from bot.texts import assigning as words
from bot.texts import plan_chat as plan_words
from handlers.errors import BadButton, number, page, word
from handlers.feature import Command, Feature
from handlers.turn import Turn


def create_feature() -> Feature:
    return Feature(
        "assigning",
        taps={
            "pn": on_candidates,
            "pk": on_assign,
            "pu": on_unassign,
            "arw": on_replace_whom,
            "ard": on_replace,
            "asw": on_swap_with,
            "asd": on_swap,
            "awd": on_whole_day,
            "aah": on_history,
            "anc": on_not_coming,
        },
        commands=[Command("cannot", not_coming, words.CANNOT_WORDS, roles=frozenset({Role.OBSERVER}))],
    )


async def on_candidates(turn: Turn, fields: list[str]) -> None:
    found = await turn.services.assigning.candidates(turn.actor, number(fields, 0))
    unfit = reasons_shown(found.unfit, found.sitting.school_id)
    await turn.show(screens.candidates(found.sitting, found.fit, unfit, page(fields, 1)))


async def on_assign(turn: Turn, fields: list[str]) -> None:
    sitting_id = number(fields, 0)
    report, person = await turn.services.assigning.assign(turn.actor, sitting_id, number(fields, 1), turn.now)
    notice = plan_words.assigned(person.code, report)
    if person.trained_at is None:
        notice += "\n" + words.warning_untrained(person.code)
    await show_sitting(turn, sitting_id, notice)


async def on_unassign(turn: Turn, fields: list[str]) -> None:
    sitting_id, person_id = number(fields, 0), number(fields, 1)
    here = await turn.services.planning.assigned(sitting_id)
    code = next((person.code for person in here if person.id == person_id), "")
    await turn.services.planning.unassign(turn.actor, sitting_id, person_id, plan_words.TAKEN_OFF, turn.now)
    await show_sitting(turn, sitting_id, plan_words.removed(code) if code else "")


async def on_replace_whom(turn: Turn, fields: list[str]) -> None:
    """`arw:12:7:1`: who may stand in for person 7 at sitting 12; page 1."""
    sitting_id, old_id = number(fields, 0), number(fields, 1)
    found = await turn.services.assigning.candidates(turn.actor, sitting_id)
    old = next((one for one in await turn.services.planning.assigned(sitting_id) if one.id == old_id), None)
    if old is None:
        raise BadButton
    unfit = reasons_shown(found.unfit, found.sitting.school_id)
    await turn.show(screens.candidates(found.sitting, found.fit, unfit, page(fields, 2), replacing=old))


async def on_replace(turn: Turn, fields: list[str]) -> None:
    sitting_id, old_id = number(fields, 0), number(fields, 1)
    here = await turn.services.planning.assigned(sitting_id)
    old = next((person.code for person in here if person.id == old_id), "")
    new = await turn.services.assigning.replace(turn.actor, sitting_id, old_id, number(fields, 2), turn.now)
    await show_sitting(turn, sitting_id, words.replaced(old, new.code))


async def on_swap_with(turn: Turn, fields: list[str]) -> None:
    """`asw:12:7:1`: with whom person 7 of sitting 12 may change places; page 1."""
    sitting_id, old_id = number(fields, 0), number(fields, 1)
    found = await turn.services.assigning.swaps(turn.actor, sitting_id, old_id, turn.now)
    old = next(one for one in await turn.services.planning.assigned(sitting_id) if one.id == old_id)
    sitting = await turn.services.planning.sitting(sitting_id)
    await turn.show(screens.swaps(sitting, old, found, page(fields, 2)))


async def on_swap(turn: Turn, fields: list[str]) -> None:
    """`asd:12:7:15:9`: person 7 of sitting 12 and person 9 of sitting 15."""
    first, second = (number(fields, 0), number(fields, 1)), (number(fields, 2), number(fields, 3))
    codes = {
        int(person.id): person.code
        for one in (first[0], second[0])
        for person in await turn.services.planning.assigned(one)
    }
    await turn.services.assigning.swap(turn.actor, *first, *second, turn.now)
    await show_sitting(turn, first[0], words.swapped(codes.get(first[1], ""), codes.get(second[1], "")))


async def on_whole_day(turn: Turn, fields: list[str]) -> None:
    """`awd:2027-04-23:3` choose one observer for the school's day; with a person at the end, assign."""
    try:
        day = date.fromisoformat(word(fields, 0))
    except ValueError:
        raise BadButton from None
    school_id = number(fields, 1)
    found, watchers = await turn.services.planning.day(turn.actor, day)
    free = [s for s in found if s.school_id == school_id and not s.cancelled and not watchers.get(s.id)]
    if len(fields) > 2 and not fields[2].startswith("p"):
        done, left = await turn.services.assigning.assign_school_day(
            turn.actor, day, school_id, number(fields, 2), turn.now
        )
        await turn.show(said(words.day_done(done, left)))
        return
    if not free:
        await turn.show(said(words.DAY_COVERED))
        return
    candidates = await turn.services.assigning.candidates(turn.actor, free[0].id)
    await turn.show(screens.whole_day(free, candidates.fit, page([word(fields, 2)[1:]] if len(fields) > 2 else [], 0)))


async def on_history(turn: Turn, fields: list[str]) -> None:
    sitting, events = await turn.services.assigning.history(turn.actor, number(fields, 0))
    await turn.show(screens.history(sitting, events, turn.zone))


async def not_coming(turn: Turn, rest: str) -> None:
    await turn.say(screens.which_not(await turn.services.home.dates(turn.actor, turn.now)))


async def on_not_coming(turn: Turn, fields: list[str]) -> None:
    """`anc` which sitting; `anc:12` this one."""
    turn.actor.need(Role.OBSERVER)
    if not fields:
        await turn.show(screens.which_not(await turn.services.home.dates(turn.actor, turn.now)))
        return
    sitting = await turn.services.assigning.cannot_come(turn.actor, number(fields, 0), turn.now)
    await turn.show(said(words.told(sitting)))


async def show_sitting(turn: Turn, sitting_id: int, notice: str = "") -> None:
    """The sitting's card, for coordinators."""
    turn.actor.need(Role.COORDINATOR)
    sitting = await turn.services.planning.sitting(sitting_id)
    watchers = await turn.services.planning.assigned(sitting_id)
    accepted = await turn.services.responsibility.of_sitting(sitting_id)
    await turn.show(plan_screens.card(sitting, watchers, notice, accepted))
