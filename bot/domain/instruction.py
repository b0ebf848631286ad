"""Instructions in parts, read under signature: what is left to read, until when, and the refusals."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.errors import DomainError
from bot.domain.plan import School
from bot.domain.working_days import WorkingDays

BRIEFING_BY: Final = time(18)
MEMO_BY: Final = time(20)
AT_LEAST: Final = timedelta(hours=2)  # to read, when the proper time has passed
REMIND_BEFORE: Final = (timedelta(hours=1), timedelta(minutes=15))
ESCALATE_AFTER: Final = timedelta(minutes=5)


class InstructionKind(StrEnum):
    MEMO = "memo"  # памятка of observers
    BRIEFING = "briefing"  # инструктаж of school coordinators
    OWN = "own"


class InstructionState(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    WITHDRAWN = "withdrawn"


class Audience(StrEnum):
    """Who gets it; people are looked up by the works of its day."""

    OBSERVERS = "observers"
    SCHOOLS = "schools"
    UNREAD = "unread"  # who did not read the previous one of this kind


@dataclass(eq=False)
class NoSuchInstruction(DomainError):
    number: int


@dataclass(eq=False)
class NotReadYet(DomainError):
    """«Прочитано» opens after all parts: `part` is the first one not seen."""

    number: int
    part: int


@dataclass(eq=False)
class NothingToSend(DomainError):
    """The instruction has no part, or nobody to get it."""


@dataclass(frozen=True, slots=True)
class Part:
    """`text` may hold `{works}`: each reader sees their own. `choices` empty: no question."""

    number: int
    text: str
    question: str = ""
    choices: tuple[str, ...] = ()
    correct: int = 0
    file_kind: str = ""
    file_id: str = ""


@dataclass(frozen=True, slots=True)
class Instruction:
    id: int
    kind: InstructionKind
    title: str
    day: date
    audience: Audience
    read_by: datetime
    state: InstructionState
    version: int
    parts: tuple[Part, ...]
    created_by: int | None = None
    schools: frozenset[int] = frozenset()  # it goes to these only; empty: to all schools of its day

    @property
    def sha256(self) -> str:
        """Of every word of it: what was signed."""
        words = "\n\0".join(f"{p.text}\n{p.question}\n{p.file_id}" for p in self.parts)
        return hashlib.sha256(f"{self.title}\n{words}".encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Reader:
    """`parts_seen` counts within what this person has to read of the current version."""

    person_id: int
    school_id: int | None
    parts_seen: int
    read_version: int
    read_at: datetime | None
    works: str = ""


def to_read(parts: Sequence[Part], before: Sequence[Part] | None) -> tuple[Part, ...]:
    """What somebody has to read: everything, or, when they read a version `before`, only what is new or changed."""
    if before is None:
        return tuple(parts)
    old = {(part.text, part.question, part.file_id) for part in before}
    return tuple(part for part in parts if (part.text, part.question, part.file_id) not in old)


def read_by(kind: InstructionKind, day: date, days: WorkingDays, now: datetime, zone: ZoneInfo) -> datetime:
    """A briefing ends on the last working day before, a памятка the evening before; never in the past."""
    last = days.before(day) if kind is InstructionKind.BRIEFING else day - timedelta(days=1)
    at = BRIEFING_BY if kind is InstructionKind.BRIEFING else MEMO_BY
    return max(datetime.combine(last, at, tzinfo=zone), now + AT_LEAST)


def read_again_by(until: datetime, now: datetime) -> datetime:
    """After new words: the hour it had, or a fair time from now when that is past or near."""
    return max(until, now + AT_LEAST)


def in_time(day: date, read_at: datetime, days: WorkingDays, zone: ZoneInfo) -> bool:
    """Whether a briefing was read not later than one working day before (М5)."""
    return read_at.astimezone(zone).date() <= days.before(day)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader has in front of them."""

    instruction: Instruction
    parts: tuple[Part, ...]
    place: int  # of the part to show, from 1
    works: tuple[str, ...]
    done: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """`places`: schools with works on the day of the instruction, in the order of their numbers; `readers`: who gets it now."""

    instruction: Instruction
    places: tuple[School, ...]
    readers: int


@dataclass(frozen=True, slots=True)
class Written:
    """What was made of the words somebody typed: schools added, words that fit several, words that fit none."""

    added: tuple[str, ...]
    several: tuple[tuple[str, tuple[str, ...]], ...]
    unknown: tuple[str, ...]
