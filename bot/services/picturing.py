"""Pictures of a period: read in one snapshot, drawn in a thread, drawn once for the same data."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.domain.checklist import Severity
from bot.domain.checklist_file import load_checklist
from bot.domain.grid import Grid, build_grid, item_place
from bot.domain.people import Actor
from bot.domain.period import Period, Scope, scope_of
from bot.domain.summary import Summary
from bot.pictures.charts import (
    MOST_DAYS,
    TOP,
    Heading,
    ItemCount,
    draw_heatmap,
    draw_punctuality,
    draw_violations,
)
from bot.pictures.day_card import DayCard, draw_day
from bot.pictures.grid import MOST_COLUMNS
from bot.services.items import find_item
from bot.services.summarising import read_summary
from bot.texts import pictures as words
from storage import grids
from storage.database import Database, Reader
from storage.summary import severity_of

CHECKLIST = "vpr"
ROWS_OF_ATTENTION = 10
ROWS_OF_HEATMAP = 30
KEPT = 32


@dataclass(frozen=True, slots=True)
class Picture:
    """`summary` is what the picture shows: the caption is made from it."""

    content: bytes
    summary: Summary


class Picturing:
    def __init__(self, database: Database, zone: ZoneInfo, municipality: str) -> None:
        self._database = database
        self._zone = zone
        self._municipality = municipality
        self._drawn: OrderedDict[str, bytes] = OrderedDict()

    async def day(self, actor: Actor, period: Period, now: datetime) -> Picture:
        """The card of the day. Raises `NotAllowed`."""
        scope = scope_of(actor)
        async with self._database.read(snapshot=True) as reader:
            summary = await read_summary(reader, period, scope, now, self._zone)
            grid = await _attention(reader, period, scope, summary)
        card = DayCard(summary, grid, self._municipality, self._zone)
        return Picture(await self._draw(repr(card), lambda: draw_day(card)), summary)

    async def violations(self, actor: Actor, period: Period, now: datetime) -> tuple[bytes, list[ItemCount]]:
        """Violations by item, and the counts it shows, most first. Raises `NotAllowed`."""
        scope = scope_of(actor)
        async with self._database.read(snapshot=True) as reader:
            counts = _by_item(await grids.violated_items(reader, period, scope))
        heading = self._heading(period, now)
        return await self._draw(repr((heading, counts)), lambda: draw_violations(heading, counts)), counts[:TOP]

    async def punctuality(
        self, actor: Actor, period: Period, now: datetime
    ) -> tuple[bytes, list[tuple[date, int, int]]]:
        """Reports in time and late by day, and the counts it shows. Raises `NotAllowed`."""
        scope = scope_of(actor)
        async with self._database.read(snapshot=True) as reader:
            days = (await grids.punctuality(reader, period, scope))[-MOST_DAYS:]
        heading = self._heading(period, now)
        return await self._draw(repr((heading, days)), lambda: draw_punctuality(heading, days)), days

    async def heatmaps(self, actor: Actor, period: Period, now: datetime) -> list[bytes]:
        """Every school of the period, thirty a picture, in the order of violations. Raises `NotAllowed`."""
        scope = scope_of(actor)
        async with self._database.read(snapshot=True) as reader:
            summary = await read_summary(reader, period, scope, now, self._zone)
            told = await grids.told(reader, period, scope)
        grid = build_grid(summary.schools, told, _usual(), _severity, columns=MOST_COLUMNS, rows=len(summary.schools))
        heading = self._heading(period, now)
        pages = [grid.rows[at : at + ROWS_OF_HEATMAP] for at in range(0, len(grid.rows), ROWS_OF_HEATMAP)]
        drawn = []
        for number, rows in enumerate(pages, 1):
            part, name = replace(grid, rows=rows), words.sheet_of(number, len(pages))
            drawn.append(await self._draw(repr((heading, part, name)), partial(draw_heatmap, heading, part, name)))
        return drawn

    def _heading(self, period: Period, now: datetime) -> Heading:
        return Heading(words.title(period.first, period.last), words.subtitle(self._municipality, now, self._zone))

    async def _draw(self, data: str, draw: Callable[[], bytes]) -> bytes:
        key = hashlib.sha256(data.encode()).hexdigest()
        if key not in self._drawn:
            self._drawn[key] = await asyncio.to_thread(draw)
            while len(self._drawn) > KEPT:
                self._drawn.popitem(last=False)
        self._drawn.move_to_end(key)
        return self._drawn[key]


async def _attention(reader: Reader, period: Period, scope: Scope, summary: Summary) -> Grid:
    schools = [school for school in summary.schools if school.needs_attention]
    wanted = {school.school_id for school in schools}
    told = [each for each in await grids.told(reader, period, scope) if each[0] in wanted]
    return build_grid(schools, told, _usual(), _severity, columns=MOST_COLUMNS, rows=ROWS_OF_ATTENTION)


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
