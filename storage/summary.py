"""A period in numbers, from the ledger: a few aggregates that must be read inside one snapshot.

Tables are joined by CROSS JOIN from the sittings outwards: SQLite keeps that order, and without statistics it would
otherwise begin with every «Нет» ever given. In other engines it is an ordinary join.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.checklist import Item, Severity
from bot.domain.hotline.case import WAITS_FOR_STAFF
from bot.domain.ledger import EMPTY, Ledger
from bot.domain.people import SchoolId
from bot.domain.period import Period, Scope
from bot.domain.report.record import ReportKind
from bot.domain.report.states import ReportState
from bot.domain.summary import (
    NO_SITTINGS,
    NO_VIOLATIONS,
    Briefed,
    HotlineCounts,
    Lately,
    Review,
    SchoolSummary,
    SittingCounts,
    Summary,
    Uploads,
    ViolationCounts,
)
from storage.clock import to_text
from storage.database import Reader
from storage.scope import one_of, within

FindItem = Callable[[str, str], Item | None]  # name of the checklist, code of the item

RECEIVED = "('submitted', 'verified')"
REPORTS = "FROM sitting s CROSS JOIN school sc CROSS JOIN report r WHERE r.sitting_id = s.id AND"
ANSWERS = (
    "FROM sitting s CROSS JOIN school sc CROSS JOIN report r CROSS JOIN answer a"
    " WHERE r.sitting_id = s.id AND a.report_number = r.number AND"
)
LATELY = timedelta(hours=1)


async def summary(
    reader: Reader,
    period: Period,
    scope: Scope,
    now: datetime,
    zone: ZoneInfo,
    find_item: FindItem,
    upload_due: Callable[[date], datetime],
) -> Summary:
    """`reader` must be a snapshot. Schools come in no particular order. Raises `LedgerUnbalanced`.

    `upload_due`: until when the results of works of a day are to be uploaded.
    """
    where, params = within(period, scope)
    names = {
        row[0]: row[1] for row in await _all(reader, f"SELECT DISTINCT sc.id, sc.short_name {_SCHOOLS} {where}", params)
    }
    sittings = await _sittings(reader, where, params)
    ledgers = await _ledgers(reader, where, params)
    violations, own, returned = await _violations(reader, where, params, find_item)
    answers = await _by_school(reader, f"{ANSWERS} r.training = 0 AND r.state IN {RECEIVED} AND {where}", params)
    clean = await _by_school(reader, f"{REPORTS} {_CLEAN} AND {where}", params)
    photos = await _by_school(reader, f"{_PHOTOS} AND {where}", params)
    at_risk = await _at_risk(reader) if scope.risk else set()
    none = (EMPTY, EMPTY)
    return Summary(
        period,
        now,
        await _count(reader, f"{REPORTS} r.training = 0 AND {where}", params),
        tuple(
            SchoolSummary(
                SchoolId(school_id),
                name,
                school_id in at_risk,
                sittings.get(school_id, NO_SITTINGS),
                *ledgers.get(school_id, none),
                violations.get(school_id, NO_VIOLATIONS),
                own[school_id],
                answers.get(school_id, 0),
                clean.get(school_id, 0),
                photos.get(school_id, 0),
            )
            for school_id, name in names.items()
        ),
        await _lately(reader, where, params, now),
        await _count(reader, f"{REPORTS} r.training = 1 AND r.state IN {RECEIVED} AND {where}", params),
        returned,
        await _hotline(reader, period, now, zone) if scope.schools is None else None,
        await _uploads(reader, where, params, upload_due, now),
        await _briefed(reader, period, scope),
        await _arrivals(reader, where, params, zone) if period.one_day else (),
    )


_SCHOOLS = "FROM sitting s CROSS JOIN school sc WHERE"
_CLEAN = (
    f"r.training = 0 AND r.kind = 'observer' AND r.state IN {RECEIVED}"
    " AND NOT EXISTS (SELECT 1 FROM answer a WHERE a.report_number = r.number AND a.value = 'no')"
)
_PHOTOS = (
    "FROM sitting s CROSS JOIN school sc CROSS JOIN report r CROSS JOIN photo p WHERE r.sitting_id = s.id"
    " AND p.report_number = r.number AND p.state IN ('pending', 'stored') AND r.training = 0"
)


async def _sittings(reader: Reader, where: str, params: dict[str, Any]) -> dict[int, SittingCounts]:
    rows = await _all(
        reader,
        "SELECT school_id, COUNT(*), SUM(held), SUM(running), SUM(cancelled) FROM ("
        " SELECT school_id, cancelled, held, CASE WHEN cancelled + held = 0 THEN begun ELSE 0 END AS running FROM ("
        "  SELECT s.id, s.school_id, CASE WHEN s.state = 'cancelled' THEN 1 ELSE 0 END AS cancelled,"
        "   CASE WHEN s.state = 'cancelled' THEN 0 ELSE COALESCE(MAX("
        f"   CASE WHEN r.state IN {RECEIVED} OR r.ended_at IS NOT NULL OR e.step IS NOT NULL THEN 1 ELSE 0 END), 0)"
        "   END AS held,"
        "   COALESCE(MAX(CASE WHEN r.started_at IS NOT NULL OR b.step IS NOT NULL THEN 1 ELSE 0 END), 0) AS begun"
        "   FROM sitting s JOIN school sc ON sc.id = s.school_id"
        "   LEFT JOIN report r ON r.sitting_id = s.id AND r.training = 0"
        "   LEFT JOIN school_step e ON e.sitting_id = s.id AND e.step = 'ended'"
        "   LEFT JOIN school_step b ON b.sitting_id = s.id AND b.step = 'started'"
        f"  WHERE {where} GROUP BY s.id, s.school_id, s.state) AS each_one) AS told"
        " GROUP BY school_id",
        params,
    )
    return {
        school_id: SittingCounts(plan, held, running, plan - held - running - cancelled, cancelled)
        for school_id, plan, held, running, cancelled in rows
    }


async def _ledgers(reader: Reader, where: str, params: dict[str, Any]) -> dict[int, tuple[Ledger, Ledger]]:
    """School -> the ledger of its observers, that of the school itself."""
    counts: dict[tuple[int, str], Counter[ReportState]] = defaultdict(Counter)
    for school_id, kind, state, count in await _all(
        reader,
        f"SELECT s.school_id, r.kind, r.state, COUNT(*) {REPORTS} r.training = 0 AND {where}"
        " GROUP BY s.school_id, r.kind, r.state",
        params,
    ):
        counts[school_id, kind][ReportState(state)] += count

    def ledger(school_id: int, kind: ReportKind) -> Ledger:
        states = counts.get((school_id, kind.value), Counter())
        return Ledger(sum(states.values()), states)

    return {
        school_id: (ledger(school_id, ReportKind.OBSERVER), ledger(school_id, ReportKind.SCHOOL))
        for school_id in {school_id for school_id, _ in counts}
    }


async def _violations(
    reader: Reader, where: str, params: dict[str, Any], find_item: FindItem
) -> tuple[dict[int, ViolationCounts], Counter[int], int]:
    """Of received reports by school; how many of them schools told of themselves; how many stand in reports sent back."""
    found: dict[int, list[tuple[Severity, Review, int]]] = defaultdict(list)
    own: Counter[int] = Counter()
    returned = 0
    for school_id, kind, state, checklist, code, review, count in await _all(
        reader,
        f"SELECT s.school_id, r.kind, r.state, r.checklist, a.item, a.review, COUNT(*) {ANSWERS} a.value = 'no'"
        f" AND r.training = 0 AND r.state IN ('submitted', 'verified', 'returned') AND {where}"
        " GROUP BY s.school_id, r.kind, r.state, r.checklist, a.item, a.review",
        params,
    ):
        if state == ReportState.RETURNED:
            returned += count
            continue
        found[school_id].append((severity_of(find_item(checklist, code)), Review(review), count))
        if kind == ReportKind.SCHOOL:
            own[school_id] += count
    return {school_id: ViolationCounts.of(each) for school_id, each in found.items()}, own, returned


def severity_of(item: Item | None) -> Severity:
    """An item no checklist knows any more is shown as important rather than hidden."""
    return Severity.MAJOR if item is None else item.severity


async def _uploads(
    reader: Reader, where: str, params: dict[str, Any], upload_due: Callable[[date], datetime], now: datetime
) -> Uploads:
    rows = await _all(
        reader,
        "SELECT s.date, COUNT(*), COUNT(u.step) FROM sitting s CROSS JOIN school sc LEFT JOIN school_step u"
        f" ON u.sitting_id = s.id AND u.step = 'uploaded' WHERE s.state = 'planned' AND {where} GROUP BY s.date",
        params,
    )
    awaited = [(upload_due(date.fromisoformat(day)), works - done) for day, works, done in rows if works > done]
    return Uploads(
        sum(works for _, works, _ in rows),
        sum(done for _, _, done in rows),
        sum(count for due, count in awaited if due <= now),
        min((due.date() for due, _ in awaited if due > now), default=None),
    )


async def _lately(reader: Reader, where: str, params: dict[str, Any], now: datetime) -> Lately:
    since = {"since": to_text(now - LATELY), "now": to_text(now)} | params
    fresh = f"r.training = 0 AND r.state IN {RECEIVED} AND r.submitted_at > :since AND r.submitted_at <= :now"
    found = (
        f"a.value = 'no' AND r.training = 0 AND r.state IN {RECEIVED} AND r.submitted_at <= :now"
        " AND (r.submitted_at > :since OR a.entered_at > :since)"
    )
    return Lately(
        await _count(reader, f"{REPORTS} r.kind = 'observer' AND {fresh} AND {where}", since),
        await _count(reader, f"{ANSWERS} {found} AND {where}", since),
    )


async def _arrivals(reader: Reader, where: str, params: dict[str, Any], zone: ZoneInfo) -> tuple[tuple[int, int], ...]:
    """Reports of observers by the local hour of their first sending; hours of the day itself only, without gaps."""
    rows = await _all(
        reader,
        f"SELECT SUBSTR(r.submitted_at, 1, 16), s.date, COUNT(*) {REPORTS} r.training = 0 AND r.kind = 'observer'"
        f" AND r.state IN {RECEIVED} AND r.submitted_at IS NOT NULL AND {where} GROUP BY SUBSTR(r.submitted_at, 1, 16), s.date",
        params,
    )
    hours: Counter[int] = Counter()
    for minute, day, count in rows:
        local = datetime.fromisoformat(f"{minute}+00:00").astimezone(zone)
        if local.date().isoformat() == day:
            hours[local.hour] += count
    return tuple((hour, hours[hour]) for hour in range(min(hours), max(hours) + 1)) if hours else ()


async def _briefed(reader: Reader, period: Period, scope: Scope) -> Briefed:
    """School coordinators who have an instruction about a day with works of their school."""
    params: dict[str, Any] = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    where, more = one_of("p.municipality_id", sorted(scope.municipalities), prefix="m")
    if scope.schools is not None:
        condition, own = one_of("w.school_id", sorted(scope.schools))
        where, more = f"{where} AND {condition}", more | own
    row = await reader.fetch_one(
        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN w.read_at IS NULL THEN 0 ELSE 1 END), 0),"
        " COALESCE(SUM(CASE WHEN w.read_at <= i.read_by THEN 1 ELSE 0 END), 0)"
        " FROM instruction i CROSS JOIN instruction_reader w CROSS JOIN person p"
        " WHERE i.day BETWEEN :first AND :last AND i.kind = 'briefing' AND i.state = 'sent' AND w.instruction_id = i.id"
        " AND w.withdrawn_at IS NULL AND p.id = w.person_id AND EXISTS (SELECT 1 FROM sitting s WHERE s.date = i.day"
        f"  AND s.school_id = w.school_id AND s.state = 'planned') AND {where}",
        **params,
        **more,
    )
    assert row is not None
    return Briefed(*row)


async def _hotline(reader: Reader, period: Period, now: datetime, zone: ZoneInfo) -> HotlineCounts:
    """Counts only: nothing of a case but its state and its times."""
    waiting = ", ".join(f"'{status.value}'" for status in sorted(WAITS_FOR_STAFF))
    row = await reader.fetch_one(
        "SELECT COALESCE(SUM(CASE WHEN accepted_at >= :since AND accepted_at < :until THEN 1 ELSE 0 END), 0),"
        f" COALESCE(SUM(CASE WHEN status IN ({waiting}) THEN 1 ELSE 0 END), 0),"
        f" COALESCE(SUM(CASE WHEN status IN ({waiting}) AND due_at < :now THEN 1 ELSE 0 END), 0) FROM hotline_case",
        since=to_text(datetime.combine(period.first, time(), tzinfo=zone)),
        until=to_text(datetime.combine(period.last + timedelta(days=1), time(), tzinfo=zone)),
        now=to_text(now),
    )
    assert row is not None
    return HotlineCounts(*row)


async def _at_risk(reader: Reader) -> set[int]:
    return {row[0] for row in await reader.fetch_all("SELECT DISTINCT school_id FROM risk_mark")}


async def _by_school(reader: Reader, tables: str, params: dict[str, Any]) -> dict[int, int]:
    rows = await _all(reader, f"SELECT s.school_id, COUNT(*) {tables} GROUP BY s.school_id", params)
    return {row[0]: row[1] for row in rows}


async def _count(reader: Reader, tables: str, params: dict[str, Any]) -> int:
    return int(await reader.fetch_value(f"SELECT COUNT(*) {tables}", **params))


async def _all(reader: Reader, sql: str, params: dict[str, Any]) -> list[Any]:
    return await reader.fetch_all(sql, **params)
