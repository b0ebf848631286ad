"""The life of a case as a table: from which status which event leads where."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import DomainError
from bot.domain.hotline.case import Status


class Event(StrEnum):
    OPEN = "open"  # somebody reads it
    TAKE = "take"
    HAND_OVER = "hand_over"  # to another operator, or to nobody
    ASK = "ask"
    WRITE = "write"  # the writer adds something
    ANSWER = "answer"
    INTERIM = "interim"  # told that the answer is yet to come: it is owed as before
    CLOSE = "close"
    REFER = "refer"
    DECLINE = "decline"
    MERGE = "merge"
    ENLARGE = (
        "enlarge"  # another case is answered by it from now on: what was answered before, that writer has not read
    )
    SATISFIED = "satisfied"  # the writer: helped, or partly
    UNSATISFIED = "unsatisfied"  # the writer: did not help


@dataclass(eq=False)
class CaseStepNotPossible(DomainError):
    """The case is in a status from which this event leads nowhere."""

    status: str
    event: str


_A, _R, _W, _C = Status.ACCEPTED, Status.REGISTERED, Status.IN_WORK, Status.CLARIFYING
_ANSWERED, _OPEN = Status.ANSWERED, (Status.ACCEPTED, Status.REGISTERED, Status.IN_WORK, Status.CLARIFYING)
_ENDED = (Status.ANSWERED, Status.CLOSED, Status.PASSED_ON, Status.DECLINED)

TRANSITIONS: dict[tuple[Status, Event], Status] = {
    (_A, Event.OPEN): _R,
    **{(status, Event.OPEN): status for status in Status if status is not _A},
    **{(status, Event.TAKE): _W for status in (_A, _R, _W)},
    (_C, Event.TAKE): _C,
    (_ANSWERED, Event.TAKE): _ANSWERED,
    **{(status, Event.HAND_OVER): status for status in (*_OPEN, _ANSWERED)},
    **{(status, Event.ASK): _C for status in (*_OPEN, _ANSWERED)},
    **{(status, Event.ANSWER): _ANSWERED for status in (*_OPEN, *_ENDED)},
    **{(status, Event.INTERIM): _W for status in (_A, _R, _W)},
    **{(status, Event.INTERIM): status for status in (_C, _ANSWERED)},
    # whatever the writer says is heard, also after the end
    **{(status, Event.WRITE): status for status in (_A, _R, _W)},
    **{(status, Event.WRITE): _W for status in (_C, *_ENDED)},
    (Status.REPEATED, Event.WRITE): Status.REPEATED,
    **{(status, Event.CLOSE): Status.CLOSED for status in (*_OPEN, _ANSWERED)},
    **{(status, Event.REFER): Status.PASSED_ON for status in (*_OPEN, _ANSWERED)},
    **{(status, Event.DECLINE): Status.DECLINED for status in (*_OPEN, _ANSWERED)},
    **{(status, Event.MERGE): Status.REPEATED for status in (*_OPEN, _ANSWERED)},
    **{(status, Event.ENLARGE): status for status in _OPEN},
    (_ANSWERED, Event.ENLARGE): _W,
    **{(status, Event.SATISFIED): status for status in Status},
    (_ANSWERED, Event.SATISFIED): Status.CLOSED,
    **{(status, Event.UNSATISFIED): _W for status in (*_OPEN, *_ENDED)},
    (Status.REPEATED, Event.UNSATISFIED): Status.REPEATED,
}


def after(status: Status, event: Event) -> Status:
    """Raises `CaseStepNotPossible`."""
    try:
        return TRANSITIONS[status, event]
    except KeyError:
        raise CaseStepNotPossible(status.value, event.value) from None
