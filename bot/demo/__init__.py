"""The real bot against the built-in local Telegram, in an invented municipality whose ВПР day is today."""
