"""Reports that were received, reports that were not, and what received ones say item by item."""

from collections.abc import Sequence

from bot.domain.grid import item_place
from bot.domain.ledger import GROUP_OF, LedgerGroup
from bot.domain.report.record import ReportKind
from bot.domain.report.states import ReportState
from bot.domain.table import Chunks, Column, Kind, Table, Tone, Value
from bot.services.sheets.source import PLACE, Source, place
from bot.texts import summary as summary_words
from bot.texts import workbook as words
from storage import export_rows
from storage.sqlite import Row
from storage.summary import severity_of

_SEVERITY_TONES = (
    (summary_words.SEVERITIES["critical"], Tone.BAD),
    (summary_words.SEVERITIES["major"], Tone.WARNING),
)
_STATE_TONES = ((words.STATES["missed"], Tone.BAD), (words.STATES["returned"], Tone.WARNING))


def observations(source: Source) -> Table:
    """A row a received report of an observer."""
    return _received(source, words.OBSERVATIONS, ReportKind.OBSERVER)


def school_reports(source: Source) -> Table:
    """A row a received report of a school coordinator."""
    return _received(source, words.SCHOOL_REPORTS, ReportKind.SCHOOL)


def _received(source: Source, title: str, kind: ReportKind) -> Table:
    columns = (
        *PLACE,
        Column(words.LESSON, Kind.NUMBER, 6),
        Column(words.ROOM, Kind.TEXT, 9),
        Column(words.FORM, Kind.TEXT, 13),
        Column(words.REPORT, Kind.TEXT, 9),
        Column(words.OBSERVER if kind is ReportKind.OBSERVER else words.WHO, Kind.TEXT, 14),
        Column(words.STATE, Kind.TEXT, 20),
        Column(words.ARRIVED, Kind.TIME, 8),
        Column(words.STARTED, Kind.TIME, 8),
        Column(words.ENDED, Kind.TIME, 12),
        Column(words.LEFT, Kind.TIME, 8),
        Column(words.LISTED, Kind.NUMBER, 8),
        Column(words.PRESENT, Kind.NUMBER, 15),
        Column(words.ANSWERED, Kind.NUMBER, 11, summed=True),
        Column(words.FOUND, Kind.NUMBER, 13, summed=True),
        Column(words.PHOTOS, Kind.NUMBER, 8, summed=True),
        Column(words.OUTCOME, Kind.LONG, 60),
        Column(words.SUBMITTED, Kind.MOMENT, 16),
        Column(words.LATE, Kind.TEXT, 8, ((words.NO, Tone.WARNING),)),
        Column(words.VERSION, Kind.NUMBER, 8),
        Column(words.BY_WORD, Kind.TEXT, 10),
    )

    async def rows() -> Chunks:
        async for chunk in source.reports():
            received = [row for row in chunk if row["kind"] == kind and _group(row) is LedgerGroup.RECEIVED]
            numbers = [row["number"] for row in received]
            found = await export_rows.answers_of(source.reader, numbers, only_no=True)
            counts = await export_rows.answer_counts(source.reader, numbers)
            photos = await export_rows.photo_counts(source.reader, numbers)
            by_report = {number: sum(n for (each, _), n in photos.items() if each == number) for number in numbers}
            yield [
                _observation(source, row, found[row["number"]], counts.get(row["number"], 0), by_report[row["number"]])
                for row in received
            ]

    # All of the place: such a row takes two pages, and the second begins with what is repeated.
    return Table(title, columns, rows, source.caption(title), frozen=len(PLACE))


def _observation(source: Source, row: Row, found: list[Row], answered: int, photos: int) -> list[Value]:
    sitting = source.sitting[row["sitting_id"]]
    told = []
    for each in sorted(found, key=lambda answer: item_place(answer["item"])):
        item = source.find_item(row["checklist"], each["item"])
        told.append(f"{each['item']} {item.negative if item else ''}".strip())
    late = row["submitted_at"] is not None and row["submitted_at"] > row["due_at"]
    return [
        *place(sitting),
        sitting.lesson,
        sitting.room,
        words.FORMS[sitting.form.value],
        str(row["number"]),
        row["person_code"] or "",
        words.STATES[row["state"]],
        *(moment.time() if (moment := source.local(row[name])) else None for name in _TIMES),
        row["listed"],
        row["present"],
        answered,
        len(found),
        photos,
        words.outcome(told) if answered else words.STEPS_ONLY,
        source.local(row["submitted_at"]),
        words.NO if late else words.YES,
        row["version"],
        words.YES if row["entered_by"] is not None else "",
    ]


_TIMES = ("arrived_at", "started_at", "ended_at", "left_at")


