"""What a school says it did about a sitting, each step with its time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.clock import from_text, to_text
from storage.database import Reader, Transaction


@dataclass(frozen=True, slots=True)
class Step:
    """`value` is 'yes', for video also 'no' or 'none'."""

    step: str
    value: str
    happened_at: datetime
    entered_at: datetime


async def of_sitting(reader: Reader, sitting_id: int) -> dict[str, Step]:
    rows = await reader.fetch_all(
        "SELECT step, value, happened_at, entered_at FROM school_step WHERE sitting_id = :sitting", sitting=sitting_id
    )
    return {row[0]: Step(row[0], row[1], from_text(row[2]), from_text(row[3])) for row in rows}


async def of_sittings(reader: Reader, sitting_ids: Iterable[int]) -> dict[int, dict[str, Step]]:
    """Sitting -> its steps; a sitting without any is not there."""
    found: dict[int, dict[str, Step]] = {}
    wanted = sorted(set(sitting_ids))
    for start in range(0, len(wanted), 500):
        names = {f"s{i}": value for i, value in enumerate(wanted[start : start + 500])}
        marks = ", ".join(f":{name}" for name in names)
        for row in await reader.fetch_all(
            f"SELECT sitting_id, step, value, happened_at, entered_at FROM school_step WHERE sitting_id IN ({marks})",
            **names,
        ):
            found.setdefault(row[0], {})[row[1]] = Step(row[1], row[2], from_text(row[3]), from_text(row[4]))
    return found


async def times(reader: Reader, sitting_id: int) -> dict[str, datetime]:
    """When the school says the work began and ended, by the field of a report."""
    fields = {"started": "started_at", "ended": "ended_at"}
    found = await of_sitting(reader, sitting_id)
    return {field: found[step].happened_at for step, field in fields.items() if step in found}


async def tell(
    tx: Transaction, sitting_id: int, step: str, value: str, happened_at: datetime, by: int, now: datetime
) -> bool:
    """False when exactly this was said before."""
    return bool(
        await tx.execute(
            "INSERT INTO school_step (sitting_id, step, value, happened_at, entered_at, person_id)"
            " VALUES (:sitting, :step, :value, :at, :now, :by)"
            " ON CONFLICT (sitting_id, step) DO UPDATE SET value = :value, happened_at = :at, entered_at = :now,"
            " person_id = :by WHERE school_step.value <> :value OR school_step.happened_at <> :at",
            sitting=sitting_id,
            step=step,
            value=value,
            at=to_text(happened_at),
            now=to_text(now),
            by=by,
        )
    )
