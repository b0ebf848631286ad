"""What a correction changed: two contents of one report, compared line by line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

TIMES = ("arrived_at", "started_at", "ended_at", "left_at")
COUNTS = ("listed", "present")


@dataclass(frozen=True, slots=True)
class Difference:
    """`what` is an item's code or the field of a time or count. Of an answer both sides are (value, comment); of a time,
    text of the instant; of a count, the number as text; None where nothing was said."""

    what: str
    before: tuple[str, str] | str | None
    after: tuple[str, str] | str | None


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Between two results of `content` (a stored version reads as one): answers in the order of codes, then the rest."""
    return [*_answers(before["answers"], after["answers"]), *_rest(before, after)]


def _answers(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for code in sorted(before.keys() | after.keys(), key=lambda each: (each[:1], len(each), each)):
        old, new = _said(before.get(code)), _said(after.get(code))
        if old != new:
            yield Difference(code, old, new)


def _said(answer: Any) -> tuple[str, str] | None:
    return None if answer is None else (str(answer[0]), str(answer[1]))


def _rest(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for field in TIMES:
        if before["times"][field] != after["times"][field]:
            yield Difference(field, before["times"][field], after["times"][field])
    for field in COUNTS:
        if before[field] != after[field]:
            yield Difference(field, _text(before[field]), _text(after[field]))


def _text(count: int | None) -> str | None:
    return None if count is None else str(count)
