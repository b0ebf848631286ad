"""A document to print, as blocks: what it says, not how it looks."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Title:
    """`text` in the middle and bold, `below` under it."""

    text: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Fields:
    """Name and value in two columns."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table whose header repeats on every page. `widths` in centimetres; `strong`: rows to set in bold.

    `small`: in smaller letters, for a table of many pages.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    strong: frozenset[int] = frozenset()
    small: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """Empty lines to write on, after what is to be written."""

    label: str
    count: int = 3


@dataclass(frozen=True, slots=True)
class Signatures:
    """(who signs, what is known of them): a line for the signature and one for the name."""

    rows: tuple[tuple[str, str], ...]


Block = Title | Section | Paragraph | Fields | Grid | Lines | Signatures


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    """`footer` stands on every page beside the page number."""

    blocks: Sequence[Block]
    footer: str = ""
    landscape: bool = False
