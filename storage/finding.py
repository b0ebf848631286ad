"""Schools and people by what somebody typed."""

from bot.domain.people import Person
from storage import people
from storage.database import Reader


async def everybody(reader: Reader, municipality_id: int) -> list[Person]:
    """Persons who were not removed, by code."""
    rows = await reader.fetch_all(
        "SELECT id FROM person WHERE municipality_id = :municipality AND removed_at IS NULL ORDER BY code",
        municipality=municipality_id,
    )
    found = await people.persons(reader, [row[0] for row in rows])
    return [found[row[0]] for row in rows]
