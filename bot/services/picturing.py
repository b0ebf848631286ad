"""Pictures of a period: read in one snapshot, drawn in a thread, drawn once for the same data."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.domain.checklist import Severity
from bot.domain.checklist_file import load_checklist
from bot.domain.grid import Grid, build_grid, item_place
from bot.domain.people import Actor, SchoolId
from bot.domain.period import Period, Scope, scope_of
from bot.domain.plan import Sitting
from bot.domain.school_day import SchoolStep
from bot.domain.summary import Summary
from bot.domain.working_days import COUNTRY, WorkingDays
from bot.pictures.charts import (
    MOST_DAYS,
    Heading,
    ItemCount,
    draw_heatmap,
    draw_punctuality,
    draw_violations,
)
from bot.pictures.day_card import DayCard, draw_day
from bot.pictures.grid import MOST_COLUMNS
from bot.pictures.school_day import WorkLine, draw_school_day
from bot.screens import pictures as captions
from bot.services.items import find_item
from bot.services.sheets.source import in_order
from bot.services.summarising import read_summary
from bot.texts import pictures as words
from storage import export_rows, grids, school_steps
from storage.clock import from_text
from storage.database import Database, Reader
from storage.school_steps import Step
from storage.sqlite import Row
from storage.summary import severity_of

CHECKLIST = "vpr"
ROWS_OF_HEATMAP = 30
KEPT = 32


@dataclass(frozen=True, slots=True)
class Picture:
    """`summary` is what the picture shows: the caption is made from it."""

    content: bytes
    summary: Summary


class Picturing:
    def __init__(self, database: Database, zone: ZoneInfo, municipality: str, days: WorkingDays = COUNTRY) -> None:
        self._database = database
        self.zone = zone
        self._municipality = municipality
        self._days = days
        self._drawn: OrderedDict[str, bytes] = OrderedDict()

    async def day(self, actor: Actor, period: Period, now: datetime) -> Picture:
        """The card of the day. Raises `NotAllowed`."""
        return await self.of(scope_of(actor), period, now)

    async def of(self, scope: Scope, period: Period, now: datetime) -> Picture:
        """The card of a scope that is known already."""
        async with self._database.read(snapshot=True) as reader:
            card = await day_card(reader, period, scope, now, self.zone, self._municipality, self._days)
        return Picture(await self._draw(repr(card), lambda: draw_day(card)), card.summary)

    async def violations(self, actor: Actor, period: Period, now: datetime) -> tuple[bytes, list[ItemCount]]:
        """Violations by item, and the counts of all items, most first, of which it shows the first. Raises `NotAllowed`."""
        scope = scope_of(actor)
        async with self._database.read(snapshot=True) as reader:
            counts = _by_item(await grids.violated_items(reader, period, scope))
        heading = self._heading(period, now)
        return await self._draw(repr((heading, counts)), lambda: draw_violations(heading, counts)), counts

    async def punctuality(
        self, actor: Actor, period: Period, now: datetime
    ) -> tuple[bytes, list[tuple[date, int, int]]]:
        """Reports in time and late by day, and the counts it shows. Raises `NotAllowed`."""
        scope = scope_of(actor)
        async with self._database.read(snapshot=True) as reader:
            days = (await grids.punctuality(reader, period, scope))[-MOST_DAYS:]
        heading = self._heading(period, now)
        return await self._draw(repr((heading, days)), lambda: draw_punctuality(heading, days)), days

    async def heatmaps(self, actor: Actor, period: Period, now: datetime) -> list[tuple[bytes, Grid]]:
        """Every school of the period by name, thirty a picture: no league table. Raises `NotAllowed`.

        Each with what it shows; `total` of all.
        """
        scope = scope_of(actor)
        async with self._database.read(snapshot=True) as reader:
            summary = await read_summary(reader, period, scope, now, self.zone, self._days)
            told = await grids.told(reader, period, scope)
        grid = build_grid(
            summary.schools,
            told,
            _usual(),
            _severity,
            columns=MOST_COLUMNS,
            rows=len(summary.schools),
            worst_first=False,
        )
        heading = self._heading(period, now)
        pages = [grid.rows[at : at + ROWS_OF_HEATMAP] for at in range(0, len(grid.rows), ROWS_OF_HEATMAP)]
        drawn: list[tuple[bytes, Grid]] = []
        for number, rows in enumerate(pages, 1):
            part, name = replace(grid, rows=rows), words.sheet_of(number, len(pages))
            content = await self._draw(repr((heading, part, name)), partial(draw_heatmap, heading, part, name))
            drawn.append((content, part))
        return drawn

    async def school(
        self, actor: Actor, school_id: SchoolId, day: date, now: datetime
    ) -> tuple[bytes, str, list[WorkLine]] | None:
        """The day of one school, plan and fact, its title and works; None without works or times. Raises `NotAllowed`."""
        scope, period = scope_of(actor).of_school(school_id), Period.day(day)
        async with self._database.read(snapshot=True) as reader:
            works = in_order(await export_rows.sittings_within(reader, period, scope))
            reports: dict[int, Row] = {}
            async for chunk in export_rows.reports_by_chunk(reader, [work.id for work in works]):
                for row in chunk:
                    if row["kind"] == "observer":
                        reports.setdefault(row["sitting_id"], row)
            steps = await school_steps.of_sittings(reader, [work.id for work in works])
        lines = [self._work(work, reports.get(work.id), steps.get(work.id, {})) for work in works if not work.cancelled]
        if not any(line.planned or line.started_at or line.submitted_at for line in lines):
            return None
        lines.sort(key=_begins)
        heading = Heading(words.school_title(works[0].school_name, day), words.works(len(lines)))
        content = await self._draw(repr((heading, lines)), lambda: draw_school_day(heading, lines))
        return content, f"{heading.title} · {heading.subtitle}", lines

    def _work(self, work: Sitting, report: Row | None, steps: Mapping[str, Step]) -> WorkLine:
        """Its fact is what the observer saw; of a work without one, what the school told."""

        def local(name: str) -> datetime | None:
            text = report[name] if report is not None else None
            return on_the_day(from_text(text)) if text else None

        def told(step: SchoolStep) -> datetime | None:
            return on_the_day(steps[step].happened_at) if report is None and step in steps else None

        def on_the_day(at: datetime) -> datetime | None:
            moment = at.astimezone(self.zone)
            return moment if moment.date() == work.date else None

        begins = work.begins(self.zone)
        planned = (begins, begins + timedelta(minutes=work.duration_min)) if work.starts_at or work.lesson else None
        started, ended = told(SchoolStep.STARTED), told(SchoolStep.ENDED)
        note = (
            (words.TOLD_BY_SCHOOL if started else words.NO_OBSERVER)
            if report is None
            else words.observed_by(report["person_code"], report["present"], report["listed"])
        )
        return WorkLine(
            f"{work.class_name} {work.subject}", note, planned,
            local("arrived_at"), local("started_at") or started, local("ended_at") or ended, local("submitted_at"),
        )  # fmt: skip

    def _heading(self, period: Period, now: datetime) -> Heading:
        return Heading(words.title(period.first, period.last), words.subtitle(self._municipality, now, self.zone))

    async def _draw(self, data: str, draw: Callable[[], bytes]) -> bytes:
        key = hashlib.sha256(data.encode()).hexdigest()
        if key not in self._drawn:
            self._drawn[key] = await asyncio.to_thread(draw)
            while len(self._drawn) > KEPT:
                self._drawn.popitem(last=False)
        self._drawn.move_to_end(key)
        return self._drawn[key]


async def day_card(
    reader: Reader,
    period: Period,
    scope: Scope,
    now: datetime,
    zone: ZoneInfo,
    municipality: str,
    days: WorkingDays,
) -> DayCard:
    """All that the card shows, inside a snapshot that is already open."""
    summary = await read_summary(reader, period, scope, now, zone, days)
    grid = await _attention(reader, period, scope, summary)
    return DayCard(summary, grid, municipality, zone, captions.room(summary))


async def _attention(reader: Reader, period: Period, scope: Scope, summary: Summary) -> Grid:
    schools = summary.needing_attention
    wanted = {school.school_id for school in schools}
    told = [each for each in await grids.told(reader, period, scope) if each[0] in wanted]
    return build_grid(schools, told, _usual(), _severity, columns=MOST_COLUMNS, rows=captions.MOST_SCHOOLS)


def _begins(work: WorkLine) -> tuple[bool, datetime]:
    """A place by the clock; works without a time come last, in the order of the schedule."""
    return (work.planned is None, work.planned[0] if work.planned else datetime.max.replace(tzinfo=UTC))


def _severity(item: str) -> Severity:
    return severity_of(find_item(CHECKLIST, item))


def _usual() -> list[str]:
    return [item.code for item in load_checklist(CHECKLIST).items() if item.short]


def _by_item(found: Sequence[tuple[str, str, int]]) -> list[ItemCount]:
    counts = []
    for checklist, code, count in found:
        item = find_item(checklist, code)
        counts.append(ItemCount(code, item.label if item else "", severity_of(item), count))
    return sorted(counts, key=lambda each: (-each.count, item_place(each.code)))
