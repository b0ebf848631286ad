"""Text put into a cell so that it stays text: never a formula, never an error, nothing Excel refuses to open."""

from __future__ import annotations

import re
from typing import Any

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_767


def excel_text(text: str) -> str:
    """Control characters, lone surrogates and non-characters become U+FFFD; cut to what a cell holds."""
    return _UNWRITABLE.sub("\ufffd", text)[:_LONGEST]


def set_text(cell: Any, text: str) -> None:
    """The type is set after the value: openpyxl makes a formula of anything that begins with "="."""
    cell.value = excel_text(text)
    cell.data_type = "s"
