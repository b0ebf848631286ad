"""The plan in chat, for coordinators: look, assign, take off, cancel."""

from datetime import date

from bot.domain.people import Role
from bot.domain.plan import NoSuchSitting
from bot.screens import plan as screens
from bot.screens.importing import said
from bot.services.scheduling import EDITORS
from bot.texts import commands
from bot.texts import plan_chat as words
from bot.texts import scheduling as schedule_words
from handlers.assigning import show_sitting
from handlers.errors import BadButton, number, page, word
from handlers.feature import Command, Feature
from handlers.scheduling import own_school
from handlers.turn import Turn

AWAITS_REASON = "cancel_reason"


def create_feature() -> Feature:
    return Feature(
        "plan",
        taps={
            "plan": on_days,
            "pl": on_day,
            "ps": on_school,
            "pt": on_sitting,
            "px": on_cancel,
        },
        commands=[Command("plan", plan, commands.PLAN, roles=frozenset(EDITORS))],
        inputs={AWAITS_REASON: reason_typed},
    )


async def plan(turn: Turn, rest: str) -> None:
    if not turn.actor.has(Role.COORDINATOR):
        await turn.say(await own_school(turn, None))
        return
    await turn.say(screens.days(await turn.services.planning.days(turn.local.date())))


async def on_days(turn: Turn, fields: list[str]) -> None:
    turn.actor.need(Role.COORDINATOR)
    await turn.show(screens.days(await turn.services.planning.days(turn.local.date()), page(fields, 0)))


async def on_day(turn: Turn, fields: list[str]) -> None:
    value = _day(fields)
    found, watchers = await turn.services.planning.day(turn.actor, value)
    await turn.show(screens.of_day(value, found, watchers, page(fields, 1)))


async def on_school(turn: Turn, fields: list[str]) -> None:
    value, school_id = _day(fields), number(fields, 1)
    found, watchers = await turn.services.planning.day(turn.actor, value)
    here = [sitting for sitting in found if sitting.school_id == school_id]
    if not here:
        raise NoSuchSitting(0)
    await turn.show(screens.of_school(value, here, watchers, page(fields, 2)))


async def on_sitting(turn: Turn, fields: list[str]) -> None:
    await show_sitting(turn, number(fields, 0))


async def on_cancel(turn: Turn, fields: list[str]) -> None:
    sitting, _ = await turn.services.scheduling.current(turn.actor, number(fields, 0))
    await turn.expect(AWAITS_REASON, sitting=sitting.id)
    await turn.show(said(words.WHY_CANCEL))


async def reason_typed(turn: Turn, data: dict[str, object]) -> None:
    if not turn.text.strip():
        await turn.say(said(words.WHY_CANCEL))
        return
    await turn.forget()
    why = turn.text.strip()[:300]
    outcome = await turn.services.scheduling.cancel(turn.actor, int(str(data["sitting"])), why, turn.now)
    await turn.say(said(schedule_words.cancelled(outcome.sitting, proposed=outcome.proposed)))


def _day(fields: list[str]) -> date:
    try:
        return date.fromisoformat(word(fields, 0))
    except ValueError:
        raise BadButton from None
