"""Use cases: one method is one transaction, with no network inside."""
