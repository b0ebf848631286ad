"""Files that are refused as a whole: each with its own reason, before anything is unpacked or parsed."""

import zipfile
from dataclasses import replace

import pytest

from bot.domain.importing.problems import FileReason, UnreadableFile
from bot.excel.limits import DEFAULT_LIMITS
from bot.excel.reading import read_sheet
from bot.texts.importing import UNREADABLE, unreadable_file
from tests.excel.hostile import HEADER, ROW, part, repack, text_row, with_sheet_xml, workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def reason(path, limits=DEFAULT_LIMITS):
    with pytest.raises(UnreadableFile) as caught:
        read_sheet(path, limits)
    return caught.value.reason


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", FileReason.EMPTY),
        (OLE + "Workbook".encode("utf-16-le"), FileReason.OLD_EXCEL),
        (OLE + "EncryptedPackage".encode("utf-16-le"), FileReason.ENCRYPTED),
        (OLE + "WordDocument".encode("utf-16-le"), FileReason.WORD),
        (OLE, FileReason.NOT_A_TABLE),
        (b"%PDF-1.7\n", FileReason.PDF),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, FileReason.IMAGE),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 50, FileReason.IMAGE),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 50, FileReason.IMAGE),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", FileReason.IMAGE),
        (b"{\\rtf1\\ansi", FileReason.WORD),
        (b"Rar!\x1a\x07\x00", FileReason.ARCHIVE),
        (b"7z\xbc\xaf\x27\x1c\x00", FileReason.ARCHIVE),
        ("<html><table><tr><td>ОО</td></tr></table></html>".encode(), FileReason.WEB_PAGE),
        ("\ufeff\r\n<!DOCTYPE html><html></html>".encode(), FileReason.WEB_PAGE),
        ("<html></html>".encode("utf-16"), FileReason.WEB_PAGE),
        (b"MIME-Version: 1.0\r\n", FileReason.WEB_PAGE),
        (b'<?xml version="1.0"?><Workbook/>', FileReason.XML),
        (b"MZ\x90\x00", FileReason.NOT_A_TABLE),
        ("Добрый день!\nВысылаю график.".encode(), FileReason.NOT_A_TABLE),
        (b"\x01\x02\x00\x03;\x00;\x07" * 9, FileReason.NOT_A_TABLE),
        ("школа;класс\nпервая;вторая\n".encode("koi8-r"), FileReason.ENCODING),
        (b"PK\x03\x04 not really", FileReason.BROKEN),
    ],
)
def test_by_what_it_really_is_whatever_its_name(tmp_path, content, expected):
    path = tmp_path / "график.xlsx"
    path.write_bytes(content)
    assert reason(path) is expected


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        (b"application/vnd.ms-excel.sheet.macroEnabled.main+xml", FileReason.MACROS),
        (b"application/vnd.ms-excel.sheet.binary.macroEnabled.main", FileReason.BINARY_EXCEL),
        (
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            FileReason.WORD,
        ),
        (
            b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
            FileReason.SLIDES,
        ),
        (b"application/whatever", FileReason.NOT_A_TABLE),
    ],
)
def test_other_office_files_under_our_name(tmp_path, content_type, expected):
    path = workbook(tmp_path / "a.xlsx", HEADER, ROW)
    types = part(path, "[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", content_type
    )
    assert reason(repack(path, {"[Content_Types].xml": types})) is expected


def test_macros_hidden_in_an_xlsx(tmp_path):
    path = workbook(tmp_path / "a.xlsx", HEADER, ROW)
    assert reason(repack(path, added=[("xl/vbaProject.bin", b"\x00" * 9)])) is FileReason.MACROS


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ({"a.txt": b"hello"}, FileReason.ARCHIVE),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, FileReason.OPEN_DOCUMENT),
        ({"mimetype": b"application/vnd.oasis.opendocument.text"}, FileReason.WORD),
    ],
)
def test_other_archives(tmp_path, names, expected):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    assert reason(path) is expected


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name(tmp_path):
    path = workbook(tmp_path / "a.xlsx", HEADER, ROW)
    doubled = repack(path, added=[("xl/worksheets/sheet1.xml", b"<worksheet/>")])
    assert reason(doubled) is FileReason.BROKEN


