"""Rewrites an .xlsx so that reading it costs only what it holds: no empty formatted rows, no pictures."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.domain.importing.problems import FileReason, UnreadableFile
from bot.excel.limits import ReadingLimits

_CHUNK = 1 << 20
_WANTED = (".xml", ".rels")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# `<c .../>` and `<c ...></c>`: a format without a value. Text inside elements never holds a bare "<".
_EMPTY_CELL = re.compile(rb"<(?:\w+:)?c\b[^<>]*(?:/>|>\s*</(?:\w+:)?c>)")
_EMPTY_ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]*(?:/>|>\s*</(?:\w+:)?row>)")
_UNNUMBERED = re.compile(rb"<(?:\w+:)?(?:c|row)\b(?![^<>]*\sr=)")
_INLINE = re.compile(rb'(<c\b[^<>]*\s)t="inlineStr"([^<>]*>)<is><t(?:\s[^<>]*)?>([^<>]*)</t></is></c>')
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^<>]*\sref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')


@dataclass(frozen=True, slots=True)
class SlimArchive:
    """The rewritten archive, and the merged ranges by the path of their sheet inside it."""

    content: io.BytesIO
    merged: Mapping[str, tuple[str, ...]]


def slim(path: Path, limits: ReadingLimits) -> SlimArchive:
    """Counts the bytes really unpacked; raises UnreadableFile when they exceed the limits or declare entities."""
    content = io.BytesIO()
    merged: dict[str, tuple[str, ...]] = {}
    left = limits.unpacked_bytes
    with (
        zipfile.ZipFile(path) as source,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for entry in source.infolist():
            if not entry.filename.lower().endswith(_WANTED):
                continue
            part = _unpack(source, entry, left)
            left -= len(part)
            if _DTD.search(part):
                raise UnreadableFile(FileReason.UNSAFE_XML)
            if _SHEET.fullmatch(entry.filename):
                merged[entry.filename] = tuple(ref.decode() for ref in _MERGE.findall(part))
                part = _lighter(part)
            target.writestr(entry.filename, part)
    content.seek(0)
    return SlimArchive(content, merged)


def _unpack(source: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    pieces: list[bytes] = []
    with source.open(entry) as part:
        while piece := part.read(_CHUNK):
            left -= len(piece)
            if left < 0:
                raise UnreadableFile(FileReason.ARCHIVE_BOMB)
            pieces.append(piece)
    return b"".join(pieces)


def _lighter(sheet: bytes) -> bytes:
    """The same values in less XML. Empty cells and rows go only where all say their number: else the next would move."""
    if not _UNNUMBERED.search(sheet):
        sheet = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", sheet))
    sheet = _INLINE.sub(rb'\1t="str"\2<v>\3</v></c>', sheet)
    # openpyxl looks for the sheet's size first, and where none is given, parses the whole sheet to find none.
    if b"<dimension" not in sheet[:_CHUNK]:
        sheet = sheet.replace(b"<sheetData", b'<dimension ref="A1"/><sheetData', 1)
    return sheet
