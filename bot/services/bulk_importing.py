"""Sets of CSV files of any size from the shell: read as a stream, written in short units, with room for others between them."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from time import perf_counter
from typing import Any

from bot.domain.importing.columns import Kind
from bot.domain.importing.headers import HEADER_WITHIN, recognise_rows
from bot.domain.importing.parsing import iter_schedule, iter_schools
from bot.domain.importing.problems import RowError
from bot.domain.importing.raw import RawRow
from bot.domain.importing.rows import Outcome, SchoolRow, SittingRow
from bot.domain.importing.rules import ParsingRules
from bot.domain.importing.run import WrongKind
from bot.domain.importing.school_names import SchoolMatcher, school_key
from bot.domain.people import MUNICIPALITY_ID, SchoolId
from bot.excel.csv_rows import read_csv
from bot.excel.limits import ReadingLimits
from bot.services.auditing import Auditing
from bot.services.importing import school_year
from bot.services.planning import ReportRules
from storage import bulk, schools
from storage.bulk import Written
from storage.database import Database

A_HOLD_S = 0.003  # for so long a transaction keeps everybody else waiting
UNITS = (10, 500)  # the fewest and the most rows of one transaction, whatever the machine
A_READ = 1000  # rows read at once
KEPT_ERRORS = 20
A_FILE = ReadingLimits(file_bytes=256 * 2**20, rows=1_048_576)


@dataclass(frozen=True, slots=True)
class Progress:
    """File `number` of `files` is in hand; `rows` of all files are done."""

    file: str
    number: int
    files: int
    rows: int


Told = Callable[[Progress], None]


@dataclass(slots=True)
class Loaded(Written):
    """What became of the rows of one set; `errors` are the first few."""

    wrong: int = 0
    errors: list[tuple[str, RowError]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Batch:
    """Rows as the table takes them, of how many that were read, and what was wrong with the others."""

    right: list[dict[str, Any]]
    read: int
    errors: list[RowError]


class BulkImporting:
    """The administrator's: correct rows are written, wrong ones counted and told; loading twice changes nothing.

    Not one transaction: a stop leaves whole units, and the same files finish the rest. The next rows are read while
    these are written, and between units the database is left to others, who may be another process.
    """

    def __init__(
        self, database: Database, auditing: Auditing, rules: ReportRules, municipality_id: int = MUNICIPALITY_ID
    ) -> None:
        self._database = database
        self._auditing = auditing
        self._rules = rules
        self._municipality_id = municipality_id
        self._rows_a_unit = UNITS[0]

    async def load(self, files: list[Path], kind: Kind, now: datetime, told: Told) -> Loaded:
        """Schools or schedule. Raises `UnreadableFile`, `HeaderNotFound`, `WrongKind`."""
        loaded = Loaded()
        async with self._database.read() as reader:
            known = {
                school.short_name: school.id for school in await schools.all_schools(reader, self._municipality_id)
            }
        rules, rows = ParsingRules(school_year(now.date()), SchoolMatcher(known)), 0
        async with self._database.without_waiting_for_the_disk():
            for number, path in enumerate(files, 1):
                async with aclosing(self._written(path, kind, rules, known, now, loaded)) as writing:
                    async for read in writing:
                        rows += read
                        told(Progress(path.name, number, len(files), rows))
        async with self._database.transaction() as tx:  # and with this one all of it is on the disk
            counts = {"new": loaded.new, "changed": loaded.changed, "wrong": loaded.wrong}
            await self._auditing.note(tx, now, None, "import", f"files:{len(files)}", kind=kind.value, **counts)
        return loaded

    async def _written(
        self,
        path: Path,
        kind: Kind,
        rules: ParsingRules,
        known: Mapping[str, SchoolId],
        now: datetime,
        loaded: Loaded,
    ) -> AsyncGenerator[int, None]:
        """Write the file; how many rows more are done, again and again."""
        outcomes = await asyncio.to_thread(_opened, path, kind, rules)
        async with aclosing(_read_ahead(lambda: self._next(kind, outcomes, known, now))) as batches:
            async for batch in batches:
                loaded.wrong += batch.read - len(batch.right)
                loaded.errors += [(path.name, error) for error in batch.errors][: KEPT_ERRORS - len(loaded.errors)]
                left = batch.right
                while left:
                    unit, left = left[: self._rows_a_unit], left[self._rows_a_unit :]
                    _add(loaded, await self._politely(kind, unit))
                yield batch.read

    async def _politely(self, kind: Kind, rows: list[dict[str, Any]]) -> Written:
        """Write, then leave the database to others for as long as that took; the next unit holds it for `A_HOLD_S`."""
        async with self._database.transaction() as tx:
            await tx.fetch_value("SELECT 1")  # the wait for others is over
            began = perf_counter()
            written = await (bulk.schools if kind is Kind.SCHOOLS else bulk.sittings)(tx, rows)
        held = perf_counter() - began
        wanted = round(len(rows) * A_HOLD_S / held)
        self._rows_a_unit = max(UNITS[0], min(UNITS[1], wanted, 2 * self._rows_a_unit))
        await asyncio.sleep(held)
        return written

    def _next(
        self, kind: Kind, outcomes: Iterator[Outcome[Any]], known: Mapping[str, SchoolId], now: datetime
    ) -> _Batch:
        batch = list(islice(outcomes, A_READ))
        rows = [one.parsed for one in batch if one.parsed is not None]
        right = [self._school(row) if kind is Kind.SCHOOLS else self._sitting(row, known, now) for row in rows]
        return _Batch(right, len(batch), [error for one in batch for error in one.errors])

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

    def _sitting(self, row: SittingRow, known: Mapping[str, SchoolId], now: datetime) -> dict[str, Any]:
        sitting = row.sitting(known[row.school_name])
        due = sitting.report_due(self._rules.zone, self._rules.deadline_hours)
        return bulk.sitting_row(sitting, due, self._rules.form.value, now)


async def _read_ahead(read: Callable[[], _Batch]) -> AsyncGenerator[_Batch, None]:
    """Batches until one is empty; a thread reads the next one while the last is in use."""
    coming = asyncio.ensure_future(asyncio.to_thread(read))
    try:
        while (batch := await coming).read:
            coming = asyncio.ensure_future(asyncio.to_thread(read))
            yield batch
    finally:
        await asyncio.wait([coming])  # a thread is not stopped half way


def _opened(path: Path, kind: Kind, rules: ParsingRules) -> Iterator[Outcome[Any]]:
    rows: Iterator[RawRow] = iter(read_csv(path, A_FILE))
    head = list(islice(rows, HEADER_WITHIN))
    recognised = recognise_rows(head)
    if recognised.kind is not kind or kind is Kind.OBSERVERS:
        raise WrongKind(kind.value, recognised.kind.value)
    read = iter_schools if kind is Kind.SCHOOLS else iter_schedule
    return iter(read(chain(head, rows), recognised, rules))


def _add(loaded: Loaded, written: Written) -> None:
    loaded.new += written.new
    loaded.changed += written.changed
    loaded.unchanged += written.unchanged
