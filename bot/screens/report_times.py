"""When it was: the times of a report, and of a stage that is filled in afterwards."""

from datetime import datetime, timedelta

from bot.domain.checklist import Moment, Stage
from bot.domain.reporting import ReportView
from bot.domain.screen import Button, Screen, row, rows
from bot.screens.urgent import urgent
from bot.texts import report as report_words
from bot.texts import report_times as words
from bot.texts.time import clock

HOME = Button(report_words.HOME, "home")
FIELD_OF = {"a": "arrived_at", "s": "started_at", "e": "ended_at", "l": "left_at"}
CODE_OF = {field: code for code, field in FIELD_OF.items()}
AHEAD = timedelta(minutes=20)


def all_times(view: ReportView) -> Screen:
    """The four times; a tap asks one."""
    number = view.report.number
    told: dict[str, datetime | None] = {field: getattr(view.report, field) for field in CODE_OF}
    lines = [words.line(field, clock(at, view.zone) if at else "") for field, at in told.items()]
    buttons = [Button(words.FIELDS[field], f"rn:{number}:{code}") for code, field in FIELD_OF.items()]
    return Screen(
        words.all_times(number, lines),
        rows(tuple(buttons[:2]), tuple(buttons[2:]), urgent(number), row(Button(words.BACK, f"rv:{number}"), HOME)),
    )


def ask_time(view: ReportView, code: str) -> Screen:
    number = view.report.number
    planned = _planned(view, code)
    buttons = [
        Button(f"{words.NOW} ({clock(view.now, view.zone)})", f"rk:{number}:{code}:{_digits(view, view.now)}"),
        *(
            Button(
                words.MINUTES_AGO.format(minutes=minutes),
                f"rk:{number}:{code}:{_digits(view, view.now - timedelta(minutes=minutes))}",
            )
            for minutes in (5, 15)
        ),
    ]
    by_plan = Button(
        words.BY_PLAN.format(time=clock(planned, view.zone)), f"rk:{number}:{code}:{_digits(view, planned)}"
    )
    return Screen(
        words.ASK[FIELD_OF[code]],
        rows(
            (buttons[0],),
            tuple(buttons[1:]),
            (by_plan,),
            (Button(words.ENTER, f"rk:{number}:{code}:x"),),
            urgent(number),
            row(Button(words.BACK, f"rm:{number}"), HOME),
        ),
    )


def when_was(view: ReportView, stage: Stage) -> Screen:
    """Asked once a stage of a report that is filled in afterwards."""
    number = view.report.number
    planned = _stage_time(view, stage)
    choices = [planned, planned + timedelta(minutes=10)]
    told = [
        Button(words.AT.format(time=clock(at, view.zone)), f"tw:{number}:{stage.code}:{_digits(view, at)}")
        for at in choices
    ]
    return Screen(
        words.when_was(stage.chat_title, stage.when),
        rows(
            tuple(told),
            (Button(words.ENTER, f"tw:{number}:{stage.code}:x"),),
            (Button(words.FORGOT, f"tw:{number}:{stage.code}:no"),),
            urgent(number),
            (HOME,),
        ),
    )


def type_time(number: int) -> Screen:
    return Screen(
        words.TYPE_IT,
        (
            urgent(number),
            row(Button(words.BACK, f"rp:{number}"), HOME),
        ),
    )


def not_a_time(number: int) -> Screen:
    return Screen(
        words.NOT_A_TIME,
        (
            urgent(number),
            row(Button(words.BACK, f"rp:{number}"), HOME),
        ),
    )


def reasons(number: int, code: str, digits: str) -> Screen:
    """A time of a sent report is changed with a reason."""
    buttons = [
        Button(label, f"rkr:{number}:{code}:{digits}:{reason}") for reason, label in report_words.REASONS.items()
    ]
    back = row(Button(words.BACK, f"rv:{number}"), HOME)
    return Screen(report_words.WHY_CORRECT, rows(tuple(buttons), urgent(number), back))


def _planned(view: ReportView, code: str) -> datetime:
    lesson = view.lesson
    return {
        "a": lesson.starts_at - AHEAD,
        "s": lesson.starts_at,
        "e": lesson.ends_at,
        "l": lesson.ends_at + timedelta(minutes=15),
    }[code]


def _stage_time(view: ReportView, stage: Stage) -> datetime:
    lesson = view.lesson
    match stage.moment:
        case Moment.BEFORE:
            return lesson.starts_at - AHEAD
        case Moment.START:
            return lesson.starts_at
        case Moment.COURSE:
            return lesson.starts_at + lesson.duration / 2
    return lesson.ends_at


def _digits(view: ReportView, at: datetime) -> str:
    return at.astimezone(view.zone).strftime("%H%M")
