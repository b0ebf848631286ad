"""Rows of the queues that belong to one writer, found without knowing who that is."""

from storage.database import Transaction


async def forget_promises(tx: Transaction, recipient_prefix: str) -> int:
    """Delete promises to recipients that begin so, whatever became of them."""
    return await tx.execute(
        "DELETE FROM outbox WHERE recipient >= :prefix AND recipient < :prefix || '~'", prefix=recipient_prefix
    )
