"""Files that are read: sheets, merged cells, formulas, encodings, and the process that reads them."""

import asyncio
import contextlib
import hashlib
import os
import random
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from bot.domain.importing.headers import recognise, recognise_rows
from bot.domain.importing.problems import FileReason, HeaderNotFound, UnreadableFile
from bot.domain.importing.raw import CellFault, Formula, RawRow
from bot.excel.limits import DEFAULT_LIMITS
from bot.excel.reading import open_sheet, read_sheet
from bot.excel.safely import read_sheet_safely
from bot.excel.wire import pack_row, unpack_row
from tests.excel.hostile import HEADER, ROW, part, repack, text_row, with_sheet_xml, workbook
from tests.municipality import DATA

TABLE = "ОО;Класс;Предмет;Дата;Урок\nСОШ № 5;5А;История;15.04.2027;2\n"


def cells(path, number=2):
    (row,) = [row for row in read_sheet(path).rows if row.number == number]
    return row.cells


def test_values_keep_their_types(tmp_path):
    typed = (1, 1.5, True, "x", datetime.fromisoformat("2027-04-15"), datetime.fromisoformat("2027-04-15T09:20"))
    path = workbook(tmp_path / "a.xlsx", HEADER, (*typed, time(9, 20), timedelta(hours=30), None))
    assert cells(path) == (
        1,
        1.5,
        True,
        "x",
        date(2027, 4, 15),
        datetime.fromisoformat("2027-04-15T09:20"),
        time(9, 20),
        timedelta(hours=30),
    )


def test_formulas_are_marked_and_never_evaluated(tmp_path):
    path = workbook(tmp_path / "a.xlsx", HEADER, ("=СОШ № 3", "=1+1", "=cmd|'/c calc'!A1", "#N/A"))
    assert cells(path) == (
        Formula("=СОШ № 3"),
        Formula("=1+1"),
        Formula("=cmd|'/c calc'!A1"),
        CellFault("#N/A"),
    )


def test_a_date_beyond_the_calendar_is_a_fault(tmp_path):
    book = Workbook()
    book.active.append(HEADER)
    book.active.append(ROW)
    book.active["D2"] = 99999999
    book.active["D2"].number_format = "dd.mm.yyyy"
    book.save(tmp_path / "a.xlsx")
    assert cells(tmp_path / "a.xlsx")[3] == CellFault("#VALUE!")


def test_a_school_merged_over_its_rows_belongs_to_each_of_them(tmp_path):
    book = Workbook()
    sheet = book.active
    for row in (("График",), (), HEADER, ROW, (None, *ROW[1:]), (), (None, "5Б", *ROW[2:]), ("СОШ № 6", *ROW[1:])):
        sheet.append(row)
    for merged in ("A1:E1", "A4:A7"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "a.xlsx")
    rows = {row.number: row.cells for row in read_sheet(tmp_path / "a.xlsx").rows}
    assert sorted(rows) == [1, 3, 4, 5, 7, 8]
    assert rows[1] == ("График",)
    assert [rows[number][0] for number in (4, 5, 7, 8)] == ["СОШ № 5", "СОШ № 5", "СОШ № 5", "СОШ № 6"]


def test_the_sheet_with_our_header_is_chosen(tmp_path):
    book = Workbook()
    book.active.title = "Титул"
    book.active.append(("Управление образования",))
    for title, row in (("Образец", ROW), ("График", ROW), ("Резерв", ROW)):
        sheet = book.create_sheet(title)
        sheet.append(HEADER)
        sheet.append(row)
    hidden = book.create_sheet("Старый график", 0)
    hidden.append(HEADER)
    hidden.append(ROW)
    hidden.sheet_state = "hidden"
    book.create_sheet("Пустой")
    book.save(tmp_path / "a.xlsx")
    raw = read_sheet(tmp_path / "a.xlsx")
    assert (raw.title, raw.other_tables) == ("График", ("Резерв",))
    assert [row.number for row in raw.rows] == [1, 2]


