"""Schools, works and assignments: the plan that the ledger is measured against."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from bot.domain.ledger import GROUP_OF, LedgerGroup
from bot.domain.plan import Sitting
from bot.domain.report.states import ReportState
from bot.domain.summary import SchoolSummary
from bot.domain.table import Bars, Chunks, Column, Kind, Table, Tone, Value
from bot.services.sheets.source import PLACE, Source, place
from bot.texts import workbook as words
from storage import export_rows, responsibility, school_steps
from storage.school_steps import Step
from storage.sqlite import Row

Steps = Mapping[str, Step]


def schools(source: Source) -> Table:
    """A row a school, by name: nobody is ranked."""
    columns = (
        Column(words.SCHOOL, Kind.TEXT, 22),
        Column(words.WORKS, Kind.NUMBER, 8, summed=True),
        Column(words.HELD, Kind.NUMBER, 11, summed=True),
        Column(words.CANCELLED, Kind.NUMBER, 10, summed=True),
        Column(words.PLANNED_REPORTS, Kind.NUMBER, 12, summed=True),
        Column(words.RECEIVED_REPORTS, Kind.NUMBER, 11, summed=True),
        Column(words.AWAITED, Kind.NUMBER, 8, summed=True),
        Column(words.MISSED, Kind.NUMBER, 10, summed=True),
        Column(words.EXCUSED, Kind.NUMBER, 9, summed=True),
        Column(words.SCHOOL_RECEIVED, Kind.TEXT, 12),
        Column(words.CLEAN, Kind.NUMBER, 11, summed=True),
        Column(words.FOUND, Kind.NUMBER, 11, summed=True),
        Column(words.CRITICAL, Kind.NUMBER, 12, above_zero=Tone.BAD, summed=True),
        Column(words.CONFIRMED, Kind.NUMBER, 16, summed=True),
        Column(words.PHOTOS, Kind.NUMBER, 6, summed=True),
        *((Column(words.RISK_YEARS, Kind.TEXT, 16),) if source.scope.risk else ()),
    )

    async def rows() -> Chunks:
        known = [school.school_id for school in source.summary.schools]
        risk = await export_rows.risk_years(source.reader, known) if source.scope.risk else {}
        yield [_school(source, school, risk) for school in source.summary.schools]

    chart = Bars(words.CHART_SCHOOLS, 1, (6, 7, 8, 9), stacked=True)
    return Table(words.SCHOOLS, columns, rows, source.caption(words.SCHOOLS), chart=chart)


def _school(source: Source, school: SchoolSummary, risk: dict[int, list[int]]) -> list[Value]:
    sittings, ledger, found = school.sittings, school.observers, school.violations
    row: list[Value] = [
        school.name,
        sittings.plan,
        sittings.held,
        sittings.cancelled,
        ledger.plan,
        ledger.received,
        ledger.awaited,
        ledger.missed,
        ledger.excused,
        words.part_of(school.school.received, school.school.plan),
        school.clean,
        found.total,
        found.critical,
        found.confirmed,
        school.photos,
    ]
    if source.scope.risk:
        row.append(", ".join(map(str, risk.get(school.school_id, ()))))
    return row


def schedule(source: Source) -> Table:
    """A row a work, cancelled ones too; its state by the reports about it."""
    tones = ((words.WORK_STATES["cancelled"], Tone.MUTED), (words.WORK_STATES["silent"], Tone.WARNING))
    columns = (
        *PLACE,
        Column(words.LESSON, Kind.NUMBER, 6),
        Column(words.BEGINS, Kind.TIME, 9),
        Column(words.MINUTES, Kind.NUMBER, 7),
        Column(words.ROOM, Kind.TEXT, 9),
        Column(words.FORM, Kind.TEXT, 14),
        Column(words.PUPILS, Kind.NUMBER, 11),
        Column(words.STATE, Kind.TEXT, 14, tones),
        Column(words.OBSERVERS, Kind.TEXT, 18),
        Column(words.RECEIVED_OF, Kind.TEXT, 16),
        Column(words.UNDER_CONTROL, Kind.TEXT, 16),
        Column(words.UNDER_CONTROL_SINCE, Kind.MOMENT, 16),
    )

    async def rows() -> Chunks:
        size = export_rows.CHUNK
        for start in range(0, len(source.sittings), size):
            part = source.sittings[start : start + size]
            ids = [sitting.id for sitting in part]
            observers = await export_rows.observers_of(source.reader, ids)
            reports: dict[int, list[Row]] = defaultdict(list)
            async for chunk in export_rows.reports_by_chunk(source.reader, ids):
                for report in chunk:
                    reports[report["sitting_id"]].append(report)
            steps = await school_steps.of_sittings(source.reader, ids)
            heads = await responsibility.accepted(source.reader, ids)
            yield [
                [
                    *_work(sitting, observers.get(sitting.id, []), reports[sitting.id], steps.get(sitting.id, {})),
                    *_control(source, heads.get(sitting.id)),
                ]
                for sitting in part
            ]

    return Table(words.SCHEDULE, columns, rows, source.caption(words.SCHEDULE), frozen=2)


def _work(sitting: Sitting, observers: list[str], reports: list[Row], steps: Steps) -> list[Value]:
    mine = [report for report in reports if report["kind"] == "observer"]
    received = sum(_received(report) for report in mine)
    return [
        *place(sitting),
        sitting.lesson,
        sitting.starts_at,
        sitting.duration_min,
        sitting.room,
        words.FORMS[sitting.form.value],
        sitting.pupils,
        words.WORK_STATES[_work_state(sitting, reports, steps)],
        ", ".join(observers),
        words.part_of(received, len(mine)),
    ]


def _control(source: Source, head: tuple[str, datetime] | None) -> list[Value]:
    """Which head of the school took the work under control, and when."""
    return [None, None] if head is None else [head[0], source.moment(head[1])]


def _work_state(sitting: Sitting, reports: list[Row], steps: Steps) -> str:
    """The same rule as in the summary."""
    if sitting.cancelled:
        return "cancelled"
    if "ended" in steps or any(_received(report) or report["ended_at"] is not None for report in reports):
        return "held"
    begun = "started" in steps or any(report["started_at"] is not None for report in reports)
    return "running" if begun else "silent"


def _received(report: Row) -> bool:
    return GROUP_OF[ReportState(report["state"])] is LedgerGroup.RECEIVED


def assignments(source: Source) -> Table:
    """A row an assignment, ended ones too: who was to watch what, and why that changed."""
    columns = (
        *PLACE,
        Column(words.OBSERVER, Kind.TEXT, 13),
        Column(words.ASSIGNED, Kind.MOMENT, 16),
        Column(words.ASSIGNED_BY, Kind.TEXT, 12),
        Column(words.ARRIVAL, Kind.TEXT, 12),
        Column(words.ENDED_AT, Kind.MOMENT, 16),
        Column(words.REASON, Kind.LONG, 40),
    )

    async def rows() -> Chunks:
        size = export_rows.CHUNK
        for start in range(0, len(source.sittings), size):
            ids = [sitting.id for sitting in source.sittings[start : start + size]]
            yield [
                [
                    *place(source.sitting[row["sitting_id"]]),
                    row["code"],
                    source.local(row["assigned_at"]),
                    row["assigned_by"] or "",
                    words.ARRIVALS.get(row["arrival"], row["arrival"]),
                    source.local(row["ended_at"]),
                    row["ended_why"],
                ]
                for row in await export_rows.assignments_of(source.reader, ids)
            ]

    return Table(words.ASSIGNMENTS, columns, rows, source.caption(words.ASSIGNMENTS), frozen=2)
