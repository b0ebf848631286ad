"""What a report lacks, what stops it, what is doubtful in it, what it found."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.checklist import Answer, AnswerValue, Checklist, Item, Moment, Stage
from bot.domain.report.record import Report

NEAR_THE_LESSON: Final = timedelta(hours=12)
DURATION_TOLERANCE: Final = timedelta(minutes=5)
CLOCK_TOLERANCE: Final = timedelta(minutes=5)
FASTEST_ANSWER: Final = timedelta(seconds=1)
_SEEN_IN_CLASS: Final = frozenset({Moment.START, Moment.COURSE, Moment.FINISH})


class BlockerKind(StrEnum):
    UNANSWERED = "unanswered"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Blocker:
    """Why the report cannot be sent: a critical item without an answer, or «Нет» without a comment. Nothing else."""

    kind: BlockerKind
    item: Item


@dataclass(frozen=True, slots=True)
class Violation:
    item: Item
    answer: Answer


@dataclass(frozen=True, slots=True)
class Lesson:
    """The plan of the sitting: an aware beginning, and how long the work lasts."""

    starts_at: datetime
    duration: timedelta

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + self.duration


class DoubtKind(StrEnum):
    END_NOT_AFTER_START = "end_not_after_start"
    LEFT_BEFORE_END = "left_before_end"
    PREPARATION_UNSEEN = "preparation_unseen"  # answered about the preparation, but came at the bell or later
    PRESENT_OVER_LISTED = "present_over_listed"
    TIME_AHEAD = "time_ahead"  # a time that has not come yet
    ANOTHER_DAY = "another_day"
    DURATION_DIFFERS = "duration_differs"  # and no violation of the course of the work is told
    ANSWERED_AHEAD = "answered_ahead"  # answered about the lesson before it began
    TOO_FAST = "too_fast"
    LITTLE_SEEN = "little_seen"  # more than half is «не наблюдал»


@dataclass(frozen=True, slots=True)
class Doubt:
    """Worth a question, never a reason to refuse. `minutes` is the difference where there is one."""

    kind: DoubtKind
    codes: tuple[str, ...] = ()
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class StageProgress:
    stage: Stage
    answered: int
    total: int


@dataclass(frozen=True, slots=True)
class Progress:
    """«Этап 2 из 4 · отвечено 5 из 12»: `number` is the first stage with a gap, or the last stage."""

    stages: tuple[StageProgress, ...]

    @property
    def answered(self) -> int:
        return sum(stage.answered for stage in self.stages)

    @property
    def total(self) -> int:
        return sum(stage.total for stage in self.stages)

    @property
    def number(self) -> int:
        unfinished = (n for n, stage in enumerate(self.stages, 1) if stage.answered < stage.total)
        return next(unfinished, len(self.stages))


def missing(report: Report, checklist: Checklist) -> tuple[Item, ...]:
    """Items without an answer, in order."""
    return tuple(item for item in report.items(checklist) if item.code not in report.answers)


def blockers(report: Report, checklist: Checklist) -> tuple[Blocker, ...]:
    """What stops the sending, in the order to ask it."""
    found = []
    for item in report.items(checklist):
        answer = report.answers.get(item.code)
        if answer is None and item.critical:
            found.append(Blocker(BlockerKind.UNANSWERED, item))
        elif answer is not None and answer.comment_missing:
            found.append(Blocker(BlockerKind.COMMENT, item))
    return tuple(found)


def violations(report: Report, checklist: Checklist) -> tuple[Violation, ...]:
    """Every «Нет», in checklist order; the critical ones are `violation.item.critical`."""
    return tuple(Violation(item, answer) for item, answer in _answered(report, checklist, AnswerValue.NO))


def not_observed(report: Report, checklist: Checklist) -> tuple[Item, ...]:
    """Every «Не наблюдал», in order."""
    return tuple(item for item, _ in _answered(report, checklist, AnswerValue.NA))


def progress(report: Report, checklist: Checklist) -> Progress:
    items = report.items(checklist)
    stages = []
    for stage in checklist.stages_of(items):
        codes = [item.code for item in items if item.stage == stage.code]
        stages.append(StageProgress(stage, sum(code in report.answers for code in codes), len(codes)))
    return Progress(tuple(stages))


def warnings(report: Report, checklist: Checklist, *, now: datetime, lesson: Lesson | None = None) -> tuple[Doubt, ...]:
    """What looks wrong in a report that may be sent all the same."""
    return (*_about_times(report, checklist, now, lesson), *_about_answers(report, checklist, lesson))


def _about_times(report: Report, checklist: Checklist, now: datetime, lesson: Lesson | None) -> Iterator[Doubt]:
    arrived, started, ended, left = report.arrived_at, report.started_at, report.ended_at, report.left_at
    told = [moment for moment in (arrived, started, ended, left) if moment is not None]
    if started is not None and ended is not None and ended <= started:
        yield Doubt(DoubtKind.END_NOT_AFTER_START)
    if ended is not None and left is not None and left < ended:
        yield Doubt(DoubtKind.LEFT_BEFORE_END, minutes=_minutes(ended - left))
    if any(moment > now + CLOCK_TOLERANCE for moment in told):
        yield Doubt(DoubtKind.TIME_AHEAD, minutes=_minutes(max(told) - now))
    if lesson is not None and any(abs(moment - lesson.starts_at) > NEAR_THE_LESSON for moment in told):
        yield Doubt(DoubtKind.ANOTHER_DAY)
    begun = started or (lesson.starts_at if lesson is not None else None)
    prepared = _codes_seen(report, checklist, frozenset({Moment.BEFORE}))
    if begun is not None and arrived is not None and arrived >= begun and prepared:
        yield Doubt(DoubtKind.PREPARATION_UNSEEN, prepared, _minutes(arrived - begun))
    if lesson is None or started is None or ended is None or ended <= started:
        return
    difference = (ended - started) - lesson.duration
    in_course = {
        i.code for i, _ in _answered(report, checklist, AnswerValue.NO) if _moment(checklist, i) is Moment.COURSE
    }
    if abs(difference) > DURATION_TOLERANCE and not in_course:
        yield Doubt(DoubtKind.DURATION_DIFFERS, minutes=_minutes(difference))


def _about_answers(report: Report, checklist: Checklist, lesson: Lesson | None) -> Iterator[Doubt]:
    items = report.items(checklist)
    if report.listed is not None and report.present is not None and report.present > report.listed:
        yield Doubt(DoubtKind.PRESENT_OVER_LISTED)
    if lesson is not None:
        begun = min(lesson.starts_at, report.started_at or lesson.starts_at)
        seen = _codes_seen(report, checklist, _SEEN_IN_CLASS)
        ahead = tuple(code for code in seen if report.answers[code].entered_at < begun - CLOCK_TOLERANCE)
        if ahead:
            yield Doubt(DoubtKind.ANSWERED_AHEAD, ahead)
    entered = sorted(report.answers[item.code].entered_at for item in items if item.code in report.answers)
    # One instant is one message: a dictated report, not a hasty one.
    if len(entered) > 1 and timedelta(0) < entered[-1] - entered[0] < FASTEST_ANSWER * len(entered):
        yield Doubt(DoubtKind.TOO_FAST)
    unseen = tuple(item.code for item in not_observed(report, checklist))
    if len(unseen) * 2 > len(items):
        yield Doubt(DoubtKind.LITTLE_SEEN, unseen)


def _answered(report: Report, checklist: Checklist, value: AnswerValue) -> Iterator[tuple[Item, Answer]]:
    for item in report.items(checklist):
        answer = report.answers.get(item.code)
        if answer is not None and answer.value is value:
            yield item, answer


def _codes_seen(report: Report, checklist: Checklist, moments: frozenset[Moment]) -> tuple[str, ...]:
    """Items of these moments that the observer says to have seen."""
    return tuple(
        item.code
        for item in report.items(checklist)
        if _moment(checklist, item) in moments
        and item.code in report.answers
        and report.answers[item.code].value is not AnswerValue.NA
    )


def _moment(checklist: Checklist, item: Item) -> Moment:
    return checklist.stage(item.stage).moment


def _minutes(span: timedelta) -> int:
    return round(span.total_seconds() / 60)
