"""Chat, ledger and workbook say the same of any day: the promise of the product."""

import re
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.domain.export import ExportKind, Wanted
from bot.domain.period import Period, scope_of
from bot.domain.report.states import ReportState
from bot.domain.summary import Review
from bot.domain.working_days import WorkingDays
from bot.screens import summary as screens
from bot.services.file_making import Order, make_file
from bot.services.summarising import Summarising, read_summary
from bot.texts import workbook as words
from storage.clock import from_text
from storage.snapshot import open_snapshot
from tests.generate import DAY, NOON, ZONE, Rows, Shape, coordinator, filled
from tests.summary.oracle import Oracle

SHAPES = st.builds(
    Shape,
    schools=st.integers(1, 5),
    sittings_a_school=st.integers(1, 4),
    days=st.integers(1, 3),
    observer_share=st.floats(0, 1),
    violation=st.floats(0, 0.4),
    training=st.floats(0, 0.5),
    cancelled=st.floats(0, 0.5),
    school_reports=st.booleans(),
    memos=st.booleans(),
    cases=st.integers(0, 8),
    weights=st.tuples(*[st.integers(0, 5)] * 8).filter(any),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**6), shape=SHAPES, days=st.integers(1, 3))
async def test_sheets_ledger_and_chat_agree(seed: int, shape: Shape, days: int):
    with tempfile.TemporaryDirectory() as folder:
        neighbour = Shape(schools=2, municipality=2, first_id=500)
        database, rows = await filled(Path(folder) / "bot.db", seed, shape, neighbour)
        period = Period(DAY - timedelta(days=days - 1), DAY)
        actor = coordinator()
        try:
            summary = await Summarising(database, ZONE).summary(actor, period, NOON)
        finally:
            await database.close()
        truth = Oracle(rows, set(range(1, shape.schools + 1)), {each.isoformat() for each in period})
        check_summary(summary, truth)
        assert (summary.briefed.sent, summary.briefed.read, summary.briefed.in_time) == truth.briefed(rows)
        check_chat(screens.card(summary, DAY, ZONE).text, truth, summary.empty)
        target = Path(folder) / "out.xlsx"
        wanted = Wanted(ExportKind.BOOK, period)
        order = Order(wanted, scope_of(actor), NOON, ZONE, "Город Н.", "К-001")
        async with open_snapshot(Path(folder) / "bot.db") as reader:
            made = await make_file(reader, Order.from_json(order.to_json()), target)
        assert made["agrees"]
        check_workbook(target, truth)
        check_other_sheets(target, truth, rows, period)


def check_summary(summary, truth: Oracle) -> None:
    for kind, ledger in (("observer", summary.observers), ("school", summary.school)):
        assert {state.value: ledger[state] for state in ReportState if ledger[state]} == dict(truth.states(kind))
    assert summary.plan == len(truth.reports) == sum(summary.reports.counts.values())
    assert summary.sittings.plan == len(truth.sittings)
    assert summary.sittings.held == truth.held()
    assert summary.sittings.cancelled == sum(s["state"] == "cancelled" for s in truth.sittings)
    found = summary.violations
    assert found.total == len(truth.violations)
    assert {s.value: n for s in found_severities(found) if (n := found.severe(s))} == dict(truth.severities())
    assert {r.value: n for r in Review if (n := found.reviewed(r))} == dict(truth.reviews())
    assert summary.own_violations == len(truth.own_violations)
    assert summary.answers == len(truth.answers)
    assert summary.clean == truth.clean()
    assert summary.photos == len(truth.photos)
    assert summary.uploads.done == truth.uploaded()
    assert summary.training == len(truth.training)
    assert summary.returned_violations == len(truth.returned_violations)


def found_severities(found):
    return {severity for severity, _ in found.counts}


def check_chat(text: str, truth: Oracle, empty: bool) -> None:
    if empty:
        return
    states = truth.states("observer")
    received, plan = states["submitted"] + states["verified"], sum(states.values())
    awaited = sum(states[state] for state in ("expected", "opened", "partial", "returned"))
    assert figure(text, r"^Отчёты: (\d+) из (\d+)") == [received, plan]
    assert figure(text, r"^Отчёты: .*Ждём: (\d+)") == ([awaited] if awaited else [])
    assert figure(text, r"^Проведено работ: (\d+) из (\d+)") == [truth.held(), len(truth.sittings)]
    assert figure(text, r"^Нарушения: (\d+)") == [len(truth.violations)]


def figure(text: str, pattern: str) -> list[int]:
    found = re.search(pattern, text, re.MULTILINE)
    return [int(each) for each in found.groups()] if found else []


