"""Single values of a table besides dates: classes, counts, subjects, forms, phones, lists of grades and years."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date

import phonenumbers
from rapidfuzz import fuzz, process

from bot.domain.importing.cleaning import clean, fold
from bot.domain.importing.problems import BadCell, Reason
from bot.domain.importing.raw import CellValue
from bot.texts import importing_words as words

_WHOLE = re.compile(r"[-\u2212]?[0-9]{1,9}(?:[.,]0+)?")
_CLASS = re.compile(r"(\d{1,2})(?:\s*([^\W\d_]{1,3}))?")
_RANGE = re.compile(r"(\d{1,2})\s*[-\u2013\u2014]\s*(\d{1,2})")
_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"20\d{2}")
_PHONE_BREAKS = re.compile(r"[;,/\n]|\s{2,}")
_RUSSIA = 7
_RUSSIAN_CODE = re.compile(r"(?:[3-7]|8[0-8]|9)\d+")  # no code begins with 89: a digit of a mobile number is lost
_ALIKE = 80.0


def as_text(value: CellValue) -> str:
    """What a person sees in the cell, near enough to type it again; whole floats lose their ".0"."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return clean(str(value))


def parse_whole(value: CellValue, noise: re.Pattern[str] | None = None) -> int | None:
    """A whole number, or None when it is none; `noise` are words allowed around it."""
    text = as_text(value).casefold()
    if noise is not None:
        text = noise.sub("", text).strip()
    return int(float(text.replace(",", ".").replace("\u2212", "-"))) if _WHOLE.fullmatch(text) else None


def parse_class(value: CellValue, grades: Collection[int]) -> tuple[int, str]:
    """Grade and canonical name, such as (5, "5 «А»"); a class without a letter is its grade alone."""
    if isinstance(value, date):
        raise BadCell(Reason.CLASS_UNCLEAR)
    found = _CLASS.fullmatch(clean(words.CLASS_NOISE.sub(" ", fold(as_text(value)))))
    if found is None:
        raise BadCell(Reason.CLASS_UNCLEAR)
    grade, letters = int(found[1]), found[2] or ""
    if not 1 <= grade <= 11 or not all(letter in words.CLASS_LETTERS for letter in letters):
        raise BadCell(Reason.CLASS_IMPOSSIBLE)
    if grade not in grades:
        raise BadCell(Reason.CLASS_NOT_TESTED)
    return grade, f"{grade} «{letters.upper()}»" if letters else str(grade)


def parse_lesson(value: CellValue, most: int) -> int:
    number = parse_whole(value, words.LESSON_NOISE)
    if number is None:
        spelt = next((number for word in fold(as_text(value)[:40]).split() if (number := words.NUMERALS.get(word))), 0)
        raise BadCell(Reason.LESSON_UNCLEAR, str(spelt) if 0 < spelt <= most else None)
    if not 1 <= number <= most:
        raise BadCell(Reason.LESSON_UNCLEAR)
    return number


def parse_pupils(value: CellValue, most: int) -> int:
    number = parse_whole(value, words.COUNT_NOISE)
    if number is None:
        raise BadCell(Reason.PUPILS_UNCLEAR)
    if number < 0:
        raise BadCell(Reason.PUPILS_NEGATIVE, str(-number) if -number <= most else None)
    if number > most:
        raise BadCell(Reason.PUPILS_MANY)
    return number


def parse_duration(value: CellValue) -> int:
    number = parse_whole(value, words.MINUTE_NOISE)
    if number is None or not 10 <= number <= 300:
        raise BadCell(Reason.DURATION_UNCLEAR)
    return number


