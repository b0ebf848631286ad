"""What a workbook must be: typed, safe, frozen, filtered, ready to print."""

import asyncio
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.domain.table import Bars, Column, Heading, Kind, Table, Tone, fixed
from bot.excel.sheet_title import safe_titles
from bot.excel.workbook import write_workbook
from bot.texts.workbook import NO_ROWS, SIGN_HERE, TOTAL

COLUMNS = (
    Column("Школа", Kind.TEXT, 10),
    Column("Дата", Kind.DATE),
    Column("Начало", Kind.TIME),
    Column("Получен", Kind.MOMENT),
    Column("Число", Kind.NUMBER, above_zero=Tone.BAD),
    Column("Доля", Kind.SHARE),
    Column("Ответ", Kind.TEXT, 8, (("Нет", Tone.BAD),)),
    Column("Комментарий", Kind.LONG, 20),
)
MOMENT = datetime(2026, 4, 23, 10, 14)  # noqa: DTZ001 - a cell knows no zones
ROW = ("05", date(2026, 4, 23), time(9, 10), MOMENT, 3, 0.86, "Нет", "у двух учеников телефоны")


async def written(path: Path, *tables: Table) -> dict[str, int]:
    counts: dict[str, int] = {}
    await write_workbook(path, tables, counts)
    return counts


async def test_cells_keep_their_types(tmp_path: Path):
    path = tmp_path / "out.xlsx"
    counts = await written(path, Table("Лист", COLUMNS, fixed([ROW]), "Лист · Город & район"))
    assert counts == {"Лист": 1}
    sheet = load_workbook(path)["Лист"]
    school, day, begins, came, number, share, answer, comment = sheet[2]
    assert (school.value, school.data_type, school.number_format) == ("05", "s", "@")
    assert day.value == datetime(2026, 4, 23)  # noqa: DTZ001
    assert day.number_format == "DD.MM.YYYY"
    assert begins.value == time(9, 10)
    assert came.value == MOMENT
    assert (number.value, number.data_type) == (3, "n")
    assert (share.value, share.number_format) == (0.86, "0%")
    assert answer.value == "Нет"
    assert comment.alignment.wrap_text


