"""The sandbox is checked against Telegram's own rules and words, as published in its source."""
