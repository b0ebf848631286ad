"""«Ждём отчёты»: the list to act on, the card of one, the result of reminding."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.awaiting import Delivery
from bot.domain.findings import AwaitedReport
from bot.domain.people import Person
from bot.domain.period import Period
from bot.domain.reporting import ReportView
from bot.domain.screen import Button, Screen, column, row, rows
from bot.texts import awaiting as words
from bot.texts import report as report_words
from bot.texts import turning
from bot.texts.start import report_state
from bot.texts.time import clock

HOME = Button(words.HOME, "home")
A_PAGE = 8


def one_by_one(found: Sequence[AwaitedReport], period: Period, page: int) -> Screen:
    """A button for each."""
    page = min(page, max(0, len(found) - 1) // A_PAGE)
    shown = found[page * A_PAGE : page * A_PAGE + A_PAGE]
    buttons = [Button(f"{one.person_code} {one.class_name}"[:24], f"wr:{one.number}") for one in shown]
    lines = [words.line(one.number, one.school_name, one.class_name, one.person_code) for one in shown]
    steps = row(
        Button(turning.EARLIER, f"wl:{period.code}:{page - 1}") if page else None,
        Button(turning.FURTHER, f"wl:{period.code}:{page + 1}") if (page + 1) * A_PAGE < len(found) else None,
    )
    return Screen(words.listed(lines), rows(*_in_rows(buttons, 2), steps, _back(period)))


def delivery(found: Delivery, period: Period, zone: ZoneInfo) -> Screen:
    text = words.reminded(
        clock(found.asked_at, zone), found.delivered, found.waiting, found.undelivered, clock(found.again_at, zone)
    )
    return Screen(text, rows((Button(words.REFRESH, f"wz:{period.code}"),), _back(period)))


def too_soon(at: datetime, again_at: datetime, period: Period, zone: ZoneInfo) -> Screen:
    text = words.too_soon(clock(at, zone), clock(again_at, zone))
    return Screen(text, rows((Button(words.RESULT, f"wz:{period.code}"),), _back(period)))


def nobody(period: Period) -> Screen:
    return Screen(words.NOBODY_TO_REMIND, (_back(period),))


def card(view: ReportView, person: Person | None, notice: str = "") -> Screen:
    """One awaited report and the four things that can be done about it."""
    report, sitting = view.report, view.sitting
    title = report_words.title(report.number, sitting.school_name, sitting.class_name, sitting.subject)
    text = words.card(
        title,
        person.code if person else "",
        person.phone if person else "",
        report_state(report.state.value, len(report.answers), len(view.items)),
        clock(report.due_at, view.zone),
    )
    number = report.number
    replace = Button(words.REPLACE, f"arw:{sitting.id}:{person.id}") if person else None
    return Screen(
        f"{notice}\n\n{text}" if notice else text,
        rows(
            row(Button(words.REMIND, f"wo:{number}"), replace),
            row(Button(words.EXCUSE, f"we:{number}"), Button(words.BY_PHONE, f"wp:{number}")),
            row(Button(report_words.SHOW, f"vc:{number}"), HOME),
        ),
    )


def why_none(number: int) -> Screen:
    reasons = [Button(label, f"wx:{number}:{name}") for name, label in words.REASONS.items()]
    return Screen(
        words.WHY,
        rows(*column(*reasons, Button(words.OTHER, f"wx:{number}:other")), (Button(words.BACK, f"wr:{number}"), HOME)),
    )


def write_why(number: int) -> Screen:
    return Screen(words.WRITE_WHY, ((Button(words.BACK, f"wr:{number}"), HOME),))


def excused(number: int) -> Screen:
    return Screen(words.EXCUSED, ((Button(words.UNDO, f"wu:{number}"), HOME),))


def _back(period: Period) -> tuple[Button, ...]:
    return (Button(words.BACK, f"sv:w:{period.code}"), HOME)


def _in_rows(buttons: list[Button], width: int) -> list[tuple[Button, ...]]:
    return [tuple(buttons[start : start + width]) for start in range(0, len(buttons), width)]
