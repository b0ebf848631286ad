"""The day in numbers and lists, for whoever may see it: each answer is one snapshot of the ledger."""

import logging
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.findings import AwaitedReport, FoundViolation
from bot.domain.importing.school_names import SchoolMatcher
from bot.domain.people import READS_SUMMARY, Actor, MunicipalityId, SchoolId
from bot.domain.period import Period, Scope, scope_of
from bot.domain.region import Region
from bot.domain.school_day import SchoolStep, due_after
from bot.domain.summary import Summary
from bot.domain.working_days import COUNTRY, WorkingDays
from bot.services.items import find_item
from bot.texts.natural import by_name
from storage import briefings, counters, findings
from storage import summary as aggregates
from storage.database import Database, Reader
from storage.outbox import to_person

log = logging.getLogger(__name__)

RECOUNT_HOUR = 3
RECOUNTED = "day_counts_recounted"


class Summarising:
    """Coordinators, heads and regional coordinators see their municipalities; school roles see their own school.

    `sees_reports`: whether a school reads what observers wrote about it, or only how much there is.
    """

    def __init__(
        self, database: Database, zone: ZoneInfo, days: WorkingDays = COUNTRY, *, sees_reports: bool = False
    ) -> None:
        self._database = database
        self._zone = zone
        self._days = days
        self._sees_reports = sees_reports

    async def summary(
        self, actor: Actor, period: Period, now: datetime, *, of: MunicipalityId | None = None
    ) -> Summary:
        """Schools in natural order; of one municipality when `of` is given. Raises `NotAllowed`."""
        scope = scope_of(actor) if of is None else scope_of(actor).of_municipality(of)
        async with self._database.read(snapshot=True) as reader:
            return await read_summary(reader, period, scope, now, self._zone, self._days)

    async def region(self, actor: Actor, day: date) -> Region:
        """The municipalities of this person by name, from their counters. Raises `NotAllowed`."""
        actor.need(*READS_SUMMARY)
        async with self._database.read(snapshot=True) as reader:
            found = await counters.region(reader, day, scope_of(actor))
        return replace(found, lines=tuple(by_name(found.lines, lambda line: line.name)))

    async def recount(self, now: datetime) -> None:
        """Once a night: the counters against the rows."""
        local = now.astimezone(self._zone)
        if local.hour != RECOUNT_HOUR:
            return
        async with self._database.transaction() as tx:
            if await briefings.setting(tx, RECOUNTED) == local.date().isoformat():
                return
            wrong = await counters.recount(tx)
            await briefings.put_setting(tx, RECOUNTED, local.date().isoformat(), now, by=None)
        if wrong:
            log.error("%d counters of days were wrong and are put right", wrong)

    async def since_last(self, actor: Actor, summary: Summary, now: datetime) -> tuple[int, int, datetime] | None:
        """(reports, violations, since when) that came since this person last asked about this day; None the first time."""
        if actor.person is None or not summary.period.one_day:
            return None
        fresh = summary.figures()
        async with self._database.transaction() as tx:
            before = await briefings.swap_figures(tx, summary.period.first, to_person(actor.person.id), fresh, now)
        if before is None:
            return None
        told, at = before
        return fresh["reports"] - told["reports"], fresh["violations"] - told["violations"], at

    async def awaited(self, actor: Actor, period: Period) -> list[AwaitedReport]:
        """Raises `NotAllowed`."""
        scope = scope_of(actor)
        async with self._database.read(snapshot=True) as reader:
            return await findings.awaited(reader, period, scope)

    async def violations(self, actor: Actor, period: Period) -> list[FoundViolation]:
        """Raises `NotAllowed`."""
        scope = scope_of(actor)
        async with self._database.read(snapshot=True) as reader:
            hidden = not scope.whole and not self._sees_reports
            return await findings.violations(reader, period, scope, find_item, own_only=hidden)

    async def days(self, actor: Actor, around: date, *, each_way: int = 4) -> list[date]:
        """The nearest days with sittings, before and from `around` on, ascending. Raises `NotAllowed`."""
        scope = scope_of(actor)
        async with self._database.read() as reader:
            return await findings.days_with_sittings(reader, scope, around, each_way)

    async def school_in(self, actor: Actor, text: str) -> tuple[SchoolId, str] | None:
        """The school that a text begins with, and the rest of the text: «СОШ 5 за неделю». Raises `NotAllowed`."""
        scope = scope_of(actor)
        async with self._database.read() as reader:
            known = await findings.schools_of(reader, scope)
        matcher = SchoolMatcher(known)
        parts = text.split()
        for exact in (True, False):
            for count in range(len(parts), 0, -1):
                match = matcher.match(" ".join(parts[:count]))
                if match is not None and (match.exact or not exact):
                    return known[match.name], " ".join(parts[count:])
        return None

    async def has_works(self, actor: Actor, period: Period, school_id: SchoolId | None = None) -> bool:
        """Whether anything stands in the plan of these days, cancelled or not. Raises `NotAllowed`."""
        scope = scope_of(actor) if school_id is None else scope_of(actor).of_school(school_id)
        async with self._database.read() as reader:
            return await findings.first_and_last_day(reader, period, scope) is not None

    async def narrowed(self, actor: Actor, period: Period) -> Period:
        """The period from the first to the last day with sittings inside it; itself when there is none."""
        scope = scope_of(actor)
        async with self._database.read() as reader:
            return await narrowed(reader, period, scope)


async def read_summary(
    reader: Reader, period: Period, scope: Scope, now: datetime, zone: ZoneInfo, days: WorkingDays
) -> Summary:
    """The same inside a snapshot that is already open. `days`: the calendar of the place, for deadlines."""

    def upload_due(day: date) -> datetime:
        return due_after(SchoolStep.UPLOADED, day, days, zone)

    found = await aggregates.summary(reader, period, scope, now, zone, find_item, upload_due)
    return replace(found, schools=tuple(by_name(found.schools, lambda school: school.name)))


async def narrowed(reader: Reader, period: Period, scope: Scope) -> Period:
    ends = await findings.first_and_last_day(reader, period, scope)
    return period if ends is None else Period(*ends)
