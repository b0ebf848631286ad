"""A report without buttons: «отчёт 7315 Б6 нет у двоих телефоны, Г4 не видел, остальное да»."""

from bot.domain.checklist_file import load_checklists
from bot.domain.dictation import read_dictation
from bot.domain.people import Role
from bot.domain.report import CorrectionReason
from bot.domain.screen import Screen
from bot.domain.told_times import read_times
from bot.screens import dictation as screens
from bot.screens import report as report_screens
from bot.screens import reviewing as review_screens
from bot.services.dictating import Dictated
from bot.texts import commands
from bot.texts import dictation as words
from bot.texts.folding import fold
from handlers.feature import Command, Feature
from handlers.report_showing import for_writer, send_report
from handlers.turn import Turn

AWAITS_YES = "dictated"
WRITERS = frozenset({Role.OBSERVER, Role.COORDINATOR})


def create_feature() -> Feature:
    return Feature(
        "dictation",
        commands=[
            Command("otchet", report, commands.REPORT, takes_rest=True, roles=WRITERS, fits=speaks, breaks_in=answers)
        ],
        inputs={AWAITS_YES: yes_typed},
        brief=frozenset({AWAITS_YES}),
        text=free_text,
        edited=edited,
    )


def speaks(rest: str) -> bool:
    """Whether what follows «отчёт» is about a report: a number, an item, an answer or a time."""
    times, words_left = read_times(rest)
    said = read_dictation(words_left, load_checklists().codes)
    return bool(times) or not said.empty or bool(said.unclear) or said.report_number is not None


def answers(rest: str) -> bool:
    """Whether it names a report or answers something: then it is no comment to an item that begins with «отчёт»."""
    said = read_dictation(rest, load_checklists().codes)
    return not said.empty or said.report_number is not None


async def report(turn: Turn, rest: str) -> None:
    """«отчёт» is the card of the day; with more words, a dictated report."""
    if not rest:
        await turn.say(await turn.services.home.screen(turn.actor, turn.now))
        return
    await _answer(turn, await turn.services.day.dictating.take(turn.actor, rest, turn.now, message_id=_id(turn)), rest)


async def free_text(turn: Turn) -> bool:
    """The same without the word «отчёт», when it says answers and every word of it is understood."""
    if not turn.actor.has(Role.OBSERVER) or not turn.services.day.dictating.certain(turn.text):
        return False
    await _answer(
        turn, await turn.services.day.dictating.take(turn.actor, turn.text, turn.now, message_id=_id(turn)), turn.text
    )
    return True


async def yes_typed(turn: Turn, data: dict[str, object]) -> bool:
    """«да» after a dictated report sends it; anything else is what it is."""
    if fold(turn.text) in {fold(word) for word in words.YES} or turn.text.strip() == "+":
        await send_report(turn, int(str(data["report"])))
        return True
    if fold(turn.text) in {fold(word) for word in words.NO}:
        await turn.forget()
        view = await turn.services.reporting.view(turn.actor, int(str(data["report"])), turn.now)
        await turn.say(for_writer(turn, report_screens.items(view)))
        return True
    return False


async def edited(turn: Turn) -> bool:
    """A message that was an answer is changed: the answer changes with it."""
    if turn.message is None or not turn.actor.has(Role.OBSERVER) or not turn.text.strip():
        return False
    held = await turn.services.reporting.said_by_message(turn.actor, turn.message.message_id)
    if held is None:
        return False
    report_number, item = held
    if item:
        view = await turn.services.reporting.reword(turn.actor, report_number, item, turn.text, turn.now)
        await turn.say(screens.said(words.reworded(item, view.report.answers[item].comment), report_number))
        return True
    dictated = await turn.services.day.dictating.take(
        turn.actor,
        _without_command(turn.text),
        turn.now,
        message_id=_id(turn),
        number=report_number,
        reason=CorrectionReason.CLARIFIED,
    )
    await _answer(turn, dictated, turn.text)
    return True


async def _answer(turn: Turn, dictated: Dictated, text: str) -> None:
    if dictated.view is None:
        if not dictated.choice:
            await turn.say(screens.said(words.NO_REPORT_TODAY))
        else:
            await turn.say(screens.which(dictated.choice, text))
        return
    number = dictated.view.report.number
    if dictated.empty and not turn.actor.has(Role.OBSERVER):
        await turn.say(review_screens.card(await turn.services.day.reviewing.card(turn.actor, number, turn.now)))
        return
    if dictated.empty:
        shown = report_screens.receipt if dictated.view.report.sent else report_screens.current
        current = shown(dictated.view)
        await turn.say(for_writer(turn, Screen(f"{words.NOTHING}\n\n{current.text}", current.rows)))
        return
    if dictated.reason_needed:
        await turn.say(screens.reason_needed(number, text))
        return
    if not dictated.view.report.sent:
        await turn.expect(AWAITS_YES, report=number)
    told = dictated.times or {}
    understood = screens.understood(dictated.view, dictated.said, dictated.filled, told, whole=dictated.whole)
    await turn.say(for_writer(turn, understood))


def _without_command(text: str) -> str:
    for word in sorted(commands.REPORT, key=len, reverse=True):
        if fold(text).startswith(fold(word) + " "):
            return text.strip()[len(word) :]
    return text


def _id(turn: Turn) -> int | None:
    return turn.message.message_id if turn.message is not None else None
