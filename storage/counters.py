"""The counters of a day, kept by triggers: read for a region, recounted at night."""

from collections import Counter, defaultdict
from datetime import date

from bot.domain.ledger import Ledger
from bot.domain.people import MunicipalityId
from bot.domain.period import Period, Scope
from bot.domain.region import MunicipalityLine, Region
from bot.domain.report.states import ReportState
from storage.database import Reader, Transaction
from storage.scope import one_of

_TRUE = {
    "sitting": (
        "SELECT sc.municipality_id, s.date AS day, 'sitting' AS what, s.state, COUNT(*) AS count FROM sitting s"
        " JOIN school sc ON sc.id = s.school_id GROUP BY sc.municipality_id, s.date, s.state"
    ),
    "report": (
        "SELECT sc.municipality_id, s.date AS day, 'report:' || r.kind AS what, r.state, COUNT(*) AS count FROM report r"
        " JOIN sitting s ON s.id = r.sitting_id JOIN school sc ON sc.id = s.school_id WHERE r.training = 0"
        " GROUP BY sc.municipality_id, s.date, r.kind, r.state"
    ),
    "violation": (
        "SELECT sc.municipality_id, s.date AS day, 'violation' AS what, '' AS state, COUNT(*) AS count FROM report r"
        " JOIN sitting s ON s.id = r.sitting_id JOIN school sc ON sc.id = s.school_id"
        " JOIN answer a ON a.report_number = r.number AND a.value = 'no'"
        " WHERE r.training = 0 AND r.state IN ('submitted', 'verified') GROUP BY sc.municipality_id, s.date"
    ),
}
Key = tuple[int, str, str, str]


async def region(reader: Reader, day: date, scope: Scope) -> Region:
    """Every municipality of the scope, in no particular order; one without works has zeros. Raises `LedgerUnbalanced`."""
    condition, params = one_of("m.id", sorted(scope.municipalities))
    rows = await reader.fetch_all(
        "SELECT m.id, m.name, c.what, c.state, c.count FROM municipality m LEFT JOIN day_count c"
        f" ON c.municipality_id = m.id AND c.day = :day WHERE {condition}",
        day=day.isoformat(),
        **params,
    )
    names: dict[int, str] = {}
    counts: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for municipality_id, name, what, state, count in rows:
        names[municipality_id] = name
        if what is not None:
            counts[municipality_id, what][state] += count
    return Region(day, tuple(_line(each, names[each], counts) for each in names))


async def totals(reader: Reader, period: Period, scope: Scope) -> dict[tuple[str, str], int]:
    """(what, state) -> count, over all days and municipalities of a scope that is not narrowed to schools."""
    condition, params = one_of("c.municipality_id", sorted(scope.municipalities))
    rows = await reader.fetch_all(
        "SELECT c.what, c.state, SUM(c.count) FROM day_count c"
        f" WHERE c.day BETWEEN :first AND :last AND {condition} GROUP BY c.what, c.state",
        first=period.first.isoformat(),
        last=period.last.isoformat(),
        **params,
    )
    return {(row[0], row[1]): row[2] for row in rows}


def _line(municipality_id: int, name: str, counts: dict[tuple[int, str], Counter[str]]) -> MunicipalityLine:
    works = counts[municipality_id, "sitting"]
    return MunicipalityLine(
        MunicipalityId(municipality_id),
        name,
        sum(works.values()),
        works["cancelled"],
        _ledger(counts[municipality_id, "report:observer"]),
        _ledger(counts[municipality_id, "report:school"]),
        counts[municipality_id, "violation"][""],
    )


def _ledger(counts: Counter[str]) -> Ledger:
    states = Counter({ReportState(state): count for state, count in counts.items() if count})
    return Ledger(sum(states.values()), states)


async def drift(reader: Reader) -> dict[Key, tuple[int, int]]:
    """Where a counter differs from the rows: key -> (counted, true). Empty when all is well."""
    held = {tuple(row[:4]): row[4] for row in await reader.fetch_all(_HELD) if row[4]}
    true = {tuple(row[:4]): row[4] for sql in _TRUE.values() for row in await reader.fetch_all(sql)}
    return {
        key: (held.get(key, 0), true.get(key, 0)) for key in held.keys() | true.keys() if held.get(key) != true.get(key)
    }


_HELD = "SELECT municipality_id, day, what, state, count FROM day_count"


async def recount(tx: Transaction) -> int:
    """Put right what differs; returns how many counters that were (0: the triggers did their work)."""
    wrong = await drift(tx)
    await tx.execute_many(
        "INSERT INTO day_count (municipality_id, day, what, state, count) VALUES (:place, :day, :what, :state, :count)"
        " ON CONFLICT (day, municipality_id, what, state) DO UPDATE SET count = :count",
        [
            {"place": place, "day": day, "what": what, "state": state, "count": true}
            for (place, day, what, state), (_, true) in wrong.items()
        ],
    )
    return len(wrong)
