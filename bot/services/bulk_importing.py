"""Sets of CSV files of any size from the shell: read as a stream, written in short units, with room for others between them."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
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
from bot.services import plan_news
from bot.services.auditing import Auditing
from bot.services.importing import school_year
from bot.services.planning import Planning, ReportRules
from storage import bulk, schools, sittings
from storage.bulk import Written
from storage.database import Database, Transaction

A_HOLD_S = 0.003  # for so long a transaction keeps everybody else waiting
UNITS = (10, 500)  # the fewest and the most rows of one transaction, whatever the machine
A_READ = 100  # rows read at once, in a pause
AHEAD = 2000  # rows read and not yet written, at most
A_TALE = 1000  # rows between two words about the progress
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


@dataclass(slots=True)
class _File:
    """What was read of a file and not yet written, as the table takes it; and what became of all rows so far."""

    outcomes: Iterator[Outcome[Any]]
    prepared: Callable[[Any], dict[str, Any]]
    right: list[dict[str, Any]] = field(default_factory=list)
    read: int = 0
    wrong: int = 0
    errors: list[RowError] = field(default_factory=list)
    ended: bool = False

    async def read_some(self) -> None:
        """In a thread, and never while this process writes: who waits for the interpreter with the database's lock in
        hand keeps everybody else waiting."""
        batch = await asyncio.to_thread(lambda: list(islice(self.outcomes, A_READ)))
        self.ended = len(batch) < A_READ
        self.right += [self.prepared(one.parsed) for one in batch if one.parsed is not None]
        self.read += len(batch)
        self.wrong += sum(one.parsed is None for one in batch)
        self.errors += [error for one in batch for error in one.errors][: KEPT_ERRORS - len(self.errors)]

    async def take(self, count: int) -> list[dict[str, Any]]:
        """The next rows to be written; none when the file is at its end."""
        while len(self.right) < count and not self.ended:
            await self.read_some()
        taken, self.right = self.right[:count], self.right[count:]
        return taken

    async def rest(self, until: float) -> None:
        """Leave the database to others until then; read meanwhile."""
        while len(self.right) < AHEAD and not self.ended and perf_counter() < until:
            await self.read_some()
        await asyncio.sleep(max(0.0, until - perf_counter()))


class BulkImporting:
    """The administrator's: correct rows are written, wrong ones counted and told; loading twice changes nothing.

    Not one transaction: a stop leaves whole units, and the same files finish the rest. Between units the database is left
    to others, who may be another process, for as long as it was held; the next rows are read in these pauses.
    """

    def __init__(
        self,
        database: Database,
        auditing: Auditing,
        planning: Planning,
        rules: ReportRules,
        municipality_id: int = MUNICIPALITY_ID,
    ) -> None:
        self._database = database
        self._auditing = auditing
        self._planning = planning
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
        prepared: Callable[[Any], dict[str, Any]] = (
            self._school if kind is Kind.SCHOOLS else partial(self._sitting, known=known, now=now)
        )
        file, told = _File(await asyncio.to_thread(_opened, path, kind, rules), prepared), 0
        while rows := await file.take(self._rows_a_unit):
            written, held = await self._write(kind, rows, now)
            _add(loaded, written)
            await file.rest(until=perf_counter() + held)
            if file.read - told >= A_TALE:
                yield file.read - told
                told = file.read
        loaded.wrong += file.wrong
        loaded.errors += [(path.name, error) for error in file.errors][: KEPT_ERRORS - len(loaded.errors)]
        yield file.read - told

    async def _write(self, kind: Kind, rows: list[dict[str, Any]], now: datetime) -> tuple[Written, float]:
        """One unit, and for how many seconds it held the database; the next one is to hold it for `A_HOLD_S`."""
        async with self._database.transaction() as tx:
            await tx.fetch_value("SELECT 1")  # the wait for others is over
            began = perf_counter()
            written = await (bulk.schools if kind is Kind.SCHOOLS else bulk.sittings)(tx, rows)
            await self._replan(tx, written, now)
        held = perf_counter() - began
        wanted = round(len(rows) * A_HOLD_S / held)
        self._rows_a_unit = max(UNITS[0], min(UNITS[1], wanted, 2 * self._rows_a_unit))
        return written, held

    async def _replan(self, tx: Transaction, written: Written, now: datetime) -> None:
        """The few sittings on which more depends than their own row."""
        again = []
        for sitting_id in dict.fromkeys([*written.revived, *written.late]):
            sitting = await sittings.sitting(tx, sitting_id)
            revived = sitting_id in written.revived
            await self._planning.replan(tx, sitting, now, revived=revived)
            again += [sitting] if revived else []
        await plan_news.tell_planned_again(tx, again, now)

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
