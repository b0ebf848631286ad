"""How a message looks to the eye: its words, its buttons, one printed line of a chat."""

from __future__ import annotations

import re
from typing import Any

from tests.lines import Message

Wanted = str | re.Pattern[str]


def inline_buttons(message: Message) -> list[dict[str, Any]]:
    return [button for row in message.get("reply_markup", {}).get("inline_keyboard", ()) for button in row]


def without_typesetting(text: str) -> str:
    """Non-breaking spaces are a matter of typesetting, not of meaning."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def matches(message: Message, wanted: Wanted) -> bool:
    text = without_typesetting(str(message.get("text") or message.get("caption") or ""))
    return wanted.search(text) is not None if isinstance(wanted, re.Pattern) else without_typesetting(wanted) in text


def as_text(wanted: Wanted) -> str:
    return wanted.pattern if isinstance(wanted, re.Pattern) else wanted


def printed(message: Message) -> str:
    kinds = [f"<{name}> " for name in ("photo", "document", "voice", "video") if name in message]
    text = str(message.get("text") or message.get("caption") or "")
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    keys = " ".join("[" + "|".join(button["text"] for button in row) + "]" for row in rows)
    line = f"  {message['message_id']} {message['from']['first_name']}: {''.join(kinds)}{text}"
    return f"{line}\n      {keys}" if keys else line
