"""What is asked of a school in words."""

from datetime import date

import pytest

from bot.domain.drill_words import Asked, folded_class, item_code, linked_photo, parse_asked, photo_payload, typed_photo
from bot.domain.period import Period

TODAY = date(2026, 4, 23)
YESTERDAY = Period.day(date(2026, 4, 22))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Asked(Period.day(TODAY))),
        ("за вчера", Asked(YESTERDAY)),
        ("6Б", Asked(Period.day(TODAY), "6б")),
        ("6 «Б»", Asked(Period.day(TODAY), "6б")),
        ("10-а за вчера", Asked(YESTERDAY, "10а")),
        ("6Б б6", Asked(Period.day(TODAY), "6б", "Б6")),
        ("6Б A8 за вчера", Asked(YESTERDAY, "6б", "А8")),  # a Latin A
        ("История", Asked(Period.day(TODAY), history=True)),
        ("22 апреля", Asked(YESTERDAY)),
        ("кто там", None),
        ("6Б кто там", None),
    ],
)
def test_words_about_a_school(text: str, expected: Asked | None):
    assert parse_asked(text, TODAY) == expected


def test_a_class_is_one_however_it_is_written():
    assert {folded_class(name) for name in ("6 «Б»", "6Б", "6-б", '6 "Б"')} == {"6б"}


@pytest.mark.parametrize(("text", "code"), [("б6", "Б6"), ("B13", "В13"), ("Ж1", ""), ("6Б", ""), ("Б6а", "")])
def test_codes_of_items(text: str, code: str):
    assert item_code(text) == code


def test_a_link_to_a_photo_says_which():
    assert linked_photo(photo_payload(7315, 10204)) == (7315, 10204)
    assert [linked_photo(text) for text in ("f7315", "7315-4482", "f7315-x", "")] == [None] * 4


@pytest.mark.parametrize(
    ("text", "photo"),
    [("7315-812", (7315, 812)), ("№ 7315 – 812.", (7315, 812)), ("7315", None), ("7315 Б6", None), ("7315-", None)],
)
def test_a_photo_as_the_workbook_names_it(text: str, photo: tuple[int, int] | None):
    assert typed_photo(text) == photo
