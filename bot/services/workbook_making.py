"""A workbook from one snapshot of the database: the whole of it, or no file at all."""

import os
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.people import MunicipalityId, SchoolId
from bot.domain.period import Period, Scope
from bot.domain.table import Table
from bot.excel.workbook import write_workbook
from bot.services.indicating import read_indicators
from bot.services.items import find_item
from bot.services.sheets.evidence import hotline, photos
from bot.services.sheets.indicators import indicators
from bot.services.sheets.overview import overview, reconciliation
from bot.services.sheets.plan import assignments, schedule, schools
from bot.services.sheets.reference import about, items, violated_items
from bot.services.sheets.reports import answers, missing, observations, school_reports, violations
from bot.services.sheets.source import Source, in_order
from bot.services.summarising import read_summary
from bot.texts import workbook as words
from storage import export_rows
from storage.database import Reader

Percent = Callable[[int], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Order:
    """What to export, decided and authorised by whoever makes the order; travels to the process that writes."""

    period: Period
    scope: Scope
    at: datetime
    zone: ZoneInfo
    municipality: str
    made_by: str

    def to_json(self) -> dict[str, Any]:
        return {
            "period": self.period.code,
            "municipalities": sorted(self.scope.municipalities),
            "schools": None if self.scope.schools is None else sorted(self.scope.schools),
            "risk": self.scope.risk,
            "at": self.at.isoformat(),
            "zone": self.zone.key,
            "municipality": self.municipality,
            "made_by": self.made_by,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Order":
        schools = data["schools"]
        scope = Scope(
            frozenset(MunicipalityId(each) for each in data["municipalities"]),
            None if schools is None else frozenset(SchoolId(each) for each in schools),
            data["risk"],
        )
        at, zone = datetime.fromisoformat(data["at"]), ZoneInfo(data["zone"])
        return cls(Period.from_code(data["period"]), scope, at, zone, data["municipality"], data["made_by"])


@dataclass(frozen=True, slots=True)
class Made:
    """What is in the file. `agrees`: every sheet holds as much as the ledger and the chat say."""

    observations: int
    school_reports: int
    missing: int
    answers: int
    violations: int
    agrees: bool

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


async def make_workbook(reader: Reader, order: Order, target: Path, percent: Percent | None = None) -> Made:
    """Write the file; `target` appears whole or not at all, readable by its owner only. `reader` must be a snapshot."""
    summary = await read_summary(reader, order.period, order.scope, order.at, order.zone)
    sittings = in_order(await export_rows.sittings_within(reader, order.period, order.scope))
    source = Source(
        reader, order.period, order.scope, summary, sittings, order.zone, order.municipality, order.made_by, find_item,
        tuple(await read_indicators(reader, summary, order.scope, order.zone)),
    )  # fmt: skip
    await write_whole(target, lambda part: _write(part, source, percent))
    checked = reconciliation(source)
    held = {what: sheet for what, sheet, _ in checked}
    return Made(
        held[words.OBSERVATIONS],
        held[words.SCHOOL_REPORTS],
        held[words.MISSING],
        held[words.ANSWERS],
        held[words.VIOLATIONS],
        all(sheet == ledger for _, sheet, ledger in checked),
    )


async def write_whole(target: Path, write: Callable[[Path], Awaitable[None]]) -> None:
    """Write beside the target, bring it to the disk, then rename: a death on the way leaves no half file."""
    part = target.with_name(f".{target.name}.part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        await write(part)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


async def _write(path: Path, source: Source, percent: Percent | None) -> None:
    tables = _tables(source)
    expected = max(1, source.summary.answers + 2 * source.summary.plan + source.summary.violations.total)
    done: dict[str, int] = {}

    async def progress(title: str, rows: int) -> None:
        done[title] = rows
        if percent is not None:
            await percent(min(95, 95 * sum(done.values()) // expected))

    await write_workbook(path, tables, source.written, last=(words.SUMMARY,), progress=progress)


def _tables(source: Source) -> list[Table]:
    """In the order of the sheets; a sheet about nothing is left out only where its figures are zero by the plan."""
    tables = [overview(source), schools(source), schedule(source), observations(source)]
    if source.summary.school.plan:
        tables.append(school_reports(source))
    tables += [answers(source), violations(source), violated_items(source), photos(source)]
    if source.scope.schools is None:
        tables += [hotline(source), indicators(source)]
    return [*tables, assignments(source), missing(source), items(source), about(source)]
