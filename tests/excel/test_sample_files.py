"""The four files of the sample municipality: what is read from each, and which twelve rows are wrong."""

from collections import Counter
from dataclasses import asdict
from datetime import date, time

import pytest

from bot.domain.importing.columns import COLUMNS, Kind
from bot.domain.importing.comparison import compare_schedule
from bot.domain.importing.headers import recognise
from bot.domain.importing.parsing import parse_observers, parse_schedule, parse_schools
from bot.domain.importing.problems import Reason, RowError
from bot.domain.importing.rows import ObserverRow, Parsed, SchoolRow, SittingRow
from bot.domain.importing.rules import ParsingRules
from bot.excel.reading import read_sheet
from bot.texts.importing import REASONS, explain, row_error
from tests.municipality import DATA, NAMES, SCHOOL_YEAR, sample_rules

# Row, column, what was typed, why it is wrong, what we would offer, the earlier row of a duplicate.
TWELVE = [
    (7, "Дата", "31.04.2027", Reason.DATE_IMPOSSIBLE, None, None),
    (11, "ОО", "СОШ 55", Reason.SCHOOL_UNKNOWN, "СОШ № 5", None),
    (15, "Класс", "12Ы", Reason.CLASS_IMPOSSIBLE, None, None),
    (19, "Урок", "третий", Reason.LESSON_UNCLEAR, "3", None),
    (23, "Предмет", "Русскй язык", Reason.SUBJECT_UNKNOWN, "Русский язык", None),
    (27, "ОО", "сош № 1", Reason.DUPLICATE, None, 26),
    (31, "Кол-во участников", "-5", Reason.PUPILS_NEGATIVE, "5", None),
    (35, "Дата", "21.04.2072", Reason.DATE_FAR, "21.04.2027", None),
    (39, "ОО", "=СОШ № 3", Reason.FORMULA, "СОШ № 3", None),
    (43, "Форма", "на компе", Reason.FORM_UNKNOWN, "компьютерная", None),
    (47, "Дата", "", Reason.MISSING, None, None),
    (51, "Предмет", "Математика", Reason.INVISIBLE, "Математика", None),
]


@pytest.fixture(scope="module")
def rules() -> ParsingRules:
    return sample_rules()


@pytest.fixture(scope="module")
def faulty(rules) -> Parsed[SittingRow]:
    return _schedule("schedule-with-errors.xlsx", rules)


def _schedule(name: str, rules: ParsingRules) -> Parsed[SittingRow]:
    raw = read_sheet(DATA / name)
    return parse_schedule(raw, recognise(raw), rules)


@pytest.mark.parametrize("name", ["schools", "schedule", "schedule-with-errors", "observers"])
def test_header_is_found_under_the_merged_title(name):
    recognised = recognise(read_sheet(DATA / f"{name}.xlsx"))
    assert recognised.header_row == 3
    assert recognised.kind == Kind(name.split("-")[0])
    assert tuple(recognised.columns) == COLUMNS[recognised.kind]
    assert list(recognised.columns.values()) == sorted(recognised.columns.values())


def test_sixteen_schools():
    raw = read_sheet(DATA / "schools.xlsx")
    parsed = parse_schools(raw, recognise(raw), ParsingRules(SCHOOL_YEAR))
    assert (parsed.total, parsed.wrong, parsed.errors) == (16, 0, ())
    assert tuple(row.short_name for row in parsed.rows) == NAMES
    assert parsed.rows[0] == SchoolRow(
        row=4,
        short_name="СОШ № 1",
        full_name="МКОУ «Средняя общеобразовательная школа №1»",
        login="edu076305",
        address="ул. Ленина, 102",
        parallels=(4, 5, 6, 7, 8, 10),
        coordinator_name="Хаджиев Анна Хасановна",
        coordinator_phone="+79681579240",
        risk_years=(2018, 2020),
    )
    assert parsed.rows[11].parallels == (4,)
    assert parsed.rows[15].risk_years == (2018,)


