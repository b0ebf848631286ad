"""The observers' course: lessons, test, rehearsal report."""

from bot.domain.people import Role
from bot.screens import training as screens
from bot.texts import commands
from bot.texts import training as words
from handlers.errors import BadButton, number
from handlers.feature import Command, Feature
from handlers.turn import Turn


def create_feature() -> Feature:
    return Feature(
        "training",
        taps={"cl": on_lesson, "ct": on_test, "ca": on_answer, "cr": on_rehearsal},
        commands=[Command("kurs", course, commands.COURSE, roles=frozenset({Role.OBSERVER}))],
    )


async def course(turn: Turn, rest: str) -> None:
    turn.actor.need(Role.OBSERVER)
    await turn.say(screens.lesson(turn.services.training.course, 0))


async def on_lesson(turn: Turn, fields: list[str]) -> None:
    turn.actor.need(Role.OBSERVER)
    at = number(fields, 0)
    if at >= len(turn.services.training.course.lessons):
        raise BadButton
    await turn.show(screens.lesson(turn.services.training.course, at))


async def on_test(turn: Turn, fields: list[str]) -> None:
    progress = await turn.services.training.begin(turn.actor, turn.now)
    await turn.show(screens.question(turn.services.training.course, progress.attempt_id, progress.question or 0, ""))


async def on_answer(turn: Turn, fields: list[str]) -> None:
    """`ca:3:0:1`: attempt 3, first question, second choice."""
    training, question, choice = turn.services.training, number(fields, 1), number(fields, 2)
    progress = await training.answer(turn.actor, number(fields, 0), question, choice, turn.now)
    asked = training.course.questions[question]
    said = words.checked(choice == asked.right, asked.why)
    if progress.question is None:
        await turn.show(screens.result(training.course, progress.right, progress.passed, said))
        return
    await turn.show(screens.question(training.course, progress.attempt_id, progress.question, said))


async def on_rehearsal(turn: Turn, fields: list[str]) -> None:
    await turn.show(screens.rehearsal(await turn.services.training.rehearsal(turn.actor, turn.now)))
