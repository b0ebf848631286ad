"""Which school a typed name means, and above all which it does not."""

import pytest

from bot.domain.importing.school_names import SchoolMatch, SchoolMatcher, tidy_school_name
from tests.municipality import NAMES

MATCHER = SchoolMatcher(NAMES)


@pytest.mark.parametrize(
    "typed",
    [
        "СОШ № 5",
        "СОШ №5",
        "сош № 5 ",
        " СОШ  №  5",
        "СОШ 5",
        "СОШ-5",
        "СОШ№5",
        "СОШ5",
        "СОШ No 5",
        "СОШ N5",
        "COШ № 5",  # Latin C and O
        "COLШ № 5".replace("L", ""),
        "МКОУ СОШ № 5",
        "МКОУ «СОШ № 5»",
        "МКОУ «Средняя общеобразовательная школа №5»",
        "средняя школа № 5",
        "Школа № 5",
        "школа 5",
        "шк. 5",
        "СОШ № 05",
        "СОШ\u00a0№\u00a05",
    ],
)
def test_spellings_of_one_school(typed):
    assert MATCHER.match(typed) == SchoolMatch("СОШ № 5", exact=True)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("прогимназия №1", "Прогимназия № 1"), ("ПРОГИМН. 3", "Прогимназия № 3"), ("Прогимназии № 4", "Прогимназия № 4")],
)
def test_spellings_of_the_small_ones(typed, name):
    assert MATCHER.match(typed) == SchoolMatch(name, exact=True)


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("СОШ 55", "СОШ № 5"),
        ("СОШ № 66", "СОШ № 6"),
        ("школа 55", "СОШ № 5"),
        ("СШО № 5", "СОШ № 5"),
        ("Гимназия № 5", "Прогимназия № 5"),
        ("Прогимназия № 55", "Прогимназия № 5"),
        ("Прогемназия № 2", "Прогимназия № 2"),
        ("11", "СОШ № 11"),
    ],
)
def test_only_asked_about(typed, suggested):
    assert MATCHER.match(typed) == SchoolMatch(suggested, exact=False)


@pytest.mark.parametrize("typed", ["", "№", "5", "СОШ № 12", "СОШ", "детский сад № 5 Ромашка", "СОШ № 555", "---"])
def test_nothing_is_offered_when_several_or_none_would_do(typed):
    match = MATCHER.match(typed)
    assert match is None


@pytest.mark.parametrize("number", range(1, 12))
@pytest.mark.parametrize("typed", range(1, 120))
def test_a_number_never_matches_another_number(number, typed):
    match = SchoolMatcher([f"СОШ № {number}"]).match(f"СОШ {typed}")
    assert (match is not None and match.exact) == (number == typed)


def test_a_plain_school_is_ambiguous_between_kinds():
    matcher = SchoolMatcher(["СОШ № 5", "ООШ № 5"])
    assert matcher.match("школа № 5") is None
    assert matcher.match("ООШ 5") == SchoolMatch("ООШ № 5", exact=True)


def test_names_without_numbers_and_with_letters():
    matcher = SchoolMatcher(["СОШ с. Заречное", "СОШ с. Озёрное", "СОШ № 1 г. Лесной"])
    assert matcher.match("СОШ с.Озерное") == SchoolMatch("СОШ с. Озёрное", exact=True)
    assert matcher.match("СОШ с. Заречнае") == SchoolMatch("СОШ с. Заречное", exact=False)


def test_aliases_lead_to_the_name():
    matcher = SchoolMatcher(["СОШ № 5"], {"Школа имени Кирова": "СОШ № 5"})
    assert matcher.match("школа им. Кирова") == SchoolMatch("СОШ № 5", exact=True)


def test_an_empty_register_matches_nothing():
    assert not SchoolMatcher(())
    assert SchoolMatcher(()).match("СОШ № 5") is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("СОШ № 5", ["СОШ № 5"]),
        ("дочь учится в СОШ № 5, муж работает в Прогимназии № 1", ["СОШ № 5", "Прогимназия № 1"]),
        ("СОШ № 5, 7", ["СОШ № 5", "СОШ № 7"]),
        ("в школах № 5 и 7", ["СОШ № 5", "СОШ № 7"]),
        ("СОШ № 5 и СОШ № 5", ["СОШ № 5"]),
        ("СОШ № 5, 2 ребёнка", ["СОШ № 5"]),
        ("дети взрослые", []),
        ("учится в 5 классе", []),
    ],
)
def test_schools_mentioned_in_a_text(text, names):
    mentions = MATCHER.mentions(text)
    assert [mention.match.name for mention in mentions if mention.match and mention.match.exact] == names
    assert len(mentions) == len(names)


def test_an_unknown_school_in_a_text_is_not_overlooked():
    (mention,) = MATCHER.mentions("сын в СОШ 55")
    assert mention.match == SchoolMatch("СОШ № 5", exact=False)


def test_a_name_is_tidied_for_show():
    assert tidy_school_name(" СОШ  №5\u200b ") == "СОШ № 5"
