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


async def sitting_of_report(reader: Reader, number: int) -> int | None:
    """The sitting that a report is about; None when there is no such report."""
    value = await reader.fetch_value("SELECT sitting_id FROM report WHERE number = :number", number=number)
    return None if value is None else int(value)


async def is_violated(reader: Reader, number: int, item: str) -> bool:
    """Whether this report says «нет» to this item."""
    value = await reader.fetch_value(
        "SELECT 1 FROM answer WHERE report_number = :number AND item = :item AND value = 'no'", number=number, item=item
    )
    return value is not None
