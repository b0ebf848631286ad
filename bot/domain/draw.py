"""Жеребьёвка: which sittings get an observer and whom, so that anybody can repeat it from the protocol.

The order of chance is no generator's secret: things are sorted by SHA-256 of `seed|kind|name`. Obligatory schools (the
risk list) come first, then the others, in the order of the draw; inside a school by time. Every sitting in that order gets
the fitting observer with the smallest load, ties by the same kind of hash. One sitting, one observer.
"""

import hashlib
from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.assigning import AssigningRules, Slot, Unfit, Watcher


@dataclass(frozen=True, slots=True)
class Place:
    """A sitting that wants an observer, as the draw sees it."""

    sitting_id: int
    school: str
    school_id: int
    slot: Slot
    label: str  # date, class, subject: one of its kind within the school


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the result, in the order in which it was drawn. `person_id` None: nobody fitted, and why."""

    sitting_id: int
    person_id: int | None
    obligatory: bool
    why: Unfit | None = None


@dataclass(frozen=True, slots=True)
class Result:
    choices: tuple[Choice, ...]
    schools: tuple[str, ...]  # in the order of the draw, obligatory ones first

    @property
    def placed(self) -> int:
        return sum(choice.person_id is not None for choice in self.choices)


def lot(seed: str, kind: str, name: str) -> str:
    """What things are sorted by; the algorithm of the protocol."""
    return hashlib.sha256(f"{seed}|{kind}|{name}".encode()).hexdigest()


def order_of_schools(seed: str, schools: Iterable[str], obligatory: frozenset[str]) -> list[str]:
    """Obligatory schools first; inside both groups by lot."""
    return sorted(set(schools), key=lambda name: (name not in obligatory, lot(seed, "school", name)))


def draw(
    seed: str, places: Sequence[Place], watchers: Sequence[Watcher], obligatory: frozenset[str], rules: AssigningRules
) -> Result:
    """Pure and deterministic: equal arguments, equal result, whatever the order of the arguments. `watchers` stay as they are."""
    ranked = order_of_schools(seed, (place.school for place in places), obligatory)
    rank = {school: number for number, school in enumerate(ranked)}
    pool = _Pool(seed, watchers, rules)
    queue = sorted(places, key=lambda p: (rank[p.school], p.slot.day, lot(seed, "sitting", p.label)))
    choices = []
    for place in _in_rounds(queue):
        person_id, why = pool.take(place)
        choices.append(Choice(place.sitting_id, person_id, place.school in obligatory, why))
    return Result(tuple(choices), tuple(ranked))


def _in_rounds(queue: Sequence[Place]) -> list[Place]:
    """First one sitting of every school in their order, then the second ones: few observers reach many schools."""
    turns: dict[str, int] = {}
    keyed = []
    for number, place in enumerate(queue):
        turn = turns.get(place.school, 0)
        turns[place.school] = turn + 1
        keyed.append((turn, number, place))
    return [place for _, _, place in sorted(keyed, key=lambda item: item[:2])]


class _Pool:
    """Observers by load; the copies of their bookings grow as the draw goes on."""

    def __init__(self, seed: str, watchers: Sequence[Watcher], rules: AssigningRules) -> None:
        self._rules = rules
        self._watchers = [
            Watcher(w.person, w.conflicts, w.availability, list(w.busy)) for w in sorted(watchers, key=_code)
        ]
        self._ranked = sorted(  # (load, lot, place in the list), kept in order as loads grow
            (watcher.load, lot(seed, "observer", watcher.person.code), number)
            for number, watcher in enumerate(self._watchers)
        )

    def take(self, place: Place) -> tuple[int | None, Unfit | None]:
        """The fitting observer with the smallest load; without one, the commonest reason."""
        reasons: dict[Unfit, int] = {}
        for rank, (load, own_lot, number) in enumerate(self._ranked):
            watcher = self._watchers[number]
            why = watcher.why_not(place.slot, self._rules)
            if why is None:
                watcher.busy.append(place.slot)
                del self._ranked[rank]
                insort(self._ranked, (load + 1, own_lot, number))
                return int(watcher.person.id), None
            reasons[why] = reasons.get(why, 0) + 1
        return None, max(reasons, key=lambda one: reasons[one], default=Unfit.FULL)


def _code(watcher: Watcher) -> str:
    return watcher.person.code
