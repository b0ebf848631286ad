"""Characters that no table and no file can hold are replaced before anybody handles an update; its stored form keeps them."""

import re
from typing import Any

from bot.texts.escape import REPLACEMENT

# One for one, so that the offsets of entities still fit.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_MAYBE = re.compile(rb"\\u(?:0000|d[89a-f])")  # in ASCII JSON


def may_need(payload: bytes) -> bool:
    """Whether ASCII JSON may hold such a character; emoji, too, are written as two halves."""
    return _MAYBE.search(payload) is not None


def readable(value: Any) -> Any:
    """The same JSON value with U+FFFD for zero characters and halves of surrogate pairs."""
    if isinstance(value, str):
        return _UNSTORABLE.sub(REPLACEMENT, value)
    if isinstance(value, dict):
        return {readable(key): readable(each) for key, each in value.items()}
    if isinstance(value, list):
        return [readable(each) for each in value]
    return value
