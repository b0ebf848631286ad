"""One row of a sheet as one line of JSON, for the trip out of the limited process; no pickles."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.domain.importing.raw import CellFault, CellValue, Formula, RawRow


def pack_row(row: RawRow) -> str:
    return json.dumps([row.number, [_pack(cell) for cell in row.cells]], ensure_ascii=False, separators=(",", ":"))


def unpack_row(line: str | bytes) -> RawRow:
    """Raises ValueError on anything that `pack_row` does not write."""
    number, cells = json.loads(line)
    return RawRow(int(number), tuple(_unpack(cell) for cell in cells))


def _pack(value: CellValue) -> Any:
    match value:
        case datetime():
            return {"dt": value.isoformat()}
        case date():
            return {"d": value.isoformat()}
        case time():
            return {"t": value.isoformat()}
        case timedelta():
            return {"s": value.total_seconds()}
        case Formula():
            return {"f": value.text}
        case CellFault():
            return {"e": value.code}
        case _:
            return value


def _unpack(packed: Any) -> CellValue:
    if packed is None or isinstance(packed, (str, int, float, bool)):
        return packed
    match packed:
        case {"dt": str(text)}:
            return datetime.fromisoformat(text)
        case {"d": str(text)}:
            return date.fromisoformat(text)
        case {"t": str(text)}:
            return time.fromisoformat(text)
        case {"s": int(seconds) | float(seconds)}:
            return timedelta(seconds=seconds)
        case {"f": str(text)}:
            return Formula(text)
        case {"e": str(text)}:
            return CellFault(text)
    raise ValueError("not a cell")
