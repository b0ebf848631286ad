"""The sheet one reads first: the period in figures, and the proof that sheets, ledger and chat say the same."""

from bot.domain.ledger import Ledger
from bot.domain.report.states import ReportState
from bot.domain.summary import Review
from bot.domain.table import Chunks, Column, Heading, Kind, Row, Table, Tone
from bot.services.sheets.reconciliation import reconciliation
from bot.services.sheets.source import Source
from bot.texts import periods
from bot.texts import summary as summary_words
from bot.texts import workbook as words


def overview(source: Source) -> Table:
    """Written last: its reconciliation compares what the other sheets hold with the summary that the chat shows."""
    tones = ((words.DISAGREES, Tone.BAD),)
    columns = (
        Column(words.FIGURE, Kind.LONG, 46),
        Column(words.VALUE, Kind.NUMBER, 16),
        Column(words.REMARK, Kind.LONG, 60, tones),
    )

    async def rows() -> Chunks:
        yield [*_general(source), *_figures(source), *_reconciliation(source)]

    return Table(
        words.SUMMARY,
        columns,
        rows,
        source.caption(words.SUMMARY),
        filters=False,
        portrait=True,
        signatures=(words.SIGNS,),
    )


def _general(source: Source) -> list[Row]:
    made = source.summary.at.astimezone(source.zone).replace(tzinfo=None, second=0, microsecond=0)
    return [
        Heading(words.GENERAL),
        (words.MUNICIPALITY, None, source.municipality),
        (words.PERIOD, None, periods.figures(source.period.first, source.period.last)),
        (words.MADE_AT, None, f"{made:%d.%m.%Y %H:%M}"),
        (words.MADE_BY, None, source.made_by),
        (words.ZONE, None, source.zone_name),
    ]


def _figures(source: Source) -> list[Row]:
    summary, names = source.summary, words.FIGURES
    sittings, schools = summary.sittings, len(summary.planned_schools)
    seen, risky = summary.risk_schools
    told: list[Row] = [
        Heading(words.SITTINGS),
        (names["sittings_plan"], sittings.plan, ""),
        (names["sittings_held"], sittings.held, words.share(sittings.held, sittings.plan - sittings.cancelled)),
        (names["sittings_running"], sittings.running, ""),
        (names["sittings_silent"], sittings.silent, ""),
        (names["sittings_cancelled"], sittings.cancelled, ""),
        (names["schools"], schools, ""),
        (names["schools_observed"], summary.observed_schools, words.share(summary.observed_schools, schools)),
        (names["schools_off"], summary.off_schools, ""),
    ]
    if source.scope.risk:
        told += [(names["risk"], risky, ""), (names["risk_observed"], seen, words.share(seen, risky))]
    told += [
        (names["uploaded"], summary.uploads.done, words.share(summary.uploads.done, summary.uploads.works)),
        (names["upload_overdue"], summary.uploads.overdue, ""),
        (names["briefed"], summary.briefed.sent, ""),
        (names["briefed_read"], summary.briefed.read, ""),
        (names["briefed_in_time"], summary.briefed.in_time, ""),
    ]
    told += _ledger(words.REPORTS, summary.observers)
    told += _ledger(words.SCHOOL_REPORTS, summary.school)
    return told + _findings(source)


def _ledger(title: str, ledger: Ledger) -> list[Row]:
    states = [(words.part(words.STATES[state.value]), ledger[state], "") for state in ReportState]
    total = sum(ledger.counts.values())
    agrees = words.AGREES if total == ledger.plan else words.DISAGREES
    return [
        Heading(title),
        (words.FIGURES["plan"], ledger.plan, ""),
        *states,
        (words.SUM_OF_STATES, total, agrees),
        (words.FIGURES["received"], ledger.received, words.share(ledger.received, ledger.plan)),
    ]


def _findings(source: Source) -> list[Row]:
    summary, found = source.summary, source.summary.violations
    severities = [
        (words.part(words.part(name)), sum(count for (each, _), count in found.counts.items() if each.value == key), "")
        for key, name in summary_words.SEVERITIES.items()
    ]
    reviews: list[Row] = [
        (words.part(words.part(summary_words.REVIEWS["confirmed"])), found.confirmed, ""),
        (words.part(words.part(words.part(summary_words.MEASURES["measures"]))), found.reviewed(Review.MEASURES), ""),
        *(
            (words.part(words.part(name)), found.reviewed(Review(key)), "")
            for key, name in summary_words.UNDECIDED.items()
        ),
    ]
    return [
        Heading(words.FINDINGS),
        (words.FIGURES["violations"], found.total, ""),
        (words.part(words.BY_SOURCE), None, ""),
        (words.FIGURES["violations_observers"], found.total - summary.own_violations, ""),
        (words.FIGURES["violations_schools"], summary.own_violations, ""),
        (words.part(words.BY_SEVERITY), None, ""),
        *severities,
        (words.part(words.BY_REVIEW), None, ""),
        *reviews,
        (words.FIGURES["clean"], summary.clean, ""),
        (words.FIGURES["answers"], summary.answers, ""),
        (words.FIGURES["photos"], summary.photos, ""),
        (words.FIGURES["training"], summary.training, ""),
        (words.FIGURES["returned_violations"], summary.returned_violations, ""),
    ]


def _reconciliation(source: Source) -> list[Row]:
    return [
        Heading(words.RECONCILIATION),
        *(
            (each.title, each.sheet, words.compared(each.sheet, each.chat, each.ledger, agrees=each.agrees))
            for each in reconciliation(source)
        ),
    ]
