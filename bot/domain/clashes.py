"""What cannot be in a plan: a class in two works on one day, two works in one room, an observer in two places."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from zoneinfo import ZoneInfo

from bot.domain.assigning import Slot
from bot.domain.plan import Sitting


class ClashKind(StrEnum):
    CLASS = "class"
    ROOM = "room"
    OBSERVER = "observer"


@dataclass(frozen=True, slots=True)
class Clash:
    kind: ClashKind
    first: Sitting
    second: Sitting
    who: str = ""  # code of the observer


def clashes(sittings: Sequence[Sitting], bound: Iterable[tuple[str, Sitting]], zone: ZoneInfo) -> list[Clash]:
    """Of planned sittings, and of (observer's code, sitting) pairs; by day, school and class."""
    planned = [sitting for sitting in sittings if not sitting.cancelled]
    found = [
        *(Clash(ClashKind.CLASS, a, b) for a, b in _pairs(planned, lambda s: (s.school_id, s.date, s.class_name))),
        *(
            Clash(ClashKind.ROOM, a, b)
            for a, b in _pairs([s for s in planned if s.room], lambda s: (s.school_id, s.date, s.room.casefold()))
            if Slot.of(a, zone).clashes(Slot.of(b, zone)) and a.class_name != b.class_name
        ),
    ]
    mine: dict[str, list[Sitting]] = {}
    for code, sitting in bound:
        mine.setdefault(code, []).append(sitting)
    for code, own in mine.items():
        for a, b in _pairs(own, lambda s: (s.date,)):
            if Slot.of(a, zone).clashes(Slot.of(b, zone)):
                found.append(Clash(ClashKind.OBSERVER, a, b, code))
    return sorted(found, key=lambda c: (c.first.date, c.first.school_name, c.first.class_name, c.kind, c.second.id))


def _pairs(sittings: Iterable[Sitting], key: Callable[[Sitting], object]) -> list[tuple[Sitting, Sitting]]:
    groups: dict[object, list[Sitting]] = {}
    for sitting in sittings:
        groups.setdefault(key(sitting), []).append(sitting)
    return [pair for group in groups.values() for pair in combinations(sorted(group, key=lambda s: s.id), 2)]
