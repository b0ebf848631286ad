"""The coordinator's day over a big database: summary, picture, workbook, and what others feel of an export."""

import asyncio
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from openpyxl import Workbook

from bot.domain.export import ExportKind, Wanted
from bot.domain.people import Account, Actor, Membership, MunicipalityId, Person, PersonId, Role
from bot.domain.period import Period, scope_of
from bot.domain.table import Heading, Value
from bot.domain.working_days import WorkingDays
from bot.pictures.day_card import draw_day
from bot.services.auditing import Auditing
from bot.services.exporting import Exporting
from bot.services.picturing import Picturing, day_card
from bot.services.sheets.book import tables_of
from bot.services.sheets.source import read_source
from bot.services.summarising import Summarising, read_summary
from storage.audit import Audit
from storage.database import Database
from storage.snapshot import open_snapshot
from tests.bench.season import season, shape
from tests.generate import DAY, NOON, ZONE

FIGURES = {
    "summary_100k_ms": "summary of a municipality's day, 100 000 reports in the database",
    "summary_region_ms": "summary of a region's day, 1 000 schools in 40 municipalities",
    "picture_s": "the card of a day as a picture",
    "workbook_ratio": "workbook of 100 000 reports, to a bare openpyxl dump of the same cells",
    "workbook_peak_mb": "memory of the process that writes it",
    "stall_ms": "longest wait of somebody else's tap meanwhile",
    "stall_alone_ms": "the same without a workbook: what the machine and its disk do by themselves",
}
REPORTS = int(os.environ.get("BENCH_REPORTS", "100000"))
BARE_ROWS = int(os.environ.get("BENCH_BARE_ROWS", "20000"))
A_DAY = 240
ALONE_SECONDS = 30
BOSS = Actor(
    Account("tg", 1, 1),
    Person(PersonId(1), MunicipalityId(1), "К-001"),
    (Membership(Role.COORDINATOR, MunicipalityId(1)),),
)
MUNICIPALITIES = 40
CHIEF = Actor(
    BOSS.account, BOSS.person, tuple(Membership(Role.REGIONAL, MunicipalityId(n)) for n in range(1, MUNICIPALITIES + 1))
)
SCOPE = scope_of(BOSS)
TODAY = Period.day(DAY)


async def median_ms(work: Callable[[], Awaitable[object]], times: int = 15) -> float:
    spent = []
    for _ in range(times):
        begun = time.perf_counter()
        await work()
        spent.append(1000 * (time.perf_counter() - begun))
    return statistics.median(spent)


async def summary_ms(database: Database) -> float:
    async def once() -> None:
        async with database.read(snapshot=True) as reader:
            await read_summary(reader, TODAY, SCOPE, NOON, ZONE, WorkingDays())

    await once()
    return await median_ms(once)


async def picture_s(database: Database) -> float:
    picturing = Picturing(database, ZONE, "Город Н.")
    await picturing.day(BOSS, TODAY, NOON)
    async with database.read(snapshot=True) as reader:
        card = await day_card(reader, TODAY, SCOPE, NOON, ZONE, "Город Н.", WorkingDays())
    return await median_ms(lambda: asyncio.to_thread(draw_day, card), 7) / 1000


def of_children() -> float:
    """CPU seconds of processes that have ended: other work on the machine does not count."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def bare_dump(path: Path, target: Path, period: Period) -> float:
    """CPU seconds of openpyxl for as many of the same cells, plain values, without a thought: the yardstick.

    Of a long sheet `BARE_ROWS` rows are written and the time is multiplied: a row costs openpyxl what the row before
    it did, and all of them would take longer than everything else here together.
    """
    seconds = 0.0
    async with open_snapshot(path) as reader:
        source = await read_source(reader, period, SCOPE, NOON, ZONE, "Город Н.", "К-001")
        for table in tables_of(source, ExportKind.BOOK):
            sample: list[list[Value]] = []
            count = 0
            async for chunk in table.rows():
                rows = [list(row) for row in chunk if not isinstance(row, Heading)]
                sample = sample or rows
                count += len(rows)
            if count:
                seconds += _bare_sheet(sample, min(count, BARE_ROWS), target) * count / min(count, BARE_ROWS)
    return seconds


def _bare_sheet(sample: list[list[Value]], count: int, target: Path) -> float:
    begun = time.process_time()
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for number in range(count):
        sheet.append(sample[number % len(sample)])
    book.save(target)
    return time.process_time() - begun


async def export(database: Database, folder: Path, period: Period) -> float:
    """CPU seconds of the whole workbook by the product's own way: a process, a snapshot, typed and styled cells."""
    exporting = Exporting(database, Auditing(Audit(b"k" * 32)), folder, ZONE, "Город Н.", max_file=1)
    begun = of_children()
    file = await exporting.file(BOSS, Wanted(ExportKind.BOOK, period), NOON)
    assert file.made.agrees
    return of_children() - begun


async def stall_ms(database: Database, meanwhile: Awaitable[object]) -> float:
    """The longest that a small transaction of somebody else took meanwhile."""
    work = asyncio.ensure_future(meanwhile)
    longest = 0.0
    while not work.done():
        begun = time.perf_counter()
        async with database.transaction() as tx:
            await tx.execute("UPDATE municipality SET name = :name WHERE id = 1", name=f"Город {begun}")
        await asyncio.sleep(0)
        longest = max(longest, 1000 * (time.perf_counter() - begun))
        await asyncio.sleep(0.02)
    await work
    return longest


async def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        region = await season(folder / "region.db", shape(25, 2), 10_000, municipalities=MUNICIPALITIES)
        summarising = Summarising(region, ZONE)
        spent = await median_ms(lambda: summarising.region(CHIEF, DAY))
        print(f"FIGURE summary_region_ms {spent:.1f} ms", flush=True)
        await region.close()
        database = await season(folder / "season.db", shape(60, 4), REPORTS)
        print(f"FIGURE summary_100k_ms {await summary_ms(database):.1f} ms", flush=True)
        print(f"FIGURE picture_s {await picture_s(database):.2f} s", flush=True)
        month = Period(DAY - timedelta(days=20), DAY)
        print(f"FIGURE stall_alone_ms {await stall_ms(database, asyncio.sleep(ALONE_SECONDS)):.0f} ms", flush=True)
        writing = export(database, folder / "exports", month)
        print(f"FIGURE stall_ms {await stall_ms(database, writing):.0f} ms", flush=True)
        whole = Period(DAY - timedelta(days=REPORTS // A_DAY + 1), DAY)
        seconds = await export(database, folder / "exports", whole)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        bare = await bare_dump(folder / "season.db", folder / "bare.xlsx", whole)
        print(f"# workbook of {REPORTS} reports: {seconds:.0f} s of CPU, bare dump {bare:.0f} s")
        print(f"FIGURE workbook_ratio {seconds / bare:.2f} x")
        print(f"FIGURE workbook_peak_mb {peak:.0f} MB", flush=True)
        await database.close()
