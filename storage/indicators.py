"""Numerators and denominators of the indicators, and the versions of their targets."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.indicators import Target
from bot.domain.people import Role
from bot.domain.period import Period, Scope
from bot.domain.summary import Summary
from storage.clock import from_text, to_text
from storage.database import Reader, Transaction
from storage.scope import within
from storage.summary import ANSWERS, RECEIVED, REPORTS

Parts = dict[str, tuple[int, int]]
_ACT = f"r.training = 0 AND r.kind = 'observer' AND r.state IN {RECEIVED}"


async def parts(reader: Reader, summary: Summary, scope: Scope, zone: ZoneInfo) -> Parts:
    """What can be measured with the data there is. `reader` must be the snapshot of `summary`."""
    where, params = within(summary.period, scope)
    found: Parts = {}
    schools = [school for school in summary.schools if school.sittings.plan > school.sittings.cancelled]
    acts = summary.observers.received
    found["М1"] = (sum(school.observed for school in schools), len(schools))
    found["М2"] = (
        await _count(reader, f"COUNT(DISTINCT s.id) {REPORTS} {_ACT} AND s.state = 'planned' AND {where}", params),
        summary.sittings.plan - summary.sittings.cancelled,
    )
    found["М3"] = summary.risk_schools
    if summary.briefed.sent:
        found["М5"] = (summary.briefed.in_time, summary.briefed.sent)
    found["М6"] = (summary.clean, acts)
    found["М7"] = (await _count(reader, f"COUNT(*) {ANSWERS} a.value = 'no' AND {_ACT} AND {where}", params), acts)
    found["М9"] = await _yes(reader, "А13", where, params)
    found["М10"] = await _schools_saying_yes(reader, "А1", where, params)
    found["М19"] = await _not_parents(reader, where, params)
    if scope.schools is None:
        found |= await _people(reader, scope)
        found |= await _hotline(reader, summary.period, summary.at, zone)
        found["М16"] = await _at_risk(reader, scope, summary.period.last.year)
    return found


async def _yes(reader: Reader, item: str, where: str, params: dict[str, Any]) -> tuple[int, int]:
    """«Да» of all answers that say something."""
    row = await reader.fetch_one(
        "SELECT COALESCE(SUM(CASE WHEN a.value = 'yes' THEN 1 ELSE 0 END), 0), COUNT(*)"
        f" {ANSWERS} a.item = :item AND a.value <> 'na' AND {_ACT} AND {where}",
        item=item,
        **params,
    )
    assert row is not None
    return row[0], row[1]


async def _schools_saying_yes(reader: Reader, item: str, where: str, params: dict[str, Any]) -> tuple[int, int]:
    """Schools where nobody said «Нет», of the schools where it was answered."""
    rows = await reader.fetch_all(
        "SELECT s.school_id, SUM(CASE WHEN a.value = 'no' THEN 1 ELSE 0 END)"
        f" {ANSWERS} a.item = :item AND a.value <> 'na' AND {_ACT} AND {where} GROUP BY s.school_id",
        item=item,
        **params,
    )
    return sum(row[1] == 0 for row in rows), len(rows)


async def _not_parents(reader: Reader, where: str, params: dict[str, Any]) -> tuple[int, int]:
    """Observers with an assignment who have no child or relative in that school, of all who have one."""
    row = await reader.fetch_one(
        "SELECT COUNT(*), COALESCE(SUM(parent), 0) FROM (SELECT a.person_id, MAX(CASE WHEN c.person_id IS NULL THEN 0 ELSE 1 END)"
        " AS parent FROM sitting s CROSS JOIN school sc CROSS JOIN assignment a LEFT JOIN conflict c"
        "  ON c.person_id = a.person_id AND c.school_id = s.school_id AND c.reason = 'children'"
        f" WHERE a.sitting_id = s.id AND a.ended_at IS NULL AND {where} GROUP BY a.person_id) AS each_one",
        **params,
    )
    assert row is not None
    return row[0] - row[1], row[0]


async def _people(reader: Reader, scope: Scope) -> Parts:
    """Observers who are members now: trained; declared themselves and named no interest."""
    names = {f"m{n}": each for n, each in enumerate(sorted(scope.municipalities))}
    row = await reader.fetch_one(
        "SELECT COUNT(*), SUM(CASE WHEN p.trained_at IS NULL THEN 0 ELSE 1 END),"
        " SUM(CASE WHEN p.adult_at IS NULL THEN 0 ELSE 1 END),"
        " SUM(CASE WHEN p.adult_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM conflict c WHERE c.person_id = p.id"
        "  AND c.reason = 'declared') THEN 1 ELSE 0 END)"
        " FROM person p WHERE p.removed_at IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.person_id = p.id"
        f"  AND m.role = :role AND m.revoked_at IS NULL AND m.municipality_id IN ({', '.join(':' + name for name in names)}))",
        role=Role.OBSERVER.value,
        **names,
    )
    assert row is not None
    registered, trained, declared, free = (value or 0 for value in row)
    return {"М4": (trained, registered), "М11": (free, declared)}


async def _hotline(reader: Reader, period: Period, now: datetime, zone: ZoneInfo) -> Parts:
    row = await reader.fetch_one(
        "SELECT COUNT(*), SUM(CASE WHEN COALESCE(answered_at, closed_at, :now) <= due_at THEN 1 ELSE 0 END),"
        " SUM(CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END), SUM(CASE WHEN outcome = 'confirmed' THEN 1 ELSE 0 END)"
        " FROM hotline_case WHERE accepted_at >= :since AND accepted_at < :until AND merged_into IS NULL",
        since=_midnight(period.first, zone),
        until=_midnight(period.last + timedelta(days=1), zone),
        now=to_text(now),
    )
    assert row is not None
    registered, in_time, closed, confirmed = (value or 0 for value in row)
    return {"М14": (in_time, registered), "М15": (confirmed, closed)}


async def _at_risk(reader: Reader, scope: Scope, year: int) -> tuple[int, int]:
    """Schools on a list of the latest year up to this one, and of the year before that."""
    names = {f"m{n}": each for n, each in enumerate(sorted(scope.municipalities))}
    rows = await reader.fetch_all(
        "SELECT k.year, COUNT(DISTINCT k.school_id) FROM risk_mark k JOIN school sc ON sc.id = k.school_id"
        f" WHERE sc.municipality_id IN ({', '.join(':' + name for name in names)}) AND k.year <= :year"
        " GROUP BY k.year ORDER BY k.year DESC LIMIT 2",
        year=year,
        **names,
    )
    counts = [row[1] for row in rows] + [0, 0]
    return counts[0], counts[1]


def _midnight(day: date, zone: ZoneInfo) -> str:
    return to_text(datetime.combine(day, time(), tzinfo=zone).astimezone(UTC))


async def _count(reader: Reader, select: str, params: dict[str, Any]) -> int:
    return int(await reader.fetch_value(f"SELECT {select}", **params))


async def targets(reader: Reader, municipality_id: int) -> dict[str, Target]:
    """The newest version of each."""
    rows = await reader.fetch_all(
        "SELECT t.code, t.value, t.version, t.set_at FROM indicator_target t WHERE t.municipality_id = :municipality"
        " AND t.version = (SELECT MAX(u.version) FROM indicator_target u WHERE u.municipality_id = t.municipality_id"
        "  AND u.code = t.code)",
        municipality=municipality_id,
    )
    return {row[0]: Target(row[1], row[2], from_text(row[3])) for row in rows}


async def set_target(
    tx: Transaction, municipality_id: int, code: str, value: float | None, now: datetime, *, by: int
) -> int:
    """A new version; returns its number."""
    version = await tx.fetch_value(
        "INSERT INTO indicator_target (municipality_id, code, version, value, set_at, set_by)"
        " SELECT :municipality, :code, COALESCE(MAX(version), 0) + 1, :value, :at, :by FROM indicator_target"
        " WHERE municipality_id = :municipality AND code = :code RETURNING version",
        municipality=municipality_id,
        code=code,
        value=value,
        at=to_text(now),
        by=by,
    )
    return int(version)
