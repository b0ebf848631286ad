"""Messages out: direct answers at once, promises from the outbox at the messenger's pace."""
