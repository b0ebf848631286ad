"""SQL only: rows to domain objects and back. Nothing here knows a messenger or a screen."""
