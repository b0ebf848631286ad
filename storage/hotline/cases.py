"""Cases of the hotline."""

from datetime import datetime
from typing import Any

from bot.domain.hotline.case import Case, CaseId, Category, Channel, Level, Outcome, Rating, Status, Urgency
from storage.clock import from_text, from_text_or_none, to_text
from storage.database import Reader, Transaction
from storage.sqlite import Row

COLUMNS = (
    "id, year, number, level, channel, category, school_id, status, urgency, outcome, rating, operator_id, merged_into,"
    " revision, accepted_at, due_at, answered_at, closed_at, heard_at, hold_reason, shredded_at,"
    " report_number, violation, decision"
)
_CHANGEABLE = frozenset(
    {
        "category",
        "school_id",
        "status",
        "outcome",
        "rating",
        "operator_id",
        "merged_into",
        "due_at",
        "answered_at",
        "closed_at",
        "heard_at",
        "hold_reason",
        "warned_at",
        "shredded_at",
        "report_number",
        "violation",
        "decision",
        "sitting_id",
    }
)


async def add(tx: Transaction, case: Case) -> bool:
    """Store a new case; False when it is there already (the same draft was sent twice)."""
    return (
        await tx.execute(
            "INSERT INTO hotline_case (id, year, number, level, channel, category, school_id, status, urgency,"
            " accepted_at, due_at, heard_at)"
            " VALUES (:id, :year, :number, :level, :channel, :category, :school, :status, :urgency,"
            " :accepted, :due, :accepted) ON CONFLICT (id) DO NOTHING",
            id=case.id,
            year=case.year,
            number=case.number,
            level=case.level.value,
            channel=case.channel.value,
            category=int(case.category),
            school=case.school_id,
            status=case.status.value,
            urgency=case.urgency.value,
            accepted=to_text(case.accepted_at),
            due=to_text(case.due_at),
        )
        == 1
    )


async def get(reader: Reader, case_id: str) -> Case | None:
    row = await reader.fetch_one(f"SELECT {COLUMNS} FROM hotline_case WHERE id = :id", id=case_id)
    return None if row is None else from_row(row)


async def by_number(reader: Reader, year: int, number: int) -> Case | None:
    row = await reader.fetch_one(
        f"SELECT {COLUMNS} FROM hotline_case WHERE year = :year AND number = :number", year=year, number=number
    )
    return None if row is None else from_row(row)


async def change(tx: Transaction, case: Case, **fields: Any) -> bool:
    """Set fields if nobody changed the case since it was read; False when somebody was faster."""
    assert fields.keys() <= _CHANGEABLE, fields.keys() - _CHANGEABLE
    values = {name: to_text(value) if isinstance(value, datetime) else value for name, value in fields.items()}
    sets = "".join(f", {name} = :{name}" for name in values)
    return (
        await tx.execute(
            f"UPDATE hotline_case SET revision = revision + 1{sets} WHERE id = :id AND revision = :revision",
            id=case.id,
            revision=case.revision,
            **values,
        )
        == 1
    )


async def listed(reader: Reader, statuses: tuple[Status, ...], *, limit: int, offset: int = 0) -> list[Case]:
    """Cases in one of the statuses: critical first, then the earliest due."""
    names = {f"s{i}": status.value for i, status in enumerate(statuses)}
    rows = await reader.fetch_all(
        f"SELECT {COLUMNS} FROM hotline_case WHERE status IN ({', '.join(':' + name for name in names)})"
        " ORDER BY CASE urgency WHEN 'critical' THEN 0 ELSE 1 END, due_at, number LIMIT :limit OFFSET :offset",
        limit=limit,
        offset=offset,
        **names,
    )
    return [from_row(row) for row in rows]


