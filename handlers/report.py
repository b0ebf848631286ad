"""The observer's report: every tap sets an answer and shows the next question."""

from datetime import timedelta

from bot.domain.checklist import AnswerValue
from bot.domain.errors import CommentNeeded, CorrectionReasonNeeded
from bot.domain.report import CorrectionReason
from bot.domain.screen import Screen
from bot.screens import report as screens
from bot.screens import start as start_screens
from bot.texts import report as words
from handlers.errors import BadButton, number, word
from handlers.feature import Feature
from handlers.report_showing import AWAITS_COMMENT, send_report, show_report, show_to_writer
from handlers.turn import Turn


def create_feature() -> Feature:
    return Feature(
        "report",
        taps={
            "ra": on_arrival,
            "rp": on_open,
            "a": on_answer,
            "ry": on_rest,
            "rc": on_preset,
            "rv": on_review,
            "rx": on_send,
            "rf": on_fix,
            "rt": on_items,
            "rr": on_reason,
            "mine": on_mine,
        },
        inputs={AWAITS_COMMENT: comment_typed},
    )


async def on_arrival(turn: Turn, fields: list[str]) -> None:
    """«На месте, начать отчёт»: how many minutes ago they came."""
    arrived_at = turn.now - timedelta(minutes=min(number(fields, 1), 600))
    await show_report(
        turn, await turn.services.reporting.open(turn.actor, number(fields, 0), turn.now, arrived_at=arrived_at)
    )


async def on_open(turn: Turn, fields: list[str]) -> None:
    """Continue where it stopped; with a stage, that stage."""
    view = await turn.services.reporting.open(turn.actor, number(fields, 0), turn.now)
    if len(fields) > 1 and not view.report.sent:
        view = await turn.services.reporting.view(turn.actor, view.report.number, turn.now, stage=fields[1])
    await show_report(turn, view)


async def on_answer(turn: Turn, fields: list[str]) -> None:
    """`a:7315:Б6:no` sets Б6 to «Нет», however often it is tapped."""
    report_number, code, value = number(fields, 0), word(fields, 1), _value(word(fields, 2))
    try:
        view = await turn.services.reporting.answer(turn.actor, report_number, {code: (value, "")}, turn.now)
    except (CorrectionReasonNeeded, CommentNeeded):
        await show_to_writer(turn, screens.reasons(report_number, code, value.value))
        return
    item = view.checklist.item(code)
    if value is AnswerValue.NO and view.report.sent:  # the same «Нет»: what is left to change is its words
        await show_to_writer(turn, screens.reasons(report_number, code, value.value))
        return
    if value is AnswerValue.NO:
        await turn.expect(AWAITS_COMMENT, report=report_number, item=code)
        await show_to_writer(turn, screens.why(view, item))
        return
    await show_report(turn, view, saved=True)


async def on_rest(turn: Turn, fields: list[str]) -> None:
    """«Да, все пункты»: fills what has no answer yet."""
    codes = word(fields, 1).split(",")
    answers = dict.fromkeys(codes, (AnswerValue.YES, ""))
    view = await turn.services.reporting.answer(turn.actor, number(fields, 0), answers, turn.now, only_gaps=True)
    await show_report(turn, view, saved=True)


async def on_preset(turn: Turn, fields: list[str]) -> None:
    """A ready comment to «Нет»."""
    report_number, code, index = number(fields, 0), word(fields, 1), number(fields, 2)
    view = await turn.services.reporting.view(turn.actor, report_number, turn.now)
    presets = view.checklist.item(code).presets
    if index >= len(presets):
        raise BadButton
    await _comment(turn, report_number, code, presets[index])


async def comment_typed(turn: Turn, data: dict[str, object]) -> bool:
    """Own words to «Нет»; a photo that comes before them is a photo."""
    report_number, code = int(str(data["report"])), str(data["item"])
    assert turn.message is not None
    if not turn.text.strip() and (turn.message.photo or turn.message.document):
        return False
    if not turn.text.strip():
        await turn.say(Screen(words.OWN_WORDS, start_screens.HOME_ROWS))
        return True
    reason = CorrectionReason(str(data["reason"])) if data.get("reason") else None
    await _comment(turn, report_number, code, turn.text, reason)
    return True


async def _comment(
    turn: Turn, report_number: int, code: str, comment: str, reason: CorrectionReason | None = None
) -> None:
    await turn.forget()
    view = await turn.services.reporting.answer(
        turn.actor,
        report_number,
        {code: (AnswerValue.NO, comment)},
        turn.now,
        reason=reason,
        message_id=turn.message.message_id if turn.message is not None else None,
    )
    answer = view.report.answers[code]
    await show_to_writer(turn, screens.after_comment(view, view.checklist.item(code), answer.comment))


async def on_review(turn: Turn, fields: list[str]) -> None:
    await show_to_writer(
        turn, screens.review(await turn.services.reporting.view(turn.actor, number(fields, 0), turn.now))
    )


async def on_send(turn: Turn, fields: list[str]) -> None:
    """Send; what blocks it is asked at once."""
    await send_report(turn, number(fields, 0))


async def on_fix(turn: Turn, fields: list[str]) -> None:
    view = await turn.services.reporting.view(turn.actor, number(fields, 0), turn.now)
    item = view.checklist.item(word(fields, 1))
    if screens.words_may_change(view, item):
        await turn.expect(AWAITS_COMMENT, report=view.report.number, item=item.code)
    else:
        await turn.forget()
    await show_to_writer(turn, screens.fix(view, item))


async def on_items(turn: Turn, fields: list[str]) -> None:
    view = await turn.services.reporting.view(turn.actor, number(fields, 0), turn.now)
    await show_to_writer(turn, screens.items(view, fields[1] if len(fields) > 1 else ""))


async def on_reason(turn: Turn, fields: list[str]) -> None:
    """A change after sending: reason first, then, for «Нет», what happened."""
    report_number, code, value = number(fields, 0), word(fields, 1), _value(word(fields, 2))
    try:
        reason = CorrectionReason(word(fields, 3))
    except ValueError:
        raise BadButton from None
    if value is AnswerValue.NO:
        view = await turn.services.reporting.view(turn.actor, report_number, turn.now)
        await turn.expect(AWAITS_COMMENT, report=report_number, item=code, reason=reason.value)
        await show_to_writer(turn, screens.own_words(report_number))
        return
    view = await turn.services.reporting.answer(turn.actor, report_number, {code: (value, "")}, turn.now, reason=reason)
    if view.report.sent:
        await show_to_writer(turn, screens.receipt(view))
    else:  # an old button: a receipt would say that it was sent
        await show_report(turn, view, saved=True)


async def on_mine(turn: Turn, fields: list[str]) -> None:
    found = await turn.services.reporting.mine(turn.actor, turn.now)
    today = turn.local.date()
    await turn.show(start_screens.my_reports([one for one in found if one.sitting.date == today]))


def _value(text: str) -> AnswerValue:
    try:
        return AnswerValue(text)
    except ValueError:
        raise BadButton from None
