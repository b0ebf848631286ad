"""The schedule by hand, its check, and the open schedule of every school."""

from datetime import UTC, datetime

from bot.domain.hand_entry import CHANGEABLE
from bot.domain.people import Role
from bot.domain.plan import School
from bot.domain.screen import Screen
from bot.screens import scheduling as screens
from bot.services.scheduling import EDITORS
from bot.texts import commands
from bot.texts import scheduling as words
from bot.texts.folding import fold
from handlers.errors import BadButton, number, page, word
from handlers.feature import Command, Feature
from handlers.turn import Turn

LATEST = 4_000_000_000  # a moment far ahead: forged buttons name nothing later
LONGEST_NAME = 4  # words
SENTENCE = ",;!?…"
AWAITS_LINE = "sitting_line"
AWAITS_VALUE = "sitting_value"
AWAITS_WHY = "sitting_why"
AWAITS_SCHOOL = "open_school"


def create_feature() -> Feature:
    return Feature(
        "scheduling",
        taps={
            "sea": on_add,
            "se": on_edit,
            "sef": on_field,
            "sep": on_settle,
            "ses": on_own,
            "sc": on_own_school,
            "plc": on_check,
            "os": on_open,
        },
        commands=[
            Command("grafik", open_schedule, commands.OPEN_SCHEDULE, takes_rest=True, fits=names_school),
            Command("check", check, words.CHECK_WORDS, roles=frozenset({Role.COORDINATOR})),
        ],
        inputs={
            AWAITS_LINE: line_typed,
            AWAITS_VALUE: value_typed,
            AWAITS_WHY: why_typed,
            AWAITS_SCHOOL: school_typed,
        },
        brief=frozenset({AWAITS_SCHOOL}),
    )


def names_school(rest: str) -> bool:
    """«график впр в школе № 5», but not «когда ВПР писали, учитель диктовал»: a name is short and no sentence."""
    return len(fold(rest).split()) <= LONGEST_NAME and not any(mark in rest for mark in SENTENCE)


async def on_add(turn: Turn, fields: list[str]) -> None:
    """`sea` to the only school one has, or which; `sea:3` to school 3."""
    turn.actor.need(*EDITORS)
    if turn.actor.has(Role.COORDINATOR):
        await turn.expect(AWAITS_LINE)
        await turn.show(screens.said(words.ASK_LINE, "home"))
        return
    held = await _own_schools(turn)
    chosen = number(fields, 0) if fields else None
    if chosen is None and len(held) > 1:
        await turn.show(screens.which_own("sea", held))
        return
    school = next((one for one in held if chosen in (None, one.id)), None)
    if school is None:
        raise BadButton
    await turn.expect(AWAITS_LINE, school=school.id)
    await turn.show(screens.said(words.ask_line_of(school.short_name), f"sc:{school.id}"))


async def line_typed(turn: Turn, data: dict[str, object]) -> None:
    """A wrong line is asked again: the expectation stays."""
    school_id = int(str(data["school"])) if data.get("school") is not None else None
    outcome = await turn.services.scheduling.add(turn.actor, turn.text, turn.now, school_id=school_id)
    await turn.forget()
    await turn.say(screens.said(words.done(outcome.sitting, proposed=outcome.proposed), "home"))


async def on_edit(turn: Turn, fields: list[str]) -> None:
    sitting, _ = await turn.services.scheduling.current(turn.actor, number(fields, 0))
    await turn.show(screens.what_to_change(sitting))


async def on_field(turn: Turn, fields: list[str]) -> None:
    """`sef:12:date`: the next message is the new date of sitting 12."""
    field = word(fields, 1)
    if field not in {one.value for one in CHANGEABLE}:
        raise BadButton
    sitting, revision = await turn.services.scheduling.current(turn.actor, number(fields, 0))
    await turn.expect(AWAITS_VALUE, sitting=sitting.id, field=field, revision=revision)
    await turn.show(screens.said(words.ASK_VALUE[field], f"se:{sitting.id}"))


async def value_typed(turn: Turn, data: dict[str, object]) -> None:
    field, value = str(data["field"]), turn.text.strip()[:80]
    sitting_id = int(str(data["sitting"]))
    sitting = await turn.services.scheduling.check_value(turn.actor, sitting_id, field, value, turn.now)
    await turn.expect(AWAITS_WHY, **data, value=value)
    await turn.say(screens.said(words.will_be(sitting), f"se:{sitting_id}"))


