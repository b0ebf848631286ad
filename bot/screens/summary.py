"""The day at a glance: card, awaited reports, violations, schools."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.domain.findings import AwaitedReport, FoundViolation
from bot.domain.people import MunicipalityId
from bot.domain.period import Period
from bot.domain.region import MunicipalityLine, Region
from bot.domain.report.record import ReportKind
from bot.domain.report.states import ReportState
from bot.domain.screen import MAX_LABEL, Button, Rows, Screen, row, rows
from bot.domain.summary import SchoolSummary, Summary
from bot.screens.figures import lines
from bot.texts import awaiting, periods
from bot.texts import summary as words
from bot.texts.escape import esc, truncate
from bot.texts.time import clock, day_and_clock, day_of_month

T = TypeVar("T")
HOME = Button(words.HOME, "home")
AWAITED_A_PAGE = 12
VIOLATIONS_A_PAGE = 6
SCHOOLS_A_PAGE = 12
PLACES_A_PAGE = 10


def card(
    summary: Summary,
    today: date,
    zone: ZoneInfo,
    days: Sequence[date] = (),
    *,
    timed: bool = True,
    since: tuple[int, int, datetime] | None = None,
    places: bool = False,
) -> Screen:
    """C1. `days` are offered when there is nothing on these. `since`: reports, violations and since when, for this reader.

    Not `timed`: without the time of the look, to tell whether anything changed. `places`: for who has many municipalities.
    """
    period = said(summary.period, today)
    if summary.empty:
        buttons = [Button(day_of_month(day), _data("c", Period.day(day))) for day in days]
        text = words.no_sittings(period) + (f"\n{words.OTHER_DAYS}" if buttons else "")
        return Screen(text, rows(*(row(*buttons[at : at + 2]) for at in range(0, len(buttons), 2)), (HOME,)))
    live = summary.period == Period.day(today)
    updated = clock(summary.at, zone) if live and timed else ""
    told = [words.title(period, updated), *lines(summary, live=live, ahead=summary.period.first > today)]
    if since is not None and any(since[:2]):
        told.append(words.since_last(since[0], since[1], clock(since[2], zone)))
    return Screen("\n".join(told), _card_rows(summary, today, places=places))


def _card_rows(summary: Summary, today: date, *, places: bool) -> Rows:
    period = summary.period
    awaited = summary.reports.awaited + summary.reports.missed
    violations = summary.violations.total
    week, yesterday = Period.week_of(today), Period.day(date.fromordinal(today.toordinal() - 1))
    return rows(
        row(Button(words.awaited_label(awaited), _data("w", period)) if awaited else None),
        row(Button(words.violations_label(violations), _data("v", period)) if violations else None),
        row(Button(words.REGION, _data("r", period)) if places and period.one_day else None),
        row(
            Button(words.SCHOOLS, _data("s", period)),
            Button(words.PICTURE, f"sp:{'d' if period.one_day else 'm'}:{period.code}"),
            Button(words.EXCEL, f"ex:d:{period.code}"),
        ),
        row(
            Button(words.REFRESH, _data("c", period)),
            Button(words.YESTERDAY, _data("c", yesterday)) if period != yesterday else None,
            Button(words.WEEK, _data("c", week)) if period != week else None,
        ),
        (HOME,),
    )


def awaited(
    found: Sequence[AwaitedReport],
    period: Period,
    today: date,
    zone: ZoneInfo,
    asked: Callable[[AwaitedReport], int],
    page: int = 0,
    *,
    acting: bool = False,
) -> Screen:
    """Who has not reported, and how far they are. `asked`: how many items a report has; `acting`: for who can remind."""
    if not found:
        return Screen(words.NOTHING_AWAITED, rows(_back(period)))
    dues = {each.due_at for each in found}
    common = clock(found[0].due_at, zone) if len(dues) == 1 and period.one_day else ""

    def line(number: int, each: AwaitedReport) -> str:
        late = each.state is ReportState.MISSED
        due = "" if common and not late else (clock if period.one_day else day_and_clock)(each.due_at, zone)
        work = f"{each.class_name} {each.subject}"
        return words.awaited_line(
            number, each.school_name, each.person_code, work, _progress(each, asked(each), zone), due, late=late
        )

    head = words.awaited_title(said(period, today), len(found), common)
    buttons = [Button(str(number), f"sd:r:{each.number}") for number, each in enumerate(found, 1)]
    shown = _paged(head, found, line, AWAITED_A_PAGE, page, "w", period, buttons=buttons)
    if not acting:
        return shown
    to_remind = sum(each.kind is ReportKind.OBSERVER and each.linked and not each.unreachable for each in found)
    remind = Button(awaiting.REMIND_ALL.format(count=to_remind), f"wa:{period.code}") if to_remind else None
    return Screen(shown.text, rows(row(remind), (Button(awaiting.ONE_BY_ONE, f"wl:{period.code}"),), *shown.rows))


def _progress(each: AwaitedReport, asked: int, zone: ZoneInfo) -> str:
    if each.kind is ReportKind.SCHOOL and not each.person_code:
        return words.NOBODY
    if each.unreachable:
        return words.UNREACHABLE
    if each.kind is ReportKind.SCHOOL and each.state is not ReportState.EXPECTED:
        return words.SCHOOL_BEGUN
    if each.kind is ReportKind.SCHOOL and each.linked:
        return words.SCHOOL_SILENT
    at = clock(each.touched_at, zone) if each.touched_at else ""
    match each.state:
        case ReportState.PARTIAL | ReportState.MISSED if each.answered:
            return words.started(each.answered, asked, at)
        case ReportState.MISSED:
            return words.NOT_SENT
        case ReportState.OPENED if each.arrived_at:
            return words.on_place(clock(each.arrived_at, zone))
        case ReportState.RETURNED:
            return words.returned_at(at)
        case ReportState.EXPECTED if not each.linked:
            return words.NOT_LINKED
    return words.STATES[each.state.value]


def violations(found: Sequence[FoundViolation], period: Period, today: date, page: int = 0) -> Screen:
    """Critical ones first."""
    if not found:
        return Screen(words.NO_VIOLATIONS, rows(_back(period)))
    order = {letter: number for number, letter in enumerate(words.SEVERITY_LETTERS)}
    ranked = sorted(found, key=lambda each: order[each.severity.value])

    def line(_: int, each: FoundViolation) -> str:
        work = f"{each.class_name} {each.subject}" + ("" if period.one_day else f", {day_of_month(each.day)}")
        return words.violation_line(
            each.item,
            each.label,
            words.SEVERITY_LETTERS[each.severity.value],
            each.school_name,
            work,
            each.comment,
            words.REVIEWS[each.review.value],
            each.photos,
            each.number,
        )

    critical = sum(each.severity.value == "critical" for each in found)
    head = words.violations_title(said(period, today), len(found), critical)
    shown = _paged(head, ranked, line, VIOLATIONS_A_PAGE, page, "v", period, between="\n\n")
    start = min(page, (len(ranked) - 1) // VIOLATIONS_A_PAGE) * VIOLATIONS_A_PAGE
    buttons = [
        Button(words.violation_button(each.item, each.number), f"vi:{each.number}:{each.item}")
        for each in ranked[start : start + VIOLATIONS_A_PAGE]
    ]
    return Screen(shown.text, rows(*(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)), *shown.rows))


def schools(summary: Summary, today: date, page: int = 0, *, place: MunicipalityId | None = None) -> Screen:
    """In the order of their names: nobody is ranked. `place`: the municipality when it is one of many."""

    def line(_: int, each: SchoolSummary) -> str:
        found, ledger = each.violations, each.observers
        return words.school_line(
            each.name,
            each.sittings.held,
            each.sittings.plan,
            each.sittings.cancelled,
            ledger.received,
            ledger.plan,
            found.total,
            found.critical,
            each.at_risk,
        )

    head = words.schools_title(said(summary.period, today), len(summary.schools))
    code = summary.period.code
    buttons = [Button(truncate(each.name, MAX_LABEL), f"sd:o:{code}:{each.school_id}") for each in summary.schools]
    return _paged(
        head, summary.schools, line, SCHOOLS_A_PAGE, page, "s", summary.period, buttons=buttons, wide=3, place=place
    )


def region(told: Region, today: date, page: int = 0) -> Screen:
    """Many municipalities: the sum, and a line and a button each, by name."""
    period, ledger = Period.day(told.day), told.observers
    active = list(told.active)
    head = words.region_title(
        said(period, today), told.works, told.cancelled, ledger.received, ledger.plan, told.violations
    )

    def line(_: int, each: MunicipalityLine) -> str:
        return words.region_line(
            each.name, each.works, each.observers.received, each.observers.plan, each.observers.awaited, each.violations
        )

    buttons = [Button(truncate(each.name, MAX_LABEL), _place("m", period, 0, each.municipality_id)) for each in active]
    return _paged(head, active, line, PLACES_A_PAGE, page, "r", period, buttons=buttons, wide=2)


def municipality(summary: Summary, name: str, place: MunicipalityId, today: date, zone: ZoneInfo) -> Screen:
    """One municipality of a region: its figures, the same as its own coordinator reads."""
    told = [
        words.title(f"{esc(name)}, {said(summary.period, today)}", clock(summary.at, zone)),
        *lines(summary, live=False),
    ]
    return Screen(
        "\n".join(told),
        rows(
            (Button(words.SCHOOLS, _place("s", summary.period, 0, place)),),
            (Button(words.TO_REGION, _data("r", summary.period)), HOME),
        ),
    )


def _place(what: str, period: Period, page: int, place: MunicipalityId) -> str:
    return f"sv:{what}:{period.code}:{page}:{place}"


def said(period: Period, today: date) -> str:
    return periods.said(period.first, period.last, today=today)


def _paged(
    head: str,
    found: Sequence[T],
    line: Callable[[int, T], str],
    size: int,
    page: int,
    what: str,
    period: Period,
    *,
    between: str = "\n",
    buttons: Sequence[Button] = (),
    wide: int = 6,
    place: MunicipalityId | None = None,
) -> Screen:
    pages = max(1, -(-len(found) // size))
    page = min(max(page, 0), pages - 1)
    start = page * size
    told = [line(number, each) for number, each in enumerate(found[start : start + size], start + 1)]
    if pages > 1:
        told.append(words.page(page + 1, pages))
    tail = "" if place is None else f":{place}"
    steps = row(
        Button(words.EARLIER, f"{_data(what, period)}:{page - 1}{tail}") if page else None,
        Button(words.MORE, f"{_data(what, period)}:{page + 1}{tail}") if page + 1 < pages else None,
    )
    back = _back(period) if place is None else (Button(words.BACK, _place("m", period, 0, place)), HOME)
    here = buttons[start : start + size]
    links = [tuple(here[at : at + wide]) for at in range(0, len(here), wide)]
    return Screen(between.join([head, *told]), rows(*links, steps, back))


def _back(period: Period) -> tuple[Button, ...]:
    return (Button(words.BACK, _data("c", period)), HOME)


def _data(what: str, period: Period) -> str:
    return f"sv:{what}:{period.code}"
