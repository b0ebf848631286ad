"""Whole rows: what is left out, what is wrong, what is a duplicate."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time

import pytest

from bot.domain.importing.headers import recognise
from bot.domain.importing.parsing import iter_schedule
from bot.domain.importing.problems import Reason
from bot.domain.importing.raw import CellFault, Formula, RawRow
from bot.domain.importing.rules import ParsingRules
from bot.domain.importing.school_names import SchoolMatcher
from tests.domain.importing.tables import GOOD_SITTING, RULES, SCHEDULE_HEADER, parsed, sheet, sitting
from tests.municipality import SCHOOL_YEAR


def test_a_right_row():
    (row,) = sitting().rows
    assert (row.school_name, row.class_name, row.grade, row.subject) == ("СОШ № 5", "5 «А»", 5, "История")
    assert (row.date, row.lesson, row.starts_at) == (date(2027, 4, 15), 2, time(9, 20))
    assert (row.room, row.pupils, row.form, row.duration_min) == ("12", 24, "computer", 45)


def test_optional_cells_may_be_empty():
    (row,) = sitting(starts_at=None, room="-", pupils="нет", form="", minutes=None).rows
    assert (row.starts_at, row.room, row.pupils, row.form, row.duration_min) == (None, None, None, "paper", 45)


@pytest.mark.parametrize("name", ["school_name", "class_name", "subject", "date", "lesson"])
def test_obligatory_cells_may_not(name):
    result = sitting(**{name: " \u00a0"})
    assert [error.reason for error in result.errors] == [Reason.MISSING]
    assert (result.total, result.wrong, result.rows) == (1, 1, ())


def test_every_wrong_cell_of_a_row_is_told_and_the_row_counted_once():
    result = sitting(class_name="12Ы", date="31.04.2027", pupils=-1)
    assert [error.reason for error in result.errors] == [
        Reason.CLASS_IMPOSSIBLE,
        Reason.DATE_IMPOSSIBLE,
        Reason.PUPILS_NEGATIVE,
    ]
    assert (result.total, result.wrong) == (1, 1)


@pytest.mark.parametrize(
    ("cell", "reason", "suggestion"),
    [
        (Formula("=B7"), Reason.FORMULA, None),
        (Formula("=История"), Reason.FORMULA, "История"),
        ("=Истрия", Reason.FORMULA, "История"),
        (CellFault("#N/A"), Reason.CELL_FAULT, None),
        ("Исто\u200bрия", Reason.INVISIBLE, "История"),
        ("\u202eИстория", Reason.INVISIBLE, "История"),
        ("Ист\u00adория", Reason.INVISIBLE, "История"),
        ("История\x07", Reason.INVISIBLE, "История"),
        ("\ufeffИстория", Reason.INVISIBLE, "История"),
        ("История\u3164", Reason.INVISIBLE, "История"),
        ("История\ufe0f", Reason.INVISIBLE, "История"),
        ("Истори\ufffd", Reason.UNDECODABLE, None),
        ("И" * 5000, Reason.TOO_LONG, None),
    ],
)
def test_cells_that_only_look_like_text(cell, reason, suggestion):
    (error,) = sitting(subject=cell).errors
    assert (error.column, error.reason, error.suggestion) == (3, reason, suggestion)
    assert len(error.raw) <= 80


@pytest.mark.parametrize("cell", ["История\u00a0", "История\n", "\tИстория", " История_x000D_"])
def test_white_space_is_no_fault(cell):
    assert sitting(subject=cell).rows[0].subject == "История"


def test_a_formula_in_a_column_of_no_interest_is_no_fault():
    header = ("№", *SCHEDULE_HEADER)
    assert parsed(header, (Formula("=ROW()-1"), *GOOD_SITTING)).wrong == 0


def test_formulas_drawn_down_below_the_table_are_no_rows():
    drawn = (None,) * 9 + (Formula('=IF(A9="","",45)'),)
    assert parsed(SCHEDULE_HEADER, GOOD_SITTING, drawn, drawn).total == 1
    referring = (Formula("=Лист2!A1"), *drawn[1:])
    assert parsed(SCHEDULE_HEADER, GOOD_SITTING, referring).wrong == 1


def test_rows_that_are_no_data():
    result = parsed(
        ("График",),
        (),
        SCHEDULE_HEADER,
        tuple(range(1, 11)),
        GOOD_SITTING,
        (None, None, "  "),
        SCHEDULE_HEADER,
        ("Итого:", None, None, None, None, None, None, 24),
        ("Директор ______ Иванов",),
    )
    assert (result.total, result.wrong) == (1, 0)
    assert result.rows[0].row == 5


def test_a_row_that_is_only_half_filled_is_no_total():
    result = parsed(SCHEDULE_HEADER, ("СОШ № 5", "5А"))
    assert [error.reason for error in result.errors] == [Reason.MISSING] * 3


def test_duplicates_name_the_earlier_row():
    moved = ("СОШ №5", "5 «а»", "история", date(2027, 4, 15), 6)
    other_day = ("СОШ № 5", "5А", "История", "16.04.2027", 2)
    result = parsed(SCHEDULE_HEADER, GOOD_SITTING, other_day, moved, GOOD_SITTING)
    assert [(error.row, error.reason, error.other_row) for error in result.errors] == [
        (4, Reason.DUPLICATE, 2),
        (5, Reason.DUPLICATE, 2),
    ]
    assert [row.row for row in result.rows] == [2, 3]


def test_a_wrong_row_is_nobodys_earlier_row():
    broken = (*GOOD_SITTING[:7], -1)
    result = parsed(SCHEDULE_HEADER, broken, GOOD_SITTING)
    assert [row.row for row in result.rows] == [3]


def test_an_unknown_register_accepts_no_school():
    empty = ParsingRules(SCHOOL_YEAR, SchoolMatcher(()))
    assert parsed(SCHEDULE_HEADER, GOOD_SITTING, rules=empty).errors[0].reason is Reason.SCHOOL_UNKNOWN


def test_configuration_decides_which_grades_write():
    with_nine = replace(RULES, grades=frozenset({9}))
    nine = ("СОШ № 5", "9А", *GOOD_SITTING[2:])
    assert parsed(SCHEDULE_HEADER, nine).errors[0].reason is Reason.CLASS_NOT_TESTED
    assert parsed(SCHEDULE_HEADER, nine, rules=with_nine).rows[0].grade == 9


def test_schools_are_unique_by_name_and_by_login():
    header = ("Школа", "Логин ОО")
    result = parsed(header, ("СОШ № 1", "edu1"), ("сош №1", "edu2"), ("СОШ № 3", "EDU1"), ("СОШ № 4", None))
    assert [(error.row, error.column, error.other_row) for error in result.errors] == [(3, 1, 2), (4, 2, 2)]


def test_observers_are_unique_by_phone():
    header = ("ФИО", "Телефон", "Где учатся дети")
    result = parsed(
        header,
        ("Борисова Залина", "8 902 803 37 15", "сын в СОШ № 5"),
        ("Фомина Алим", "+79028033715", None),
        ("Черных Анна", "+79138553183", "сын в СОШ 55"),
        ("Алиев Руслан", "\u202a+7 913 855-31-84\u202c", "дети взрослые"),
    )
    assert [(error.row, error.reason) for error in result.errors] == [(3, Reason.DUPLICATE), (4, Reason.SCHOOL_UNKNOWN)]
    assert [(row.conflict_schools, row.conflict_text) for row in result.rows] == [
        (("СОШ № 5",), "сын в СОШ № 5"),
        ((), "дети взрослые"),
    ]


def test_fields_are_those_the_file_has_columns_for():
    result = parsed(SCHEDULE_HEADER[:5], GOOD_SITTING[:5])
    assert result.fields == {"school_name", "class_name", "grade", "subject", "date", "lesson"}


def test_rows_are_read_one_at_a_time():
    taken = []

    def rows() -> Iterator[RawRow]:
        for number in range(2, 1_000_000):
            taken.append(number)
            yield RawRow(number, GOOD_SITTING)

    recognised = recognise(sheet(SCHEDULE_HEADER, GOOD_SITTING))
    stream = iter_schedule(rows(), recognised, RULES)
    assert next(stream).parsed is not None
    assert next(stream).errors[0].other_row == 2
    assert taken == [2, 3]
