"""A message to the hotline as a case: what it is about, how its writer wants to be answered, who works on it."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import NewType

CaseId = NewType("CaseId", str)  # random 128 bits as hex

ID_LENGTH = 32


class Level(StrEnum):
    """What is kept of the writer. Frozen when the case is made."""

    HIDDEN = "hidden"  # «Ответ сюда, имя скрыто»
    TRACELESS = "traceless"  # «Без следа»
    CONTACT = "contact"  # «Оставить контакт»


class Channel(StrEnum):
    TELEGRAM = "telegram"
    PHONE = "phone"
    VISIT = "visit"


class Kind(StrEnum):
    """What the journal calls the type of a message."""

    QUESTION = "question"
    VIOLATION = "violation"
    SUGGESTION = "suggestion"
    THANKS = "thanks"


class Category(IntEnum):
    """The sections of the journal; the numbers are permanent."""

    ORDER = 1
    LEAK = 2
    TIME = 3
    MONEY = 4
    TIMETABLE = 5
    MARKS = 6
    CHECKING = 7
    HEALTH = 8
    COERCION = 9
    DRILLING = 10
    TECHNICAL = 11
    PRESSURE = 12
    PRIVACY = 13
    INTEREST = 14
    QUESTION = 15
    OTHER = 16

    @property
    def kind(self) -> Kind:
        if self is Category.QUESTION:
            return Kind.QUESTION
        return Kind.SUGGESTION if self is Category.OTHER else Kind.VIOLATION


# What cannot wait while a work is being written.
URGENT_ON_THE_DAY = frozenset({Category.ORDER, Category.LEAK, Category.COERCION, Category.TECHNICAL})


class Urgency(StrEnum):
    USUAL = "usual"
    CRITICAL = "critical"


class Status(StrEnum):
    ACCEPTED = "accepted"  # принято
    REGISTERED = "registered"  # зарегистрировано: somebody has read it
    IN_WORK = "in_work"
    CLARIFYING = "clarifying"  # a question waits for the writer
    ANSWERED = "answered"
    CLOSED = "closed"
    PASSED_ON = "passed_on"  # to another authority, or to another operator's chief
    DECLINED = "declined"  # with a reason
    REPEATED = "repeated"  # merged into another case


OVER = frozenset({Status.CLOSED, Status.DECLINED, Status.REPEATED, Status.PASSED_ON})
WAITS_FOR_STAFF = frozenset({Status.ACCEPTED, Status.REGISTERED, Status.IN_WORK})


class Outcome(StrEnum):
    """With what a case is closed."""

    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"
    NOT_ENOUGH = "not_enough"
    PASSED_ON = "passed_on"
    NOT_OURS = "not_ours"


class Rating(StrEnum):
    HELPED = "helped"
    PARTLY = "partly"
    NOT = "not"


class Direction(StrEnum):
    IN = "in"  # from the writer
    OUT = "out"  # an answer to the writer
    INTERIM = "interim"  # to the writer: the answer is yet to come
    QUESTION = "question"  # to the writer
    NOTE = "note"  # among operators
    MEASURES = "measures"  # what was done, for the journal


ANSWERS = frozenset({Direction.OUT, Direction.INTERIM})
TO_WRITER = ANSWERS | {Direction.QUESTION}


class FileKind(StrEnum):
    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Case:
    """One registered message and what became of it. Holds no word of it and nothing of its writer."""

    id: CaseId
    year: int
    number: int
    level: Level
    channel: Channel
    category: Category
    school_id: int | None
    status: Status
    urgency: Urgency
    accepted_at: datetime
    due_at: datetime
    heard_at: datetime
    outcome: Outcome | None = None
    rating: Rating | None = None
    operator_id: int | None = None
    merged_into: CaseId | None = None
    revision: int = 0
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    hold_reason: str = ""  # whether there is one; its words are sealed as a note
    shredded_at: datetime | None = None
    report_number: int | None = None  # the observer's report about the same thing
    violation: str = ""  # code of the item of that report
    decision: bytes = b""  # what was decided because of it, sealed with the case

    @property
    def is_over(self) -> bool:
        return self.status in OVER

    @property
    def is_reachable(self) -> bool:
        """Its writer is answered in chat; otherwise by code, or by telephone."""
        return self.level is not Level.TRACELESS and self.channel is Channel.TELEGRAM

    @property
    def waits(self) -> bool:
        """The writer is owed an answer by the due date."""
        return self.status in WAITS_FOR_STAFF

    def overdue(self, now: datetime) -> bool:
        return self.waits and now > self.due_at


@dataclass(frozen=True, slots=True)
class CaseMessage:
    """One message of a case, opened. `person_id` only of staff."""

    seq: int
    direction: Direction
    text: str
    at: datetime
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file on its way in: how the messenger names it."""

    kind: FileKind
    reference: str
    size: int = 0


def is_case_id(text: str) -> bool:
    return len(text) == ID_LENGTH and all(char in "0123456789abcdef" for char in text)