def test_an_archive_with_a_password(tmp_path):
    path = workbook(tmp_path / "a.xlsx", HEADER, ROW)
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1  # the flag of the first entry in the directory
    path.write_bytes(content)
    assert reason(path) is FileReason.ENCRYPTED


def test_a_bomb_by_its_declared_size(tmp_path):
    bomb = repack(workbook(tmp_path / "a.xlsx", HEADER, ROW), added=[("xl/media/a.xml", b" " * (51 * 1024 * 1024))])
    assert bomb.stat().st_size < 200_000
    assert reason(bomb) is FileReason.ARCHIVE_BOMB


def test_a_bomb_by_its_ratio(tmp_path):
    bomb = repack(workbook(tmp_path / "a.xlsx", HEADER, ROW), added=[("xl/media/a.xml", b" " * 1_000_000)])
    assert reason(bomb) is FileReason.ARCHIVE_BOMB


def test_a_bomb_of_many_entries(tmp_path):
    many = [(f"xl/media/{n}.png", b"x") for n in range(200)]
    assert reason(repack(workbook(tmp_path / "a.xlsx", HEADER, ROW), added=many)) is FileReason.ARCHIVE_BOMB


def test_what_is_really_unpacked_counts_and_not_what_is_declared(tmp_path):
    path = with_sheet_xml(tmp_path / "a.xlsx", text_row(1, HEADER) + text_row(2, ROW) * 400)
    assert reason(path, replace(DEFAULT_LIMITS, unpacked_bytes=20_000)) is FileReason.ARCHIVE_BOMB


def test_entities_are_refused_before_any_parser_sees_them(tmp_path):
    laughs = b'<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>'
    assert reason(with_sheet_xml(tmp_path / "a.xlsx", b"", before=laughs)) is FileReason.UNSAFE_XML


def test_external_entities_in_another_encoding(tmp_path):
    """UTF-16 hides the declaration from a search of bytes, not from defusedxml."""
    xml = (
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row></sheetData></worksheet>'
    ).encode("utf-16")
    path = repack(workbook(tmp_path / "a.xlsx", HEADER), {"xl/worksheets/sheet1.xml": xml})
    assert reason(path) is FileReason.BROKEN


@pytest.mark.parametrize("damaged", [b"<worksheet><sheetData><row", b"", b"\x00\x01", b"<a/>" * 9])
def test_a_damaged_sheet(tmp_path, damaged):
    path = repack(workbook(tmp_path / "a.xlsx", HEADER), {"xl/worksheets/sheet1.xml": damaged})
    assert reason(path) is FileReason.BROKEN


def test_a_row_number_beyond_any_sheet(tmp_path):
    path = with_sheet_xml(tmp_path / "a.xlsx", text_row(1, HEADER) + b'<row r="99999999"><c r="A9"><v>1</v></c></row>')
    assert reason(path) is FileReason.BROKEN


def test_an_empty_workbook(tmp_path):
    assert reason(workbook(tmp_path / "a.xlsx")) is FileReason.EMPTY
    assert reason(workbook(tmp_path / "b.xlsx", ("  ", None))) is FileReason.EMPTY


def test_too_many_rows_and_columns(tmp_path):
    small = replace(DEFAULT_LIMITS, rows=3, columns=5)
    assert len(read_sheet(workbook(tmp_path / "a.xlsx", HEADER, ROW, ROW), small).rows) == 3
    assert reason(workbook(tmp_path / "b.xlsx", HEADER, ROW, ROW, ROW), small) is FileReason.TOO_MANY_ROWS
    assert reason(workbook(tmp_path / "c.xlsx", HEADER, (*ROW, 1)), small) is FileReason.TOO_MANY_COLUMNS
    csv = tmp_path / "d.csv"
    csv.write_text("а;б\n" * 4)
    assert reason(csv, small) is FileReason.TOO_MANY_ROWS
    csv.write_text("а;б;в;г;д;е\n")
    assert reason(csv, small) is FileReason.TOO_MANY_COLUMNS


def test_too_big(tmp_path):
    path = workbook(tmp_path / "a.xlsx", HEADER)
    assert reason(path, replace(DEFAULT_LIMITS, file_bytes=100)) is FileReason.TOO_BIG


def test_every_reason_has_its_own_words():
    assert set(UNREADABLE) == {str(reason) for reason in FileReason}
    assert len({unreadable_file(reason) for reason in FileReason}) == len(FileReason)
