"""What can be wrong with a file, its header or one of its cells: facts, without words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import DomainError
from bot.domain.importing.columns import Column, Kind


class FileReason(StrEnum):
    """Why a file was refused as a whole."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    ARCHIVE_BOMB = "archive_bomb"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_SLOW = "too_slow"
    TOO_HEAVY = "too_heavy"
    ENCRYPTED = "encrypted"
    OLD_EXCEL = "old_excel"
    MACROS = "macros"
    BINARY_EXCEL = "binary_excel"
    OPEN_DOCUMENT = "open_document"
    WORD = "word"
    SLIDES = "slides"
    PDF = "pdf"
    IMAGE = "image"
    WEB_PAGE = "web_page"
    XML = "xml"
    ARCHIVE = "archive"
    BROKEN = "broken"
    UNSAFE_XML = "unsafe_xml"
    ENCODING = "encoding"
    NOT_A_TABLE = "not_a_table"


class Reason(StrEnum):
    """Why a cell, and with it its row, cannot be taken."""

    MISSING = "missing"
    FORMULA = "formula"
    CELL_FAULT = "cell_fault"
    UNDECODABLE = "undecodable"
    INVISIBLE = "invisible"
    TOO_LONG = "too_long"
    DATE_IMPOSSIBLE = "date_impossible"
    DATE_FAR = "date_far"
    DATE_NO_YEAR = "date_no_year"
    DATE_UNCLEAR = "date_unclear"
    TIME_UNCLEAR = "time_unclear"
    SCHOOL_UNKNOWN = "school_unknown"
    SUBJECT_UNKNOWN = "subject_unknown"
    CLASS_IMPOSSIBLE = "class_impossible"
    CLASS_NOT_TESTED = "class_not_tested"
    CLASS_UNCLEAR = "class_unclear"
    LESSON_UNCLEAR = "lesson_unclear"
    PUPILS_NEGATIVE = "pupils_negative"
    PUPILS_MANY = "pupils_many"
    PUPILS_UNCLEAR = "pupils_unclear"
    FORM_UNKNOWN = "form_unknown"
    DURATION_UNCLEAR = "duration_unclear"
    PHONE_UNCLEAR = "phone_unclear"
    NAME_INCOMPLETE = "name_incomplete"
    PARALLELS_UNCLEAR = "parallels_unclear"
    YEARS_UNCLEAR = "years_unclear"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class RowError:
    """One wrong cell. `row` and `column` are 1-based; `raw` is what was typed, shortened.

    `suggestion` is the value we would have understood, ready to be typed;
    `other_row` is the earlier row of a duplicate.
    """

    row: int
    column: int
    column_title: str
    raw: str
    reason: Reason
    suggestion: str | None = None
    other_row: int | None = None


@dataclass(eq=False)
class UnreadableFile(DomainError):
    """The file is no table of ours to read; nothing of it was taken."""

    reason: FileReason


@dataclass(eq=False)
class HeaderNotFound(DomainError):
    """No row at the sheet's beginning names the obligatory columns; `missing` is of the likeliest kind."""

    kind: Kind | None
    missing: tuple[Column, ...]


class BadCell(Exception):
    """Raised by a cell's parser: the value cannot be understood."""

    def __init__(self, reason: Reason, suggestion: str | None = None) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.suggestion = suggestion
