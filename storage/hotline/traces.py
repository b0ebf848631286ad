"""Rows that one writer left on the way to the hotline, found without a table that names them, and the time these rows have."""

from datetime import datetime

from storage.clock import to_text
from storage.database import Transaction


async def forget_promises(tx: Transaction, recipient_prefix: str) -> int:
    """Delete promises to recipients that begin so, whatever became of them."""
    return await tx.execute(
        "DELETE FROM outbox WHERE recipient >= :prefix AND recipient < :prefix || '~'", prefix=recipient_prefix
    )


async def forget_promises_older(tx: Transaction, recipient_prefix: str, before: datetime) -> int:
    """The same for those promised before a moment."""
    return await tx.execute(
        "DELETE FROM outbox WHERE recipient >= :prefix AND recipient < :prefix || '~' AND created_at < :before",
        prefix=recipient_prefix,
        before=to_text(before),
    )
