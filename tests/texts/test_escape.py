"""Whatever people type can be shown, counted and cut without harm."""

import html
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.texts.escape import clean, esc, one_line, sentence, split_text, truncate, utf16_length

ANY = st.text(st.characters(exclude_categories=()))  # surrogates too
HOSTILE = st.text(st.sampled_from("<>&\"'a б\n\t\x00\x0b\x1b\r\u202e\u200b\ufeff\ud83d\ude00😀👨‍👩‍👧\u0301é\ufffe;/"))


@given(ANY | HOSTILE)
@example("<a href='x'>")
@example("\ud800")
def test_escaped_text_has_no_markup_and_reads_back(text):
    shown = esc(text)
    assert not re.search(r"[<>\"]", shown)
    assert re.sub(r"&(amp|lt|gt|quot);", "", shown).count("&") == 0
    assert html.unescape(shown) == clean(text)
    shown.encode("utf-8")


@given(ANY | HOSTILE)
def test_clean_text_is_safe_everywhere(text):
    safe = clean(text)
    assert clean(safe) == safe
    assert unicodedata.is_normalized("NFC", safe)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]", safe)
    assert not any("\ud800" <= char <= "\udfff" for char in safe)


@given(st.text(st.sampled_from("абвгдеёжзийклмнопрстуфхцчшщъыьэюя АБВ0123456789.,!?№«»—-()\n\t")))
def test_ordinary_russian_is_left_alone(text):
    assert clean(text) == unicodedata.normalize("NFC", text)


@given(ANY | HOSTILE, st.integers(0, 40))
def test_cut_text_fits_and_is_the_beginning(text, limit):
    safe = clean(text)
    short = truncate(safe, limit)
    assert utf16_length(short) <= limit
    if utf16_length(safe) <= limit:
        assert short == safe
    elif limit > 0:
        assert short.endswith("…")
        assert safe.startswith(short[:-1])
    assert html.unescape(esc(text, limit)) == short


@given(ANY | HOSTILE, st.integers(2, 30))
def test_pieces_join_into_the_text(text, limit):
    pieces = split_text(text, limit)
    assert "".join(pieces) == text
    assert all(0 < utf16_length(piece) <= limit for piece in pieces)


@given(ANY)
def test_length_is_what_a_messenger_counts(text):
    assert utf16_length(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


def test_pieces_end_where_people_pause():
    assert split_text("первая строка\nвторая строка", 20) == ["первая строка\n", "вторая строка"]
    assert split_text("одно два три четыре", 12) == ["одно два ", "три четыре"]
    assert split_text("😀" * 5, 3) == ["😀"] * 5
    assert split_text("", 10) == []
    with pytest.raises(ValueError, match="two"):
        split_text("😀", 1)


def test_cutting_comes_before_escaping():
    assert esc("<<<<<", 3) == "&lt;&lt;…"
    assert esc("a & b", 5) == "a &amp; b"


def test_reading_order_cannot_be_turned():
    assert clean("отчёт\u202egpj.exe\u2069") == "отчётgpj.exe"
    assert clean("те\u00adле\u200bфон\ufeff") == "телефон"
    assert clean("a\r\nb\rc\u2028d") == "a\nb\nc\nd"
    assert clean("\ud83d") == "\ufffd"
    assert one_line("  а\n\n б\t в ") == "а б в"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Город Н.", "Город Н."), ("Город Н", "Город Н."), ("перенос! ", "перенос!"), ("a & b", "a &amp; b."), ("…", "…")],
)
def test_a_sentence_ends_with_one_stop(text: str, shown: str):
    assert sentence(text) == shown
    assert sentence("длинное название", 8) == "длинное…"
