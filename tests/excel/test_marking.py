"""The sender's workbook back: wrong cells red and explained, everything else as it was."""

import io

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, PatternFill

from bot.domain.importing.headers import recognise
from bot.domain.importing.parsing import parse_schedule
from bot.domain.importing.problems import FileReason, Reason, RowError, UnreadableFile
from bot.excel.marking import mark
from bot.excel.reading import read_sheet
from bot.excel.safely import mark_safely
from bot.texts.importing import explain
from bot.texts.importing_templates import CSV_SHEET, FIX_COLUMN
from tests.excel.hostile import HEADER, ROW, workbook
from tests.municipality import DATA, sample_rules

RED = "FFFFC7CE"


def opened(content: bytes):
    return load_workbook(io.BytesIO(content))


def checked(path):
    raw = read_sheet(path)
    recognised = recognise(raw)
    return raw, recognised, parse_schedule(raw, recognised, sample_rules()).errors


def wrong(row, column, reason=Reason.SUBJECT_UNKNOWN, raw="Истрия", suggestion="История"):
    return RowError(row, column, HEADER[column - 1], raw, reason, suggestion)


def test_the_twelve_are_red_and_explained_and_the_rest_untouched():
    path = DATA / "schedule-with-errors.xlsx"
    raw, _, errors = checked(path)
    before, after = load_workbook(path).active, opened(mark(path, raw.title, 3, errors)).active
    places = {(error.row, error.column): error for error in errors}
    for row in after.iter_rows(max_col=10):
        for cell in row:
            old = before.cell(cell.row, cell.column)
            assert cell.value == old.value
            assert cell.number_format == old.number_format
            assert (repr(cell.font), repr(cell.border)) == (repr(old.font), repr(old.border))
            if error := places.get((cell.row, cell.column)):
                assert cell.fill.start_color.rgb == RED
                assert cell.comment.text == explain(error)
            else:
                assert (repr(cell.fill), cell.comment) == (repr(old.fill), None)
    assert after.cell(3, 11).value == FIX_COLUMN
    assert {row for row in range(4, 64) if after.cell(row, 11).value} == {error.row for error in errors}
    assert after.merged_cells.ranges == before.merged_cells.ranges


def test_what_looked_like_a_formula_comes_back_as_text():
    path = DATA / "schedule-with-errors.xlsx"
    raw, _, errors = checked(path)
    cell = opened(mark(path, raw.title, 3, errors)).active["A39"]
    assert (cell.value, cell.data_type) == ("=СОШ № 3", "s")


def test_what_was_typed_never_becomes_a_formula_in_our_column(tmp_path):
    path = workbook(tmp_path / "a.xlsx", HEADER, ROW)
    error = wrong(2, 3, Reason.NAME_INCOMPLETE, raw="=1+1\x00")
    cell = opened(mark(path, "Лист1", 1, [error])).active.cell(2, 6)
    assert cell.data_type == "s"
    assert "=1+1" in cell.value


def test_the_marked_file_corrected_and_sent_again(tmp_path):
    path = tmp_path / "a.xlsx"
    raw, _, errors = checked(DATA / "schedule-with-errors.xlsx")
    path.write_bytes(mark(DATA / "schedule-with-errors.xlsx", raw.title, 3, errors))
    again_raw, again_recognised, again = checked(path)
    assert [(error.row, error.reason, error.suggestion) for error in again] == [
        (error.row, error.reason, error.suggestion) for error in errors
    ]
    assert max(again_recognised.columns.values()) == 10
    kept = errors[:2]
    sheet = opened(mark(path, again_raw.title, 3, kept)).active
    assert [cell.value for cell in sheet[3]].count(FIX_COLUMN) == 1
    assert {row for row in range(4, 64) if sheet.cell(row, 11).value} == {error.row for error in kept}
    red = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.start_color.rgb == RED}
    assert red == {"D7", "A11"}


def test_other_sheets_formats_and_a_foreign_note_stay(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(HEADER)
    sheet.append(ROW)
    sheet["A2"].font, sheet["A2"].fill = Font(bold=True), PatternFill("solid", start_color="FF00FF00")
    sheet.column_dimensions["A"].width = 33
    other = book.create_sheet("Расчёт")
    other["A1"] = "=1+1"
    book.save(tmp_path / "a.xlsx")
    after = opened(mark(tmp_path / "a.xlsx", "Sheet", 1, [wrong(2, 3)]))
    assert after["Расчёт"]["A1"].value == "=1+1"
    assert after["Sheet"]["A2"].fill.start_color.rgb == "FF00FF00"
    assert after["Sheet"]["A2"].font.bold
    assert after["Sheet"].column_dimensions["A"].width == 33


def test_several_errors_of_one_cell_and_of_one_row(tmp_path):
    path = workbook(tmp_path / "a.xlsx", HEADER, ROW)
    errors = [wrong(2, 3), wrong(2, 3, Reason.TOO_LONG), wrong(2, 1, Reason.MISSING)]
    sheet = opened(mark(path, "Лист1", 1, errors)).active
    assert sheet["C2"].comment.text.count("\n") == 1
    assert all(explain(error) in sheet["F2"].value for error in errors)


def test_a_merged_cell_is_marked_at_its_beginning(tmp_path):
    book = Workbook()
    for row in (HEADER, ROW, (None, *ROW[1:])):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.save(tmp_path / "a.xlsx")
    errors = [wrong(2, 1, Reason.SCHOOL_UNKNOWN), wrong(3, 1, Reason.SCHOOL_UNKNOWN)]
    sheet = opened(mark(tmp_path / "a.xlsx", "Sheet", 1, errors)).active
    assert sheet["A2"].fill.start_color.rgb == RED
    assert sheet["F3"].value


def test_a_csv_comes_back_as_a_workbook(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("ОО;Класс;Предмет;Дата;Урок\n=1+1;5А;История;15.04.2027;2\n".encode("cp1251"))
    sheet = opened(mark(path, "", 1, [wrong(2, 1, Reason.FORMULA)]))[CSV_SHEET]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert sheet["A2"].fill.start_color.rgb == RED
    assert sheet["C2"].value == "История"


async def test_in_the_limited_process():
    path = DATA / "schedule-with-errors.xlsx"
    raw, recognised, errors = checked(path)
    sheet = opened(await mark_safely(path, raw.title, recognised.header_row, errors)).active
    assert sum(cell.comment is not None for row in sheet.iter_rows() for cell in row) == 12


async def test_the_limited_process_passes_the_reason_on(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(UnreadableFile) as caught:
        await mark_safely(path, "", 1, [])
    assert caught.value.reason is FileReason.PDF
