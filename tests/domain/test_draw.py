"""Жеребьёвка: repeatable, obligatory schools first, nobody where they may not be."""

import json
import random
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.assigning import AssigningRules, Slot, Unfit, Watcher
from bot.domain.availability import read_availability
from bot.domain.draw import Place, draw, order_of_schools
from bot.domain.draw_record import pool_to_json, repeated, result_to_json
from bot.domain.people import MunicipalityId, Person, PersonId

RULES = AssigningRules(most_a_day=2, most_in_all=3)
MONDAY = date(2027, 4, 12)


def place(number: int, school: int, day: int = 0, hour: int = 8) -> Place:
    on = MONDAY + timedelta(days=day)
    begins = datetime(on.year, on.month, on.day, hour, tzinfo=UTC)
    slot = Slot(school, on, begins, begins + timedelta(minutes=65))
    return Place(number, f"СОШ № {school}", school, slot, f"{on.isoformat()} {number}А Физика")


def watcher(number: int, *, conflicts: tuple[int, ...] = (), remark: str = "", trained: bool = True) -> Watcher:
    at = datetime(2027, 1, 1, tzinfo=UTC) if trained else None
    person = Person(PersonId(number), MunicipalityId(1), f"Н-{number:03}", trained_at=at)
    return Watcher(person, dict.fromkeys(conflicts, "children"), read_availability(remark))


places_of = st.lists(st.tuples(st.integers(1, 5), st.integers(0, 3), st.integers(8, 12)), min_size=1, max_size=25).map(
    lambda rows: [place(n, school, day, hour) for n, (school, day, hour) in enumerate(rows, 1)]
)
watchers_of = st.lists(
    st.tuples(
        st.sets(st.integers(1, 5), max_size=2), st.booleans(), st.sampled_from(["", "кроме 12.04", "только 13.04"])
    ),
    max_size=8,
).map(lambda rows: [watcher(n, conflicts=tuple(c), trained=t, remark=r) for n, (c, t, r) in enumerate(rows, 1)])


@given(places_of, watchers_of, st.text("0123456789abcdef", min_size=1, max_size=16), st.booleans(), st.randoms())
@settings(deadline=None, max_examples=150)
def test_draw_keeps_every_rule_and_repeats_from_its_file(
    places: list[Place], watchers: list[Watcher], seed: str, trained_only: bool, chance: random.Random
) -> None:
    rules = AssigningRules(trained_only, 2, 3)
    obligatory = frozenset({"СОШ № 2", "СОШ № 4"})
    result = draw(seed, places, watchers, obligatory, rules)

    assert sorted(choice.sitting_id for choice in result.choices) == [one.sitting_id for one in places]
    by_id, taken = {one.sitting_id: one for one in places}, {}
    for choice in result.choices:
        if choice.person_id is None:
            assert choice.why is not None or not watchers
            continue
        own, slot = watchers[choice.person_id - 1], by_id[choice.sitting_id].slot
        assert slot.school_id not in own.conflicts
        assert own.availability.can(slot.day)
        assert own.person.trained_at is not None or not trained_only
        for other in taken.setdefault(choice.person_id, []):
            assert not other.clashes(slot)
        taken[choice.person_id].append(slot)
        assert len(taken[choice.person_id]) <= 3
        assert sum(one.day == slot.day for one in taken[choice.person_id]) <= 2

    mixed_places, mixed_watchers = places[:], watchers[:]
    chance.shuffle(mixed_places)
    chance.shuffle(mixed_watchers)
    assert draw(seed, mixed_places, mixed_watchers, obligatory, rules) == result
    pool = json.loads(json.dumps(pool_to_json(places, watchers, obligatory, rules)))
    assert result_to_json(repeated(seed, pool)) == result_to_json(result)
    assert all(one.load == 0 for one in watchers)


def test_obligatory_schools_are_served_before_chance_decides() -> None:
    places = [place(number, school) for number, school in enumerate(range(1, 11), 1)]
    for seed in map(str, range(20)):
        result = draw(seed, places, [watcher(1), watcher(2)], frozenset({"СОШ № 7", "СОШ № 9"}), RULES)
        served = {choice.sitting_id for choice in result.choices if choice.person_id is not None}
        assert served == {7, 9}
        assert all(choice.why is Unfit.BUSY for choice in result.choices if choice.person_id is None)


def test_chance_is_a_known_function_of_the_seed() -> None:
    """The order anybody gets with any SHA-256 tool; a change here breaks every protocol that was signed."""
    assert order_of_schools("2027", EXPECTED[::-1], frozenset()) == EXPECTED
    assert order_of_schools("2027", EXPECTED, frozenset({EXPECTED[2]}))[0] == EXPECTED[2]


EXPECTED = ["СОШ № 1", "СОШ № 2", "СОШ № 3"]
