"""Справка: filled in from the ledger, with room for what only the coordinator can say."""

from collections.abc import Sequence
from datetime import date

from bot.domain.checklist import Severity
from bot.domain.document import Block, Grid, Lines, Paragraph, PrintedDocument, Section, Signatures, Title
from bot.domain.findings import FoundViolation
from bot.domain.indicators import Indicator
from bot.domain.summary import Summary
from bot.screens.indicators import aim, beside, shown
from bot.services.sheets.source import Source
from bot.texts import documents as words
from bot.texts import indicators as indicator_words
from bot.texts import periods
from bot.texts import summary as summary_words
from bot.texts.time import day_in_figures
from storage import findings

MOST_VIOLATIONS = 60


async def certificate(source: Source) -> PrintedDocument:
    """Of a municipality."""
    summary = source.summary
    found = await findings.violations(source.reader, source.period, source.scope, source.find_item)
    ledger, sittings = summary.observers, summary.sittings
    period = periods.figures(source.period.first, source.period.last)
    blocks: list[Block] = [
        Title(words.CERTIFICATE_TITLE, words.certificate_below(source.municipality, period)),
        Section(words.BASIS),
        Lines(words.BASIS_TO_FILL, 2),
        Section(words.PERIOD),
        Paragraph(
            words.period_text(
                period, sittings.plan, sittings.held, sittings.cancelled, sittings.running, sittings.silent
            )
        ),
        Section(words.ORGANISING),
        Paragraph(
            words.organising_text(
                ledger.plan, ledger.received, ledger.awaited, ledger.missed, ledger.excused, summary.clean
            )
        ),
        Paragraph(words.observed_text(summary.observed_schools, len(summary.planned_schools), summary.off_schools)),
        Section(words.BY_SCHOOL),
        Paragraph(words.NO_RANKING),
        _schools(summary),
        Section(words.VIOLATIONS),
        Paragraph(_violations_text(source)),
        *_violations(found),
    ]
    if summary.hotline is not None:
        hotline = summary.hotline
        blocks += [
            Section(words.HOTLINE),
            Paragraph(words.hotline_text(hotline.fresh, hotline.open, hotline.overdue)),
        ]
    blocks += [Section(words.RECHECK), Lines(words.NO_DATA_RECHECK, 2)]
    if source.scope.risk:
        blocks += [Section(words.RISK), Paragraph(words.risk_text(*summary.risk_schools)), Lines(words.TO_FILL, 1)]
    blocks += [
        Section(words.INDICATORS),
        _indicators(source.indicators),
        Section(words.CONCLUSIONS),
        Lines(words.TO_FILL, 5),
        Section(words.DECISIONS),
        Grid(words.DECISION_HEADER, tuple((f"{n}", "", "", "") for n in range(1, 6)), (1.0, 9.0, 4.0, 3.0)),
        Section(words.ANNEXES),
        Paragraph(words.ANNEXES_TEXT),
        Signatures(((words.COORDINATOR, ""),)),
        Paragraph(words.DATE_LINE),
    ]
    return PrintedDocument(blocks, _footer(source))


def school_certificate(source: Source) -> PrintedDocument:
    """Of one school, by the columns of the sample: directions, measures, who is responsible."""
    (school,) = source.summary.schools or (None,)
    name = school.name if school else ""
    ledger = source.summary.observers
    found = source.summary.violations
    measures = (
        words.measures_of_procedure(source.summary.sittings.held, ledger.received, ledger.plan, source.summary.clean),
        words.measures_of_prevention(found.total, source.summary.own_violations, found.confirmed),
        words.MEASURES_OF_ATTITUDE,
    )
    rows = tuple(
        (f"{number}", direction, text, words.RESPONSIBLE_TO_FILL)
        for number, (direction, text) in enumerate(zip(words.SCHOOL_BLOCKS, measures, strict=True), 1)
    )
    blocks: list[Block] = [
        Title(words.SCHOOL_CERTIFICATE_TITLE, words.school_below(name, day_in_figures(_told_on(source)))),
        Grid(words.SCHOOL_HEADER, rows, (1.0, 4.6, 7.6, 3.8)),
        Section(words.CONCLUSIONS.split(". ", 1)[-1]),
        Lines(words.TO_FILL, 4),
        Signatures(((words.EXECUTOR, ""), (words.SIGN_PRINCIPAL, ""))),
        Paragraph(words.DATE_LINE),
    ]
    return PrintedDocument(blocks, _footer(source))


def _told_on(source: Source) -> date:
    """The last day of the period, or today while it goes on."""
    return min(source.period.last, source.summary.at.astimezone(source.zone).date())


def _violations_text(source: Source) -> str:
    found = source.summary.violations
    critical, major, minor = map(found.severe, (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR))
    return words.violations_text(found.total, source.summary.own_violations, critical, major, minor, found.confirmed)


def _schools(summary: Summary) -> Grid:
    """With a last row that is the sum of the others: the figures of the whole document."""
    rows = [
        (
            school.name,
            words.part_of(school.sittings.held, school.sittings.plan),
            words.part_of(school.observers.received, school.observers.plan),
            f"{school.violations.total}",
            f"{school.violations.critical}",
        )
        for school in summary.schools
    ]
    rows.append(
        (
            words.TOTAL,
            words.part_of(summary.sittings.held, summary.sittings.plan),
            words.part_of(summary.observers.received, summary.observers.plan),
            f"{summary.violations.total}",
            f"{summary.violations.critical}",
        )
    )
    header = (words.SCHOOL, words.WORKS, words.REPORTS, words.FOUND_SHORT, words.CRITICAL_SHORT)
    return Grid(header, tuple(rows), (5.4, 3.2, 3.2, 2.6, 2.6), frozenset({len(rows) - 1}))


def _violations(found: Sequence[FoundViolation]) -> list[Block]:
    """The gravest first; a document is no place for hundreds, the workbook is."""
    order = {severity: place for place, severity in enumerate(summary_words.SEVERITIES)}
    ranked = sorted(found, key=lambda each: order[each.severity.value])[:MOST_VIOLATIONS]
    rows = tuple(
        (
            day_in_figures(each.day),
            f"{each.school_name}, {each.class_name} {each.subject}",
            words.violation(each.item, summary_words.SEVERITIES[each.severity.value], each.negative),
            each.comment,
            words.decided(summary_words.REVIEWS[each.review.value], each.review_note),
        )
        for each in ranked
    )
    if not rows:
        return []
    table = Grid(words.VIOLATION_HEADER, rows, (2.2, 3.3, 5.0, 3.3, 3.2), small=True)
    told = [words.violations_left_out(len(rows), len(found))] if len(found) > len(rows) else []
    return [Paragraph(" ".join([*told, words.GRAVEST_FIRST])), table]


def _indicators(indicators: Sequence[Indicator]) -> Grid:
    rows = tuple(
        (
            each.code,
            indicator_words.INDICATORS[each.code][0],
            words.with_beside(shown(each), beside(each)),
            aim(each),
        )
        for each in indicators
    )
    return Grid(words.INDICATOR_HEADER, rows, (1.5, 8.5, 4.5, 2.5))


def _footer(source: Source) -> str:
    made = source.summary.at.astimezone(source.zone)
    return words.footer(source.municipality, f"{made:%d.%m.%Y %H:%M}", source.made_by)
