"""Classes, counts, subjects, forms, phones and lists in the spellings of real tables."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.importing import values
from bot.domain.importing.problems import BadCell, Reason
from bot.texts.importing_words import SUBJECTS

GRADES = frozenset({4, 5, 6, 7, 8, 10})


def refused(parse, *arguments):
    with pytest.raises(BadCell) as caught:
        parse(*arguments)
    return caught.value.reason, caught.value.suggestion


@pytest.mark.parametrize(
    "typed",
    ["5А", "5 А", "5-а", "5 «А»", '5 "а"', "5«А»", "5 “А”", "5А класс", "5 кл. А", " 5\u00a0а ", "5A", "05А", "5 'А'"],
)
def test_one_class_in_many_spellings(typed):
    assert values.parse_class(typed, GRADES) == (5, "5 «А»")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (5, (5, "5")),
        ("5", (5, "5")),
        (5.0, (5, "5")),
        ("10-в", (10, "10 «В»")),
        ("7 кро", (7, "7 «КРО»")),
        ("4Ё", (4, "4 «Е»")),
    ],
)
def test_further_classes(typed, expected):
    assert values.parse_class(typed, GRADES) == expected


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("12Ы", Reason.CLASS_IMPOSSIBLE),
        ("5Ы", Reason.CLASS_IMPOSSIBLE),
        ("0А", Reason.CLASS_IMPOSSIBLE),
        ("13", Reason.CLASS_IMPOSSIBLE),
        ("5W", Reason.CLASS_IMPOSSIBLE),
        ("9А", Reason.CLASS_NOT_TESTED),
        ("11Б", Reason.CLASS_NOT_TESTED),
        ("5А, 5Б", Reason.CLASS_UNCLEAR),
        ("5А-5В", Reason.CLASS_UNCLEAR),
        ("пятый", Reason.CLASS_UNCLEAR),
        (date(2027, 5, 4), Reason.CLASS_UNCLEAR),
        ("А", Reason.CLASS_UNCLEAR),
    ],
)
def test_what_is_no_class_of_ours(typed, reason):
    assert refused(values.parse_class, typed, GRADES) == (reason, None)


@pytest.mark.parametrize("typed", [3, 3.0, "3", " 3 ", "3 урок", "3-й урок", "урок 3", "3-й", "3 ур."])
def test_one_lesson(typed):
    assert values.parse_lesson(typed, 12) == 3


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("третий", "3"),
        ("Третий урок", "3"),
        ("III", "3"),
        (0, None),
        (13, None),
        ("2-3", None),
        (2.5, None),
        ("-1", None),
    ],
)
def test_what_is_no_lesson(typed, suggestion):
    assert refused(values.parse_lesson, typed, 12) == (Reason.LESSON_UNCLEAR, suggestion)


@pytest.mark.parametrize(
    ("typed", "count"), [(24, 24), ("24", 24), ("24 чел.", 24), (24.0, 24), ("0", 0), ("1 ученик", 1)]
)
def test_pupils(typed, count):
    assert values.parse_pupils(typed, 60) == count


@pytest.mark.parametrize(
    ("typed", "reason", "suggestion"),
    [
        (-5, Reason.PUPILS_NEGATIVE, "5"),
        ("-5", Reason.PUPILS_NEGATIVE, "5"),
        ("\u22125", Reason.PUPILS_NEGATIVE, "5"),
        (-500, Reason.PUPILS_NEGATIVE, None),
        (61, Reason.PUPILS_MANY, None),
        ("много", Reason.PUPILS_UNCLEAR, None),
        (12.5, Reason.PUPILS_UNCLEAR, None),
        ("1e3", Reason.PUPILS_UNCLEAR, None),
        ("\u0663", Reason.PUPILS_UNCLEAR, None),
    ],
)
def test_what_is_no_count(typed, reason, suggestion):
    assert refused(values.parse_pupils, typed, 60) == (reason, suggestion)


def test_minutes():
    assert [values.parse_duration(typed) for typed in (45, "90", "45 мин", "90 минут", "45м.")] == [45, 90, 45, 90, 45]
    for typed in (0, 5, 1000, "урок", "45-90"):
        assert refused(values.parse_duration, typed) == (Reason.DURATION_UNCLEAR, None)


@pytest.mark.parametrize(
    ("typed", "subject"),
    [
        ("Русский язык", "Русский язык"),
        ("РУССКИЙ  ЯЗЫК", "Русский язык"),
        ("рус. яз.", "Русский язык"),
        ("Pусский язык", "Русский язык"),  # Latin P
        ("Математика (базовый)", "Математика (базовый)"),
        ("математика (базовый уровень)", "Математика (базовый)"),
        ("Математика, баз.", "Математика (базовый)"),
        ("Математика (углубленный)", "Математика (углублённый)"),
        ("Физика (угл.)", "Физика (углублённый)"),
        ("Окр. мир", "Окружающий мир"),
        ("Англ. яз.", "Английский язык"),
    ],
)
def test_subjects(typed, subject):
    assert values.parse_subject(typed) == subject


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_subject_is_its_own_spelling(subject):
    assert values.parse_subject(subject) == subject


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("Русскй язык", "Русский язык"),
        ("Матиматика", "Математика"),
        ("Обществознаие", "Обществознание"),
        ("Физкультура", None),
        ("Астрономия", None),
        ("17", None),
    ],
)
def test_unknown_subjects(typed, suggestion):
    assert refused(values.parse_subject, typed) == (Reason.SUBJECT_UNKNOWN, suggestion)


def test_one_spelling_never_means_two_subjects():
    spellings = [values.fold(s) for name, others in SUBJECTS.items() for s in (name, *others)]
    assert len(spellings) == len(set(spellings))


def test_forms():
    assert [values.parse_form(typed) for typed in ("бумажная", "Бумага", "бланковая")] == ["paper"] * 3
    assert [values.parse_form(typed) for typed in ("КФ", "компьютерная", "Компьютерная форма", "кф.")] == [
        "computer"
    ] * 4
    assert refused(values.parse_form, "на компе") == (Reason.FORM_UNKNOWN, "компьютерная")
    assert refused(values.parse_form, "бумжная") == (Reason.FORM_UNKNOWN, "бумажная")
    assert refused(values.parse_form, "устно") == (Reason.FORM_UNKNOWN, None)
    assert refused(values.parse_form, "бумага и компьютер") == (Reason.FORM_UNKNOWN, None)


@pytest.mark.parametrize(
    "typed",
    [
        "+79028033715",
        "89028033715",
        "8 (902) 803-37-15",
        "+7 902 803 37 15",
        "79028033715",
        "9028033715",
        9028033715,
        89028033715,
        79028033715.0,
        "\u202a+7 902 803-37-15\u202c",
        "тел. 8-902-803-37-15",
    ],
)
def test_one_phone_in_many_spellings(typed):
    assert values.parse_phone(typed) == "+79028033715"


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("8902803371", None),
        ("нет телефона", None),
        ("8 902 803-37-15, 8 913 855-31-83", "+79028033715"),
        ("89028033715 89138553183", None),
        ("+7 902 803 37 15 доб. 12", None),
        ("12", None),
        (12.5, None),
    ],
)
def test_what_is_no_single_phone(typed, suggestion):
    assert refused(values.parse_phone, typed) == (Reason.PHONE_UNCLEAR, suggestion)


@pytest.mark.parametrize(
    ("typed", "grades"),
    [
        ("4,5,6,7,8,10", (4, 5, 6, 7, 8, 10)),
        ("4-8, 10", (4, 5, 6, 7, 8, 10)),
        ("4–8 и 10", (4, 5, 6, 7, 8, 10)),
        ("10, 4", (4, 10)),
        (4, (4,)),
        (4.5, (4, 5)),
        ("4 кл., 5 кл.", (4, 5)),
    ],
)
def test_parallels(typed, grades):
    assert values.parse_parallels(typed, GRADES) == grades


def test_what_are_no_parallels():
    assert refused(values.parse_parallels, "1-4", GRADES) == (Reason.PARALLELS_UNCLEAR, None)
    assert refused(values.parse_parallels, "все", GRADES) == (Reason.PARALLELS_UNCLEAR, None)
    assert refused(values.parse_parallels, "4, 9", GRADES) == (Reason.PARALLELS_UNCLEAR, None)
    # A spreadsheet made a date of "5-8".
    assert refused(values.parse_parallels, date(2027, 8, 5), GRADES) == (Reason.PARALLELS_UNCLEAR, "5–8")


def test_years():
    assert values.parse_years("2018, 2020") == (2018, 2020)
    assert values.parse_years(2018) == (2018,)
    assert values.parse_years(2018.202) == (2018, 2020)
    assert values.parse_years("2020 и 2018 гг.") == (2018, 2020)
    assert refused(values.parse_years, "да") == (Reason.YEARS_UNCLEAR, None)
    assert refused(values.parse_years, "18, 20") == (Reason.YEARS_UNCLEAR, None)


def test_rooms_and_people():
    assert [values.parse_room(typed) for typed in ("каб. 10", 10, "10", "Каб.№ 10", 10.0)] == ["10"] * 5
    assert values.parse_room("актовый зал") == "актовый зал"
    assert values.parse_person("  Борисова   Залина ") == "Борисова Залина"
    assert refused(values.parse_person, "Борисова") == (Reason.NAME_INCOMPLETE, None)
    assert refused(values.parse_person, "Борисова 89028033715") == (Reason.NAME_INCOMPLETE, None)


@given(st.one_of(st.text(max_size=40), st.floats(), st.integers(), st.booleans(), st.dates()))
def test_nothing_but_a_bad_cell_is_raised(typed):
    for parse in (
        lambda: values.parse_class(typed, GRADES),
        lambda: values.parse_lesson(typed, 12),
        lambda: values.parse_pupils(typed, 60),
        lambda: values.parse_duration(typed),
        lambda: values.parse_subject(typed),
        lambda: values.parse_form(typed),
        lambda: values.parse_phone(typed),
        lambda: values.parse_parallels(typed, GRADES),
        lambda: values.parse_years(typed),
    ):
        try:
            parse()
        except BadCell:
            continue
