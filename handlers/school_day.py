"""The school's own day: steps with their times, observers' reports where allowed, objections."""

from datetime import datetime

from bot.domain.people import SCHOOL_ROLES
from bot.domain.school_day import SchoolStep, Video
from bot.domain.told_times import on_day as at_on_day
from bot.domain.told_times import read_clock
from bot.screens import school_day as screens
from bot.texts import school_day as words
from handlers.errors import BadButton, number, word
from handlers.feature import Command, Feature
from handlers.turn import Turn

AWAITS_TIME = "school_step_time"
AWAITS_OBJECTION = "objection"


def create_feature() -> Feature:
    return Feature(
        "school_day",
        taps={
            "gd": on_day,
            "gs": on_sitting,
            "gt": on_step,
            "gw": on_fix,
            "gx": on_fix_step,
            "gr": on_reports,
            "go": on_object,
        },
        commands=[Command("school_day", day, words.WORDS, roles=SCHOOL_ROLES)],
        inputs={AWAITS_TIME: time_typed, AWAITS_OBJECTION: objection_typed},
        brief=frozenset({AWAITS_TIME}),
    )


async def day(turn: Turn, rest: str) -> None:
    await turn.say(screens.day(await turn.services.day.school_day.works(turn.actor, turn.now), turn.local.date()))


async def on_day(turn: Turn, fields: list[str]) -> None:
    await turn.show(screens.day(await turn.services.day.school_day.works(turn.actor, turn.now), turn.local.date()))


async def on_sitting(turn: Turn, fields: list[str]) -> None:
    await turn.forget()
    await turn.show(await turn.services.day.school_day.card(turn.actor, number(fields, 0), turn.now))


async def on_step(turn: Turn, fields: list[str]) -> None:
    """`gt:12:started:yes`: it is so, now. A second tap on an old card does not move the time."""
    step = _step(fields)
    try:
        value = Video(word(fields, 2))
    except ValueError:
        raise BadButton from None
    sitting, told = await turn.services.day.school_day.told(turn.actor, number(fields, 0))
    if step.value in told and step is not SchoolStep.VIDEO:
        await turn.show(await turn.services.day.school_day.card(turn.actor, sitting.id, turn.now))
        return
    await turn.show(await turn.services.day.school_day.tell(turn.actor, sitting.id, step, value, turn.now, turn.now))


async def on_fix(turn: Turn, fields: list[str]) -> None:
    await turn.show(screens.which_step(*await turn.services.day.school_day.told(turn.actor, number(fields, 0))))


async def on_fix_step(turn: Turn, fields: list[str]) -> None:
    sitting, _ = await turn.services.day.school_day.told(turn.actor, number(fields, 0))
    await turn.expect(AWAITS_TIME, sitting=sitting.id, step=_step(fields).value)
    await turn.show(screens.type_time(sitting.id))


async def time_typed(turn: Turn, data: dict[str, object]) -> None:
    sitting_id, step = int(str(data["sitting"])), SchoolStep(str(data["step"]))
    at = read_clock(turn.text)
    if at is None:
        await turn.say(screens.type_time(sitting_id, again=True))
        return
    await turn.forget()
    sitting, _ = await turn.services.day.school_day.told(turn.actor, sitting_id)
    late = step in (SchoolStep.CHECKED, SchoolStep.UPLOADED)
    moment: datetime = at_on_day(at, turn.local.date() if late else sitting.date, turn.zone)
    await turn.say(await turn.services.day.school_day.tell(turn.actor, sitting_id, step, None, moment, turn.now))


async def on_reports(turn: Turn, fields: list[str]) -> None:
    await turn.show(await turn.services.day.school_day.reports(turn.actor, number(fields, 0)))


async def on_object(turn: Turn, fields: list[str]) -> None:
    turn.actor.need(*SCHOOL_ROLES)
    await turn.expect(AWAITS_OBJECTION, report=number(fields, 0))
    await turn.show(screens.said(words.WRITE_OBJECTION))


async def objection_typed(turn: Turn, data: dict[str, object]) -> bool:
    if not turn.text.strip():
        return False
    await turn.forget()
    await turn.services.day.school_day.object_to(
        turn.actor, int(str(data["report"])), turn.text.strip(), turn.key, turn.now
    )
    await turn.say(screens.said(words.OBJECTED))
    return True


def _step(fields: list[str]) -> SchoolStep:
    try:
        return SchoolStep(word(fields, 1))
    except ValueError:
        raise BadButton from None
