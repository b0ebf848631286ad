"""The states of an expected report, and the only ways from one to another."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class ReportState(StrEnum):
    EXPECTED = "expected"
    OPENED = "opened"
    PARTIAL = "partial"
    SUBMITTED = "submitted"
    VERIFIED = "verified"
    RETURNED = "returned"
    EXCUSED = "excused"
    MISSED = "missed"


class ReportEvent(StrEnum):
    OPEN = "open"  # looked at it, arrived, told a time or a count
    ANSWER = "answer"
    SUBMIT = "submit"
    CORRECT = "correct"  # a change after sending, with its reason
    VERIFY = "verify"  # the coordinator accepted it
    RETURN = "return"  # the coordinator asks to finish it
    EXCUSE = "excuse"  # there will be no report, and why
    MISS = "miss"  # the deadline passed
    REINSTATE = "reinstate"  # expected again: the excuse fell away, or there is a new deadline
    HAND_OVER = "hand_over"  # another observer takes it


_S, _E = ReportState, ReportEvent

# A state missing under an event = that event is refused there. Events a person may repeat by a double tap or a
# redelivered update lead to the same state twice. A report that missed its deadline stays `missed` while it is being
# filled in late: only sending ends that.
TRANSITIONS: Final[Mapping[ReportEvent, Mapping[ReportState, ReportState]]] = MappingProxyType(
    {
        _E.OPEN: {
            _S.EXPECTED: _S.OPENED,
            _S.OPENED: _S.OPENED,
            _S.PARTIAL: _S.PARTIAL,
            _S.RETURNED: _S.RETURNED,
            _S.MISSED: _S.MISSED,
            _S.SUBMITTED: _S.SUBMITTED,
            _S.VERIFIED: _S.VERIFIED,
        },
        _E.ANSWER: {
            _S.EXPECTED: _S.PARTIAL,
            _S.OPENED: _S.PARTIAL,
            _S.PARTIAL: _S.PARTIAL,
            _S.RETURNED: _S.RETURNED,
            _S.MISSED: _S.MISSED,
        },
        _E.SUBMIT: {
            _S.PARTIAL: _S.SUBMITTED,
            _S.RETURNED: _S.SUBMITTED,
            _S.MISSED: _S.SUBMITTED,
            _S.SUBMITTED: _S.SUBMITTED,
            _S.VERIFIED: _S.VERIFIED,
        },
        _E.CORRECT: {_S.SUBMITTED: _S.SUBMITTED, _S.VERIFIED: _S.SUBMITTED},
        _E.VERIFY: {_S.SUBMITTED: _S.VERIFIED, _S.VERIFIED: _S.VERIFIED},
        _E.RETURN: {_S.SUBMITTED: _S.RETURNED, _S.VERIFIED: _S.RETURNED, _S.RETURNED: _S.RETURNED},
        _E.EXCUSE: {
            _S.EXPECTED: _S.EXCUSED,
            _S.OPENED: _S.EXCUSED,
            _S.PARTIAL: _S.EXCUSED,
            _S.RETURNED: _S.EXCUSED,
            _S.MISSED: _S.EXCUSED,
            _S.EXCUSED: _S.EXCUSED,
        },
        _E.MISS: {
            _S.EXPECTED: _S.MISSED,
            _S.OPENED: _S.MISSED,
            _S.PARTIAL: _S.MISSED,
            _S.MISSED: _S.MISSED,
        },
        _E.REINSTATE: {_S.EXCUSED: _S.EXPECTED, _S.MISSED: _S.EXPECTED},
        _E.HAND_OVER: {
            _S.EXPECTED: _S.EXPECTED,
            _S.OPENED: _S.EXPECTED,
            _S.PARTIAL: _S.PARTIAL,
            _S.RETURNED: _S.RETURNED,
            _S.MISSED: _S.MISSED,
            _S.EXCUSED: _S.EXPECTED,
        },
    }
)


def after(state: ReportState, event: ReportEvent) -> ReportState | None:
    """The state this event leads to, or None where it is refused."""
    return TRANSITIONS[event].get(state)


def states_allowing(event: ReportEvent) -> frozenset[ReportState]:
    """From where the event is possible: for the `WHERE state IN (…)` of a conditional change."""
    return frozenset(TRANSITIONS[event])
