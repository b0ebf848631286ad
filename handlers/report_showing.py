"""The next question of a report, however the person came to it."""

from dataclasses import replace

from bot.domain.asking import AskComment, StageDone
from bot.domain.errors import ReportNotReady
from bot.domain.reporting import ReportView
from bot.domain.screen import Screen
from bot.screens import report as screens
from bot.services.alerting import MAY_RAISE
from bot.texts import report as words
from handlers.turn import Turn

AWAITS_COMMENT = "comment"
ALERT = "u"


async def show_report(turn: Turn, view: ReportView, *, saved: bool = False) -> None:
    """When the next stage can be seen by now, nobody has to open it. Only what it asks is awaited now."""
    await turn.forget()
    question = view.question
    if isinstance(question, StageDone) and screens.in_one_go(view, question):
        view = replace(view, stage=question.next_stage.code)
    if isinstance(question, AskComment) and view.untimed_stage is None:
        await turn.expect(AWAITS_COMMENT, report=view.report.number, item=question.item.code)
    await show_to_writer(turn, screens.current(view, saved=saved))


async def show_to_writer(turn: Turn, screen: Screen) -> None:
    await turn.show(for_writer(turn, screen))


def for_writer(turn: Turn, screen: Screen) -> Screen:
    """A coordinator who enters a report by phone has no «Срочно»."""
    return screen if turn.actor.has(*MAY_RAISE) else screen.without(ALERT)


async def send_report(turn: Turn, report_number: int) -> None:
    """Send; what blocks it is asked at once. Raises the refusals of sending, except `ReportNotReady`."""
    try:
        view = await turn.services.reporting.send(turn.actor, report_number, turn.now)
    except ReportNotReady as error:
        view = await turn.services.reporting.view(turn.actor, report_number, turn.now)
        item = view.checklist.item(error.codes[0])
        answered = item.code in view.report.answers
        await turn.toast(words.gap(item.code, comment=answered), alert=True)
        if answered:
            await turn.expect(AWAITS_COMMENT, report=report_number, item=item.code)
        await show_to_writer(turn, screens.why(view, item) if answered else screens.fix(view, item))
        return
    await turn.forget()
    await show_to_writer(turn, screens.receipt(view))
