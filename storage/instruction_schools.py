"""Schools chosen for an instruction; none means all of its day."""

from collections.abc import Iterable

from storage.database import Reader, Transaction


async def chosen(reader: Reader, instruction_id: int) -> frozenset[int]:
    rows = await reader.fetch_all(
        "SELECT school_id FROM instruction_school WHERE instruction_id = :id", id=instruction_id
    )
    return frozenset(row[0] for row in rows)


async def choose(tx: Transaction, instruction_id: int, school_ids: Iterable[int]) -> None:
    """These schools and no other."""
    await tx.execute("DELETE FROM instruction_school WHERE instruction_id = :id", id=instruction_id)
    await tx.execute_many(
        "INSERT INTO instruction_school (instruction_id, school_id) VALUES (:id, :school)",
        [{"id": instruction_id, "school": school_id} for school_id in sorted(school_ids)],
    )
