"""«Выбрать школы» of an instruction: taps on a list, or numbers and names in words."""

from bot.domain.people import Role
from bot.screens import instruction_schools as screens
from handlers.errors import number
from handlers.feature import Feature
from handlers.turn import Turn

AWAITS_SCHOOLS = "instruction_schools"


def create_feature() -> Feature:
    return Feature(
        "instruction_schools",
        taps={"nc": on_choose, "nct": on_toggle, "ncx": on_all},
        inputs={AWAITS_SCHOOLS: schools_typed},
        brief=frozenset({AWAITS_SCHOOLS}),
    )


async def on_choose(turn: Turn, fields: list[str]) -> None:
    turn.actor.need(Role.COORDINATOR)
    instruction_id = number(fields, 0)
    await turn.expect(AWAITS_SCHOOLS, instruction=instruction_id)
    await _show(turn, instruction_id, number(fields, 1))


async def on_toggle(turn: Turn, fields: list[str]) -> None:
    await turn.services.day.instruction_schools.toggle(turn.actor, number(fields, 0), number(fields, 1))
    await _show(turn, number(fields, 0), number(fields, 2))


async def on_all(turn: Turn, fields: list[str]) -> None:
    await turn.services.day.instruction_schools.clear(turn.actor, number(fields, 0))
    await _show(turn, number(fields, 0), 0)


async def schools_typed(turn: Turn, data: dict[str, object]) -> None:
    """«5, 11, гимназия 3»; the next words are awaited as well."""
    instruction_id = int(str(data["instruction"]))
    written = await turn.services.day.instruction_schools.add(turn.actor, instruction_id, turn.text)
    choice = await turn.services.day.instruction_schools.look(turn.actor, instruction_id)
    await turn.say(screens.choose(choice, written=written))


async def _show(turn: Turn, instruction_id: int, page: int) -> None:
    await turn.show(screens.choose(await turn.services.day.instruction_schools.look(turn.actor, instruction_id), page))
