"""Works of schools whose steps are looked after, and objections of schools."""

from datetime import date, datetime

from bot.domain.plan import Sitting
from storage import sittings
from storage.clock import to_text
from storage.database import Reader, Transaction


async def between(reader: Reader, first: date, last: date) -> list[Sitting]:
    """Planned works of these days."""
    return [one for one in await sittings.between(reader, first, last) if not one.cancelled]


async def object_to(
    tx: Transaction, number: int, school_id: int, by: int, text: str, source: str, now: datetime
) -> bool:
    """False when this very message was taken before."""
    return bool(
        await tx.execute(
            "INSERT INTO objection (report_number, school_id, person_id, text, raised_at, source)"
            " VALUES (:number, :school, :by, :text, :at, :source) ON CONFLICT (source) DO NOTHING",
            number=number,
            school=school_id,
            by=by,
            text=text,
            at=to_text(now),
            source=source,
        )
    )


async def objections(reader: Reader, number: int) -> list[str]:
    rows = await reader.fetch_all("SELECT text FROM objection WHERE report_number = :number ORDER BY id", number=number)
    return [row[0] for row in rows]