async def why_typed(turn: Turn, data: dict[str, object]) -> None:
    if not turn.text.strip():
        await turn.say(screens.said(words.WHY))
        return
    await turn.forget()
    outcome = await turn.services.scheduling.change(
        turn.actor,
        int(str(data["sitting"])),
        int(str(data["revision"])),
        str(data["field"]),
        str(data["value"]),
        turn.text.strip()[:300],
        turn.now,
    )
    await turn.say(screens.said(words.done(outcome.sitting, proposed=outcome.proposed), "home"))


async def on_settle(turn: Turn, fields: list[str]) -> None:
    """`sep:3:1` accepts what a school asked for, `sep:3:0` declines it."""
    accept = word(fields, 1) == "1"
    found, counted = await turn.services.scheduling.settle(turn.actor, number(fields, 0), accept, turn.now)
    await turn.show(screens.said(words.decided(found.kind, accept, counted=counted)))


async def on_own(turn: Turn, fields: list[str]) -> None:
    sitting, _ = await turn.services.scheduling.current(turn.actor, number(fields, 0))
    await turn.show(screens.own_sitting(sitting))


async def on_own_school(turn: Turn, fields: list[str]) -> None:
    """`sc` the only school one has, or which; `sc:3:1` school 3, page 1."""
    await turn.show(await own_school(turn, number(fields, 0) if fields else None, page(fields, 1)))


async def own_school(turn: Turn, school_id: int | None, at: int = 0) -> Screen:
    """The plan of a school, for its coordinator."""
    turn.actor.need(*EDITORS)
    held = await _own_schools(turn)
    if school_id is None and len(held) > 1:
        return screens.which_own("sc", held)
    chosen = school_id if school_id is not None else next((one.id for one in held), 0)
    found = await turn.services.scheduling.of_school(turn.actor, chosen, turn.local.date())
    name = next((s.short_name for s in await turn.services.open_schedule.schools() if s.id == chosen), "")
    return screens.of_school(name, found, at, chosen)


async def _own_schools(turn: Turn) -> list[School]:
    own = turn.actor.schools(Role.SCHOOL_COORDINATOR)
    return [one for one in await turn.services.open_schedule.schools() if one.id in own]


async def check(turn: Turn, rest: str) -> None:
    await turn.say(screens.clashes(await turn.services.scheduling.clashes(turn.actor, turn.now)))


async def on_check(turn: Turn, fields: list[str]) -> None:
    found = await turn.services.scheduling.clashes(turn.actor, turn.now)
    await turn.show(screens.clashes(found, page(fields, 0)))


async def open_schedule(turn: Turn, rest: str) -> None:
    """«график впр», «график впр 5»."""
    await _open(turn, rest)


async def school_typed(turn: Turn, data: dict[str, object]) -> None:
    await _open(turn, turn.text)


async def on_open(turn: Turn, fields: list[str]) -> None:
    """`os:p1` a page of schools; `os:3` this school; `os:3:1:1776900000` page 1, compared with what was seen then."""
    if not fields or fields[0].startswith("p"):
        await turn.expect(AWAITS_SCHOOL)
        at = page([fields[0][1:]], 0) if fields else 0
        await turn.show(screens.which_school(await turn.services.open_schedule.schools(), at))
        return
    await turn.forget()
    seen = number(fields, 2) if len(fields) > 2 else 0
    shown = await turn.services.open_schedule.of_school(
        turn.actor.account,
        number(fields, 0),
        turn.now,
        seen_at=datetime.fromtimestamp(min(seen, LATEST), UTC) if seen else None,
        again=len(fields) > 1,
    )
    await turn.show(screens.open_schedule(*shown, page(fields, 1)))


async def _open(turn: Turn, text: str) -> None:
    school = await turn.services.open_schedule.find(text) if text.strip() else None
    if school is None:
        await turn.expect(AWAITS_SCHOOL)
        await turn.say(screens.which_school(await turn.services.open_schedule.schools(), 0))
        return
    await turn.forget()
    await turn.say(
        screens.open_schedule(*await turn.services.open_schedule.of_school(turn.actor.account, school.id, turn.now))
    )
