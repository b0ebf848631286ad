"""What all sheets of one workbook share: the snapshot, the plan in its order, and how moments are shown."""

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.checklist import Checklist, Item
from bot.domain.checklist_file import load_checklist
from bot.domain.indicators import Indicator
from bot.domain.period import Period, Scope
from bot.domain.plan import Sitting
from bot.domain.summary import Summary
from bot.domain.table import Column, Kind, Value
from bot.domain.working_days import COUNTRY, WorkingDays
from bot.services.indicating import read_indicators
from bot.services.items import find_item
from bot.services.summarising import read_summary
from bot.texts import periods, zones
from bot.texts import workbook as words
from bot.texts.natural import by_name
from storage import counters, export_rows
from storage.clock import from_text, to_text
from storage.database import Reader
from storage.hotline import cases
from storage.sqlite import Row

PLACE = (
    Column(words.DATE, Kind.DATE, 11),
    Column(words.SCHOOL, Kind.TEXT, 20),
    Column(words.CLASS, Kind.TEXT, 8),
    Column(words.SUBJECT, Kind.TEXT, 20),
)


def place(sitting: Sitting) -> list[Value]:
    """The values of `PLACE`."""
    return [sitting.date, sitting.school_name, sitting.class_name, sitting.subject]


@dataclass(frozen=True)
class Source:
    """`reader` is one snapshot. `written` (title -> rows), `sums` («Итого») and `tallies` (title -> what a column says
    -> rows or the figure itself) fill up while the sheets are written.

    `counted`: the counters of these days, (what, state) -> count; None for schools alone. `link`: what a payload
    is added to for a link into the bot, «» when its address is not known. `hidden_schools`: the hotline's cases about
    them are not for whoever ordered the file; `hidden_cases`: how many that leaves out.
    """

    reader: Reader
    period: Period
    scope: Scope
    summary: Summary
    sittings: tuple[Sitting, ...]
    zone: ZoneInfo
    municipality: str
    made_by: str
    find_item: Callable[[str, str], Item | None]
    indicators: tuple[Indicator, ...] = ()
    counted: Mapping[tuple[str, str], int] | None = None
    link: str = ""
    days: WorkingDays = COUNTRY
    hidden_schools: frozenset[int] = frozenset()
    hidden_cases: int = 0
    written: dict[str, int] = field(default_factory=dict)
    sums: dict[str, dict[str, int | float]] = field(default_factory=dict)
    tallies: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    @cached_property
    def sitting(self) -> dict[int, Sitting]:
        return {sitting.id: sitting for sitting in self.sittings}

    @cached_property
    def checklist(self) -> Checklist:
        return load_checklist()

    def caption(self, title: str) -> str:
        return words.caption(title, periods.figures(self.period.first, self.period.last), self.municipality)

    @property
    def zone_name(self) -> str:
        return zones.named(self.zone.key, self.summary.at.astimezone(self.zone).utcoffset() or timedelta())

    @property
    def now_text(self) -> str:
        """The moment of the snapshot as the database writes it."""
        return to_text(self.summary.at)

    def moment(self, moment: datetime | None) -> datetime | None:
        """An instant as local wall-clock time without its zone."""
        return None if moment is None else moment.astimezone(self.zone).replace(tzinfo=None, second=0, microsecond=0)

    def local(self, text: str | None) -> datetime | None:
        """A stored instant as local wall-clock time without its zone: what a cell can hold."""
        return None if text is None else self.moment(from_text(text))

    async def reports(self) -> AsyncIterator[list[Row]]:
        """Every report of the ledger, by day, school and lesson, a chunk at a time."""
        async for chunk in export_rows.reports_by_chunk(self.reader, [sitting.id for sitting in self.sittings]):
            yield chunk


def moments(period: Period, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When the first of these days begins and the last one is over."""
    since = datetime.combine(period.first, time(), tzinfo=zone)
    until = datetime.combine(period.last + timedelta(days=1), time(), tzinfo=zone)
    return since.astimezone(UTC), until.astimezone(UTC)


def in_order(sittings: list[Sitting]) -> tuple[Sitting, ...]:
    """By day, school, lesson and class: as a person reads a schedule."""
    school = _ranks(sitting.school_name for sitting in sittings)
    class_ = _ranks(sitting.class_name for sitting in sittings)

    def place(sitting: Sitting) -> tuple[Any, ...]:
        at = sitting.starts_at.isoformat() if sitting.starts_at else ""
        return (
            sitting.date,
            school[sitting.school_name],
            at,
            sitting.lesson or 0,
            class_[sitting.class_name],
            sitting.id,
        )

    return tuple(sorted(sittings, key=place))


def _ranks(names: Iterable[str]) -> dict[str, int]:
    return {name: rank for rank, name in enumerate(by_name(set(names), str))}


async def read_source(
    reader: Reader,
    period: Period,
    scope: Scope,
    at: datetime,
    zone: ZoneInfo,
    municipality: str,
    made_by: str,
    link: str = "",
    days: WorkingDays = COUNTRY,
    hidden_schools: frozenset[int] = frozenset(),
) -> Source:
    """`reader` must be a snapshot: whatever is read later from the source is of the same moment."""
    summary = await read_summary(reader, period, scope, at, zone, days)
    accepted = await cases.accepted_between(reader, *moments(period, zone)) if hidden_schools else []
    return Source(
        reader,
        period,
        scope,
        summary,
        in_order(await export_rows.sittings_within(reader, period, scope)),
        zone,
        municipality,
        made_by,
        find_item,
        tuple(await read_indicators(reader, summary, scope, zone)),
        await counters.totals(reader, period, scope) if scope.schools is None else None,
        link,
        days,
        hidden_schools,
        sum(case.school_id in hidden_schools for case in accepted),
    )
