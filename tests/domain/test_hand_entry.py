"""A sitting in one typed line, as people type it."""

from datetime import date, time

import pytest

from bot.domain.hand_entry import WrongEntry, read_line
from bot.domain.importing.rules import ParsingRules
from bot.domain.importing.school_names import SchoolMatcher

RULES = ParsingRules(2026, SchoolMatcher(["СОШ № 5"]))


@pytest.mark.parametrize(
    ("line", "starts_at", "room"),
    [
        ("СОШ № 5, 6Б, Русский язык, 23.04, 2, 09:20, 214", time(9, 20), "214"),  # the bot's own example
        ("СОШ № 5; 6 б; русский язык; 23.04.2027; 2 урок", None, None),
        ("сош 5 6б русский язык 23.04 2 урок 09:20 каб 214", time(9, 20), "214"),
        ("СОШ №5 6 «Б» русский язык 23.04.27 09:20 2", time(9, 20), None),
    ],
)
def test_commas_and_the_year_may_be_left_out(line: str, starts_at: time | None, room: str | None) -> None:
    found = read_line(line, RULES)
    assert (found.school_name, found.class_name, found.subject) == ("СОШ № 5", "6 «Б»", "Русский язык")
    assert (found.date, found.lesson, found.starts_at, found.room) == (date(2027, 4, 23), 2, starts_at, room)


def test_the_school_is_left_out_by_who_belongs_to_one() -> None:
    found = read_line("7А математика 1.10 3", RULES, school="СОШ № 5")
    assert (found.class_name, found.date, found.lesson) == ("7 «А»", date(2026, 10, 1), 3)


@pytest.mark.parametrize("line", ["", "7А математика", "СОШ № 5, 6Б, Русский язык, 31.04, 2", "привет"])
def test_what_is_no_sitting_is_refused(line: str) -> None:
    with pytest.raises(WrongEntry):
        read_line(line, RULES)
