"""What the plan says about a case's school: whether works are written there today."""

from datetime import date

from storage.database import Reader


async def work_on(reader: Reader, day: date, school_id: int | None) -> bool:
    """Whether the school (without one: any school) has a sitting that day."""
    value = await reader.fetch_value(
        "SELECT 1 FROM sitting WHERE date = :day AND state = 'planned' AND (:school IS NULL OR school_id = :school) LIMIT 1",
        day=day.isoformat(),
        school=school_id,
    )
    return value is not None
