"""Times of a report: came, began, ended, left; and when a stage was that is filled in afterwards."""

from datetime import datetime, time

from bot.domain.errors import CorrectionReasonNeeded
from bot.domain.report import CorrectionReason, Details
from bot.domain.reporting import ReportView
from bot.domain.told_times import on_day, read_clock
from bot.screens import report_times as screens
from handlers.errors import BadButton, number, word
from handlers.feature import Feature
from handlers.report_showing import for_writer, show_report, show_to_writer
from handlers.turn import Turn

AWAITS_TIME = "report_time"
AWAITS_STAGE = "stage_time"


def create_feature() -> Feature:
    return Feature(
        "report_times",
        taps={"rl": on_afterwards, "tw": on_stage, "rm": on_times, "rn": on_ask, "rk": on_time, "rkr": on_reason},
        inputs={AWAITS_TIME: time_typed, AWAITS_STAGE: stage_typed},
        brief=frozenset({AWAITS_TIME, AWAITS_STAGE}),
    )


async def on_afterwards(turn: Turn, fields: list[str]) -> None:
    """«Заполнить после ВПР»: the same questions, the time asked once a stage."""
    view = await turn.services.reporting.open(turn.actor, number(fields, 0), turn.now, afterwards=True)
    await show_report(turn, view)


async def on_stage(turn: Turn, fields: list[str]) -> None:
    report_number, stage, told = number(fields, 0), word(fields, 1), word(fields, 2)
    if told == "x":
        await turn.expect(AWAITS_STAGE, report=report_number, stage=stage)
        await show_to_writer(turn, screens.type_time(report_number))
        return
    await _tell_stage(turn, report_number, stage, None if told == "no" else _clock(told))


async def stage_typed(turn: Turn, data: dict[str, object]) -> None:
    report_number, at = int(str(data["report"])), read_clock(turn.text)
    if at is None:
        await turn.say(for_writer(turn, screens.not_a_time(report_number)))
        return
    await _tell_stage(turn, report_number, str(data["stage"]), at)


async def _tell_stage(turn: Turn, report_number: int, stage: str, at: time | None) -> None:
    view = await turn.services.reporting.view(turn.actor, report_number, turn.now)
    happened_at = None if at is None else _on_its_day(view, at)
    view = await turn.services.reporting.tell_stage(turn.actor, report_number, stage, happened_at, turn.now)
    await show_report(turn, view)


async def on_times(turn: Turn, fields: list[str]) -> None:
    await turn.forget()
    await show_to_writer(
        turn, screens.all_times(await turn.services.reporting.view(turn.actor, number(fields, 0), turn.now))
    )


async def on_ask(turn: Turn, fields: list[str]) -> None:
    view = await turn.services.reporting.view(turn.actor, number(fields, 0), turn.now)
    await turn.expect(AWAITS_TIME, report=view.report.number, field=_code(fields))  # it may be typed at once
    await show_to_writer(turn, screens.ask_time(view, _code(fields)))


async def on_time(turn: Turn, fields: list[str]) -> None:
    report_number, code, told = number(fields, 0), _code(fields), word(fields, 2)
    if told == "x":
        await turn.expect(AWAITS_TIME, report=report_number, field=code)
        await show_to_writer(turn, screens.type_time(report_number))
        return
    await _set(turn, report_number, code, _clock(told))


async def time_typed(turn: Turn, data: dict[str, object]) -> None:
    report_number, at = int(str(data["report"])), read_clock(turn.text)
    if at is None:
        await turn.say(for_writer(turn, screens.not_a_time(report_number)))
        return
    await _set(turn, report_number, str(data["field"]), at)


async def on_reason(turn: Turn, fields: list[str]) -> None:
    """A time of a sent report: the reason was one tap."""
    try:
        reason = CorrectionReason(word(fields, 3))
    except ValueError:
        raise BadButton from None
    await _set(turn, number(fields, 0), _code(fields), _clock(word(fields, 2)), reason)


async def _set(turn: Turn, report_number: int, code: str, at: time, reason: CorrectionReason | None = None) -> None:
    view = await turn.services.reporting.view(turn.actor, report_number, turn.now)
    details: Details = {screens.FIELD_OF[code]: _on_its_day(view, at)}  # type: ignore[misc]
    try:
        view = await turn.services.reporting.details(turn.actor, report_number, details, turn.now, reason=reason)
    except CorrectionReasonNeeded:
        await show_to_writer(turn, screens.reasons(report_number, code, f"{at:%H%M}"))
        return
    await turn.forget()
    await show_to_writer(turn, screens.all_times(view))


def _on_its_day(view: ReportView, at: time) -> datetime:
    return on_day(at, view.sitting.date, view.zone)


def _code(fields: list[str]) -> str:
    code = word(fields, 1)
    if code not in screens.FIELD_OF:
        raise BadButton
    return code


def _clock(text: str) -> time:
    """`0905` of a button."""
    if not (len(text) == 4 and text.isascii() and text.isdigit() and int(text[:2]) < 24 and int(text[2:]) < 60):
        raise BadButton
    return time(int(text[:2]), int(text[2:]))
