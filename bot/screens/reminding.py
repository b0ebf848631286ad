"""The morning card and reminders about a report."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.plan import Sitting
from bot.domain.report import ReportState, missing
from bot.domain.reporting import ReportView
from bot.domain.screen import Button, Screen, column, row
from bot.texts import reminding as words
from bot.texts.time import clock

HOME = Button(words.HOME, "home")
EARLY = timedelta(minutes=20)


def eve(on: date, works: Sequence[Sitting], due: str) -> Screen:
    return Screen(words.eve(on, _lines(works), due), ((Button(words.MEMO, "memo"), HOME),))


def morning(on: date, works: Sequence[Sitting]) -> Screen:
    first = works[0]
    minutes = (first.starts_at.hour * 60 + first.starts_at.minute - 20) if first.starts_at else None
    come_at = f"{minutes // 60:02}:{minutes % 60:02}" if minutes is not None and minutes >= 0 else ""
    code = f"{on:%Y%m%d}"
    buttons = row(
        Button(words.COMING, f"mb:{code}:coming"),
        Button(words.LATE, f"mb:{code}:late"),
        Button(words.CANNOT, f"mb:{code}:cannot"),
    )
    return Screen(words.morning(_lines(works), come_at), (buttons, (HOME,)))


def which_cannot(works: Sequence[Sitting]) -> Screen:
    """The replacement is found for one work at a time."""
    buttons = [Button(f"{one.class_name} {one.school_name}"[:24], f"anc:{one.id}") for one in works[:6]]
    return Screen(words.WHICH_CANNOT, (*column(*buttons), (HOME,)))


def report(view: ReportView, *, overdue: bool) -> Screen:
    number, sitting = view.report.number, view.sitting
    left = len(missing(view.report, view.checklist))
    due = clock(view.report.due_at, view.zone)
    if view.report.state is ReportState.RETURNED:
        text = words.returned(number, sitting.class_name)
    elif overdue:
        text = words.overdue(number, sitting.class_name, due, left)
    else:
        text = words.awaited(number, sitting.class_name, due, left)
    return Screen(text, (row(Button(words.CONTINUE, f"rp:{number}"), Button(words.CANNOT_FINISH, f"mn:{number}")),))


def late_for_staff(code: str, works: Sequence[Sitting], time: str) -> Screen:
    return Screen(words.late_for_staff(code, _lines(works), time))


def comes_after_all(code: str, work: Sitting) -> Screen:
    return Screen(words.comes_after_all(code, _lines([work])))


def after_all(told: str, refused: Sequence[Sitting]) -> Screen:
    """What was told of some works does not count for those they refused: each is asked about."""
    buttons = [
        Button(f"{words.COMING}: {one.class_name} {one.school_name}"[:24], f"mc:{one.id}") for one in refused[:6]
    ]
    return Screen(words.after_all(told, _lines(refused)), (*column(*buttons), (HOME,)))


def cannot_finish(view: ReportView, code: str) -> Screen:
    report, sitting = view.report, view.sitting
    text = words.cannot_finish(
        report.number, sitting.school_name, sitting.class_name, code, len(report.answers), len(view.items)
    )
    return Screen(text, ((Button(words.CONTINUE_FOR_STAFF, f"wr:{report.number}"),),))


def said(text: str) -> Screen:
    return Screen(text, ((HOME,),))


def _lines(works: Sequence[Sitting]) -> list[str]:
    return [
        words.work(
            one.school_name,
            one.class_name,
            one.subject,
            one.starts_at.strftime("%H:%M") if one.starts_at else "",
            one.room,
        )
        for one in works
    ]
