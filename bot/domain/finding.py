"""What somebody looks for: «5», «сош 5», «№5», «Н-017», «н 17», a surname."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.importing.school_names import SchoolMatcher
from bot.domain.people import Person
from bot.domain.plan import School
from bot.texts.finding import CODE_LETTERS, LOOKALIKES
from bot.texts.folding import fold

_CODE = re.compile(rf"^({'|'.join(sorted(CODE_LETTERS, key=len, reverse=True))})[\s\-–—]*0*(\d{{1,6}})$")
_NUMBER = re.compile(r"\d+")
MOST = 12


@dataclass(frozen=True, slots=True)
class Found:
    schools: tuple[School, ...] = ()
    persons: tuple[Person, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.schools or self.persons)


def find(text: str, schools: Sequence[School], persons: Sequence[Person], *, names: bool = True) -> Found:
    """Tolerant of №, ё, spaces, case, Latin letters that look alike. `names`: whether surnames are looked through."""
    code = person_code(text)
    if code is not None:
        return Found(persons=tuple(person for person in persons if same_code(person.code, code))[:MOST])
    folded = fold(text)
    if not folded:
        return Found()
    match = SchoolMatcher([school.short_name for school in schools]).match(text)
    exact = [school for school in schools if match is not None and match.exact and school.short_name == match.name]
    if exact:
        return Found(schools=tuple(exact))
    near = [school for school in schools if match is not None and school.short_name == match.name]
    numbers = set(_NUMBER.findall(folded))
    named = [
        school
        for school in schools
        if (folded.isdigit() and folded in _NUMBER.findall(fold(school.short_name)))
        or (not numbers and len(folded) > 2 and folded in fold(f"{school.short_name} {school.full_name}"))
    ]
    known = [p for p in persons if names and len(folded) > 2 and not numbers and _named(p, folded)]
    return Found(tuple(_once([*near, *named]))[:MOST], tuple(known)[:MOST])


def person_code(text: str) -> tuple[str, int] | None:
    """(«Н», 17) for «Н-017», «н17», «H 017» (a Latin letter that looks alike); None for anything else."""
    plain = text.strip().upper().translate(LOOKALIKES)
    match = _CODE.match(plain)
    return (match[1], int(match[2])) if match else None


def same_code(code: str, wanted: tuple[str, int]) -> bool:
    letters, _, number = code.rpartition("-")
    return letters == wanted[0] and number.isdigit() and int(number) == wanted[1]


def _named(person: Person, folded: str) -> bool:
    return any(word.startswith(folded) for word in fold(person.full_name).split()) or folded in fold(person.full_name)


def _once(schools: Iterable[School]) -> list[School]:
    return list({school.id: school for school in schools}.values())
