"""Акт наблюдения: one received report, ready to sign."""

from bot.domain.checklist import Item
from bot.domain.document import Block, Fields, Grid, Lines, Paragraph, PrintedDocument, Section, Signatures, Title
from bot.domain.export import NothingToExport
from bot.domain.grid import item_place
from bot.domain.ledger import GROUP_OF, LedgerGroup
from bot.domain.report.record import ReportKind
from bot.domain.report.states import ReportState
from bot.services.sheets.source import Source
from bot.texts import documents as words
from bot.texts import summary as summary_words
from bot.texts import workbook as workbook_words
from bot.texts.time import day_in_figures
from storage import export_rows
from storage.sqlite import Row


async def act(source: Source, number: int) -> PrintedDocument:
    """Raises `NothingToExport` for a report outside the scope or not received."""
    row = await export_rows.report_within(source.reader, source.period, source.scope, number)
    if row is None or GROUP_OF[ReportState(row["state"])] is not LedgerGroup.RECEIVED:
        raise NothingToExport(number)
    answers = (await export_rows.answers_of(source.reader, [number]))[number]
    told = [(source.find_item(row["checklist"], each["item"]), each) for each in answers]
    told.sort(key=lambda pair: item_place(pair[1]["item"]))
    found = [(item, answer) for item, answer in told if answer["value"] == "no"]
    blocks: list[Block] = [
        Title(words.ACT_TITLE, words.act_number(number, day_in_figures(source.sitting[row["sitting_id"]].date))),
        _header(source, row, [item for item, _ in told]),
        Section(words.RESULTS),
        _results(told),
        Section(words.FOUND),
        _found(found) if found else Paragraph(words.NOTHING_FOUND),
        Section(words.MEASURES),
        Lines("", 2),
        Section(words.REMARKS),
        Lines("", 2),
        Signatures(((words.SIGN_OBSERVER, ""), (words.SIGN_ORGANISER, ""), (words.SIGN_PRINCIPAL, ""))),
    ]
    return PrintedDocument(blocks, _footer(source, row, await export_rows.fingerprint(source.reader, number)))


async def received_numbers(source: Source) -> list[int]:
    """Received reports of observers, by day and lesson."""
    return [
        row["number"]
        async for chunk in source.reports()
        for row in chunk
        if row["kind"] == ReportKind.OBSERVER and GROUP_OF[ReportState(row["state"])] is LedgerGroup.RECEIVED
    ]


def _header(source: Source, row: Row, items: list[Item | None]) -> Fields:
    sitting = source.sitting[row["sitting_id"]]
    begins = sitting.starts_at.strftime("%H:%M") if sitting.starts_at else ""
    stages = sorted({item.stage for item in items if item is not None})
    observer = row["person_code"] or ""
    if row["entered_by"] is not None:
        observer = f"{observer} ({words.BY_WORD})"
    return Fields(
        (
            (words.ORGANISATION, words.organisation(sitting.school_name, source.municipality)),
            (words.WORK, words.work(sitting.class_name, sitting.subject, workbook_words.FORMS[sitting.form.value])),
            (words.DAY_LESSON, words.day_lesson(day_in_figures(sitting.date), sitting.lesson, begins, sitting.room)),
            (words.OBSERVER, observer),
            (words.TIMES, words.times(_clock(source, row["arrived_at"]), _clock(source, row["left_at"]))),
            (
                words.LESSON_TIMES,
                words.lesson_times(_clock(source, row["started_at"]), _clock(source, row["ended_at"])),
            ),
            (words.PUPILS, words.pupils(row["listed"], row["present"])),
            (words.STAGES, ", ".join(source.checklist.stage(code).title for code in stages)),
        )
    )


def _results(told: list[tuple[Item | None, Row]]) -> Grid:
    rows = tuple(
        (answer["item"], item.wording if item else "", words.MARKS[answer["value"]], answer["comment"])
        for item, answer in told
    )
    bad = frozenset(number for number, (_, answer) in enumerate(told) if answer["value"] == "no")
    return Grid((words.ITEM, words.WORDING, words.MARK, words.COMMENT), rows, (1.6, 8.9, 2.2, 4.3), bad, small=True)


def _found(found: list[tuple[Item | None, Row]]) -> Grid:
    rows = tuple(
        (
            answer["item"],
            item.negative if item else "",
            summary_words.SEVERITIES[item.severity.value] if item else "",
            words.decided(summary_words.REVIEWS[answer["review"]], answer["review_note"]),
        )
        for item, answer in found
    )
    return Grid((words.ITEM, words.NEGATIVE, words.SEVERITY, words.DECISION), rows, (1.7, 7.3, 3.0, 5.0), small=True)


def _footer(source: Source, row: Row, fingerprint: str) -> str:
    received = source.local(row["submitted_at"])
    return words.act_footer(
        row["number"], row["version"], f"{received:%d.%m.%Y %H:%M}" if received else words.DASH, fingerprint[:16]
    )


def _clock(source: Source, text: str | None) -> str:
    moment = source.local(text)
    return f"{moment:%H:%M}" if moment else ""