async def of_school_since(reader: Reader, school_id: int, since: datetime, *, but: str = "") -> list[Case]:
    rows = await reader.fetch_all(
        f"SELECT {COLUMNS} FROM hotline_case WHERE school_id = :school AND accepted_at >= :since AND id <> :but"
        " AND merged_into IS NULL ORDER BY accepted_at",
        school=school_id,
        since=to_text(since),
        but=but,
    )
    return [from_row(row) for row in rows]


async def joined_to(reader: Reader, case_id: str) -> list[Case]:
    """Cases that are answered by this one."""
    rows = await reader.fetch_all(f"SELECT {COLUMNS} FROM hotline_case WHERE merged_into = :id", id=case_id)
    return [from_row(row) for row in rows]


async def tied_to(reader: Reader, report_number: int) -> list[Case]:
    """Cases about the same thing as this report, by number."""
    rows = await reader.fetch_all(
        f"SELECT {COLUMNS} FROM hotline_case WHERE report_number = :report ORDER BY year, number", report=report_number
    )
    return [from_row(row) for row in rows]


async def accepted_between(reader: Reader, since: datetime, until: datetime) -> list[Case]:
    """In the order of their numbers."""
    rows = await reader.fetch_all(
        f"SELECT {COLUMNS} FROM hotline_case WHERE accepted_at >= :since AND accepted_at < :until ORDER BY year, number",
        since=to_text(since),
        until=to_text(until),
    )
    return [from_row(row) for row in rows]


async def answered(reader: Reader, since: datetime, until: datetime) -> dict[CaseId, datetime]:
    """When cases accepted in the period were answered or else closed; one that was joined to another, by that one."""
    rows = await reader.fetch_all(
        "WITH RECURSIVE chain (id, accepted_at, link) AS ("
        " SELECT id, accepted_at, id FROM hotline_case WHERE accepted_at >= :since AND accepted_at < :until"
        " UNION ALL SELECT chain.id, chain.accepted_at, c.merged_into FROM chain JOIN hotline_case c ON c.id = chain.link"
        "  WHERE c.merged_into IS NOT NULL)"
        " SELECT chain.id, chain.accepted_at, MIN(COALESCE(c.answered_at,"
        "  CASE WHEN c.merged_into IS NULL THEN c.closed_at END)) AS answered"
        " FROM chain JOIN hotline_case c ON c.id = chain.link GROUP BY chain.id, chain.accepted_at",
        since=to_text(since),
        until=to_text(until),
    )
    return {CaseId(row["id"]): from_text(max(row["answered"], row["accepted_at"])) for row in rows if row["answered"]}


async def every(reader: Reader, ids: list[str]) -> list[Case]:
    """The cases with these ids that exist."""
    found: list[Case] = []
    for start in range(0, len(ids), 500):
        names = {f"p{i}": value for i, value in enumerate(ids[start : start + 500])}
        marks = ", ".join(f":{name}" for name in names)
        rows = await reader.fetch_all(f"SELECT {COLUMNS} FROM hotline_case WHERE id IN ({marks})", **names)
        found.extend(from_row(row) for row in rows)
    return found


async def ids(reader: Reader) -> set[str]:
    return {row[0] for row in await reader.fetch_all("SELECT id FROM hotline_case")}


def from_row(row: Row) -> Case:
    return Case(
        CaseId(row["id"]),
        row["year"],
        row["number"],
        Level(row["level"]),
        Channel(row["channel"]),
        Category(row["category"]),
        row["school_id"],
        Status(row["status"]),
        Urgency(row["urgency"]),
        from_text(row["accepted_at"]),
        from_text(row["due_at"]),
        from_text(row["heard_at"]),
        Outcome(row["outcome"]) if row["outcome"] else None,
        Rating(row["rating"]) if row["rating"] else None,
        row["operator_id"],
        CaseId(row["merged_into"]) if row["merged_into"] else None,
        row["revision"],
        from_text_or_none(row["answered_at"]),
        from_text_or_none(row["closed_at"]),
        row["hold_reason"],
        from_text_or_none(row["shredded_at"]),
        row["report_number"],
        row["violation"],
        row["decision"] or b"",
    )
