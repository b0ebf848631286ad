"""A file from one snapshot of the database: the whole of it, or no file at all."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.export import ExportKind, Made, NothingToExport, Wanted
from bot.domain.people import MunicipalityId, SchoolId
from bot.domain.period import Period, Scope
from bot.domain.period_words import EVERYTHING
from bot.domain.table import Table
from bot.domain.working_days import COUNTRY, WorkingDays
from bot.durable import put_in_place
from bot.services.document_making import make_document
from bot.services.sheets.book import tables_of
from bot.services.sheets.reconciliation import reconciliation
from bot.services.sheets.source import Source, read_source
from bot.texts import workbook as words
from storage import export_rows, sittings
from storage.database import Reader

Percent = Callable[[int], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Order:
    """What to make, authorised by whoever makes the order; travels to the process that writes."""

    wanted: Wanted
    scope: Scope
    at: datetime
    zone: ZoneInfo
    municipality: str
    made_by: str
    link: str = ""
    days: WorkingDays = COUNTRY
    hidden_schools: frozenset[int] = frozenset()  # cases about them are left out

    def to_json(self) -> dict[str, Any]:
        return {
            "wanted": self.wanted.to_json(),
            "municipalities": sorted(self.scope.municipalities),
            "schools": None if self.scope.schools is None else sorted(self.scope.schools),
            "risk": self.scope.risk,
            "at": self.at.isoformat(),
            "zone": self.zone.key,
            "municipality": self.municipality,
            "made_by": self.made_by,
            "link": self.link,
            "hidden": sorted(self.hidden_schools),
            "off": [day.isoformat() for day in sorted(self.days.off)],
            "working": [day.isoformat() for day in sorted(self.days.working)],
            "upload_days": self.days.upload_days,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Order":
        schools = data["schools"]
        scope = Scope(
            frozenset(MunicipalityId(each) for each in data["municipalities"]),
            None if schools is None else frozenset(SchoolId(each) for each in schools),
            data["risk"],
        )
        return cls(
            Wanted.from_json(data["wanted"]),
            scope,
            datetime.fromisoformat(data["at"]),
            ZoneInfo(data["zone"]),
            data["municipality"],
            data["made_by"],
            data["link"],
            WorkingDays(
                frozenset(map(date.fromisoformat, data["off"])),
                frozenset(map(date.fromisoformat, data["working"])),
                data["upload_days"],
            ),
            frozenset(data["hidden"]),
        )


async def make_file(reader: Reader, order: Order, target: Path, percent: Percent | None = None) -> dict[str, Any]:
    """Write the file and tell what is in it (the fields of `Made`). `reader` must be a snapshot.

    `target` appears whole or not at all, readable by its owner only.
    """
    wanted = order.wanted
    if wanted.report is not None:  # of its day only: one report needs no season
        wanted = replace(wanted, period=Period.day(await _day_of(reader, order.scope, wanted.report)))
    source = await read_source(
        reader,
        wanted.period,
        order.scope,
        order.at,
        order.zone,
        order.municipality,
        order.made_by,
        order.link,
        order.days,
        order.hidden_schools,
    )
    if wanted.kind in (ExportKind.ACT, ExportKind.CERTIFICATE):
        content, acts = await make_document(source, wanted)

        async def write(part: Path) -> None:
            part.write_bytes(content)

        await written_whole(target, write)
        if acts:
            return asdict(Made(kind=wanted.kind, acts=acts))
        found, received = source.summary.violations.total, source.summary.observers.received
        return asdict(Made(kind=wanted.kind, violations=found, observations=received))
    tables = tables_of(source, wanted.kind)
    await written_whole(target, lambda part: _write_tables(part, tables, source, percent))
    return asdict(_made(source, wanted.kind))


async def _day_of(reader: Reader, scope: Scope, number: int) -> date:
    """Raises `NothingToExport`."""
    row = await export_rows.report_within(reader, EVERYTHING, scope, number)
    if row is None:
        raise NothingToExport(number)
    return (await sittings.sitting(reader, row["sitting_id"])).date


async def written_whole(target: Path, write: Callable[[Path], Awaitable[None]]) -> None:
    """Write beside the target, bring it to the disk, then rename: a death on the way leaves no half file."""
    part = target.with_name(f".{target.name}.part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        await write(part)
        put_in_place(part, target)
    finally:
        part.unlink(missing_ok=True)


def write_small_workbook(target: Path, table: Table) -> None:
    """One table whose rows are known, whole or not at all; blocks, so it belongs in a thread."""
    from bot.excel.workbook import write_workbook

    async def write(part: Path) -> None:
        await write_workbook(part, [table], {})

    asyncio.run(written_whole(target, write))


async def _write_tables(path: Path, tables: list[Table], source: Source, percent: Percent | None) -> None:
    from bot.excel.workbook import write_workbook

    summary = source.summary
    expected = max(1, summary.answers + 2 * summary.plan + summary.violations.total)
    done: dict[str, int] = {}

    async def progress(title: str, rows: int) -> None:
        done[title] = rows
        if percent is not None:
            await percent(min(95, 95 * sum(done.values()) // expected))

    await write_workbook(path, tables, source.written, sums=source.sums, last=(words.SUMMARY,), progress=progress)


def _made(source: Source, kind: ExportKind) -> Made:
    written, held = source.written, source.written.get
    checked = [
        each for each in reconciliation(source) if kind is not ExportKind.FINDINGS or written.keys() >= each.sheets
    ]
    return Made(
        kind=kind,
        observations=held(words.OBSERVATIONS, 0),
        school_reports=held(words.SCHOOL_REPORTS, 0),
        missing=held(words.MISSING, 0),
        answers=held(words.ANSWERS, 0),
        violations=held(words.VIOLATIONS, 0),
        cases=held(words.HOTLINE, 0),
        hidden_cases=source.hidden_cases,
        agrees=kind is ExportKind.HOTLINE or all(each.agrees for each in checked),
    )
