"""Coordinators review reports: the card, its history, accept, return, and a decision about each violation."""

from datetime import date

from bot.domain.people import Role
from bot.domain.reviewing import SomebodyWasFaster
from bot.domain.summary import Review
from bot.screens import reviewing as screens
from bot.texts import corrections
from bot.texts import reviewing as words
from bot.texts.time import day_of_month
from handlers.errors import BadButton, number, word
from handlers.feature import Command, Feature
from handlers.turn import Turn

AWAITS_RETURN = "return_reason"
AWAITS_NOTE = "review_note"
AWAITS_ANSWER = "clarification"
COORDINATORS = frozenset({Role.COORDINATOR})
REVIEW_OF = {letter: review for review, letter in screens.LETTERS.items()}


def create_feature() -> Feature:
    return Feature(
        "reviewing",
        taps={
            "vc": on_card,
            "vh": on_history,
            "vk": on_accept,
            "vb": on_return,
            "vi": on_violation,
            "vr": on_decide,
            "vq": on_answer,
            "vd": on_close_day,
        },
        commands=[
            Command("close_day", close_today, corrections.CLOSE_WORDS, roles=COORDINATORS),
            Command("open_day", open_today, corrections.OPEN_WORDS, roles=COORDINATORS),
        ],
        inputs={AWAITS_RETURN: return_typed, AWAITS_NOTE: note_typed, AWAITS_ANSWER: answer_typed},
    )


async def on_card(turn: Turn, fields: list[str]) -> None:
    await _card(turn, number(fields, 0))


async def on_history(turn: Turn, fields: list[str]) -> None:
    sent = await turn.services.day.reviewing.history(turn.actor, number(fields, 0))
    await turn.show(screens.history(number(fields, 0), sent, turn.zone))


async def on_accept(turn: Turn, fields: list[str]) -> None:
    """`vk:7315:12`: accept what was seen at revision 12."""
    try:
        await turn.services.day.reviewing.verify(turn.actor, number(fields, 0), number(fields, 1), turn.now)
    except SomebodyWasFaster:
        await turn.toast(words.FASTER, alert=True)
    else:
        await turn.toast(corrections.VERIFIED)
    await _card(turn, number(fields, 0))


async def on_return(turn: Turn, fields: list[str]) -> None:
    turn.actor.need(Role.COORDINATOR)
    await turn.expect(AWAITS_RETURN, report=number(fields, 0), revision=number(fields, 1))
    await turn.show(screens.ask_return(number(fields, 0)))


async def return_typed(turn: Turn, data: dict[str, object]) -> None:
    report_number, revision = int(str(data["report"])), int(str(data["revision"]))
    if not turn.text.strip():
        await turn.say(screens.ask_return(report_number))
        return
    await turn.forget()
    await turn.services.day.reviewing.send_back(turn.actor, report_number, revision, turn.text, turn.now)
    await turn.say(screens.done(corrections.RETURNED, report_number))


async def on_violation(turn: Turn, fields: list[str]) -> None:
    await turn.forget()
    await _violation(turn, number(fields, 0), word(fields, 1))


async def on_decide(turn: Turn, fields: list[str]) -> None:
    """`vr:7315:Б6:c:n:2`: confirmed, when it was undecided and the report at version 2."""
    report_number, code = number(fields, 0), word(fields, 1)
    review, seen = REVIEW_OF.get(word(fields, 2)), REVIEW_OF.get(word(fields, 3))
    if review in (None, Review.NONE) or seen is None:
        raise BadButton
    try:
        shown = await turn.services.day.reviewing.decide(
            turn.actor, report_number, code, seen, number(fields, 4), review, turn.now
        )
    except SomebodyWasFaster:
        await turn.toast(words.FASTER, alert=True)
        await _violation(turn, report_number, code, words.FASTER)
        return
    await turn.expect(AWAITS_NOTE, report=report_number, item=code)
    await turn.show(screens.ask_note(shown))


async def note_typed(turn: Turn, data: dict[str, object]) -> None:
    report_number, code = int(str(data["report"])), str(data["item"])
    if not turn.text.strip():
        await turn.say(screens.said(words.REASON_NEEDED))
        return
    await turn.forget()
    await turn.services.day.reviewing.note(turn.actor, report_number, code, turn.text, turn.key, turn.now)
    await _violation(turn, report_number, code, words.NOTED)


async def on_answer(turn: Turn, fields: list[str]) -> None:
    """The observer answers the coordinator's question."""
    await turn.services.reporting.view(turn.actor, number(fields, 0), turn.now)
    await turn.expect(AWAITS_ANSWER, report=number(fields, 0), item=word(fields, 1))
    await turn.show(screens.said(words.WRITE_ANSWER))


async def answer_typed(turn: Turn, data: dict[str, object]) -> bool:
    if not turn.text.strip():
        return False  # a photo is a photo
    await turn.forget()
    await turn.services.day.reviewing.answer(
        turn.actor, int(str(data["report"])), str(data["item"]), turn.text, turn.key, turn.now
    )
    await turn.say(screens.said(words.ANSWER_SENT))
    return True


async def on_close_day(turn: Turn, fields: list[str]) -> None:
    """`vd:20260423:1` closes, `:0` opens again."""
    try:
        on = date.fromisoformat(word(fields, 0))
    except ValueError:
        raise BadButton from None
    await _close(turn, on, word(fields, 1) == "1")


async def close_today(turn: Turn, rest: str) -> None:
    await _close(turn, turn.local.date(), True)


async def open_today(turn: Turn, rest: str) -> None:
    await _close(turn, turn.local.date(), False)


async def _close(turn: Turn, on: date, closed: bool) -> None:
    await turn.services.day.reviewing.close_day(turn.actor, on, closed, turn.now)
    await turn.say(screens.day_closed(on, day_of_month(on), closed))


async def _card(turn: Turn, report_number: int) -> None:
    await turn.forget()
    await turn.show(screens.card(await turn.services.day.reviewing.card(turn.actor, report_number, turn.now)))


async def _violation(turn: Turn, report_number: int, code: str, notice: str = "") -> None:
    card = await turn.services.day.reviewing.card(turn.actor, report_number, turn.now)
    shown = await turn.services.day.reviewing.violation(turn.actor, report_number, code, turn.now)
    await turn.show(screens.violation(shown, card.observer, notice))
