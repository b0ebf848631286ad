"""What to export, how it is getting on, and what came of it."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.export import ExportedFile, ExportKind
from bot.domain.period import Period
from bot.domain.screen import Button, Screen, row, rows
from bot.domain.summary import Summary
from bot.texts import export as words
from bot.texts import periods as period_words
from bot.texts import publication as publication_words
from bot.texts.escape import esc
from bot.texts.time import day_of_month

HOME = Button(words.HOME, "home")


def kinds(*, names: bool) -> Screen:
    """E1. `names`: whether the copy with names may be ordered."""
    offered = [kind for kind in words.KINDS if names or kind != ExportKind.NAMED.value]
    buttons = [(Button(words.KINDS[kind], f"ex:k:{kind}"),) for kind in offered]
    return Screen(
        f"{words.ASK_WHAT}\n{words.NAMES_LEFT_OUT}", rows(*buttons, (Button(words.PUBLICATION, "ex:p:t"), HOME))
    )


def periods(kind: str, today: date, days: Sequence[date], whole: Period | None) -> Screen:
    """E2: a period, or one of the days that have sittings."""
    if whole is None:
        return Screen(words.NO_DAYS, ((HOME,),))
    yesterday = today - timedelta(days=1)

    def button(label: str, period: Period) -> Button:
        return Button(label, f"ex:d:{period.code}:{kind}")

    others = [button(day_of_month(day), Period.day(day)) for day in days if day not in (today, yesterday)]
    note = words.NAMES_STAY if kind == ExportKind.NAMED.value else ""
    return Screen(
        "\n".join(filter(None, (words.ASK_PERIOD, note))),
        rows(
            row(button(words.TODAY, Period.day(today)), button(words.YESTERDAY, Period.day(yesterday))),
            row(button(words.WEEK, Period.week_of(today)), button(words.WHOLE, whole)),
            *(row(*others[at : at + 3]) for at in range(0, min(len(others), 9), 3)),
            (Button(words.BACK, "ex:m"), HOME),
        ),
    )


def no_works(kind: str, period: Period, today: date, days: Sequence[date]) -> Screen:
    """Instead of an empty file. `days`: others, which have works."""
    buttons = [Button(day_of_month(day), f"ex:d:{Period.day(day).code}:{kind}") for day in days]
    text = words.no_works(period_words.said(period.first, period.last, today=today), others=bool(buttons))
    return Screen(text, rows(*(row(*buttons[at : at + 3]) for at in range(0, len(buttons), 3)), (HOME,)))


def queued(job_id: int, before: int) -> Screen:
    return Screen(words.queued(before), ((Button(words.CANCEL, f"ex:x:{job_id}"),),))


def progress(job_id: int, percent: int) -> Screen:
    return Screen(words.making(percent), ((Button(words.CANCEL, f"ex:x:{job_id}"),),))


def cancelled() -> Screen:
    return Screen(words.CANCELLED, ((HOME,),))


def delayed(job_id: int) -> Screen:
    return Screen(words.DELAYED, ((Button(words.CANCEL, f"ex:x:{job_id}"),),))


def not_sent() -> Screen:
    return Screen(words.NOT_SENT, ((HOME,),))


def perhaps_sent() -> Screen:
    return Screen(words.PERHAPS_SENT, ((HOME,),))


def kept(file: ExportedFile) -> Screen:
    return Screen(words.kept(file.path), ((HOME,),))


def said(text: str) -> Screen:
    return Screen(text, ((HOME,),))


def publication(summary: Summary, municipality: str) -> Screen:
    """F40: a note about the day that may be published: no school, no person, no violation is named."""
    period, works = summary.period, summary.sittings
    if not works.held:
        return said(publication_words.NOTHING)
    text = publication_words.note(
        municipality,
        publication_words.days(period.first, period.last),
        works.held,
        sum(school.sittings.held > 0 for school in summary.schools),
        summary.observers.received,
        summary.observed_schools,
    )
    copying = Button(publication_words.COPY, copies=text) if len(text) <= publication_words.LIMIT else None
    planned = works.plan - works.cancelled
    warning = publication_words.not_over(works.held, planned) if works.held < planned else ""
    told = "\n\n".join(filter(None, (warning, publication_words.HEAD, esc(text))))
    return Screen(told, rows(row(copying), (HOME,)))


def under_file() -> Screen:
    """Only its buttons are used."""
    return Screen(words.SUMMARY, ((HOME,),))


def caption(file: ExportedFile) -> str:
    made = file.made
    match made.kind:
        case ExportKind.ACT:
            return words.acts_caption(made.acts)
        case ExportKind.CERTIFICATE:
            return words.document_caption(made.observations, made.violations)
        case ExportKind.HOTLINE:
            return words.journal_caption(made.cases, made.hidden_cases)
        case ExportKind.FINDINGS:
            told = words.violations_caption(made.violations)
        case _:
            told = words.caption(made.observations, made.school_reports, made.answers, made.violations, made.missing)
    return told if made.agrees else f"{told}\n{words.DISAGREES}"
