"""A row of a sheet as XML: values keep the type they have, texts stay texts."""

import re
from collections.abc import Sequence
from datetime import date, time
from functools import lru_cache
from math import isfinite
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel as _to_excel

from bot.domain.table import Link, Value
from bot.excel.cell_text import excel_text

to_excel: Any = _to_excel  # untyped in its stubs
_CODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel would read «_x0041_» as «A»
EMPTY = '"/>'


class RowCells:
    """The cells of a row, each with the style of its column; one object serves every row of a sheet."""

    def __init__(self, styles: Sequence[int]) -> None:
        self._ends = [(f'<c r="{get_column_letter(n)}', f'" s="{style}') for n, style in enumerate(styles, 1)]

    def row(self, number: int, values: Sequence[Value], *, height: float | None = None) -> str:
        """Raises ValueError when there are more values than columns, or fewer."""
        cells = [
            f"{before}{number}{after}{_content(value)}"
            for (before, after), value in zip(self._ends, values, strict=True)
        ]
        tall = "" if height is None else f' ht="{height:g}" customHeight="1"'
        return f'<row r="{number}"{tall}>{"".join(cells)}</row>'


@lru_cache(maxsize=8192, typed=True)
def _content(value: Value) -> str:
    """What follows the style: the type is ours, never a guess, so «=1+1» is text and «05» is text.

    Schools, items and moments stand in thousands of rows: most are found here ready.
    """
    if value is None or value == "":
        return EMPTY
    if isinstance(value, Link):
        value = value.text
    if isinstance(value, str):
        return _text(value)
    number = float(to_excel(value) if isinstance(value, (date, time)) else value)  # a datetime is a date
    return f'"><v>{number:.16g}</v></c>' if isfinite(number) else EMPTY


def _text(value: str) -> str:
    text = excel_text(value)
    if "_x" in text:
        text = _CODED.sub("_x005F_", text)
    keeps = ' xml:space="preserve"' if text != text.strip() else ""
    return f'" t="inlineStr"><is><t{keeps}>{escape(text, {chr(13): "&#13;"})}</t></is></c>'
