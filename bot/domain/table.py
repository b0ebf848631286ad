"""A table as data: columns with their kinds, rows that come in chunks; what becomes of it is somebody else's matter."""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Link:
    """`text` that opens `address`, an address of our own making: what people typed is never one."""

    text: str
    address: str


# A datetime is local wall-clock time without its zone, which stands in the heading: spreadsheets know no zones.
Value = str | int | float | date | time | datetime | Link | None


class Kind(StrEnum):
    TEXT = "text"  # also numbers of schools: «5» stays «5», «03» stays «03»
    LONG = "long"  # text that wraps
    LINK = "link"
    NUMBER = "number"
    SHARE = "share"  # 0.86 is shown as 86 %
    DATE = "date"
    TIME = "time"
    MOMENT = "moment"


class Tone(StrEnum):
    """What a value means; colour is never the only sign."""

    BAD = "bad"
    WARNING = "warning"
    GOOD = "good"
    MUTED = "muted"


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in characters. `tones`: which values of the column stand out, and how; `above_zero`: any number above it.

    `summed`: a last row «Итого» holds its sum.
    """

    title: str
    kind: Kind = Kind.TEXT
    width: float = 14
    tones: tuple[tuple[str, Tone], ...] = ()
    above_zero: Tone | None = None
    summed: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A row that is a heading over the rows below it."""

    text: str


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar chart under the table of its first `most` rows: columns are numbered from 1, `names` holds the categories."""

    title: str
    names: int
    values: tuple[int, ...]
    stacked: bool = False
    most: int = 60


Row = Sequence[Value] | Heading
Chunks = AsyncIterator[Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` is called once, when the table is written. `title` is the sheet's name, `caption` is printed above every page.

    `filters`: one header row over plain rows, to be filtered and sorted; otherwise it is a form to be read.
    `frozen`: how many columns stay in sight. `portrait`: narrow enough for an upright page. `signatures`: who signs below.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Callable[[], Chunks]
    caption: str = ""
    filters: bool = True
    frozen: int = 1
    portrait: bool = False
    chart: Bars | None = None
    signatures: tuple[str, ...] = ()


def fixed(rows: Iterable[Row]) -> Callable[[], Chunks]:
    """Rows that are known already."""

    async def chunks() -> Chunks:
        yield list(rows)

    return chunks
