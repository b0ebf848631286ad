"""Quality of what observers sent: rules as data, each finds one thing that deserves a second look."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.checklist import Answer, Answers, AnswerValue, Checklist
from bot.domain.report import Doubt, DoubtKind, Lesson, Report, ReportState, warnings

APART: Final = timedelta(minutes=15)
RECEIVED: Final = frozenset({ReportState.SUBMITTED, ReportState.VERIFIED})


class QualityState(StrEnum):
    MISSING = "missing"  # not received
    FLAGGED = "flagged"  # received, a rule found something
    OK = "ok"
    VERIFIED = "verified"  # a coordinator accepted it, flags or not


@dataclass(frozen=True, slots=True)
class Flag:
    """`rule` is a key of `bot.texts.quality.RULES`; `codes` are the items it is about."""

    rule: str
    codes: tuple[str, ...] = ()
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the rules look at. `others`: answers of the other observers of the same sitting, of received reports.
    `school`: what the school says about the same sitting, by the field of the report: started_at, ended_at."""

    report: Report
    doubts: Sequence[Doubt]
    others: Sequence[Answers] = ()
    school: Mapping[str, datetime] = field(default_factory=dict)


def _doubt(*kinds: DoubtKind) -> Callable[[Facts], Sequence[Flag]]:
    def find(facts: Facts) -> Sequence[Flag]:
        return [Flag("", doubt.codes, doubt.minutes) for doubt in facts.doubts if doubt.kind in kinds][:1]

    return find


def _disagreement(facts: Facts) -> Sequence[Flag]:
    """«Да» of one observer is «Нет» of another; «не наблюдал» contradicts nobody."""
    told = {AnswerValue.YES, AnswerValue.NO}
    codes = tuple(
        code
        for code, answer in facts.report.answers.items()
        if any({answer.value, _value(other.get(code))} == told for other in facts.others)
    )
    return [Flag("", codes)] if codes else []


def _value(answer: Answer | None) -> AnswerValue | None:
    return None if answer is None else answer.value


def _against_the_school(facts: Facts) -> Sequence[Flag]:
    for name, said in facts.school.items():
        seen: datetime | None = getattr(facts.report, name)
        if seen is not None and abs(seen - said) > APART:
            return [Flag("", minutes=round(abs(seen - said).total_seconds() / 60))]
    return []


RULES: Final[tuple[tuple[str, Callable[[Facts], Sequence[Flag]]], ...]] = (
    (
        "impossible_times",
        _doubt(DoubtKind.END_NOT_AFTER_START, DoubtKind.LEFT_BEFORE_END, DoubtKind.TIME_AHEAD, DoubtKind.ANOTHER_DAY),
    ),
    ("too_many_present", _doubt(DoubtKind.PRESENT_OVER_LISTED)),
    ("answered_ahead", _doubt(DoubtKind.ANSWERED_AHEAD)),
    ("preparation_unseen", _doubt(DoubtKind.PREPARATION_UNSEEN)),
    ("duration", _doubt(DoubtKind.DURATION_DIFFERS)),
    ("too_fast", _doubt(DoubtKind.TOO_FAST)),
    ("little_seen", _doubt(DoubtKind.LITTLE_SEEN)),
    ("observers_disagree", _disagreement),
    ("school_says_otherwise", _against_the_school),
)


@dataclass(frozen=True, slots=True)
class Quality:
    state: QualityState
    flags: tuple[Flag, ...] = ()


def judge(
    report: Report,
    checklist: Checklist,
    *,
    now: datetime,
    lesson: Lesson,
    others: Sequence[Answers] = (),
    school: Mapping[str, datetime] | None = None,
) -> Quality:
    """A report in one of four states. Pure: the same facts give the same flags, in the order of the rules."""
    if report.state not in RECEIVED:
        return Quality(QualityState.MISSING)
    facts = Facts(report, warnings(report, checklist, now=now, lesson=lesson), others, school or {})
    flags = tuple(Flag(name, flag.codes, flag.minutes) for name, find in RULES for flag in find(facts))
    if report.state is ReportState.VERIFIED:
        return Quality(QualityState.VERIFIED, flags)
    return Quality(QualityState.FLAGGED if flags else QualityState.OK, flags)
