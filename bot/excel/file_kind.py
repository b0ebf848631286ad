"""What a file really is, by its first bytes and its archive directory; its name is not asked."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Literal

from bot.domain.importing.problems import FileReason, UnreadableFile
from bot.excel.limits import ReadingLimits

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC: tuple[tuple[bytes, FileReason], ...] = (
    (b"%PDF", FileReason.PDF),
    (b"\x89PNG", FileReason.IMAGE),
    (b"\xff\xd8\xff", FileReason.IMAGE),
    (b"GIF8", FileReason.IMAGE),
    (b"BM", FileReason.IMAGE),
    (b"II*\x00", FileReason.IMAGE),
    (b"MM\x00*", FileReason.IMAGE),
    (b"{\\rtf", FileReason.WORD),
    (b"Rar!", FileReason.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", FileReason.ARCHIVE),
    (b"\x1f\x8b", FileReason.ARCHIVE),
    (b"BZh", FileReason.ARCHIVE),
    (b"\xfd7zXZ", FileReason.ARCHIVE),
    (b"MZ", FileReason.NOT_A_TABLE),
    (b"\x7fELF", FileReason.NOT_A_TABLE),
)
_OLE_STREAMS: tuple[tuple[str, FileReason], ...] = (
    ("EncryptedPackage", FileReason.ENCRYPTED),
    ("Workbook", FileReason.OLD_EXCEL),
    ("Book", FileReason.OLD_EXCEL),
    ("WordDocument", FileReason.WORD),
    ("PowerPoint Document", FileReason.SLIDES),
)
_CONTENT_TYPES: tuple[tuple[bytes, FileReason], ...] = (
    (b"macroEnabled.main+xml", FileReason.MACROS),
    (b"sheet.binary.macroEnabled", FileReason.BINARY_EXCEL),
    (b"wordprocessingml", FileReason.WORD),
    (b"presentationml", FileReason.SLIDES),
)
_WORKBOOK_TYPES = (b"spreadsheetml.sheet.main+xml", b"spreadsheetml.template.main+xml")
_SMALL_ENTRY = 100_000  # a ratio says nothing about an entry this small
_COMPRESSIONS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def classify(path: Path, limits: ReadingLimits) -> Literal["xlsx", "text"]:
    """Either an .xlsx archive within the limits, or text that may be a CSV; raises UnreadableFile otherwise."""
    size = path.stat().st_size
    if size == 0:
        raise UnreadableFile(FileReason.EMPTY)
    if size > limits.file_bytes:
        raise UnreadableFile(FileReason.TOO_BIG)
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        _check_archive(path, limits)
        return "xlsx"
    if head.startswith(_OLE):
        raise UnreadableFile(_ole_kind(path.read_bytes()))
    for magic, reason in _MAGIC:
        if head.startswith(magic):
            raise UnreadableFile(reason)
    if head[4:8] == b"ftyp" or (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        raise UnreadableFile(FileReason.IMAGE)
    _refuse_markup(head)
    return "text"


def _ole_kind(content: bytes) -> FileReason:
    for stream, reason in _OLE_STREAMS:
        if stream.encode("utf-16-le") in content:
            return reason
    return FileReason.NOT_A_TABLE


def _refuse_markup(head: bytes) -> None:
    start = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith(
        (b"<!doctype html", b"<html", b"<table", b"<meta", b"<head", b"mime-version:", b"<div", b"<!--")
    ):
        raise UnreadableFile(FileReason.WEB_PAGE)
    if start.startswith(b"<"):
        raise UnreadableFile(FileReason.WEB_PAGE if b"<html" in start else FileReason.XML)


def _check_archive(path: Path, limits: ReadingLimits) -> None:
    """Reads the directory only: nothing is unpacked but the small list of content types."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_sizes(entries, limits)
            names = {entry.filename for entry in entries}
            if len(names) != len(entries):
                raise UnreadableFile(FileReason.BROKEN)  # two parts of one name: readers disagree which counts
            if any(entry.flag_bits & 0x1 for entry in entries):
                raise UnreadableFile(FileReason.ENCRYPTED)
            if "[Content_Types].xml" not in names:
                raise UnreadableFile(_other_archive(archive, names))
            _check_content_types(archive.read("[Content_Types].xml"), names)
    except UnreadableFile:
        raise
    except Exception as error:  # zipfile raises nearly anything on a damaged archive
        raise UnreadableFile(FileReason.BROKEN) from error


def _check_sizes(entries: list[zipfile.ZipInfo], limits: ReadingLimits) -> None:
    declared = sum(entry.file_size for entry in entries)
    bloated = any(
        entry.file_size > _SMALL_ENTRY and entry.file_size > limits.ratio * max(entry.compress_size, 1)
        for entry in entries
    )
    if declared > limits.unpacked_bytes or bloated or len(entries) > limits.entries:
        raise UnreadableFile(FileReason.ARCHIVE_BOMB)
    if any(entry.compress_type not in _COMPRESSIONS for entry in entries):
        raise UnreadableFile(FileReason.BROKEN)


def _other_archive(archive: zipfile.ZipFile, names: set[str]) -> FileReason:
    if "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype")[:200]:
        return FileReason.OPEN_DOCUMENT
    if "mimetype" in names and b"opendocument" in archive.read("mimetype")[:200]:
        return FileReason.WORD
    return FileReason.ARCHIVE


def _check_content_types(content: bytes, names: set[str]) -> None:
    for marker, reason in _CONTENT_TYPES:
        if marker in content and not (reason in {FileReason.WORD, FileReason.SLIDES} and _is_workbook(content)):
            raise UnreadableFile(reason)
    if any(name.lower().endswith("vbaproject.bin") or "/macrosheets/" in name.lower() for name in names):
        raise UnreadableFile(FileReason.MACROS)
    if not _is_workbook(content):
        raise UnreadableFile(FileReason.NOT_A_TABLE)


def _is_workbook(content: bytes) -> bool:
    return any(kind in content for kind in _WORKBOOK_TYPES)