def missing(source: Source) -> Table:
    """A row a report that was not received: awaited, overdue or excused."""
    columns = (
        *PLACE,
        Column(words.REPORT, Kind.TEXT, 9),
        Column(words.WHO, Kind.TEXT, 14),
        Column(words.AWAITED_FROM, Kind.TEXT, 14),
        Column(words.STATE, Kind.TEXT, 24, _STATE_TONES),
        Column(words.ANSWERED, Kind.NUMBER, 9),
        Column(words.DUE, Kind.MOMENT, 16),
        Column(words.TOUCHED, Kind.MOMENT, 16),
        Column(words.REASON, Kind.LONG, 40),
    )

    async def rows() -> Chunks:
        async for chunk in source.reports():
            absent = [row for row in chunk if _group(row) is not LedgerGroup.RECEIVED]
            counts = await export_rows.answer_counts(source.reader, [row["number"] for row in absent])
            yield [
                [
                    *place(source.sitting[row["sitting_id"]]),
                    str(row["number"]),
                    summary_words.KINDS[row["kind"]],
                    row["person_code"] or "",
                    words.STATES[row["state"]],
                    counts.get(row["number"], 0),
                    source.local(row["due_at"]),
                    source.local(row["touched_at"]),
                    row["state_reason"],
                ]
                for row in absent
            ]

    return Table(words.MISSING, columns, rows, source.caption(words.MISSING), frozen=2)


def answers(source: Source) -> Table:
    """A row an answer of a received report."""
    tones = ((words.ANSWERS_SHOWN["no"], Tone.BAD), (words.ANSWERS_SHOWN["na"], Tone.MUTED))
    columns = (
        *PLACE,
        Column(words.REPORT, Kind.TEXT, 9),
        Column(words.TOLD_BY, Kind.TEXT, 14),
        Column(words.ITEM, Kind.TEXT, 7),
        Column(words.LABEL, Kind.TEXT, 26),
        Column(words.SEVERITY, Kind.TEXT, 13),
        Column(words.ANSWER, Kind.TEXT, 8, tones),
        Column(words.COMMENT, Kind.LONG, 40),
        Column(words.ENTERED, Kind.MOMENT, 16),
    )

    async def rows() -> Chunks:
        async for chunk in source.reports():
            received = [row for row in chunk if _group(row) is LedgerGroup.RECEIVED]
            found = await export_rows.answers_of(source.reader, [row["number"] for row in received])
            yield [line for row in received for line in _answer_lines(source, row, found[row["number"]])]

    return Table(words.ANSWERS, columns, rows, source.caption(words.ANSWERS), frozen=2)


def _answer_lines(source: Source, row: Row, found: Sequence[Row]) -> list[list[Value]]:
    where = place(source.sitting[row["sitting_id"]])
    number, code = str(row["number"]), row["person_code"] or ""
    lines: list[list[Value]] = []
    for answer in sorted(found, key=lambda each: item_place(each["item"])):
        item = source.find_item(row["checklist"], answer["item"])
        lines.append(
            [
                *where,
                number,
                code,
                answer["item"],
                item.label if item else "",
                summary_words.SEVERITIES[severity_of(item).value],
                words.ANSWERS_SHOWN[answer["value"]],
                answer["comment"],
                source.local(answer["entered_at"]),
            ]
        )
    return lines


def violations(source: Source) -> Table:
    """A row a «Нет» of a received report, with its review and measures."""
    columns = (  # as wide as one printed page: this sheet is signed
        Column(words.DATE, Kind.DATE, 11),
        Column(words.SCHOOL, Kind.LONG, 16),
        Column(words.CLASS, Kind.TEXT, 7),
        Column(words.SUBJECT, Kind.LONG, 14),
        Column(words.ITEM, Kind.TEXT, 7),
        Column(words.NEGATIVE, Kind.LONG, 32),
        Column(words.SEVERITY, Kind.TEXT, 13, _SEVERITY_TONES),
        Column(words.COMMENT, Kind.LONG, 26),
        Column(words.PHOTOS, Kind.NUMBER, 6),
        Column(words.TOLD_BY, Kind.TEXT, 11),
        Column(words.REPORT, Kind.TEXT, 8),
        Column(words.REVIEW, Kind.LONG, 15),
        Column(words.MEASURES, Kind.LONG, 23),
        Column(words.REVIEWED, Kind.MOMENT, 16),
    )

    async def rows() -> Chunks:
        async for chunk in source.reports():
            received = {row["number"]: row for row in chunk if _group(row) is LedgerGroup.RECEIVED}
            found = await export_rows.answers_of(source.reader, list(received), only_no=True)
            photos = await export_rows.photo_counts(source.reader, [number for number, each in found.items() if each])
            yield [
                _violation(source, received[number], answer, photos.get((number, answer["item"]), 0))
                for number, each in found.items()
                for answer in sorted(each, key=lambda answer: item_place(answer["item"]))
            ]

    return Table(words.VIOLATIONS, columns, rows, source.caption(words.VIOLATIONS), frozen=2)


def _violation(source: Source, row: Row, answer: Row, photos: int) -> list[Value]:
    item = source.find_item(row["checklist"], answer["item"])
    return [
        *place(source.sitting[row["sitting_id"]]),
        answer["item"],
        item.negative if item else "",
        summary_words.SEVERITIES[severity_of(item).value],
        answer["comment"],
        photos,
        row["person_code"] or "",
        str(row["number"]),
        summary_words.REVIEWS[answer["review"]],
        answer["review_note"],
        source.local(answer["reviewed_at"]),
    ]


def _group(row: Row) -> LedgerGroup:
    return GROUP_OF[ReportState(row["state"])]
