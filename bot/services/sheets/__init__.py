"""The sheets of the workbook, each a table over one snapshot of the ledger."""