def check_workbook(path: Path, truth: Oracle) -> None:
    book = load_workbook(path)
    observers = [report for report in truth.received if report["kind"] == "observer"]
    assert rows_of(book, words.OBSERVATIONS) == len(observers)
    assert rows_of(book, words.ANSWERS) == len(truth.answers)
    assert rows_of(book, words.VIOLATIONS) == len(truth.violations)
    assert rows_of(book, words.MISSING) == len(truth.reports) - len(truth.received)
    assert total_of(book, words.SCHOOLS, words.WORKS) == len(truth.sittings)
    assert total_of(book, words.SCHOOLS, words.RECEIVED_REPORTS) == len(observers)
    assert total_of(book, words.SCHOOLS, words.FOUND) == len(truth.violations)
    assert total_of(book, words.BY_ITEM, words.VIOLATED) == len(truth.violations)
    assert [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"] == []
    shown = [row[2].value for row in book[words.SUMMARY].iter_rows() if row[2].value]
    assert not any(words.DISAGREES in str(value) for value in shown)
    answers = len(truth.answers)
    assert words.compared(answers, answers, None, agrees=True) in shown
    received = len(observers)
    assert words.compared(received, received, received, agrees=True) in shown


def check_other_sheets(path: Path, truth: Oracle, rows: Rows, period: Period) -> None:
    """A reader of the file finds the figures of the chat by filtering a column."""
    book = load_workbook(path)
    counted = [row for row in cells_of(book, words.INSTRUCTIONS) if row[words.IN_SUMMARY] == words.YES]
    read = [row for row in counted if row[words.READ_AT]]
    assert (len(counted), len(read), sum(row[words.LATE] == words.YES for row in read)) == truth.briefed(rows)
    planned = [sitting for sitting in truth.sittings if sitting["state"] == "planned"]
    uploads = cells_of(book, words.UPLOADS)
    assert len(uploads) == len(planned)
    assert sum(row[words.UPLOAD_STATE] == words.DONE for row in uploads) == truth.uploaded()
    days = [from_text(case["accepted_at"]).astimezone(ZONE).date() for case in rows["hotline_case"]]
    accepted = sum(period.first <= day <= period.last for day in days)
    cases = cells_of(book, words.HOTLINE)
    assert len(cases) == accepted
    indicators = {row[words.INDICATOR]: row for row in cells_of(book, words.INDICATORS)}
    in_time = sum(row[words.LATE] != words.NO for row in cases)
    assert parts_of(indicators["М14"]) == (in_time, accepted)
    schools = {sitting["school_id"] for sitting in planned}
    place = {sitting["id"]: sitting["school_id"] for sitting in truth.sittings}
    seen = {place[report["sitting_id"]] for report in truth.received if report["kind"] == "observer"}
    assert parts_of(indicators["М1"]) == (len(schools & seen), len(schools))


def parts_of(row: dict[str, Any]) -> tuple[int, int]:
    return row[words.NUMERATOR], row[words.DENOMINATOR]


def cells_of(book, title: str) -> list[dict[str, Any]]:
    header, *rows = book[title].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows if row[0] not in (words.NO_ROWS, words.TOTAL)]


def rows_of(book, title: str) -> int:
    values = [row[0].value for row in book[title].iter_rows(min_row=2)]
    return 0 if values == [words.NO_ROWS] else len(values) - values.count(words.TOTAL)


def total_of(book, title: str, column: str) -> int:
    """What «Итого» says; 0 for a sheet without rows."""
    header, *rows = book[title].iter_rows(values_only=True)
    return rows[-1][header.index(column)] if rows[-1][0] == words.TOTAL else 0


async def test_a_neighbour_municipality_is_out_of_reach(tmp_path: Path):
    database, rows = await filled(tmp_path / "bot.db", 7, Shape(), Shape(schools=2, municipality=2, first_id=500))
    try:
        async with database.read(snapshot=True) as reader:
            scope = scope_of(coordinator(municipality=2))
            summary = await read_summary(reader, Period.day(DAY), scope, NOON, ZONE, WorkingDays())
    finally:
        await database.close()
    assert {school.school_id for school in summary.schools} == {501, 502}
    assert summary.plan == len(Oracle(rows, {501, 502}, {DAY.isoformat()}).reports)


async def test_a_figure_that_differs_is_said_in_the_file(tmp_path: Path):
    database, _ = await filled(tmp_path / "bot.db", 7, Shape())
    async with database.transaction() as tx:
        await tx.execute("UPDATE day_count SET count = count + 1 WHERE what = 'violation'")
    await database.close()
    wanted = Wanted(ExportKind.BOOK, Period.day(DAY))
    order = Order(wanted, scope_of(coordinator()), NOON, ZONE, "Город Н.", "К-001")
    target = tmp_path / "out.xlsx"
    async with open_snapshot(tmp_path / "bot.db") as reader:
        made = await make_file(reader, order, target)
    assert not made["agrees"]
    shown = [(row[0].value, str(row[2].value)) for row in load_workbook(target)[words.SUMMARY].iter_rows(min_row=2)]
    wrong = [title for title, remark in shown if remark.startswith(words.DISAGREES)]
    assert words.VIOLATIONS in wrong
    assert words.OBSERVATIONS not in wrong
