"""What a municipality's tables are read against: the school year, the register, the configured limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.importing.school_names import SchoolMatcher


@dataclass(frozen=True, slots=True)
class ParsingRules:
    """`school_year` is the year in which it begins: 2026 for 2026/27. Grades and limits are configuration.

    With an empty `schools` every sitting's school is unknown, and observers' conflicts stay unchecked text.
    """

    school_year: int
    schools: SchoolMatcher = field(default_factory=lambda: SchoolMatcher(()))
    grades: frozenset[int] = frozenset({4, 5, 6, 7, 8, 10})
    most_lessons: int = 12
    most_pupils: int = 60
    default_duration_min: int = 45
    subjects: Mapping[str, str] = field(default_factory=dict)  # folded spelling -> canonical name, confirmed by people
