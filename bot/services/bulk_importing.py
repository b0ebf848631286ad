"""Sets of CSV files of any size from the shell: read as a stream, written in short units, with room for others between them."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any

from bot.domain.importing.columns import Kind
from bot.domain.importing.headers import HEADER_WITHIN, Recognised, recognise_rows
from bot.domain.importing.parsing import iter_schedule, iter_schools
from bot.domain.importing.problems import RowError
from bot.domain.importing.raw import RawRow
from bot.domain.importing.rows import SchoolRow, SittingRow
from bot.domain.importing.rules import ParsingRules
from bot.domain.importing.run import WrongKind
from bot.domain.importing.school_names import SchoolMatcher, school_key
from bot.domain.people import MUNICIPALITY_ID
from bot.domain.plan import Sitting
from bot.excel.csv_rows import read_csv
from bot.excel.limits import ReadingLimits
from bot.services.auditing import Auditing
from bot.services.importing import school_year
from bot.services.planning import ReportRules
from storage import bulk, schools
from storage.bulk import Written
from storage.database import Database

A_UNIT = 200  # rows in one transaction: nobody waits longer than that takes
A_READ = 1000  # rows read at once
KEPT_ERRORS = 20
A_FILE = ReadingLimits(file_bytes=256 * 2**20, rows=1_048_576)
Told = Callable[[str, int], None]  # (file name, rows so far)


@dataclass(slots=True)
class Loaded(Written):
    """What became of the rows of one set; `errors` are the first few."""

    wrong: int = 0
    errors: list[tuple[str, RowError]] = field(default_factory=list)


class BulkImporting:
    """The administrator's: correct rows are written, wrong ones counted and told; loading twice changes nothing.

    Not one transaction: a stop leaves whole units, and the same files finish the rest.
    """

    def __init__(
        self, database: Database, auditing: Auditing, rules: ReportRules, municipality_id: int = MUNICIPALITY_ID
    ) -> None:
        self._database = database
        self._auditing = auditing
        self._rules = rules
        self._municipality_id = municipality_id

    async def load(self, files: list[Path], kind: Kind, now: datetime, told: Told) -> Loaded:
        """Schools or schedule. Raises `UnreadableFile`, `HeaderNotFound`, `WrongKind`."""
        loaded = Loaded()
        async with self._database.read() as reader:
            known = {
                school.short_name: school.id for school in await schools.all_schools(reader, self._municipality_id)
            }
        rules = ParsingRules(school_year(now.date()), SchoolMatcher(known))
        for path in files:
            recognised, outcomes = await asyncio.to_thread(_opened, path, kind, rules)
            done = 0
            while batch := await asyncio.to_thread(_next, outcomes):
                right = [one.parsed for one in batch if one.parsed is not None]
                loaded.wrong += len(batch) - len(right)
                wrong = [(path.name, error) for one in batch for error in one.errors]
                loaded.errors += wrong[: KEPT_ERRORS - len(loaded.errors)]
                for start in range(0, len(right), A_UNIT):
                    _add(loaded, await self._politely(recognised.kind, right[start : start + A_UNIT], known, now))
                done += len(batch)
                told(path.name, done)
        async with self._database.transaction() as tx:
            counts = {"new": loaded.new, "changed": loaded.changed, "wrong": loaded.wrong}
            await self._auditing.note(tx, now, None, "import", f"files:{len(files)}", kind=kind.value, **counts)
        return loaded

    async def _politely(self, kind: Kind, rows: list[Any], known: dict[str, Any], now: datetime) -> Written:
        """Write, then leave the database to others for as long as that took: they may be another process."""
        clock = asyncio.get_running_loop().time
        began = clock()
        written = await self._write(kind, rows, known, now)
        await asyncio.sleep(clock() - began)
        return written

    async def _write(self, kind: Kind, rows: list[Any], known: dict[str, Any], now: datetime) -> Written:
        if kind is Kind.SCHOOLS:
            school_rows = [self._school(row) for row in rows]
            async with self._database.transaction() as tx:
                return await bulk.schools(tx, school_rows)
        sittings = await asyncio.to_thread(lambda: [self._sitting(row, known) for row in rows])
        async with self._database.transaction() as tx:
            return await bulk.sittings(tx, sittings, self._rules.form.value, now)

    def _school(self, row: SchoolRow) -> dict[str, Any]:
        return {
            "municipality": self._municipality_id,
            "short_name": row.short_name,
            "full_name": row.full_name or "",
            "name_key": school_key(row.short_name),
            "login": row.login or "",
            "address": row.address or "",
            "parallels": ",".join(map(str, row.parallels)),
        }

    def _sitting(self, row: SittingRow, known: dict[str, Any]) -> tuple[Sitting, datetime]:
        sitting = row.sitting(known[row.school_name])
        return sitting, sitting.report_due(self._rules.zone, self._rules.deadline_hours)


def _next(outcomes: Iterator[Any]) -> list[Any]:
    return list(islice(outcomes, A_READ))


def _opened(path: Path, kind: Kind, rules: ParsingRules) -> tuple[Recognised, Iterator[Any]]:
    rows: Iterator[RawRow] = iter(read_csv(path, A_FILE))
    head = list(islice(rows, HEADER_WITHIN))
    recognised = recognise_rows(head)
    if recognised.kind is not kind or kind is Kind.OBSERVERS:
        raise WrongKind(kind.value, recognised.kind.value)
    read = iter_schools if kind is Kind.SCHOOLS else iter_schedule
    return recognised, iter(read(chain(head, rows), recognised, rules))


def _add(loaded: Loaded, written: Written) -> None:
    loaded.new += written.new
    loaded.changed += written.changed
    loaded.unchanged += written.unchanged
