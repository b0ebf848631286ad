"""Answers counted for pictures: which were given in a school, how often an item was violated, which reports were late."""

from datetime import date

from bot.domain.checklist import AnswerValue
from bot.domain.grid import Told
from bot.domain.people import SchoolId
from bot.domain.period import Period, Scope
from storage.database import Reader
from storage.scope import within
from storage.summary import ANSWERS, RECEIVED, REPORTS

_RECEIVED = f"r.training = 0 AND r.kind = 'observer' AND r.state IN {RECEIVED}"


async def told(reader: Reader, period: Period, scope: Scope) -> list[Told]:
    """What received reports say, schools' own included: each school, item and answer once."""
    where, params = within(period, scope)
    rows = await reader.fetch_all(
        f"SELECT DISTINCT s.school_id, a.item, a.value {ANSWERS} r.training = 0 AND r.state IN {RECEIVED} AND {where}",
        **params,
    )
    return [(SchoolId(row[0]), row[1], AnswerValue(row[2])) for row in rows]


async def violated_items(reader: Reader, period: Period, scope: Scope) -> list[tuple[str, str, int]]:
    """(checklist, item, how many «Нет») of received reports."""
    where, params = within(period, scope)
    rows = await reader.fetch_all(
        f"SELECT r.checklist, a.item, COUNT(*) {ANSWERS} a.value = 'no' AND r.training = 0 AND r.state IN {RECEIVED} AND {where}"
        " GROUP BY r.checklist, a.item",
        **params,
    )
    return [(row[0], row[1], row[2]) for row in rows]


async def punctuality(reader: Reader, period: Period, scope: Scope) -> list[tuple[date, int, int]]:
    """(day, received in time, received late) of observers, by day."""
    where, params = within(period, scope)
    rows = await reader.fetch_all(
        "SELECT s.date, SUM(CASE WHEN r.submitted_at > r.due_at THEN 0 ELSE 1 END),"
        f" SUM(CASE WHEN r.submitted_at > r.due_at THEN 1 ELSE 0 END) {REPORTS} {_RECEIVED} AND {where}"
        " GROUP BY s.date ORDER BY s.date",
        **params,
    )
    return [(date.fromisoformat(row[0]), row[1], row[2]) for row in rows]
