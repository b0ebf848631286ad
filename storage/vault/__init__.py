"""Rows of the vault: keys, the way back to a writer, contacts, receipts, drafts. Another file than the cases."""

from pathlib import Path

MIGRATIONS = Path(__file__).parent.with_name("vault_migrations")
