"""Makes the files that nobody should send and somebody will."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

HEADER = ("ОО", "Класс", "Предмет", "Дата", "Урок")
ROW = ("СОШ № 5", "5А", "История", "15.04.2027", 2)


def workbook(path: Path, *rows: Sequence[Any], title: str = "Лист1") -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is not None:
                sheet.cell(number, column, value)
    book.save(path)
    return path


def repack(path: Path, replaced: Mapping[str, bytes] | None = None, added: Iterable[tuple[str, bytes]] = ()) -> Path:
    """The archive with some of its parts replaced or added."""
    output = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(entry.filename, (replaced or {}).get(entry.filename, source.read(entry)))
        for name, content in added:
            target.writestr(name, content)
    path.write_bytes(output.getvalue())
    return path


def part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def with_sheet_xml(path: Path, rows_xml: bytes, before: bytes = b"", after: bytes = b"") -> Path:
    """A workbook whose only sheet holds the given rows, written by hand."""
    workbook(path)
    sheet = (
        before
        + b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + rows_xml
        + b"</sheetData>"
        + after
        + b"</worksheet>"
    )
    return repack(path, {"xl/worksheets/sheet1.xml": sheet})


def text_row(number: int, values: Sequence[Any], attributes: str = "") -> bytes:
    cells = "".join(
        f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{value}</t></is></c>' for at, value in enumerate(values)
    )
    return f'<row r="{number}"{attributes}>{cells}</row>'.encode()
