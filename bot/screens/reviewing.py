"""A report and its violations as coordinators see them."""

import json
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.report import ReportState, missing, not_observed, violations
from bot.domain.reporting import ReportView
from bot.domain.reviewing import Judged, ReportCard, SentVersion
from bot.domain.screen import Button, Screen, row, rows
from bot.domain.summary import Review
from bot.screens.alarms import difference_lines
from bot.texts import corrections, hotline, quality
from bot.texts import hotline_ties as tie_words
from bot.texts import report as report_words
from bot.texts import reviewing as words
from bot.texts.summary import SEVERITY_LETTERS, STATES
from bot.texts.time import clock, day_and_clock

HOME = Button(words.HOME, "home")
LETTERS = {
    Review.CONFIRMED: "c",
    Review.UNCONFIRMED: "u",
    Review.CLARIFY: "q",
    Review.MEASURES: "m",
    Review.NONE: "n",
}


def card(shown: ReportCard) -> Screen:
    """The whole report on one screen: violations first."""
    view, report = shown.view, shown.view.report
    returned = report.state is ReportState.RETURNED and report.state_reason
    lines = [corrections.asked_for(report.state_reason)] if returned else []
    lines += [
        report_words.violation(v.item.code, v.item.label, v.answer.comment, v.answer.entered_later)
        for v in violations(report, view.checklist)
    ]
    lines.append(report_words.kept(sum(a.value.value == "yes" for a in report.answers.values()), len(view.items)))
    if unseen := [item.code for item in not_observed(report, view.checklist)]:
        lines.append(report_words.unseen(unseen))
    if left := [item.code for item in missing(report, view.checklist)]:
        lines.append(report_words.unanswered(left))
    told = [
        clock(t, view.zone) if t else ""
        for t in (report.arrived_at, report.started_at, report.ended_at, report.left_at)
    ]
    lines += filter(None, [report_words.times(*told), report_words.photos(view.photos, view.photos_coming)])
    lines += [tie_words.on_report(hotline.number(case.year, case.number), case.violation) for case in shown.cases]
    sent_at = clock(report.submitted_at, view.zone) if report.submitted_at else ""
    text = words.card(
        report_words.title(report.number, view.sitting.school_name, view.sitting.class_name, view.sitting.subject),
        shown.observer,
        words.state(STATES[report.state.value], sent_at, shown.versions, shown.entered_by, report.late),
        lines,
        [quality.flag(flag.rule, flag.codes, flag.minutes) for flag in shown.quality.flags],
        quality.STATES[shown.quality.state.value],
    )
    number, revision = report.number, report.revision
    to_review = [
        Button(f"{words.REVIEW}: {v.item.code}", f"vi:{number}:{v.item.code}")
        for v in violations(report, view.checklist)
        if report.sent
    ]
    accept = Button(corrections.ACCEPT, f"vk:{number}:{revision}") if report.state.value == "submitted" else None
    back = Button(corrections.SEND_BACK, f"vb:{number}:{revision}") if report.sent else None
    by_phone = None if report.sent or report.state.value == "excused" else Button(words.BY_PHONE, f"wp:{number}")
    return Screen(
        text,
        rows(
            *_in_rows(to_review[:8], 2),
            row(accept, back),
            row(
                Button(corrections.HISTORY, f"vh:{number}") if shown.versions > 1 else None,
                Button(words.PHOTOS.format(count=view.photos), f"fp:{number}") if view.photos else None,
            ),
            row(by_phone, HOME),
        ),
    )


def history(number: int, sent: list[SentVersion], zone: ZoneInfo) -> Screen:
    """Every version with what it changed; the first one stays for ever."""
    blocks = []
    before: dict[str, Any] | None = None
    for one in sent:
        content = json.loads(one.content)
        lines = difference_lines(before, content, zone) if before is not None else []
        blocks.append(words_of(one, lines, zone))
        before = content
    return Screen(
        corrections.history(number, blocks[-6:]), (row(Button(corrections.SHOW_REPORT, f"vc:{number}"), HOME),)
    )


def words_of(one: SentVersion, lines: list[str], zone: ZoneInfo) -> str:
    return corrections.version(one.version, day_and_clock(one.at, zone), one.by, one.reason, lines[:15])


def violation(shown: Judged, observer: str, notice: str = "") -> Screen:
    """One «Нет»: what was said, what was decided, and the four decisions."""
    view, report = shown.view, shown.view.report
    item = view.checklist.item(shown.code)
    text = words.violation(
        report_words.title(report.number, view.sitting.school_name, view.sitting.class_name, view.sitting.subject),
        item.code,
        item.label,
        SEVERITY_LETTERS[item.severity.value],
        shown.comment,
        observer,
        shown.review.value,
        shown.by,
        clock(shown.at, view.zone) if shown.at else "",
        shown.note,
    )
    seen = f"{LETTERS[shown.review]}:{shown.version}"
    buttons = [
        Button(words.LABELS[review.value], f"vr:{report.number}:{item.code}:{LETTERS[review]}:{seen}")
        for review in (Review.CONFIRMED, Review.UNCONFIRMED, Review.CLARIFY, Review.MEASURES)
    ]
    photos = (
        Button(words.PHOTOS.format(count=shown.photos), f"fp:{report.number}:{item.code}") if shown.photos else None
    )
    return Screen(
        f"{notice}\n\n{text}" if notice else text,
        rows(
            tuple(buttons[:2]),
            tuple(buttons[2:]),
            row(photos),
            row(Button(words.OPEN_REPORT, f"vc:{report.number}"), HOME),
        ),
    )


def ask_note(shown: Judged) -> Screen:
    back = Button(words.BACK, f"vi:{shown.view.report.number}:{shown.code}")
    return Screen(words.NOTE[shown.review.value], (row(back, HOME),))


def ask_return(number: int) -> Screen:
    return Screen(corrections.WHY_RETURN, (row(Button(words.BACK, f"vc:{number}"), HOME),))


def returned(view: ReportView, comment: str) -> Screen:
    """For the observer: why it came back, and the way to mend it."""
    number = view.report.number
    text = corrections.returned(number, view.sitting.school_name, view.sitting.class_name, comment)
    return Screen(
        text, (row(Button(corrections.FIX, f"rt:{number}"), Button(corrections.SHOW_REPORT, f"rv:{number}")),)
    )


def question(view: ReportView, code: str, asked: str) -> Screen:
    label = view.checklist.item(code).label
    text = words.question(view.report.number, code, label, asked)
    return Screen(text, (row(Button(words.ANSWER, f"vq:{view.report.number}:{code}"), HOME),))


def answered(view: ReportView, code: str, who: str, said: str) -> Screen:
    number = view.report.number
    return Screen(words.answered(number, code, who, said), (row(Button(words.REVIEW, f"vi:{number}:{code}"), HOME),))


def done(text: str, number: int) -> Screen:
    return Screen(text, (row(Button(words.OPEN_REPORT, f"vc:{number}"), HOME),))


def day_closed(on: date, name: str, closed: bool) -> Screen:
    other = corrections.OPEN_DAY if closed else corrections.CLOSE_DAY
    button = Button(other, f"vd:{on.isoformat()}:{0 if closed else 1}")
    return Screen(corrections.day_closed(name, closed), ((button,), (HOME,)))


def said(text: str) -> Screen:
    return Screen(text, ((HOME,),))


def _in_rows(buttons: list[Button], width: int) -> list[tuple[Button, ...]]:
    return [tuple(buttons[start : start + width]) for start in range(0, len(buttons), width)]
