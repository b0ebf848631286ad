"""Rows of the hotline in the main database: cases, sealed messages, history, files, the staff's side."""
