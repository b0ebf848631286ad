"""The hotline as its staff works it: in the staff forum, one topic a case, or in private chat."""

from collections.abc import Awaitable, Callable

from bot.domain.people import Role
from bot.screens.hotline_desk import PREFIX
from bot.texts import hotline_desk as words
from handlers.errors import BadButton
from handlers.feature import Command, Feature, InputHandler
from handlers.hotline.pieces import discreetly
from handlers.hotline_desk import cards, entering, reading, school, writing
from handlers.turn import Turn

Step = Callable[[Turn, list[str]], Awaitable[None]]
STAFF = frozenset({Role.OPERATOR, Role.COORDINATOR})


def create_feature() -> Feature:
    return Feature(
        "hotline_desk",
        taps={PREFIX: discreetly(on_tap), "hs": discreetly(school.on_measures)},
        commands=[
            Command("desk", discreetly(cards.show_queue), words.WORDS, roles=STAFF, with_photo=False),
            Command(
                "find_case",
                discreetly(cards.search),
                words.SEARCH_WORDS,
                takes_rest=True,
                roles=STAFF,
                with_photo=False,
            ),
            Command("keeping", cards.keeping, words.KEEPING_WORDS, roles=frozenset({Role.COORDINATOR})),
        ],
        inputs={state: discreetly(handle) for state, handle in INPUTS.items()},
        takes_files=frozenset(INPUTS),
        text=cards.by_number,
        group_taps={PREFIX: writing.is_in_our_group},
        group=writing.group_message,
    )


async def on_tap(turn: Turn, fields: list[str]) -> None:
    """`hd` alone: the queue; else the first field is the step."""
    if not fields:
        await cards.show_queue(turn, "")
        return
    step = STEPS.get(fields[0])
    if step is None:
        raise BadButton
    await step(turn, fields[1:])


INPUTS: dict[str, InputHandler] = {
    writing.AWAITS_WORDING: writing.wording_came,
    school.AWAITS_MEASURES: school.measures_came,
    entering.AWAITS_ENTRY: entering.entry_came,
    entering.AWAITS_ENTRY_SCHOOL: entering.entry_school_typed,
    entering.AWAITS_ENTRY_CONTACT: entering.entry_contact_typed,
}

STEPS: dict[str, Step] = {
    "queue": cards.on_queue,
    "card": cards.on_card,
    "take": cards.on_take,
    "close": cards.on_close,
    "closed": cards.on_closed,
    "hand": cards.on_hand_over,
    "handed": cards.on_handed,
    "more": cards.on_more,
    "history": cards.on_history,
    "similar": cards.on_similar,
    "join": cards.on_join,
    "sections": cards.on_sections,
    "section": cards.on_section,
    "ban": cards.on_ban,
    "signal": school.on_signal,
    "open": reading.on_open,
    "file": reading.on_file,
    "reason": reading.on_reason,
    "allow": reading.on_allow,
    "refuse": reading.on_refuse,
    "contact": reading.on_contact,
    "write": writing.on_write,
    "send": writing.on_send,
    "unhold": writing.on_unhold,
    "ready": writing.on_ready,
    "readied": writing.on_readied,
    "enter": entering.on_enter,
    "esections": entering.on_entered_sections,
    "esection": entering.on_entered_section,
    "eschool": entering.on_entered_school,
    "econtact": entering.on_without_contact,
}
