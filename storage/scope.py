"""A period and a scope as the WHERE of a query over sittings: nothing outside them is ever read."""

from typing import Any

from bot.domain.period import Period, Scope

MOST_NAMED_DAYS = 62


def within(period: Period, scope: Scope) -> tuple[str, dict[str, Any]]:
    """A condition over `s` (sitting) and `sc` (school), and its parameters. An empty scope matches nothing.

    A few days are named one by one: for equality SQLite takes the index by date, for a range it may scan every sitting.
    """
    params: dict[str, Any] = {}
    if (period.last - period.first).days < MOST_NAMED_DAYS:
        days = _one_of("s.date", "d", [day.isoformat() for day in period], params)
    else:
        days = "s.date BETWEEN :first AND :last"
        params |= {"first": period.first.isoformat(), "last": period.last.isoformat()}
    conditions = ["sc.id = s.school_id", days]
    conditions.append(_one_of("sc.municipality_id", "m", sorted(scope.municipalities), params))
    if scope.schools is not None:
        conditions.append(_one_of("s.school_id", "k", sorted(scope.schools), params))
    return " AND ".join(conditions), params


def one_of(column: str, values: list[int], prefix: str = "v") -> tuple[str, dict[str, Any]]:
    """`column IN (…)` with its parameters; nothing matches an empty list. At most some thousand values."""
    params: dict[str, Any] = {}
    return _one_of(column, prefix, values, params), params


def _one_of(column: str, prefix: str, values: list[Any], params: dict[str, Any]) -> str:
    if not values:
        return "1 = 0"
    names = {f"{prefix}{number}": value for number, value in enumerate(values)}
    params |= names
    return f"{column} IN ({', '.join(f':{name}' for name in names)})"
