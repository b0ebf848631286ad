"""How long what is kept of a case, by kind; holds and new words stop the clocks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.hotline.case import Case, Status

ROUTE_KEPT = timedelta(days=14)  # after the end: to answer «Не помогло»
CONTACT_KEPT = timedelta(days=30)
TEXT_KEPT = timedelta(days=90)
WARNED_BEFORE = timedelta(days=7)


class Fate(StrEnum):
    """What the clocks demand."""

    FORGET_ROUTE = "forget_route"
    FORGET_CONTACT = "forget_contact"
    WARN = "warn"
    SHRED = "shred"


@dataclass(frozen=True, slots=True)
class Planned:
    case: Case
    fate: Fate
    at: datetime


def ended_at(case: Case, main: Case | None = None) -> datetime | None:
    """Since when the clocks run; None while an answer may still be owed. `main`: the case that this one was joined to, whose
    answers its writer waits for. An answer ends a case for the clocks, whether or not anybody closes it."""
    ends = [_end(case)] if main is None else [_end(case), _end(main)]
    over = [moment for moment in ends if moment is not None]
    return max(case.heard_at, *over) if len(over) == len(ends) else None


def _end(case: Case) -> datetime | None:
    return case.answered_at if case.status is Status.ANSWERED else case.closed_at


def plan(case: Case, warned_at: datetime | None, now: datetime, main: Case | None = None) -> list[Planned]:
    """What is due for a case now, in the order to do it; nothing for one that is open, held or gone.

    Texts go only when somebody was warned a week before, however late that warning was.
    """
    ended = ended_at(case, main)
    if ended is None or case.shredded_at is not None:
        return []
    due = [
        Planned(case, Fate.FORGET_ROUTE, ended + ROUTE_KEPT),
        Planned(case, Fate.FORGET_CONTACT, ended + CONTACT_KEPT),
    ]
    if not case.hold_reason:
        if warned_at is None or warned_at < ended:
            due.append(Planned(case, Fate.WARN, ended + TEXT_KEPT - WARNED_BEFORE))
        else:
            due.append(Planned(case, Fate.SHRED, max(ended + TEXT_KEPT, warned_at + WARNED_BEFORE)))
    return [planned for planned in due if planned.at <= now]
