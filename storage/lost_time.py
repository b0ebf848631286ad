"""Times that a restored copy knows nothing of, and numbers that were given in them: neither may come to mean another row.

Most tables number their rows by the highest they hold, so an id of that time can come again; a button that was shown then
is therefore not obeyed. Numbers that people know are counted on from the highest ever given.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from storage.clock import from_text, to_text
from storage.database import Reader, Transaction

# When the replaced file cannot be read any more: further than people can have come between two copies.
A_GAP = 1000
# So late may the schedule look: what was due just before the copy may have gone out after it.
ONE_TICK = timedelta(seconds=15)
ALWAYS_COUNTED = ("school", "sitting", "person", "report", "alert", "instruction")

Spans = list[tuple[datetime, datetime]]


async def note(tx: Transaction, since: datetime, until: datetime) -> None:
    await tx.execute(
        "INSERT INTO lost_time (since, until) VALUES (:since, :until)", since=to_text(since), until=to_text(until)
    )


async def spans(reader: Reader) -> Spans:
    """(the last that a copy knew, when it was put back), the earliest first."""
    rows = await reader.fetch_all("SELECT since, until FROM lost_time ORDER BY until")
    return [(from_text(row[0]), from_text(row[1])) for row in rows]


def may_have_told(lost: Spans, moment: datetime | None) -> bool:
    """Whether what was due at this moment may have gone out in a time of `spans`, without this file knowing."""
    return moment is not None and any(since - ONE_TICK <= moment <= until for since, until in lost)


def mark(lost: Spans, *moments: datetime | None) -> dict[str, Any]:
    """For the payload of a message about what was due at these moments: whether it says that it may be a repeat."""
    return {"repeat": True} if any(may_have_told(lost, moment) for moment in moments) else {}


def given(path: Path) -> dict[str, int] | None:
    """The last number of every counter in a file; None when it cannot be read."""
    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection,
    ):
        return {str(name): int(value) for name, value in connection.execute("SELECT name, value FROM counter")}
    return None


async def count_on(tx: Transaction, before: Mapping[str, int] | None) -> None:
    """No number is given twice: go on from `before`, the counters of the replaced file, or leave a gap."""
    known = {row[0]: int(row[1]) for row in await tx.fetch_all("SELECT name, value FROM counter")}
    if before is None:
        names = [*known, *(name for name in ALWAYS_COUNTED if name not in known)]
        before = {name: known.get(name, 0) + A_GAP for name in names}
    higher = [{"name": name, "value": value} for name, value in before.items() if value > known.get(name, 0)]
    await tx.execute_many(
        "INSERT INTO counter (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = :value",
        higher,
    )
