"""Urgent signals."""

from datetime import datetime

from bot.domain.alert import Alert, AlertKind, AlertState
from storage.clock import from_text, from_text_or_none, to_text
from storage.database import Reader, Transaction
from storage.sqlite import Row

_SELECT = (
    "SELECT a.number, a.person_id, p.code, a.report_number, a.kind, a.text, a.raised_at, a.state, a.accepted_at,"
    " sc.short_name, s.class_name,"
    " (SELECT COUNT(*) FROM photo f WHERE f.alert_number = a.number AND f.state IN ('pending', 'stored')) AS photos"
    " FROM alert a JOIN person p ON p.id = a.person_id"
    " LEFT JOIN sitting s ON s.id = a.sitting_id LEFT JOIN school sc ON sc.id = s.school_id"
)


async def add(
    tx: Transaction,
    person_id: int,
    report_number: int | None,
    sitting_id: int | None,
    text: str,
    source: str,
    now: datetime,
) -> tuple[int, bool]:
    """(number, whether it is new). The same tap or message raises one alert only."""
    number = await tx.fetch_value("SELECT number FROM alert WHERE source = :source", source=source)
    if number is not None:
        return int(number), False
    fresh = await tx.next_numbers("alert")
    await tx.execute(
        "INSERT INTO alert (number, report_number, sitting_id, person_id, text, raised_at, source)"
        " VALUES (:number, :report, :sitting, :person, :text, :at, :source)",
        number=fresh,
        report=report_number,
        sitting=sitting_id,
        person=person_id,
        text=text,
        source=source,
        at=to_text(now),
    )
    return fresh, True


async def alert(reader: Reader, number: int) -> Alert | None:
    row = await reader.fetch_one(f"{_SELECT} WHERE a.number = :number", number=number)
    return None if row is None else _alert(row)


async def unanswered(reader: Reader, person_id: int, sitting_id: int | None, since: datetime) -> int | None:
    """The newest signal of a person about this work that nobody has taken up: taps in a row belong to it."""
    value = await reader.fetch_value(
        "SELECT number FROM alert WHERE person_id = :person AND sitting_id IS :sitting AND state = 'raised'"
        " AND raised_at > :since ORDER BY number DESC LIMIT 1",
        person=person_id,
        sitting=sitting_id,
        since=to_text(since),
    )
    return None if value is None else int(value)


async def set_kind(tx: Transaction, number: int, kind: AlertKind) -> bool:
    """False when it was this kind already."""
    return bool(
        await tx.execute(
            "UPDATE alert SET kind = :kind WHERE number = :number AND kind <> :kind", number=number, kind=kind.value
        )
    )


async def add_text(tx: Transaction, number: int, text: str) -> None:
    """Append what the person writes, a line each time; words that are there already are not said twice."""
    said = await tx.fetch_value("SELECT text FROM alert WHERE number = :number", number=number)
    if f"\n{text}\n" not in f"\n{said}\n":
        text = f"{said}\n{text}" if said else text
        await tx.execute("UPDATE alert SET text = :text WHERE number = :number", number=number, text=text)


async def by_source(reader: Reader, source: str) -> int | None:
    """The signal that this tap or message raised."""
    value = await reader.fetch_value("SELECT number FROM alert WHERE source = :source", source=source)
    return None if value is None else int(value)


async def change_state(
    tx: Transaction, number: int, from_state: AlertState, to_state: AlertState, now: datetime, by: int | None
) -> bool:
    """False when somebody was faster."""
    return bool(
        await tx.execute(
            "UPDATE alert SET state = :to, accepted_by = :by, accepted_at = :at WHERE number = :number AND state = :from_",
            number=number,
            to=to_state.value,
            from_=from_state.value,
            by=by,
            at=to_text(now),
        )
    )


async def is_escalated(reader: Reader, number: int) -> bool:
    return bool(
        await reader.fetch_value("SELECT 1 FROM alert WHERE number = :n AND escalated_at IS NOT NULL", n=number)
    )


async def to_escalate(tx: Transaction, raised_before: datetime, now: datetime) -> list[Alert]:
    """Signals nobody has accepted for too long; each is returned once."""
    rows = await tx.fetch_all(
        "UPDATE alert SET escalated_at = :now WHERE state = 'raised' AND escalated_at IS NULL AND raised_at <= :before"
        " RETURNING number",
        now=to_text(now),
        before=to_text(raised_before),
    )
    found = [await alert(tx, row[0]) for row in rows]
    return [one for one in found if one is not None]


def _alert(row: Row) -> Alert:
    place = f"{row['short_name']} · {row['class_name']}" if row["short_name"] else ""
    return Alert(
        row["number"],
        row["person_id"],
        row["code"],
        row["report_number"],
        place,
        AlertKind(row["kind"]) if row["kind"] else None,
        row["text"],
        from_text(row["raised_at"]),
        AlertState(row["state"]),
        from_text_or_none(row["accepted_at"]),
        row["photos"],
    )