def test_a_wrong_dimension_hides_no_row(tmp_path):
    rows = text_row(1, HEADER) + text_row(2, ROW) + text_row(3, ROW)
    path = with_sheet_xml(tmp_path / "a.xlsx", rows)
    assert len(read_sheet(path).rows) == 3
    lying = with_sheet_xml(tmp_path / "b.xlsx", rows)
    xml = part(lying, "xl/worksheets/sheet1.xml").replace(b"<sheetData>", b'<dimension ref="A1:B2"/><sheetData>')
    assert len(read_sheet(repack(lying, {"xl/worksheets/sheet1.xml": xml})).rows) == 3


def test_cells_without_numbers_are_counted_from_the_left(tmp_path):
    unnumbered = b'<row><c t="inlineStr"><is><t>a</t></is></c><c/><c t="inlineStr"><is><t>b</t></is></c></row>'
    path = with_sheet_xml(tmp_path / "a.xlsx", text_row(1, HEADER) + unnumbered)
    assert cells(path) == ("a", None, "b")


def test_entities_and_spaces_in_texts_survive(tmp_path):
    path = with_sheet_xml(tmp_path / "a.xlsx", text_row(1, HEADER) + text_row(2, ["А &amp; &lt;Б&gt;", "  5А  "]))
    assert cells(path) == ("А & <Б>", "  5А  ")


async def test_a_million_empty_formatted_rows(tmp_path):
    empty = b"".join(b'<row r="%d" s="1" customFormat="1"/>' % n for n in range(3, 1_048_576))
    path = with_sheet_xml(tmp_path / "a.xlsx", text_row(1, HEADER) + text_row(2, ROW) + empty)
    raw = await read_sheet_safely(path)
    assert [row.number for row in raw.rows] == [1, 2]


async def test_a_hundred_thousand_rows_of_empty_formatted_cells(tmp_path):
    empty = b"".join(
        b'<row r="%d"><c r="A%d" s="1"/><c r="B%d" s="1"></c><c r="C%d" s="1"/></row>' % (n, n, n, n)
        for n in range(3, 100_000)
    )
    path = with_sheet_xml(tmp_path / "a.xlsx", text_row(1, HEADER) + text_row(2, ROW) + empty)
    assert len((await read_sheet_safely(path)).rows) == 2


def test_a_cell_of_five_thousand_characters_is_cut_but_still_too_long(tmp_path):
    path = workbook(tmp_path / "a.xlsx", HEADER, ("Я" * 5000, *ROW[1:]))
    assert 1000 < len(cells(path)[0]) <= 2000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_encodings_and_delimiters(tmp_path, encoding, delimiter):
    path = tmp_path / "a.csv"
    path.write_bytes(TABLE.replace(";", delimiter).encode(encoding))
    raw = read_sheet(path)
    assert [row.cells for row in raw.rows] == [HEADER, ("СОШ № 5", "5А", "История", "15.04.2027", "2")]
    assert raw.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert recognise(raw).header_row == 1


