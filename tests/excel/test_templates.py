"""Templates: what is filled in reads back, and a cell's drop-down knows our words."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from bot.domain.importing.columns import COLUMNS, Kind
from bot.domain.importing.headers import recognise
from bot.domain.importing.parsing import parse_sheet
from bot.domain.importing.rules import ParsingRules
from bot.domain.importing.school_names import SchoolMatcher
from bot.excel.reading import read_sheet
from bot.excel.templates import template
from bot.texts.importing_templates import DATA_SHEETS, NOTES, NOTES_SHEET, SAMPLE_ROWS, SAMPLE_SHEET
from tests.municipality import SCHOOL_YEAR

SCHOOLS = ("СОШ № 101", "Прогимназия № 102", "=СОШ")
RULES = ParsingRules(SCHOOL_YEAR, SchoolMatcher(SCHOOLS[:2]))


def made(kind):
    return load_workbook(io.BytesIO(template(kind, SCHOOLS, SCHOOL_YEAR)))


@pytest.mark.parametrize("kind", list(Kind))
def test_an_empty_template_is_recognised_and_holds_no_rows(tmp_path, kind):
    path = tmp_path / "a.xlsx"
    path.write_bytes(template(kind, SCHOOLS, SCHOOL_YEAR))
    raw = read_sheet(path)
    recognised = recognise(raw)
    assert (raw.title, raw.other_tables) == (DATA_SHEETS[kind], ())
    assert (recognised.kind, recognised.header_row, tuple(recognised.columns)) == (kind, 1, COLUMNS[kind])
    assert parse_sheet(raw, recognised, RULES).total == 0


@pytest.mark.parametrize("kind", list(Kind))
def test_our_own_sample_filled_in_reads_back_without_error(tmp_path, kind):
    book = made(kind)
    sheet = book[DATA_SHEETS[kind]]
    for row, values in enumerate(SAMPLE_ROWS[kind], start=2):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column, value or None)
    book.save(tmp_path / "a.xlsx")
    raw = read_sheet(tmp_path / "a.xlsx")
    parsed = parse_sheet(raw, recognise(raw), RULES)
    assert (parsed.total, parsed.errors) == (2, ())


def test_values_typed_as_a_spreadsheet_keeps_them_read_back(tmp_path):
    book = made(Kind.SCHEDULE)
    for column, value in enumerate(("СОШ № 101", "4А", "История", date(2027, 4, 15), 2, "09:20", 12, 24), start=1):
        book[DATA_SHEETS["schedule"]].cell(2, column, value)
    book.save(tmp_path / "a.xlsx")
    raw = read_sheet(tmp_path / "a.xlsx")
    (row,) = parse_sheet(raw, recognise(raw), RULES).rows
    assert (row.date, row.form, row.duration_min) == (date(2027, 4, 15), "paper", 45)


@pytest.mark.parametrize("kind", list(Kind))
def test_notes_and_a_sample_are_there(kind):
    book = made(kind)
    assert [cell.value for cell in book[NOTES_SHEET]["A"]] == list(NOTES[kind])
    assert book[SAMPLE_SHEET].max_row == 3
    assert book.active.title == DATA_SHEETS[kind]


def test_drop_downs_of_the_schedule():
    book = made(Kind.SCHEDULE)
    (lists,) = [sheet for sheet in book.worksheets if sheet.sheet_state == "hidden"]
    schools = [cell.value for cell in lists["A"] if cell.value]
    assert schools == list(SCHOOLS)
    assert all(cell.data_type == "s" for row in lists.iter_rows() for cell in row if cell.value)
    validations = {str(v.sqref)[0]: v for v in book[DATA_SHEETS["schedule"]].data_validations.dataValidation}
    assert set("ACDEHIJ") == set(validations)
    assert validations["A"].formula1.endswith("!$A$1:$A$3")
    assert (validations["D"].formula1, validations["D"].formula2) == ("46266", "46630")  # 01.09.2026, 31.08.2027


def test_a_template_without_schools_has_no_empty_drop_down():
    book = load_workbook(io.BytesIO(template(Kind.SCHEDULE)))
    columns = {str(v.sqref)[0] for v in book[DATA_SHEETS["schedule"]].data_validations.dataValidation}
    assert "A" not in columns
    assert "D" not in columns