def _spellings(lexicon: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {fold(spelling): name for name, others in lexicon.items() for spelling in (name, *others)}


_SUBJECT_OF = _spellings(words.SUBJECTS)
_FORM_OF = {fold(spelling): form for form, spellings in words.FORMS.items() for spelling in spellings}


def parse_subject(value: CellValue) -> str:
    """The canonical name of the subject."""
    typed = fold(as_text(value)[:200])
    if typed in _SUBJECT_OF:
        return _SUBJECT_OF[typed]
    near = process.extractOne(typed, [s for s in _SUBJECT_OF if len(s) > 3], scorer=fuzz.ratio, score_cutoff=_ALIKE)
    raise BadCell(Reason.SUBJECT_UNKNOWN, _SUBJECT_OF[near[0]] if near else None)


def parse_form(value: CellValue) -> str:
    """Either "paper" or "computer"."""
    typed = fold(as_text(value)[:200])
    if typed in _FORM_OF:
        return _FORM_OF[typed]
    hinted = {form for form, stems in words.FORM_HINTS.items() if any(stem in typed for stem in stems)}
    if not hinted:
        near = process.extractOne(typed, [s for s in _FORM_OF if len(s) > 3], scorer=fuzz.ratio, score_cutoff=_ALIKE)
        hinted = {_FORM_OF[near[0]]} if near else set()
    raise BadCell(Reason.FORM_UNKNOWN, words.FORM_TITLES[hinted.pop()] if len(hinted) == 1 else None)


def show_form(form: str) -> str:
    return words.FORM_TITLES[form]


def parse_room(value: CellValue) -> str:
    """The room without the word for it: "каб. 10" and 10 are the same room."""
    text = as_text(value)
    return words.ROOM_PREFIX.sub("", text) or text


def parse_phone(value: CellValue) -> str:
    """E.164; numbers without a country are Russian."""
    text = as_text(value)
    if phone := _one_phone(text):
        return phone
    several = [phone for part in _PHONE_BREAKS.split(text) if (phone := _one_phone(part))]
    raise BadCell(Reason.PHONE_UNCLEAR, several[0] if several else None)


def _one_phone(text: str) -> str | None:
    digits = re.sub(r"\D", "", text)
    if len(digits) == 11 and digits.startswith("7") and "+" not in text:
        text = "+" + digits
    try:
        number = phonenumbers.parse(text, "RU")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number) or number.extension:
        return None
    if number.country_code == _RUSSIA and not _RUSSIAN_CODE.fullmatch(str(number.national_number)):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def parse_person(value: CellValue) -> str:
    """A person's name: at least two words, no digits."""
    text = as_text(value)
    if len(text.split()) < 2 or any(char.isdigit() for char in text):
        raise BadCell(Reason.NAME_INCOMPLETE)
    return text


def parse_parallels(value: CellValue, grades: Collection[int]) -> tuple[int, ...]:
    """Grades in order; lists and ranges; "4,5" may have become the number 4.5 in a spreadsheet."""
    if isinstance(value, date):
        raise BadCell(Reason.PARALLELS_UNCLEAR, f"{value.day}\u2013{value.month}")
    text = as_text(value)
    found: set[int] = set()
    for first, last in _RANGE.findall(text):
        found |= {grade for grade in range(int(first), int(last) + 1) if grade in grades}
        if int(first) not in grades or int(last) not in grades:
            raise BadCell(Reason.PARALLELS_UNCLEAR)
    found |= {int(number) for number in _NUMBER.findall(_RANGE.sub(" ", text))}
    if not found or not found <= set(grades):
        raise BadCell(Reason.PARALLELS_UNCLEAR)
    return tuple(sorted(found))


def parse_years(value: CellValue) -> tuple[int, ...]:
    """Years in order; "2018,2020" may have become the number 2018.202 in a spreadsheet."""
    text = f"{value:.4f}" if isinstance(value, float) and not value.is_integer() else as_text(value)
    numbers = _NUMBER.findall(text)
    if not numbers or not all(_YEAR.fullmatch(number) for number in numbers):
        raise BadCell(Reason.YEARS_UNCLEAR)
    return tuple(sorted({int(number) for number in numbers}))
