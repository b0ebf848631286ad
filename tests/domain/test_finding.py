"""Looking for schools and people, as tolerant as people are careless."""

import pytest

from bot.domain.finding import find
from bot.domain.people import MunicipalityId, Person, PersonId, SchoolId
from bot.domain.plan import School
from tests.municipality import NAMES

SCHOOLS = [School(SchoolId(n), name) for n, name in enumerate([*NAMES, "Гимназия «Ёлка»"], 1)]
PEOPLE = [
    Person(PersonId(1), MunicipalityId(1), "Н-017", "Королёва Анна Ивановна"),
    Person(PersonId(2), MunicipalityId(1), "Н-171", "Петров Пётр"),
    Person(PersonId(3), MunicipalityId(1), "К-017", "Иванов Иван"),
    Person(PersonId(4), MunicipalityId(1), "РК-001", "Регионов Олег"),
]


@pytest.mark.parametrize(
    ("typed", "schools", "persons"),
    [
        ("сош 5", ["СОШ № 5"], []),
        ("СОШ№5", ["СОШ № 5"], []),
        ("  школа  №  5 ", ["СОШ № 5"], []),
        ("5", ["СОШ № 5", "Прогимназия № 5"], []),
        ("№ 11", ["СОШ № 11"], []),
        ("прогимназия 2", ["Прогимназия № 2"], []),
        ("елка", ["Гимназия «Ёлка»"], []),
        ("Н-017", [], ["Н-017"]),
        ("н 17", [], ["Н-017"]),
        ("H-17", [], ["Н-017"]),
        ("к017", [], ["К-017"]),
        ("рк-1", [], ["РК-001"]),
        ("КОРОЛЕВА", [], ["Н-017"]),
        ("королёва", [], ["Н-017"]),
        ("петр", [], ["Н-171"]),
        ("н-999", [], []),
        ("", [], []),
        ("???", [], []),
    ],
)
def test_finds_what_was_meant(typed: str, schools: list[str], persons: list[str]) -> None:
    found = find(typed, SCHOOLS, PEOPLE)
    assert [school.short_name for school in found.schools] == schools
    assert [person.code for person in found.persons] == persons


def test_without_names_nobody_is_found_by_name() -> None:
    assert not find("королёва", SCHOOLS, PEOPLE, names=False)
    assert find("Н-017", SCHOOLS, PEOPLE, names=False).persons
