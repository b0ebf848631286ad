"""The sitting that rehearsal reports are about: of an archived school, in a state no plan looks at."""

from datetime import datetime

from storage.clock import to_text
from storage.database import Reader, Transaction

NO_DAY = "2000-01-01"  # no period of anybody reaches it


async def sitting(
    tx: Transaction, municipality_id: int, school: str, class_name: str, subject: str, now: datetime
) -> int:
    """Its id; made when it is not there yet."""
    held = await tx.fetch_value("SELECT id FROM sitting WHERE state = 'training' ORDER BY id LIMIT 1")
    if held is not None:
        return int(held)
    school_id = await tx.next_numbers("school")
    await tx.execute(
        "INSERT INTO school (id, municipality_id, short_name, name_key, archived_at)"
        " VALUES (:id, :municipality, :name, '*training*', :at)",
        id=school_id,
        municipality=municipality_id,
        name=school,
        at=to_text(now),
    )
    sitting_id = await tx.next_numbers("sitting")
    await tx.execute(
        "INSERT INTO sitting (id, school_id, class_name, grade, subject, date, form, duration_min, state, created_at,"
        " changed_at) VALUES (:id, :school, :class, 0, :subject, :day, 'paper', 45, 'training', :at, :at)",
        id=sitting_id,
        school=school_id,
        subject=subject,
        day=NO_DAY,
        at=to_text(now),
        **{"class": class_name},
    )
    return sitting_id


async def is_rehearsal(reader: Reader, report_number: int) -> bool:
    return bool(
        await reader.fetch_value("SELECT 1 FROM report WHERE number = :number AND training = 1", number=report_number)
    )
