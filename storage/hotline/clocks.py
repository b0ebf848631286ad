"""Cases by what their clocks demand, and what is left of them afterwards."""

from datetime import datetime

from bot.domain.hotline.case import Case
from storage.clock import from_text_or_none, to_text
from storage.database import Reader, Transaction
from storage.hotline import cases


async def waiting(reader: Reader, due_before: datetime) -> list[Case]:
    """Cases that owe their writer an answer and are due by then, the earliest first."""
    rows = await reader.fetch_all(
        f"SELECT {cases.COLUMNS} FROM hotline_case WHERE status IN ('accepted', 'registered', 'in_work')"
        " AND due_at <= :before ORDER BY due_at",
        before=to_text(due_before),
    )
    return [cases.from_row(row) for row in rows]


async def ended(reader: Reader, before: datetime) -> list[tuple[Case, datetime | None]]:
    """Cases that were closed, or answered and left so, before then and still hold something, with when their deletion was
    announced."""
    rows = await reader.fetch_all(
        f"SELECT {cases.COLUMNS}, warned_at, CASE status WHEN 'answered' THEN answered_at ELSE closed_at END AS ended_at"
        " FROM hotline_case WHERE ended_at <= :before AND shredded_at IS NULL ORDER BY ended_at",
        before=to_text(before),
    )
    return [(cases.from_row(row), from_text_or_none(row["warned_at"])) for row in rows]


async def mark_warned(tx: Transaction, case_id: str, now: datetime) -> None:
    await tx.execute("UPDATE hotline_case SET warned_at = :at WHERE id = :id", id=case_id, at=to_text(now))


async def hold(tx: Transaction, case_id: str, *, held: bool) -> None:
    """Keep the texts in spite of the clocks, or let them run again."""
    await tx.execute(
        "UPDATE hotline_case SET hold_reason = :held WHERE id = :id", id=case_id, held="held" if held else ""
    )


async def empty(tx: Transaction, case_id: str, now: datetime) -> None:
    """Only the journal's row and the history of states remain."""
    await tx.execute("UPDATE case_message SET sealed = x'' WHERE case_id = :id", id=case_id)
    await tx.execute("DELETE FROM case_wording WHERE case_id = :id", id=case_id)
    await tx.execute("DELETE FROM case_prompt WHERE case_id = :id", id=case_id)
    await tx.execute(
        "UPDATE hotline_case SET shredded_at = :at, decision = NULL WHERE id = :id", id=case_id, at=to_text(now)
    )