def test_the_schedule_has_no_wrong_row(rules):
    parsed = _schedule("schedule.xlsx", rules)
    assert (parsed.total, parsed.wrong, parsed.errors) == (487, 0, ())
    assert {row.school_name for row in parsed.rows} <= set(NAMES)
    assert Counter(row.form for row in parsed.rows) == {"paper": 403, "computer": 84}
    assert Counter(row.duration_min for row in parsed.rows) == {45: 383, 90: 104}
    assert Counter(row.subject for row in parsed.rows)["Математика (базовый)"] == 43
    assert parsed.rows[0] == SittingRow(
        row=4,
        school_name="СОШ № 1",
        class_name="4 «А»",
        grade=4,
        subject="Русский язык",
        date=date(2027, 4, 27),
        lesson=3,
        starts_at=time(10, 15),
        room="40",
        pupils=30,
        form="paper",
        duration_min=45,
    )
    assert parsed.rows[3].room == "10"  # «каб. 10»


def test_forty_observers(rules):
    raw = read_sheet(DATA / "observers.xlsx")
    parsed = parse_observers(raw, recognise(raw), rules)
    assert (parsed.total, parsed.wrong, parsed.errors) == (40, 0, ())
    assert sum(bool(row.conflict_schools) for row in parsed.rows) == 14
    assert all(row.phone.startswith("+7") and len(row.phone) == 12 for row in parsed.rows)
    assert parsed.rows[5] == ObserverRow(
        row=9,
        full_name="Васильев Сергей Муратовна",
        phone="+79121506312",
        sent_by="специалист управления",
        order_ref="приказ 57-О",
        conflict_schools=(),
        conflict_text=None,
        remarks=None,
    )


def test_exactly_twelve_of_sixty_are_wrong(faulty):
    assert (faulty.total, faulty.wrong, len(faulty.rows)) == (60, 12, 48)
    assert [error.row for error in faulty.errors] == [row for row, *_ in TWELVE]


@pytest.mark.parametrize("expected", TWELVE, ids=lambda expected: f"row {expected[0]}")
def test_each_of_the_twelve(faulty, expected):
    (error,) = [error for error in faulty.errors if error.row == expected[0]]
    assert (
        error.row, error.column_title, error.raw, error.reason, error.suggestion, error.other_row
    ) == expected  # fmt: skip


def test_the_rows_between_the_wrong_ones_are_the_good_schedule(faulty, rules):
    good = {row.row: row for row in _schedule("schedule.xlsx", rules).rows}
    assert [good[row.row] for row in faulty.rows] == list(faulty.rows)


def test_the_same_file_twice_changes_nothing(rules):
    parsed = _schedule("schedule.xlsx", rules)
    stored = {row.row: asdict(row) for row in parsed.rows}
    changes = compare_schedule(stored, parsed)
    assert (changes.new, changes.changed, changes.vanished) == ((), (), ())
    assert len(changes.unchanged) == 487


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (7, "Строка 7: дата «31.04.2027» — такого дня нет."),
        (11, "Строка 11: школа «СОШ 55» не найдена. Похоже: СОШ № 5."),
        (15, "Строка 15: класс «12Ы» — такого класса нет."),
        (19, "Строка 19: урок «третий» непонятен. Напишите номер урока цифрой. Похоже: 3."),
        (27, "Строка 27: повтор строки 26."),
        (39, "Строка 39: в столбце «ОО» формула в ячейке. Впишите само значение. Похоже: СОШ № 3."),
        (47, "Строка 47: не заполнено «Дата»."),
    ],
)
def test_what_the_sender_is_told(faulty, row, line):
    (error,) = [error for error in faulty.errors if error.row == row]
    assert row_error(error) == line


def test_every_reason_has_words_that_say_what_to_do_with_the_cell():
    assert set(REASONS) == {str(reason) for reason in Reason}
    for reason in Reason:
        said = row_error(RowError(14, 4, "Дата", "то", reason, "это", 3))
        assert said.startswith("Строка 14: ")
        assert said.endswith(". Похоже: это.")


def test_markup_in_a_cell_stays_text():
    error = RowError(4, 1, "<b>ОО</b>", "<a href='x'>СОШ</a> {row}", Reason.SCHOOL_UNKNOWN)
    assert "<a" not in row_error(error)
    assert "{row}" in explain(error)
