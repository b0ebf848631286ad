"""Storage against real database files."""
