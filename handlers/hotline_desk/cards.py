"""The queue, the card of a case, taking it, handing it over, closing it."""

import re
from datetime import timedelta

from bot.domain.hotline.case import Category, Outcome
from bot.screens import hotline_desk as screens
from bot.services.hotline.bell import DESK_ROLES
from bot.texts import hotline_desk as words
from handlers.errors import BadButton, number, word
from handlers.hotline.pieces import case_id
from handlers.turn import Turn

NUMBER = re.compile(words.NUMBER)


async def show_queue(turn: Turn, rest: str) -> None:
    await on_queue(turn, ["0"])


async def on_queue(turn: Turn, fields: list[str]) -> None:
    page = number(fields, 0)
    views, more = await turn.services.hotline.desk.queue(turn.actor, page)
    await turn.show(screens.queue([(view.case, view.school) for view in views], turn.now, page, more=more))


async def search(turn: Turn, rest: str) -> None:
    """«искать сборники»: cases by words of their texts; the words themselves are not shown."""
    found = await turn.services.hotline.searching.find(turn.actor, rest, turn.now)
    await turn.say(screens.found(found))


async def keeping(turn: Turn, rest: str) -> None:
    """«сроки хранения»: what will be deleted within a month."""
    planned = await turn.services.hotline.clocks.foreseen(turn.actor, turn.now + timedelta(days=30))
    await turn.say(screens.keeping(planned, turn.zone))


async def on_card(turn: Turn, fields: list[str]) -> None:
    await turn.forget()
    await show_card(turn, case_id(fields))


async def show_card(turn: Turn, case: str) -> None:
    view = await turn.services.hotline.desk.card(turn.actor, case)
    await turn.show(screens.card(view, turn.now, turn.zone, in_topic=not turn.private))


async def on_take(turn: Turn, fields: list[str]) -> None:
    case = await turn.services.hotline.desk.take(turn.actor, case_id(fields), turn.now)
    await turn.toast(words.TAKEN)
    await show_card(turn, case.id)


async def on_close(turn: Turn, fields: list[str]) -> None:
    view = await turn.services.hotline.desk.card(turn.actor, case_id(fields))
    await turn.show(screens.close(view.case))


async def on_closed(turn: Turn, fields: list[str]) -> None:
    try:
        outcome = Outcome(word(fields, 1))
    except ValueError:
        raise BadButton from None
    case = await turn.services.hotline.desk.close(turn.actor, case_id(fields), outcome, turn.now)
    await show_card(turn, case.id)


async def on_hand_over(turn: Turn, fields: list[str]) -> None:
    desk = turn.services.hotline.desk
    view = await desk.card(turn.actor, case_id(fields))
    await turn.show(screens.hand_over(view.case, await desk.colleagues(turn.actor)))


async def on_handed(turn: Turn, fields: list[str]) -> None:
    case = await turn.services.hotline.desk.hand_over(turn.actor, case_id(fields), number(fields, 1), turn.now)
    await show_card(turn, case.id)


async def by_number(turn: Turn) -> bool:
    """«ГЛ-2026-00042» or «00042» typed by staff opens the card; everybody else is not asked here."""
    found = NUMBER.search(turn.text)
    if found is None or not turn.actor.has(*DESK_ROLES):
        return False
    year = int(found[1]) if found[1] else turn.local.year
    view = await turn.services.hotline.desk.by_number(turn.actor, year, int(found[2]))
    await turn.say(screens.card(view, turn.now, turn.zone))
    return True


async def on_more(turn: Turn, fields: list[str]) -> None:
    view = await turn.services.hotline.desk.card(turn.actor, case_id(fields))
    await turn.show(screens.more(view))


async def on_history(turn: Turn, fields: list[str]) -> None:
    case, lines = await turn.services.hotline.desk.history(turn.actor, case_id(fields))
    await turn.show(screens.history(case, lines, turn.zone))


async def on_similar(turn: Turn, fields: list[str]) -> None:
    case, found = await turn.services.hotline.joining.similar(turn.actor, case_id(fields))
    await turn.show(screens.similar(case, found))


async def on_join(turn: Turn, fields: list[str]) -> None:
    """The other case is named by its number: two ids would not fit a button."""
    desk = turn.services.hotline.desk
    into = await desk.by_number(turn.actor, number(fields, 1), number(fields, 2))
    case = await turn.services.hotline.joining.join(turn.actor, case_id(fields), into.case.id, turn.now)
    await show_card(turn, case.id)


async def on_sections(turn: Turn, fields: list[str]) -> None:
    view = await turn.services.hotline.desk.card(turn.actor, case_id(fields))
    await turn.show(screens.sections(f"hd:section:{view.case.id}", screens.number(view.case)))


async def on_section(turn: Turn, fields: list[str]) -> None:
    case = await turn.services.hotline.joining.resection(turn.actor, case_id(fields), section(fields, 1), turn.now)
    await show_card(turn, case.id)


async def on_ban(turn: Turn, fields: list[str]) -> None:
    done = await turn.services.hotline.limits.ban(turn.actor, case_id(fields), turn.now)
    await turn.toast(words.BANNED if done else words.NOT_BANNED, alert=True)
    await show_card(turn, case_id(fields))


def section(fields: list[str], index: int) -> Category:
    """Raises `BadButton`."""
    try:
        return Category(number(fields, index))
    except ValueError:
        raise BadButton from None
