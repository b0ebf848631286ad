"""Жеребьёвка: propose, apply, protocol."""

from datetime import date, timedelta

from bot.domain.people import Role
from bot.domain.screen import Screen
from bot.screens import drawing as screens
from bot.services.drawing import Proposal
from bot.texts import drawing as words
from handlers.errors import BadButton, number
from handlers.feature import Command, Feature
from handlers.turn import Turn


def create_feature() -> Feature:
    return Feature(
        "drawing",
        taps={"dr": on_draw, "dra": on_apply, "drp": on_papers},
        commands=[
            Command("zhrebiy", by_words, words.COMMAND_WORDS, takes_rest=True, roles=frozenset({Role.COORDINATOR}))
        ],
    )


async def by_words(turn: Turn, rest: str) -> None:
    """«жеребьёвка» asks for the days; «жеребьёвка 12345» draws all days with this seed."""
    turn.actor.need(Role.COORDINATOR)
    if not rest:
        await turn.say(screens.ask())
        return
    today = turn.local.date()
    await turn.say(await _drawn(turn, today, await _last_day(turn), seed=rest[:40]))


async def on_draw(turn: Turn, fields: list[str]) -> None:
    """`dr` asks; `dr:7` the next seven days; `dr:all` every day of the plan."""
    turn.actor.need(Role.COORDINATOR)
    if not fields:
        await turn.show(screens.ask())
        return
    if fields[0] not in ("7", "all"):
        raise BadButton
    today = turn.local.date()
    last = today + timedelta(days=6) if fields[0] == "7" else await _last_day(turn)
    await turn.show(await _drawn(turn, today, last))


async def on_apply(turn: Turn, fields: list[str]) -> None:
    counted = await turn.services.drawing.apply(turn.actor, number(fields, 0), turn.now)
    proposal = await turn.services.drawing.proposal(turn.actor, number(fields, 0))
    await turn.show(_shown(proposal, words.APPLIED_BEFORE if counted is None else words.applied(*counted)))


async def on_papers(turn: Turn, fields: list[str]) -> None:
    await turn.messenger.typing(turn.chat_id, "upload_document")
    document, record = await turn.services.drawing.papers(turn.actor, number(fields, 0))
    await turn.send_file(words.PROTOCOL_NAME, document, words.PROTOCOL_CAPTION)
    await turn.send_file(words.RECORD_NAME, record, words.RECORD_CAPTION)


async def _drawn(turn: Turn, first: date, last: date, seed: str = "") -> Screen:
    proposal = await turn.services.drawing.propose(turn.actor, first, last, turn.now, seed=seed)
    if proposal is not None:
        return _shown(proposal)
    return screens.nothing(works=any(day <= last for day in await turn.services.planning.days(first)))


async def _last_day(turn: Turn) -> date:
    days = await turn.services.planning.days(turn.local.date())
    return days[-1] if days else turn.local.date()


def _shown(proposal: Proposal, notice: str = "") -> Screen:
    return screens.proposal(
        proposal.drawn,
        proposal.sittings,
        proposal.placed,
        proposal.schools,
        proposal.obligatory,
        proposal.short,
        notice,
    )
