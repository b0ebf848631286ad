"""The card says what matters in few words: states, gravity, review, uploads, instructions."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.domain.checklist import Severity
from bot.domain.ledger import Ledger
from bot.domain.people import SchoolId
from bot.domain.period import Period, scope_of
from bot.domain.report.states import ReportState
from bot.domain.summary import Briefed, Review, SchoolSummary, SittingCounts, Summary, Uploads, ViolationCounts
from bot.domain.working_days import WorkingDays
from bot.screens import figures
from bot.services.sheets.overview import overview
from bot.services.sheets.school_side import instructions, uploads
from bot.services.sheets.source import read_source
from bot.services.summarising import read_summary
from bot.texts import summary as texts
from bot.texts import workbook as words
from bot.texts.natural import by_name
from bot.texts.time import day_of_month
from storage.clock import to_text
from tests.generate import DAY, NOON, ZONE, Shape, coordinator, filled

PLANNED = SittingCounts(3, 0, 0, 2, 1)


def of_school(**changes: object) -> Summary:
    school = replace(SchoolSummary(SchoolId(1), "СОШ № 1"), **changes)  # type: ignore[arg-type]
    return Summary(Period.day(DAY), NOON, school.reports.plan, (school,))


def lines(summary: Summary) -> list[str]:
    return figures.lines(summary, live=True)


def test_reports_are_told_by_state():
    states = dict(zip(ReportState, range(1, len(ReportState) + 1), strict=True))
    ledger = Ledger(sum(states.values()), states)
    (told,) = [line for line in lines(of_school(observers=ledger)) if line.startswith("Отчёты: ")]
    waiting = [states[each] for each in (ReportState.EXPECTED, ReportState.OPENED, ReportState.PARTIAL)]
    assert told == (
        f"Отчёты: {ledger.received} из {ledger.plan} (проверено {states[ReportState.VERIFIED]})."
        f" Ждём: {ledger.awaited} (не открыто {waiting[0]}, открыто {waiting[1]}, начато {waiting[2]},"
        f" на доработке {states[ReportState.RETURNED]}). Срок прошёл: {ledger.missed}. Не будет: {ledger.excused}"
    )


def test_what_is_normal_takes_one_line():
    told = lines(of_school(observers=Ledger(4, {ReportState.SUBMITTED: 4})))
    assert "Отчёты: 4 из 4" in told
    assert "Нарушения: 0" in told
    assert not any(line.startswith("Разбор") for line in told)


def test_violations_are_told_by_gravity_and_by_review():
    found = ViolationCounts(
        {
            (Severity.CRITICAL, Review.NONE): 1,
            (Severity.MAJOR, Review.CONFIRMED): 2,
            (Severity.MAJOR, Review.MEASURES): 3,
            (Severity.MINOR, Review.CLARIFY): 4,
            (Severity.MINOR, Review.UNCONFIRMED): 5,
        }
    )
    told = lines(of_school(violations=found, own_violations=6))
    assert "Нарушения: 15 (критичных 1, существенных 5, замечаний 9). Из них в отчётах школ: 6" in told
    assert "Разбор: подтверждено 5 (из них меры приняты 3), не подтвердилось 5, уточняется 4, ждут разбора 1" in told


def test_uploads_are_of_the_works_that_are_not_cancelled():
    """A school may tell that the results are uploaded and never that the work ended."""
    summary = replace(of_school(sittings=PLANNED), uploads=Uploads(2, 1, 0, date(2026, 4, 30)))
    assert f"Результаты загружены: 1 из 2, срок до {day_of_month(date(2026, 4, 30))}" in lines(summary)


def test_uploads_are_told_while_there_are_none_yet():
    summary = replace(of_school(sittings=PLANNED), uploads=Uploads(2, 0, 2, None))
    assert "Результаты загружены: 0 из 2, просрочено 2" in lines(summary)
    assert not any("загружены" in line for line in figures.lines(summary, live=False, ahead=True))


def test_a_briefing_that_nobody_sent_is_said():
    summary = of_school(sittings=PLANNED)
    assert texts.NOT_BRIEFED in lines(summary)
    assert "Инструктаж школ прочитали: 1 из 2" in lines(replace(summary, briefed=Briefed(2, 1, 1)))
    off = of_school(sittings=SittingCounts(1, 0, 0, 0, 1))
    assert texts.NOT_BRIEFED not in lines(off)


@pytest.mark.parametrize(
    ("at", "days", "overdue", "due"),
    [
        (datetime(2026, 4, 30, 17, 59, tzinfo=ZONE), WorkingDays(), 0, date(2026, 4, 30)),
        (datetime(2026, 4, 30, 18, 0, tzinfo=ZONE), WorkingDays(), 2, None),
        (
            datetime(2026, 4, 30, 18, 0, tzinfo=ZONE),
            WorkingDays(off=frozenset({date(2026, 4, 24)})),
            0,
            date(2026, 5, 4),
        ),
    ],
)
async def test_uploads_are_due_by_the_calendar_of_the_place_in_chat_and_sheet(
    tmp_path: Path, at: datetime, days: WorkingDays, overdue: int, due: date | None
):
    database, _ = await filled(tmp_path / "bot.db", 5, Shape(schools=1, cancelled=0))
    async with database.transaction() as tx:
        await tx.execute("DELETE FROM school_step")
        await tx.execute(
            "INSERT INTO school_step (sitting_id, step, happened_at, entered_at, person_id)"
            " VALUES (1, 'uploaded', :at, :at, 2)",
            at=to_text(NOON),
        )
    period, scope = Period.day(DAY), scope_of(coordinator())
    async with database.read(snapshot=True) as reader:
        summary = await read_summary(reader, period, scope, at, ZONE, days)
        source = await read_source(reader, period, scope, at, ZONE, "Город Н.", "К-001", days=days)
        states = [row[-1] async for chunk in uploads(source).rows() for row in chunk]
        shown = [tuple(row)[:2] async for chunk in overview(source).rows() for row in chunk if isinstance(row, tuple)]
    await database.close()
    assert summary.uploads == source.summary.uploads == Uploads(3, 1, overdue, due)
    assert (states.count(words.DONE), states.count(words.UPLOAD_OVERDUE)) == (1, overdue)
    assert (words.FIGURES["uploaded"], 1) in shown
    assert (words.FIGURES["upload_overdue"], overdue) in shown


async def test_the_sheet_divides_violations_three_times_and_lists_readers_in_natural_order(tmp_path: Path):
    database, _ = await filled(tmp_path / "bot.db", 5, Shape(schools=11, violation=0.1))
    async with database.read(snapshot=True) as reader:
        source = await read_source(reader, Period.day(DAY), scope_of(coordinator()), NOON, ZONE, "Город Н.", "К-001")
        shown = [tuple(row)[:2] async for chunk in overview(source).rows() for row in chunk if isinstance(row, tuple)]
        readers = [row[3] async for chunk in instructions(source).rows() for row in chunk if isinstance(row, list)]
    await database.close()
    for name, parts in ((words.BY_SOURCE, 2), (words.BY_SEVERITY, 3), (words.BY_REVIEW, 5)):
        at = shown.index((words.part(name), None))
        told = shown[at + 1 : at + 1 + parts]
        inner = words.part(words.part(""))
        assert all(label.startswith(inner) for label, _ in told)
        whole = sum(figure for label, figure in told if not label.startswith(words.part(inner)))
        assert whole == source.summary.violations.total > 0
    assert readers == by_name(readers, str)
    assert readers.index("СОШ № 2") < readers.index("СОШ № 10")
