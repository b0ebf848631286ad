"""How a municipality writes names: confirmed once, known ever after."""

from datetime import datetime

from storage.clock import to_text
from storage.database import Reader, Transaction


async def all_of(reader: Reader, municipality_id: int, kind: str) -> dict[str, str]:
    """Folded spelling → what it means; `kind` is school or subject."""
    rows = await reader.fetch_all(
        "SELECT written, means FROM name_alias WHERE municipality_id = :municipality AND kind = :kind",
        municipality=municipality_id,
        kind=kind,
    )
    return {row[0]: row[1] for row in rows}


async def add(
    tx: Transaction, municipality_id: int, kind: str, written: str, means: str, now: datetime, *, by: int | None
) -> None:
    await tx.execute(
        "INSERT INTO name_alias (municipality_id, kind, written, means, person_id, at)"
        " VALUES (:municipality, :kind, :written, :means, :by, :at)"
        " ON CONFLICT (municipality_id, kind, written) DO UPDATE SET means = :means, person_id = :by, at = :at",
        municipality=municipality_id,
        kind=kind,
        written=written,
        means=means,
        by=by,
        at=to_text(now),
    )
