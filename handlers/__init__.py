"""Chat in, screens out: one file a feature; `build_router()` is the bot's table of contents."""
