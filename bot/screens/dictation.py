"""The answer to a dictated report: understood, not understood, missing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.domain.dictation import Dictation
from bot.domain.report import missing
from bot.domain.reporting import Listed, ReportView
from bot.domain.screen import Button, Screen, column, row, rows
from bot.screens.urgent import urgent
from bot.texts import dictation as words
from bot.texts import report as report_words
from bot.texts.start import sitting_line
from bot.texts.time import clock

HOME = Button(report_words.HOME, "home")
COPY_LIMIT = 250  # a button copies at most 256 characters


def understood(
    view: ReportView, said: Dictation, filled: int, times: Mapping[str, datetime], *, whole: bool = False
) -> Screen:
    """`filled`: how many items «остальное» answered; `whole`: nothing was answered before."""
    report = view.report
    accepted = [words.answered(code, value.value, comment) for code, (value, comment) in said.answers.items()]
    if said.rest is not None and filled:
        accepted.append(words.rest(filled, said.rest.value, whole and not said.answers))
    accepted += [words.time_told(field, clock(at, view.zone)) for field, at in times.items()]
    without_comment = [code for code, answer in report.answers.items() if answer.comment_missing]
    left = [item.code for item in missing(report, view.checklist)]
    text = words.summary(
        report_words.title(report.number, view.sitting.school_name, view.sitting.class_name, view.sitting.subject),
        accepted,
        said.read_as,
        said.not_understood,
        sorted(said.unclear),
        left,
        without_comment,
        sent=report.sent,
    )
    number = report.number
    send = None if report.sent else Button(words.SEND, f"rx:{number}")
    return Screen(text, rows(row(send), urgent(number), row(Button(words.FIX, f"rt:{number}"), HOME)))


def which(today: Sequence[Listed], text: str) -> Screen:
    """Several reports could be meant: never guessed."""
    lines = [f"{one.report.number} — {_line(one)}" for one in today]
    copies: list[Any] = [
        Button(words.COPY.format(number=one.report.number), copies=f"{words_for(one.report.number, text)}")
        for one in today[:4]
        if len(text) < COPY_LIMIT - 20
    ]
    return Screen(words.which(lines), rows(*column(*copies), (HOME,)))


def reason_needed(number: int, text: str) -> Screen:
    """Of a sent report: the same message with each reason, ready to be sent."""
    body = text if str(number) in text else f"{number} {text}"
    lead = "" if body.lower().startswith(report_words.COMMAND) else f"{report_words.COMMAND} "
    copies = [
        Button(words.COPY.format(number=f"…{reason}"), copies=f"{lead}{body}, {reason}")
        for reason in words.CORRECTION_REASONS
        if len(lead) + len(body) + len(reason) + 2 <= COPY_LIMIT
    ]
    return Screen(
        words.REASON_NEEDED.format(number=number),
        rows(*column(*copies), row(Button(report_words.SHOW, f"rv:{number}"), HOME)),
    )


def words_for(number: int, text: str) -> str:
    """The same message with its number."""
    return f"{report_words.COMMAND} {number} {text}"[:COPY_LIMIT]


def said(text: str, number: int | None = None) -> Screen:
    back = Button(report_words.SHOW, f"rv:{number}") if number is not None else None
    return Screen(text, (row(back, HOME),))


def _line(one: Listed) -> str:
    sitting = one.sitting
    starts = sitting.starts_at.strftime("%H:%M") if sitting.starts_at else ""
    return sitting_line(sitting.school_name, sitting.class_name, sitting.subject, starts, "")