async def test_sheet_is_ready_to_read_and_to_print(tmp_path: Path):
    path = tmp_path / "out.xlsx"
    await written(path, Table("Лист", COLUMNS, fixed([ROW] * 3), "Лист · Город & район", frozen=2))
    sheet = load_workbook(path)["Лист"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:H4"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert int(sheet.page_setup.paperSize) == 9
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.oddFooter.center.text == "Страница &P из &N"
    assert sheet.oddHeader.left.text == "Лист · Город && район"
    assert sheet.column_dimensions["A"].width == 10
    ranges = {str(rule.sqref) for rule in sheet.conditional_formatting}
    assert ranges == {"E2:E4", "G2:G4"}
    assert all(cell.font.bold for cell in sheet[1])


async def test_a_long_comment_gets_its_height(tmp_path: Path):
    path = tmp_path / "out.xlsx"
    rows = [ROW, (*ROW[:-1], "слово " * 30), (*ROW[:-1], "а\nб\nв")]
    await written(path, Table("Лист", COLUMNS, fixed(rows)))
    sheet = load_workbook(path)["Лист"]
    assert sheet.row_dimensions[3].height >= 10 * 15
    assert sheet.row_dimensions[4].height == 3 * 15


async def test_a_form_has_headings_and_no_filter(tmp_path: Path):
    path = tmp_path / "out.xlsx"
    columns = (Column("Показатель"), Column("Значение", Kind.NUMBER))
    table = Table("Сводка", columns, fixed([Heading("Общее"), ("Работ", 3)]), filters=False, portrait=True)
    assert await written(path, table) == {"Сводка": 1}
    sheet = load_workbook(path)["Сводка"]
    assert sheet.auto_filter.ref is None
    assert sheet["A2"].font.bold
    assert sheet.page_setup.orientation == "portrait"


async def test_a_form_has_a_place_to_sign(tmp_path: Path):
    path = tmp_path / "out.xlsx"
    columns = (Column("Показатель"), Column("Значение", Kind.NUMBER), Column("Пояснение"))
    table = Table("Сводка", columns, fixed([("Работ", 3, "")]), filters=False, signatures=("Координатор",))
    await written(path, table)
    sheet = load_workbook(path)["Сводка"]
    assert (sheet["A4"].value, sheet["C4"].value) == ("Координатор", SIGN_HERE)


async def test_an_empty_table_says_so(tmp_path: Path):
    path = tmp_path / "out.xlsx"
    assert await written(path, Table("Лист", COLUMNS, fixed([]))) == {"Лист": 0}
    assert load_workbook(path)["Лист"]["A2"].value == NO_ROWS


async def test_a_chart_has_its_axes(tmp_path: Path):
    path = tmp_path / "out.xlsx"
    columns = (Column("Школа"), Column("Получено", Kind.NUMBER), Column("Ждём", Kind.NUMBER))
    chart = Bars("Отчёты", 1, (2, 3), stacked=True)
    await written(path, Table("Школы", columns, fixed([("СОШ № 5", 3, 1), ("СОШ № 11", 2, 0)]), chart=chart))
    (drawn,) = load_workbook(path)["Школы"]._charts
    assert drawn.grouping == "stacked"
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/charts/chart1.xml").decode()
    assert xml.count('<c:delete val="0"') + xml.count('<delete val="0"') == 2


async def test_a_table_too_long_for_a_sheet_goes_on_in_the_next(tmp_path: Path):
    path, counts, sums = tmp_path / "out.xlsx", {}, {}
    numbers = Table("Ответы", (Column("Что"), Column("Число", Kind.NUMBER, summed=True)), fixed([("a", 2)] * 50))
    after = Table("Ещё", COLUMNS, fixed([ROW]))
    await write_workbook(path, [numbers, after], counts, sums=sums, most_rows=1 + 8 + 20)
    book = load_workbook(path)
    assert book.sheetnames == ["Ответы", "Ответы (2)", "Ответы (3)", "Ещё"]
    assert [book[title].max_row for title in book.sheetnames[:3]] == [21, 21, 12]
    assert counts["Ответы"] == 50
    assert sums["Ответы"] == {"Число": 100}
    assert [cell.value for cell in book["Ответы (3)"][12]] == [TOTAL, 100]
    assert all(book[title]["A1"].value == "Что" for title in book.sheetnames[:3])
    assert book["Ответы (2)"].print_title_rows == "$1:$1"


async def test_last_tables_are_filled_last_and_stand_first(tmp_path: Path):
    path = tmp_path / "out.xlsx"
    counts: dict[str, int] = {}

    async def late():
        yield [(f"строк: {counts['Лист']}",)]

    tables = [Table("Сводка", (Column("Что"),), late), Table("Лист", COLUMNS, fixed([ROW] * 7))]
    await write_workbook(path, tables, counts, last=("Сводка",))
    book = load_workbook(path)
    assert book.sheetnames == ["Сводка", "Лист"]
    assert book["Сводка"]["A2"].value == "строк: 7"


NASTY = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["=1+1", "=HYPERLINK(\"http://a\")", "+7 913", "-5", "@СУММ(A1)", "#N/A", "#DIV/0!", "\t=1", "\r=1", "a\x00b", "\ud800",
         "\ufffe", "<b>&amp;", "_x000D_", "я" * 32_800, "'apostrophe", " spaces ", "{=1}", "TRUE", "1e5", "01.02.2026"]
    ),
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(NASTY, min_size=1, max_size=8))
def test_text_is_text_whatever_was_typed(tmp_path: Path, texts: list[str]):
    path = tmp_path / "out.xlsx"
    columns = tuple(Column(f"К{n}", Kind.LONG) for n in range(len(texts)))
    asyncio.run(written(path, Table("Лист", columns, fixed([texts]))))
    cells = list(load_workbook(path)["Лист"][2])
    assert all(cell.data_type in ("s", "n") for cell in cells)
    assert all(cell.data_type == "s" or cell.value is None for cell in cells)
    assert all(len(str(cell.value or "")) <= 32_767 for cell in cells)
    assert all(cell.quotePrefix for cell in cells)


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (["Школы", "школы"], ["Школы", "школы (2)"]),
        (["a/b:c*d?e[f]g\\h"], ["a b c d e f g h"]),
        (["я" * 40, "я" * 40], ["я" * 31, "я" * 27 + " (2)"]),
        (["", "'"], ["1", "1 (2)"]),
    ],
)
def test_titles_of_sheets_are_accepted_everywhere(titles: list[str], expected: list[str]):
    assert safe_titles(titles) == expected
