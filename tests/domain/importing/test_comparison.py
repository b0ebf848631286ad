"""What an import would change, before it does."""

from dataclasses import asdict, replace
from datetime import date

from bot.domain.importing.comparison import FieldChange, compare_observers, compare_schedule, compare_schools
from bot.domain.importing.rows import Parsed
from tests.domain.importing.tables import GOOD_SITTING, SCHEDULE_HEADER, parsed


def stored(result: Parsed) -> dict[str, dict]:
    return {f"id{row.row}": asdict(row) for row in result.rows}


def schedule(*rows):
    return parsed(SCHEDULE_HEADER, *rows)


HISTORY = GOOD_SITTING
BIOLOGY = ("СОШ № 5", "5А", "Биология", "20.04.2027", 3)


def test_the_same_rows_in_another_order_change_nothing():
    changes = compare_schedule(stored(schedule(HISTORY, BIOLOGY)), schedule(BIOLOGY, HISTORY))
    assert (changes.new, changes.changed, changes.vanished) == ((), (), ())
    assert set(changes.unchanged) == {"id2", "id3"}


def test_new_changed_vanished_and_unchanged():
    moved = (*HISTORY[:3], "16.04.2027", 4, *HISTORY[5:])
    changes = compare_schedule(
        stored(schedule(HISTORY, BIOLOGY)), schedule(moved, ("СОШ № 6", "5А", "История", "15.04.2027", 2))
    )
    assert [row.school_name for row in changes.new] == ["СОШ № 6"]
    assert changes.vanished == ("id3",)
    assert changes.unchanged == ()
    (change,) = changes.changed
    assert change.key == "id2"
    assert set(change.fields) == {
        FieldChange("date", date(2027, 4, 15), date(2027, 4, 16)),
        FieldChange("lesson", 2, 4),
    }


def test_with_two_dates_of_one_work_only_a_single_one_left_can_have_moved():
    second = (*HISTORY[:3], "22.04.2027", *HISTORY[4:])
    third = (*HISTORY[:3], "29.04.2027", *HISTORY[4:])
    changes = compare_schedule(stored(schedule(HISTORY, second)), schedule(HISTORY, third))
    assert changes.unchanged == ("id2",)
    assert [(change.key, change.row.date) for change in changes.changed] == [("id3", date(2027, 4, 29))]


def test_when_it_is_unclear_which_moved_nothing_is_guessed():
    second = (*HISTORY[:3], "22.04.2027", *HISTORY[4:])
    elsewhere = [(*HISTORY[:3], day, *HISTORY[4:]) for day in ("29.04.2027", "30.04.2027")]
    changes = compare_schedule(stored(schedule(HISTORY, second)), schedule(*elsewhere))
    assert (len(changes.new), changes.changed, len(changes.vanished)) == (2, (), 2)


def test_an_absent_column_erases_nothing_and_an_empty_cell_does():
    before = stored(schedule(HISTORY))
    short = parsed(SCHEDULE_HEADER[:5], HISTORY[:5])
    assert compare_schedule(before, short).unchanged == ("id2",)
    emptied = schedule((*HISTORY[:6], None, *HISTORY[7:]))
    assert compare_schedule(before, emptied).changed[0].fields == (FieldChange("room", "12", None),)


def schools(*rows):
    return parsed(("Школа", "Логин ОО", "Адрес"), *rows)


def test_a_school_is_known_by_its_login_under_a_new_name():
    before = stored(schools(("СОШ № 1", "edu1", "ул. Ленина, 1"), ("СОШ № 2", "edu2", None)))
    changes = compare_schools(before, schools(("Лицей № 1", "EDU1", "ул. Ленина, 1"), ("сош №2", None, None)))
    assert [(change.key, change.fields) for change in changes.changed] == [
        ("id2", (FieldChange("short_name", "СОШ № 1", "Лицей № 1"),)),
        ("id3", (FieldChange("short_name", "СОШ № 2", "сош № 2"), FieldChange("login", "edu2", None))),
    ]
    assert (changes.new, changes.vanished) == ((), ())


def test_an_observer_is_known_by_phone():
    header = ("ФИО", "Телефон")
    before = stored(parsed(header, ("Борисова Залина", "89028033715")))
    changes = compare_observers(before, parsed(header, ("Борисова Залина Юрьевна", "+7 902 803-37-15")))
    assert [change.fields for change in changes.changed] == [
        (FieldChange("full_name", "Борисова Залина", "Борисова Залина Юрьевна"),)
    ]


def test_every_right_row_is_in_exactly_one_heap():
    before = stored(schedule(HISTORY, BIOLOGY))
    file = schedule(HISTORY, ("СОШ № 6", "5А", "История", "15.04.2027", 2), (*BIOLOGY[:3], "21.04.2027", 3))
    changes = compare_schedule(before, file)
    assert len(changes.new) + len(changes.changed) + len(changes.unchanged) == len(file.rows)
    assert len(changes.vanished) + len(changes.changed) + len(changes.unchanged) == len(before)


def test_fields_the_store_does_not_know_are_no_change():
    file = schedule(HISTORY)
    without = {key: {k: v for k, v in row.items() if k != "room"} for key, row in stored(file).items()}
    assert compare_schedule(without, replace(file)).unchanged == ("id2",)
