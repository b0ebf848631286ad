"""Reminders as data: when each begins, until when it is worth sending, and who needs it. Nothing at night."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.report.states import ReportState

DAY_BEGINS, DAY_ENDS = time(7), time(21)
EVE_AT: Final = time(18)
MORNING_AT: Final = time(7, 30)
BEFORE_THE_LESSON: Final = timedelta(minutes=90)
AFTER_THE_LESSON: Final = timedelta(minutes=30)
BEFORE_THE_DEADLINE: Final = timedelta(hours=1)
UNSENT: Final = frozenset({ReportState.EXPECTED, ReportState.OPENED, ReportState.PARTIAL, ReportState.RETURNED})


class Rule(StrEnum):
    EVE = "eve"  # памятка, the evening before
    MORNING = "morning"  # «Буду», «Опаздываю», «Не смогу»
    AFTER = "after"  # the lesson is over, the report is not sent
    DEADLINE = "deadline"  # an hour is left
    LATE = "late"  # the deadline passed, it can still be sent
    SCHOOL_MORNING = "school_morning"
    STEP = "step"  # a step of the school is not marked
    STEP_LATE = "step_late"  # and the coordinators learn it
    READ = "read"  # an instruction is not read yet


@dataclass(frozen=True, slots=True)
class Watch:
    """One expected report and what reminding about it depends on. Instants are aware."""

    number: int
    person_id: int
    day: date
    begins: datetime
    ends: datetime
    due_at: datetime
    state: ReportState
    arrival: str = ""  # coming | late | cannot


@dataclass(frozen=True, slots=True)
class Due:
    """`subject` is the report's number, 0 for the whole day. Once by (rule, person, day, subject), whatever happens.

    `since`: from when on it was due, where that is known.
    """

    rule: Rule
    person_id: int
    day: date
    subject: int
    until: datetime
    since: datetime | None = None


def due_now(watches: Iterable[Watch], now: datetime, zone: ZoneInfo) -> list[Due]:
    """Everything whose window is open: after a downtime a late reminder still comes, one that lost its sense does not."""
    local = now.astimezone(zone)
    if not DAY_BEGINS <= local.time() < DAY_ENDS:
        return []
    found: dict[tuple[Rule, int, date, int], Due] = {}
    for each in watches:
        for due, begins in _windows(each, zone):
            if begins <= now < due.until:
                key = (due.rule, due.person_id, due.day, due.subject)
                held = found.get(key)
                due = replace(due, since=begins)
                found[key] = due if held is None or due.until < held.until else held
    return list(found.values())


def _windows(watch: Watch, zone: ZoneInfo) -> Iterator[tuple[Due, datetime]]:
    """(what, from when); until when is in it."""
    if watch.arrival == "cannot" or watch.state not in UNSENT | {ReportState.MISSED}:
        return
    eve = watch.day - timedelta(days=1)
    yield _due(Rule.EVE, watch, 0, _at(eve, DAY_ENDS, zone), eve), _at(eve, EVE_AT, zone)
    if not watch.arrival and watch.state is ReportState.EXPECTED:
        begins = max(
            min(_at(watch.day, MORNING_AT, zone), watch.begins - BEFORE_THE_LESSON), _at(watch.day, DAY_BEGINS, zone)
        )
        yield _due(Rule.MORNING, watch, 0, watch.begins), begins
    last_call = watch.due_at - BEFORE_THE_DEADLINE
    if watch.state in UNSENT:
        after = watch.ends + AFTER_THE_LESSON
        if after < last_call:
            yield _due(Rule.AFTER, watch, watch.number, last_call), after
        yield _due(Rule.DEADLINE, watch, watch.number, watch.due_at), last_call
    yield _due(Rule.LATE, watch, watch.number, _at(watch.day, DAY_ENDS, zone)), watch.due_at


def _due(rule: Rule, watch: Watch, subject: int, until: datetime, day: date | None = None) -> Due:
    return Due(rule, watch.person_id, day or watch.day, subject, until)


def _at(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, tzinfo=zone)
