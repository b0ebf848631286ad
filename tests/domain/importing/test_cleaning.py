"""Text as people paste it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.importing.cleaning import clean, fold, has_invisible, shorten


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  СОШ \u00a0 №\t5\r\n", "СОШ № 5"),
        ("Матем\u200bатика", "Математика"),
        ("\u202eабв\u202c", "абв"),
        ("Ии\u0306", "Ий"),
        ("А_x000D_\nБ", "А Б"),
        ("А\x00Б\x07", "АБ"),
        ("\u3164А\ufe0f", "А"),
    ],
)
def test_clean(typed, cleaned):
    assert clean(typed) == cleaned


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ёлка", "елка"),
        ("COШ", "сош"),  # Latin C and O
        ("«5»-А", "5 а"),
        ("№ 5", "5"),
        ("Xимия", "химия"),  # Latin X
        ("ФИО:", "фио"),
        ("Ｄａｔｅ", "date"),
    ],
)
def test_fold_brings_spellings_together(one, other):
    assert fold(one) == fold(other)


def test_a_latin_word_stays_latin():
    assert fold("Login edu076305") == "login edu076305"


@given(st.text())
def test_clean_is_idempotent_and_leaves_nothing_invisible(text):
    once = clean(text)
    assert clean(once) == once
    assert not has_invisible(once)
    assert once == once.strip()


@given(st.text("абвёАБВЁ №«».,-5 \u00a0"))
def test_fold_of_russian_is_idempotent_and_knows_no_case(text):
    assert fold(fold(text)) == fold(text) == fold(text.upper())


def test_shorten():
    assert shorten("абв", 3) == "абв"
    assert shorten("абвг", 3) == "аб…"
