"""Screens under the summary: school → work → report → answer, and a school's history."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.checklist import AnswerValue
from bot.domain.drill import ReportLine, ReportSheet, SchoolDay, SchoolHistory, WorkLine
from bot.domain.ledger import GROUP_OF, LedgerGroup
from bot.domain.people import SchoolId
from bot.domain.period import Period
from bot.domain.report.record import ReportKind
from bot.domain.screen import Button, Rows, Screen, row, rows
from bot.texts import drill as words
from bot.texts import report as report_words
from bot.texts import summary as summary_words
from bot.texts.time import clock, day_and_clock, day_of_month

HOME = Button(words.HOME, "home")
MOST_BUTTONS = 12
BUTTONS_IN_PAIRS = 8
ANSWERS_A_PAGE = 20
DAYS_A_PAGE = 25


def school_day(shown: SchoolDay, day: date, zone: ZoneInfo) -> Screen:
    """C3: the works of one school on one day, and what is known of each."""
    lines = [words.school_title(shown.school.name, day_of_month(day), len(shown.works))]
    lines += [_work(work, zone) for work in shown.works]
    opened = [
        Button(
            words.report_label(report.number, work.sitting.class_name, by_school=report.kind is ReportKind.SCHOOL),
            f"sd:r:{report.number}",
        )
        for work in shown.works
        for report in work.reports
        if (report.kind is ReportKind.OBSERVER or _seen_violations(report)[0]) and not report.hidden
    ][:MOST_BUTTONS]
    period, school_id = Period.day(day).code, shown.school.school_id
    return Screen(
        "\n".join(lines),
        rows(
            *_in_rows(opened, 3 if len(opened) > BUTTONS_IN_PAIRS else 2),
            row(
                Button(words.DAY_PICTURE, f"sd:p:{period}:{school_id}"),
                Button(words.HISTORY, f"sd:h:{school_id}"),
            ),
            row(
                Button(words.EXCEL, f"ex:d:{period}:b:{school_id}"),
                Button(words.ACTS, f"ex:d:{period}:a:{school_id}") if shown.school.observers.received else None,
            ),
            (Button(words.BACK, f"sv:s:{period}"), HOME),
        ),
    )


def said(text: str) -> Screen:
    return Screen(text, ((HOME,),))


def no_works(day: date, school_id: SchoolId) -> Screen:
    return Screen(words.NO_WORKS, rows((Button(words.HISTORY, f"sd:h:{school_id}"),), (_back(day), HOME)))


def _work(work: WorkLine, zone: ZoneInfo) -> str:
    sitting = work.sitting
    at = sitting.starts_at.strftime("%H:%M") if sitting.starts_at else ""
    if sitting.cancelled:
        return words.work(sitting.class_name, sitting.subject, at, [words.CANCELLED])
    mine = [report for report in work.reports if report.kind is ReportKind.OBSERVER]
    parts = [_report(report, zone) for report in mine] or [words.NO_OBSERVER]
    parts += [
        words.school_report(summary_words.STATES[report.state.value], report.number, *_seen_violations(report))
        for report in work.reports
        if report.kind is ReportKind.SCHOOL
    ]
    return words.work(sitting.class_name, sitting.subject, at, parts)


def _seen_violations(report: ReportLine) -> tuple[int, int]:
    """All and critical ones; they count once the report was received."""
    received = GROUP_OF[report.state] is LedgerGroup.RECEIVED
    return (report.violations, report.critical) if received else (0, 0)


def _report(report: ReportLine, zone: ZoneInfo) -> str:
    if GROUP_OF[report.state] is LedgerGroup.RECEIVED:
        if report.hidden:
            return words.HIDDEN
        at = clock(report.submitted_at, zone) if report.submitted_at else ""
        return words.received(report.number, report.person_code, at, report.violations, report.critical, report.photos)
    arrived = clock(report.arrived_at, zone) if report.arrived_at else ""
    state = summary_words.STATES[report.state.value]
    return words.going_on(report.number, report.person_code, state, report.answered, report.asked, arrived)


def report(sheet: ReportSheet, zone: ZoneInfo, *, acting: bool = False) -> Screen:
    """What a report says, the violations first; a button for each of them. `acting`: for who may accept or return it."""
    told, sitting = sheet.report, sheet.sitting
    items = told.items(sheet.checklist) if told.checklist else sheet.checklist.items(told.form, told.sitting_form)
    values = {item.code: told.answers[item.code].value for item in items if item.code in told.answers}

    def at(moment: datetime | None) -> str:
        return clock(moment, zone) if moment else ""

    came = day_and_clock(told.submitted_at, zone) if told.submitted_at else ""
    lines = [
        words.report_title(
            told.number, sitting.school_name, sitting.class_name, sitting.subject, day_of_month(sitting.date)
        ),
        words.report_state(summary_words.STATES[told.state.value], came, sheet.person_code, told.late, told.version),
        words.report_times(at(told.arrived_at), at(told.started_at), at(told.ended_at), at(told.left_at)),
        words.pupils(told.present, told.listed),
        words.fine(sum(value is AnswerValue.YES for value in values.values()), len(items)),
        words.unseen([code for code, value in values.items() if value is AnswerValue.NA]),
        words.unanswered([item.code for item in items if item.code not in values]) if values else "",
    ]
    bad = [item for item in items if values.get(item.code) is AnswerValue.NO]
    lines += [
        words.violation(
            item.code,
            item.label,
            summary_words.SEVERITY_LETTERS[item.severity.value],
            told.answers[item.code].comment,
            summary_words.REVIEWS[sheet.review(item.code).value],
        )
        for item in bad[:MOST_BUTTONS]
    ]
    received = GROUP_OF[told.state] is LedgerGroup.RECEIVED
    return Screen(
        "\n".join(line for line in lines if line),
        rows(
            *_in_rows([Button(item.code, f"sd:i:{told.number}:{item.code}") for item in bad[:MOST_BUTTONS]], 4),
            row(
                Button(words.ALL_ANSWERS, f"sd:a:{told.number}") if values else None,
                Button(words.photos_label(sheet.photos), f"sd:f:{told.number}") if sheet.photos else None,
                Button(words.ACT, f"ex:a:{told.number}") if received else None,
            ),
            row(Button(words.REVIEW, f"vc:{told.number}") if acting and received else None),
            (Button(words.TO_SCHOOL, f"sd:o:{Period.day(sitting.date).code}:{sitting.school_id}"), HOME),
        ),
    )


def answers(sheet: ReportSheet, page: int = 0) -> Screen:
    """Every answer of a report, twenty a page."""
    told = sheet.report
    items = [item for item in sheet.checklist.every_item if item.code in told.answers]
    pages = max(1, -(-len(items) // ANSWERS_A_PAGE))
    page = min(max(page, 0), pages - 1)
    lines = [f"<b>{words.ALL_ANSWERS} · {told.number}</b>"]
    for item in items[page * ANSWERS_A_PAGE : (page + 1) * ANSWERS_A_PAGE]:
        answer = told.answers[item.code]
        value = report_words.SHORT_VALUES[answer.value.value]
        lines.append(words.answer_line(item.code, item.label, value, answer.comment))
    return Screen(
        "\n".join(lines),
        rows(
            row(
                Button(summary_words.EARLIER, f"sd:a:{told.number}:{page - 1}") if page else None,
                Button(summary_words.MORE, f"sd:a:{told.number}:{page + 1}") if page + 1 < pages else None,
            ),
            (Button(words.TO_REPORT, f"sd:r:{told.number}"), HOME),
        ),
    )


def item(sheet: ReportSheet, code: str, zone: ZoneInfo, *, acting: bool = False) -> Screen:
    """One answer in full: wording, comment, both times, review. `acting`: for who may judge it."""
    asked, answer = sheet.pair(code)
    number = sheet.report.number
    found = next((each for each in sheet.violations if each.item == code), None)
    lines = [words.item_title(code, summary_words.SEVERITY_LETTERS[asked.severity.value], number), asked.wording]
    if answer is not None:
        happened = day_and_clock(answer.happened_at, zone) if answer.happened_at else ""
        lines += [
            words.item_said(report_words.SHORT_VALUES[answer.value.value], answer.comment),
            words.item_times(happened, day_and_clock(answer.entered_at, zone), answer.entered_later),
        ]
    if found is not None:
        lines.append(words.item_review(summary_words.REVIEWS[found.review.value], found.review_note))
    photos = found.photos if found is not None else 0
    return Screen(
        "\n".join(lines),
        rows(
            row(
                Button(words.photos_label(photos), f"sd:f:{number}:{code}") if photos else None,
                Button(words.JUDGE, f"vi:{number}:{code}") if acting and found is not None else None,
            ),
            (Button(words.TO_REPORT, f"sd:r:{number}"), HOME),
        ),
    )


def history(told: SchoolHistory) -> Screen:
    """Newest day first; a button for the last few."""
    lines = [words.history_title(told.name)]
    lines += [
        words.history_line(
            day_of_month(each.day), each.works, each.received, each.plan, each.violations, each.confirmed
        )
        for each in told.days[:DAYS_A_PAGE]
    ]
    days = [
        Button(day_of_month(each.day), f"sd:o:{Period.day(each.day).code}:{told.school_id}") for each in told.days[:6]
    ]
    return Screen("\n".join(lines), rows(*_in_rows(days, 3), (HOME,)))


def _back(day: date) -> Button:
    return Button(words.BACK, f"sv:s:{Period.day(day).code}")


def _in_rows(buttons: Sequence[Button], width: int) -> Rows:
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))
