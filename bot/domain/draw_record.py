"""A draw as a file that anybody can check: everything that went in, and what came out."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from bot.domain.assigning import AssigningRules, Slot, Watcher
from bot.domain.availability import Availability
from bot.domain.draw import Choice, Place, Result, draw
from bot.domain.people import MunicipalityId, Person, PersonId

ALGORITHM = "sha256-lots/1"


def pool_to_json(
    places: Sequence[Place], watchers: Sequence[Watcher], obligatory: frozenset[str], rules: AssigningRules
) -> dict[str, Any]:
    """No names: observers by their codes."""
    return {
        "algorithm": ALGORITHM,
        "rules": asdict(rules),
        "obligatory": sorted(obligatory),
        "sittings": [
            {"id": p.sitting_id, "school": p.school, "label": p.label, "slot": _slot_to_json(p.slot)} for p in places
        ],
        "observers": [
            {
                "id": w.person.id,
                "code": w.person.code,
                "trained": w.person.trained_at is not None,
                "conflicts": dict(sorted((str(school), reason) for school, reason in w.conflicts.items())),
                "availability": {
                    "only": w.availability.only,
                    "never": w.availability.never,
                    "weekdays": sorted(w.availability.weekdays),
                },
                "busy": [_slot_to_json(slot) for slot in w.busy],
            }
            for w in watchers
        ],
    }


def result_to_json(result: Result) -> dict[str, Any]:
    return {
        "schools": list(result.schools),
        "choices": [
            {"id": c.sitting_id, "observer": c.person_id, "obligatory": c.obligatory, "why": c.why}
            for c in result.choices
        ],
    }


def repeated(seed: str, pool: dict[str, Any]) -> Result:
    """The draw once more, from the file alone. Raises KeyError, ValueError or TypeError for a file that is none of ours."""
    if pool["algorithm"] != ALGORITHM:
        raise ValueError(pool["algorithm"])
    places = [
        Place(one["id"], one["school"], one["slot"]["school"], _slot(one["slot"]), one["label"])
        for one in pool["sittings"]
    ]
    watchers = [_watcher(one) for one in pool["observers"]]
    return draw(seed, places, watchers, frozenset(pool["obligatory"]), AssigningRules(**pool["rules"]))


def choices(result: dict[str, Any]) -> list[Choice]:
    return [Choice(one["id"], one["observer"], one["obligatory"], one["why"]) for one in result["choices"]]


def _watcher(one: dict[str, Any]) -> Watcher:
    trained = datetime.fromisoformat("2000-01-01T00:00:00+00:00") if one["trained"] else None
    told = one["availability"]
    return Watcher(
        Person(PersonId(one["id"]), MunicipalityId(0), one["code"], trained_at=trained),
        {int(school): reason for school, reason in one["conflicts"].items()},
        Availability(
            tuple((a, b, c) for a, b, c in told["only"]),
            tuple((a, b, c) for a, b, c in told["never"]),
            frozenset(told["weekdays"]),
        ),
        [_slot(slot) for slot in one["busy"]],
    )


def _slot_to_json(slot: Slot) -> dict[str, Any]:
    return {
        "school": slot.school_id,
        "day": slot.day.isoformat(),
        "begins": slot.begins.isoformat() if slot.begins else None,
        "ends": slot.ends.isoformat() if slot.ends else None,
    }


def _slot(data: dict[str, Any]) -> Slot:
    def at(text: str | None) -> datetime | None:
        return datetime.fromisoformat(text) if text else None

    return Slot(data["school"], date.fromisoformat(data["day"]), at(data["begins"]), at(data["ends"]))
