"""Numerators and denominators of the indicators, and the versions of their targets."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.hotline.case import Outcome
from bot.domain.indicators import Measured, Target
from bot.domain.people import Role
from bot.domain.period import Period, Scope
from bot.domain.summary import Summary
from storage.clock import from_text, to_text
from storage.database import Reader, Transaction
from storage.hotline import cases
from storage.scope import within
from storage.summary import ANSWERS, RECEIVED, REPORTS

Found = dict[str, Measured]
_RECEIVED = f"r.training = 0 AND r.state IN {RECEIVED}"
_ACT = f"{_RECEIVED} AND r.kind = 'observer'"
_BRIEFED_IN_TIME = (
    "EXISTS (SELECT 1 FROM instruction i JOIN instruction_reader w ON w.instruction_id = i.id WHERE i.day = s.date"
    " AND i.state = 'sent' AND i.kind = 'briefing' AND w.school_id = s.school_id AND w.withdrawn_at IS NULL"
    " AND w.read_at <= i.read_by)"
)


async def measured(reader: Reader, summary: Summary, scope: Scope, zone: ZoneInfo) -> Found:
    """What can be measured with the data there is. `reader` must be the snapshot of `summary`."""
    where, params = within(summary.period, scope)
    schools = len(summary.planned_schools)
    works = summary.sittings.plan - summary.sittings.cancelled
    acts = summary.observers.received
    observed = f"COUNT(DISTINCT s.id) {REPORTS} {_ACT} AND s.state = 'planned' AND {where}"
    found: Found = {
        "М1": Measured(summary.observed_schools, schools),
        "М2": Measured(await _count(reader, observed, params), works),
        "М3": Measured(*summary.risk_schools),
        "М6": Measured(summary.clean, acts),
        "М7": Measured(await _count(reader, f"COUNT(*) {ANSWERS} a.value = 'no' AND {_ACT} AND {where}", params), acts),
        "М9": Measured(*await _yes(reader, "А13", where, params), beside=await _yes(reader, "Д3", where, params)),
        "М19": await _not_parents(reader, where, params),
    }
    if summary.briefed.sent:
        briefed = f"COUNT(*) FROM sitting s CROSS JOIN school sc WHERE s.state = 'planned' AND {_BRIEFED_IN_TIME}"
        found["М5"] = Measured(await _count(reader, f"{briefed} AND {where}", params), works)
    for code, item in (("М8", "Е2"), ("М10", "А1")):
        yes, answered = await _schools_saying_yes(reader, item, where, params)
        if answered:
            found[code] = Measured(yes, schools, beside=(answered, schools))
    if scope.schools is None:
        found |= await _people(reader, scope)
        found |= await _hotline(reader, summary.period, summary.at, zone)
        found["М16"] = await _at_risk(reader, scope, summary.period.last.year)
    return found


async def _yes(reader: Reader, item: str, where: str, params: dict[str, Any]) -> tuple[int, int]:
    """«Да» of all answers of observers that say something."""
    row = await reader.fetch_one(
        "SELECT COALESCE(SUM(CASE WHEN a.value = 'yes' THEN 1 ELSE 0 END), 0), COUNT(*)"
        f" {ANSWERS} a.item = :item AND a.value <> 'na' AND {_ACT} AND {where}",
        item=item,
        **params,
    )
    assert row is not None
    return row[0], row[1]


async def _schools_saying_yes(reader: Reader, item: str, where: str, params: dict[str, Any]) -> tuple[int, int]:
    """Schools where somebody said «Да» and nobody «Нет», observers or the school itself; schools where it was answered."""
    rows = await reader.fetch_all(
        "SELECT s.school_id, SUM(CASE WHEN a.value = 'no' THEN 1 ELSE 0 END)"
        f" {ANSWERS} a.item = :item AND a.value <> 'na' AND s.state = 'planned' AND {_RECEIVED} AND {where}"
        " GROUP BY s.school_id",
        item=item,
        **params,
    )
    return sum(row[1] == 0 for row in rows), len(rows)


async def _not_parents(reader: Reader, where: str, params: dict[str, Any]) -> Measured:
    """Observers with an assignment who have no child or relative in that school, of all who have one."""
    row = await reader.fetch_one(
        "SELECT COUNT(*), COALESCE(SUM(parent), 0) FROM (SELECT a.person_id, MAX(CASE WHEN c.person_id IS NULL THEN 0 ELSE 1 END)"
        " AS parent FROM sitting s CROSS JOIN school sc CROSS JOIN assignment a LEFT JOIN conflict c"
        "  ON c.person_id = a.person_id AND c.school_id = s.school_id AND c.reason = 'children'"
        f" WHERE a.sitting_id = s.id AND a.ended_at IS NULL AND {where} GROUP BY a.person_id) AS each_one",
        **params,
    )
    assert row is not None
    return Measured(row[0] - row[1], row[0])


async def _people(reader: Reader, scope: Scope) -> Found:
    """Observers who are members now: trained; declared themselves, and no interest of theirs is known."""
    names = {f"m{n}": each for n, each in enumerate(sorted(scope.municipalities))}
    row = await reader.fetch_one(
        "SELECT COUNT(*), SUM(CASE WHEN p.trained_at IS NULL THEN 0 ELSE 1 END),"
        " SUM(CASE WHEN p.adult_at IS NULL THEN 0 ELSE 1 END),"
        " SUM(CASE WHEN p.adult_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM conflict c WHERE c.person_id = p.id)"
        "  THEN 1 ELSE 0 END)"
        " FROM person p WHERE p.removed_at IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.person_id = p.id"
        f"  AND m.role = :role AND m.revoked_at IS NULL AND m.municipality_id IN ({', '.join(':' + name for name in names)}))",
        role=Role.OBSERVER.value,
        **names,
    )
    assert row is not None
    registered, trained, declared, free = (value or 0 for value in row)
    return {"М4": Measured(trained, registered), "М11": Measured(free, declared)}


async def _hotline(reader: Reader, period: Period, now: datetime, zone: ZoneInfo) -> Found:
    """Of every message that was accepted, joined ones too; what came out of it is counted once, without joined ones."""
    days = (_midnight(period.first, zone), _midnight(period.last + timedelta(days=1), zone))
    answered = await cases.answered(reader, *days)
    found = await cases.accepted_between(reader, *days)
    closed = [case for case in found if case.is_over and case.merged_into is None]
    return {
        "М14": Measured(sum(answered.get(case.id, now) <= case.due_at for case in found), len(found)),
        "М15": Measured(sum(case.outcome is Outcome.CONFIRMED for case in closed), len(closed)),
    }


async def _at_risk(reader: Reader, scope: Scope, year: int) -> Measured:
    """Schools on a list of the latest year up to this one; beside it the list before that, and the change."""
    names = {f"m{n}": each for n, each in enumerate(sorted(scope.municipalities))}
    rows = await reader.fetch_all(
        "SELECT k.year, COUNT(DISTINCT k.school_id) FROM risk_mark k JOIN school sc ON sc.id = k.school_id"
        f" WHERE sc.municipality_id IN ({', '.join(':' + name for name in names)}) AND k.year <= :year"
        " GROUP BY k.year ORDER BY k.year DESC LIMIT 2",
        year=year,
        **names,
    )
    if len(rows) < 2:
        return Measured(rows[0][1] if rows else 0, 0)
    latest, before = rows[0][1], rows[1][1]
    return Measured(latest, 0, beside=(before, latest - before))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


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
