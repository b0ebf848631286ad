"""What to ask next: critical items one by one, the rest of a stage on one screen."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.checklist import Answers, Checklist, Item, Stage

MOST_ON_ONE_SCREEN: Final = 6


class Pace(StrEnum):
    """FORCED asks critical items one by one (10 taps for the short form); FAST shows whole stages (6 taps)."""

    FORCED = "forced"
    FAST = "fast"


@dataclass(frozen=True, slots=True)
class AskItem:
    """Ask one item. `number` of `total`: its place among the asked items of the stage, from 1."""

    stage: Stage
    item: Item
    number: int
    total: int


@dataclass(frozen=True, slots=True)
class AskRest:
    """Ask several items on one screen: those of this screen still without an answer, at most `MOST_ON_ONE_SCREEN`."""

    stage: Stage
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class AskComment:
    """Everything is answered, but this «Нет» does not say what happened."""

    stage: Stage
    item: Item


@dataclass(frozen=True, slots=True)
class StageDone:
    """Every item of the stage has an answer; `next_stage` is the next one with a gap."""

    stage: Stage
    next_stage: Stage


@dataclass(frozen=True, slots=True)
class AllAnswered:
    """Nothing is left to ask: show the review."""


Question = AskItem | AskRest | AskComment | StageDone | AllAnswered


def next_question(
    checklist: Checklist,
    items: tuple[Item, ...],
    answers: Answers,
    *,
    stage: str | None = None,
    pace: Pace = Pace.FORCED,
) -> Question:
    """The next thing to show to a person who is in `stage`; without `stage`, the first gap of the report.

    `items` are those of the report (`Checklist.items`). Reads answers only, so it is right after any restart.
    """
    stages = checklist.stages_of(items)
    gaps = [each for each in stages if _unanswered(items, answers, each)]
    here = next((each for each in stages if each.code == stage), None)
    if here is None and gaps:
        here = gaps[0]
    if here is not None and here in gaps:
        return _ask(here, items, answers, pace)
    if here is not None and gaps:
        later = [each for each in gaps if stages.index(each) > stages.index(here)]
        return StageDone(here, (later or gaps)[0])
    for item in items:
        if item.code in answers and answers[item.code].comment_missing:
            return AskComment(checklist.stage(item.stage), item)
    return AllAnswered()


def screens(items: tuple[Item, ...], stage: Stage, pace: Pace) -> Iterator[tuple[Item, ...]]:
    """How a stage is split into screens, whatever was answered: critical items first, then even portions of the rest."""
    asked = tuple(item for item in items if item.stage == stage.code)
    one_by_one = tuple(item for item in asked if item.critical and pace is Pace.FORCED)
    yield from ((item,) for item in one_by_one)
    rest = tuple(item for item in asked if item not in one_by_one)
    count = -(-len(rest) // MOST_ON_ONE_SCREEN)
    for number in range(count):
        yield rest[number * len(rest) // count : (number + 1) * len(rest) // count]


def _ask(stage: Stage, items: tuple[Item, ...], answers: Answers, pace: Pace) -> Question:
    asked_before = 0
    total = sum(item.stage == stage.code for item in items)
    for screen in screens(items, stage, pace):
        left = tuple(item for item in screen if item.code not in answers)
        if left and len(screen) == 1 and screen[0].critical and pace is Pace.FORCED:
            return AskItem(stage, screen[0], asked_before + 1, total)
        if left:
            return AskRest(stage, left)
        asked_before += len(screen)
    raise AssertionError("a stage without a gap has no question")


def _unanswered(items: tuple[Item, ...], answers: Answers, stage: Stage) -> bool:
    return any(item.stage == stage.code and item.code not in answers for item in items)
