"""Which cases answer a joined case, and from which of their messages on: what was said before was for another writer."""

from dataclasses import dataclass

from storage.database import Reader, Transaction
from storage.hotline import messages


@dataclass(frozen=True, slots=True)
class Join:
    """Messages of the case `main_id` with this number or a later one are for the joined case, too."""

    main_id: str
    first_seq: int


async def detail(tx: Transaction, into_id: str) -> str:
    """What the history of a case keeps of its being joined now."""
    return f"case:{into_id}:{await messages.next_seq(tx, into_id)}"


async def of_case(reader: Reader, case_id: str) -> list[Join]:
    """Oldest first; several when the case that answered it was itself joined to another."""
    rows = await reader.fetch_all(
        "SELECT detail, at FROM case_event WHERE case_id = :id AND event = 'merge' ORDER BY id", id=case_id
    )
    found = []
    for row in rows:
        _, main_id, first_seq = (*row["detail"].split(":"), "")[:3]
        found.append(Join(main_id, int(first_seq) if first_seq else await _next_at(reader, main_id, row["at"])))
    return found


async def _next_at(reader: Reader, case_id: str, at: str) -> int:
    """By the clock, where the history names no message: rows of earlier versions."""
    said = "SELECT COALESCE(MAX(seq), 0) + 1 FROM case_message WHERE case_id = :id AND at < :at"
    return int(await reader.fetch_value(said, id=case_id, at=at))
