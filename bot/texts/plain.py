"""Texts written for a chat as plain lines for a console."""

import html
import re
from typing import Final

_TAG: Final = re.compile(r"</?[a-z][^<>]*>")


def plain(text: str) -> str:
    """Without tags and entities."""
    return html.unescape(_TAG.sub("", text))
