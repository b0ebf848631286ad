"""A database of a whole season: some weeks are generated, the others are the same weeks earlier, copied inside SQLite."""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random

from bot.domain.checklist_file import load_checklist
from storage.database import Database, Transaction
from storage.migrating import migrate
from tests.generate import DAY, Rows, Shape, make_day, make_schools, write

GENERATED_DAYS = 20
# What a copy has of its own, and by how much it differs: works, reports or days. Instants are moved with their day.
_OWN = {
    "sitting": {"id": "works"},
    "assignment": {"id": "reports", "sitting_id": "works"},
    "school_step": {"sitting_id": "works"},
    "report": {"number": "reports", "sitting_id": "works"},
    "answer": {"report_number": "reports"},
    "photo": {"id": "photos", "message_id": "photos", "report_number": "reports"},
    "instruction": {"id": "instructions"},
    "instruction_reader": {"instruction_id": "instructions"},
}
_DAYS = {"date", "day", "read_by"}
_NO_DAYS = {"starts_at"}  # a time of the day


@dataclass(frozen=True, slots=True)
class _Made:
    """The last numbers of what was generated."""

    works: int
    reports: int


def shape(schools: int, a_school: int) -> Shape:
    """Twelve items a report, nearly all received, as a real season ends."""
    return Shape(
        schools=schools, sittings_a_school=a_school, observer_share=1, weights=(1, 0, 1, 60, 35, 1, 1, 1), cancelled=0.01,
        training=0, violation=0.01, full=0, school_reports=False,
    )  # fmt: skip


async def season(path: Path, schools: Shape, reports: int, *, municipalities: int = 1) -> Database:
    """At least so many reports, as many days back as it takes, the same schools in every municipality. Close it yourself."""
    await migrate(path)
    database = await Database.open(path)
    async with database.transaction() as tx:
        made = await _generate(tx, schools, reports, municipalities)
    copies = -(-reports // made.reports)
    for copy in range(1, copies):
        async with database.transaction() as tx:
            for table in _OWN:
                await _copy(tx, table, made, copy)
    return database


async def _generate(tx: Transaction, schools: Shape, reports: int, municipalities: int) -> _Made:
    random, checklist = Random(1), load_checklist()
    places = [replace(schools, municipality=n, first_id=1000 * (n - 1)) for n in range(1, municipalities + 1)]
    for place in places:
        people = Rows()
        make_schools(people, random, place)
        await write(tx, people)
    work = number = 0
    for back in range(GENERATED_DAYS):
        for place in places:
            rows = Rows()
            work, number = make_day(rows, random, place, checklist, DAY - timedelta(days=back), work, number)
            await write(tx, rows)
        if number >= reports:
            break
    return _Made(work, number)


async def _copy(tx: Transaction, table: str, made: _Made, copy: int) -> None:
    """Through the triggers of the schema, as everything else: the counters of the days are real."""
    by = {
        "works": copy * made.works,
        "reports": copy * made.reports,
        "photos": 10 * copy * made.reports,
        "instructions": -1000 * copy * GENERATED_DAYS,
    }
    names, values = [], []
    for row in await tx.fetch_all(f"SELECT name FROM pragma_table_info('{table}')"):
        name = row[0]
        names.append(name)
        if own := _OWN[table].get(name):
            values.append(f"{name} + {by[own]}")
        elif name in _DAYS or (name.endswith("_at") and name not in _NO_DAYS):
            moved = f"DATE(SUBSTR({name}, 1, 10), '-{copy * GENERATED_DAYS} days') || SUBSTR({name}, 11)"
            values.append(f"CASE WHEN {name} IS NULL THEN NULL ELSE {moved} END")
        else:
            values.append(name)
    key, what = next(iter(_OWN[table].items()))
    last = {"works": made.works, "reports": made.reports, "photos": 10 * (made.reports + 1)}.get(what)
    since = (DAY - timedelta(days=GENERATED_DAYS)).toordinal() * 1000 + 1000
    first_copy = f"{key} <= {last}" if last is not None else f"{key} >= {since}"
    await tx.execute(
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} FROM {table} WHERE {first_copy}"
    )
