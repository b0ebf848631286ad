"""From the summary down to a photo: schools, reports, answers, for whoever may see them."""

import asyncio
from collections import defaultdict
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.checklist import Form, ReportForm
from bot.domain.checklist_file import load_checklists
from bot.domain.drill import DayOfSchool, ReportLine, ReportSheet, SchoolDay, SchoolHistory, ShownPhoto, WorkLine
from bot.domain.errors import NotAllowed
from bot.domain.ledger import GROUP_OF, LedgerGroup
from bot.domain.people import Actor, Role, SchoolId
from bot.domain.period import Period, Scope, scope_of
from bot.domain.period_words import EVERYTHING
from bot.domain.report.record import ReportKind
from bot.domain.report.states import ReportState
from bot.domain.reporting import NoSuchReport
from bot.domain.working_days import COUNTRY, WorkingDays
from bot.services.items import find_item
from bot.services.sheets.source import in_order
from bot.services.summarising import read_summary
from bot.texts.natural import by_name
from storage import export_rows, findings, photos, reports, sittings
from storage.clock import from_text_or_none
from storage.database import Database, Reader
from storage.photos import StoredPhoto
from storage.sqlite import Row
from storage.summary import severity_of

MOST_PHOTOS = 10


class Looking:
    """Schools see their own day; an observer's report only with `sees_reports`. `folder` holds the stored photos."""

    def __init__(
        self,
        database: Database,
        zone: ZoneInfo,
        folder: Path,
        days: WorkingDays = COUNTRY,
        *,
        sees_reports: bool = False,
    ) -> None:
        self._database = database
        self._zone = zone
        self._days = days
        self._folder = folder
        self._sees_reports = sees_reports

    async def school_day(self, actor: Actor, school_id: SchoolId, day: date, now: datetime) -> SchoolDay | None:
        """None when the school has no works on this day. Raises `NotAllowed`."""
        scope = scope_of(actor).of_school(school_id)
        period = Period.day(day)
        async with self._database.read(snapshot=True) as reader:
            summary = await read_summary(reader, period, scope, now, self._zone, self._days)
            if not summary.schools:
                return None
            works = in_order(await export_rows.sittings_within(reader, period, scope))
            lines: dict[int, list[ReportLine]] = defaultdict(list)
            async for chunk in export_rows.reports_by_chunk(reader, [sitting.id for sitting in works]):
                for row in await self._lines(reader, chunk, scope):
                    lines[row[0]].append(row[1])
        return SchoolDay(summary.schools[0], tuple(WorkLine(work, tuple(lines[work.id])) for work in works))

    async def report(self, actor: Actor, number: int) -> ReportSheet:
        """Raises `NotAllowed`, and `NoSuchReport` for one outside the scope or a rehearsal."""
        scope = scope_of(actor)
        async with self._database.read(snapshot=True) as reader:
            row = await export_rows.report_within(reader, EVERYTHING, scope, number)
            report = await reports.load(reader, number) if row is not None else None
            if row is None or report is None:
                raise NoSuchReport(number)
            if self._hides(scope, report.kind, report.state):
                raise NotAllowed
            found = await findings.violations(reader, EVERYTHING, scope, find_item, number=number)
            sitting = await sittings.sitting(reader, report.sitting_id)
            kept = await photos.count(reader, number)
        checklist = report.checklist_among(load_checklists())
        return ReportSheet(report, sitting, row["person_code"] or "", checklist, tuple(found), kept)

    async def photos(self, actor: Actor, number: int, item: str = "", only: int | None = None) -> list[ShownPhoto]:
        """Stored copies without metadata; of one item, or one photo, when given; at most ten. Raises as `report`."""
        sheet = await self.report(actor, number)
        async with self._database.read() as reader:
            known = await photos.of_report(reader, sheet.report.number)
        wanted = [
            photo
            for photo in known
            if photo.state in ("pending", "stored") and (not item or photo.item == item) and only in (None, photo.id)
        ]
        return [
            ShownPhoto(
                photo.id,
                photo.item,
                await asyncio.to_thread(_read, self._folder / photo.path) if photo.state == "stored" else None,
            )
            for photo in wanted[:MOST_PHOTOS]
        ]

    async def copy_of(self, actor: Actor, photo: StoredPhoto) -> bytes | None:
        """The bytes on the disk; None when they are not there. Raises `NotAllowed`."""
        actor.need(Role.COORDINATOR)
        return await asyncio.to_thread(_read, self._folder / photo.path) if photo.state == "stored" else None

    async def clean_copy_of(self, actor: Actor, photo: StoredPhoto) -> bytes | None:
        """The copy without place and device; None when there is none. Raises `NotAllowed`."""
        actor.need(Role.COORDINATOR)
        if photo.state != "stored" or not photo.clean_path:
            return None
        return await asyncio.to_thread(_read, self._folder / photo.clean_path)

    async def history(self, actor: Actor, school_id: SchoolId) -> SchoolHistory:
        """The school's days, newest first: its own figures, compared with nobody's. Raises `NotAllowed`."""
        scope = scope_of(actor).of_school(school_id)
        async with self._database.read(snapshot=True) as reader:
            name = (await export_rows.school_names(reader)).get(school_id, "")
            rows = await findings.history(reader, scope)
        return SchoolHistory(school_id, name, [DayOfSchool(*row) for row in rows])

    async def days(self, actor: Actor, school_id: SchoolId, period: Period) -> list[date]:
        """Days of the period on which the school has works, newest first. Raises `NotAllowed`."""
        scope = scope_of(actor).of_school(school_id)
        async with self._database.read() as reader:
            works = await export_rows.sittings_within(reader, period, scope)
        return sorted({work.date for work in works}, reverse=True)

    async def schools(self, actor: Actor) -> list[tuple[SchoolId, str]]:
        """By name. Raises `NotAllowed`."""
        scope = scope_of(actor)
        async with self._database.read() as reader:
            known = await findings.schools_of(reader, scope)
        return [(known[name], name) for name in by_name(known, str)]

    async def _lines(self, reader: Reader, rows: list[Row], scope: Scope) -> list[tuple[int, ReportLine]]:
        numbers = [row["number"] for row in rows]
        counts = await export_rows.answer_counts(reader, numbers)
        found = await export_rows.answers_of(reader, numbers, only_no=True)
        kept = await export_rows.photo_counts(reader, numbers)
        forms = await export_rows.forms_of(reader, numbers)
        lines = []
        for row in rows:
            number = row["number"]
            hidden = self._hides(scope, ReportKind(row["kind"]), ReportState(row["state"]))
            severities = [severity_of(find_item(row["checklist"], each["item"])) for each in found[number]]
            lines.append(
                (
                    row["sitting_id"],
                    ReportLine(
                        number,
                        ReportKind(row["kind"]),
                        ReportState(row["state"]),
                        row["person_code"] or "",
                        counts.get(number, 0),
                        _asked(row, Form(forms[number])),
                        0 if hidden else len(severities),
                        0 if hidden else sum(each.value == "critical" for each in severities),
                        sum(count for (each, _), count in kept.items() if each == number),
                        from_text_or_none(row["arrived_at"]),
                        from_text_or_none(row["submitted_at"]),
                        hidden,
                    ),
                )
            )
        return lines

    def _hides(self, scope: Scope, kind: ReportKind, state: ReportState) -> bool:
        """A school reads what an observer sent when the settings allow it, and never what is still being written."""
        if scope.whole or kind is not ReportKind.OBSERVER:
            return False
        return not self._sees_reports or GROUP_OF[state] is not LedgerGroup.RECEIVED


def _asked(row: Row, form: Form) -> int:
    checklists = load_checklists()
    checklist = checklists.begun_with(row["checklist"], row["checklist_version"]) or checklists.current
    return len(checklist.items(ReportForm(row["form"]), form))


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