def test_csv_under_the_name_of_a_workbook_is_still_read(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(TABLE.encode("cp1251"))
    assert len(read_sheet(path).rows) == 2


def test_csv_with_quotes_line_breaks_and_excels_own_first_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes('sep=;\r\nОО;Класс\r\n"СОШ ""№"" 5;\r\nгород";5А\r\n;\r\nСОШ № 6;4\r\n'.encode())
    rows = read_sheet(path).rows
    assert [(row.number, row.cells[1]) for row in rows] == [(2, "Класс"), (3, "5А"), (5, "4")]
    assert rows[1].cells[0] == 'СОШ "№" 5;\r\nгород'


def test_undecodable_bytes_are_marked_in_their_own_cell(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(TABLE.encode() + "СОШ № 6;5А;".encode() + b"\xc8\xf1;16.04.2027;2\n" + TABLE.encode())
    rows = read_sheet(path).rows
    assert rows[2].cells == ("СОШ № 6", "5А", "\ufffd\ufffd", "16.04.2027", "2")
    assert rows[4].cells[2] == "История"


async def test_the_limited_process_reads_the_same(tmp_path):
    for path in sorted(DATA.glob("*.xlsx")):
        assert await read_sheet_safely(path) == read_sheet(path)


async def test_the_limited_process_passes_the_reason_on(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(UnreadableFile) as caught:
        await read_sheet_safely(path)
    assert caught.value.reason is FileReason.PDF


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (replace(DEFAULT_LIMITS, memory_bytes=60 * 1024 * 1024), FileReason.TOO_HEAVY),
        (replace(DEFAULT_LIMITS, cpu_s=1), FileReason.TOO_SLOW),
        (replace(DEFAULT_LIMITS, wall_s=0.01), FileReason.TOO_SLOW),
    ],
)
async def test_memory_and_time_are_limited(tmp_path, limits, expected):
    rows = b"".join(text_row(number, (*ROW, *ROW)) for number in range(1, 20_000))
    path = with_sheet_xml(tmp_path / "a.xlsx", rows)
    with pytest.raises(UnreadableFile) as caught:
        await read_sheet_safely(path, limits)
    assert caught.value.reason is expected


async def test_a_cancelled_reading_leaves_no_process(tmp_path):
    """Starting an interpreter alone takes longer than the time given."""
    path = workbook(tmp_path / "a.xlsx", HEADER, ROW)
    before = _children()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.02):
            await read_sheet_safely(path)
    assert _children() == before


def _children() -> set[str]:
    with open(f"/proc/{os.getpid()}/task/{os.getpid()}/children") as children:
        return set(children.read().split())


def test_the_limited_process_knows_neither_the_messenger_nor_the_database():
    code = (
        "import sys, bot.excel.reading_worker, bot.excel.marking_worker;"
        "print([name for name in ('aiogram', 'aiohttp', 'aiosqlite', 'pydantic') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_xml_is_defused():
    assert openpyxl.DEFUSEDXML


def test_rows_of_an_open_sheet_are_a_stream(tmp_path):
    path = workbook(tmp_path / "a.xlsx", HEADER, *[ROW] * 50)
    with open_sheet(path) as sheet:
        assert next(sheet.rows).cells == HEADER
        assert sum(1 for _ in sheet.rows) == 50


def test_a_refusal_of_the_caller_is_not_taken_for_a_damaged_file(tmp_path):
    with pytest.raises(HeaderNotFound), open_sheet(workbook(tmp_path / "a.xlsx", ("x",))) as sheet:
        recognise_rows(sheet.rows)


@pytest.mark.parametrize("seed", range(60))
def test_flipped_bytes_are_read_or_refused_and_nothing_else(tmp_path, seed):
    content = bytearray((DATA / "schools.xlsx").read_bytes())
    dice = random.Random(seed)
    for _ in range(dice.choice((1, 5, 50))):
        content[dice.randrange(len(content))] = dice.randrange(256)
    path = tmp_path / "a.xlsx"
    path.write_bytes(bytes(content[: dice.choice((None, len(content) // 2))]))
    with contextlib.suppress(UnreadableFile):
        assert read_sheet(path).rows


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(timedelta(days=-999), timedelta(days=999)).map(lambda delta: timedelta(seconds=delta.seconds)),
    st.text(max_size=9).map(Formula),
    st.text(max_size=9).map(CellFault),
)


@given(st.integers(1, 1_048_576), st.lists(CELLS, max_size=9))
def test_a_row_survives_the_wire(number, values):
    row = RawRow(number, tuple(values))
    line = pack_row(row)
    assert unpack_row(line) == row
    assert "\n" not in line
