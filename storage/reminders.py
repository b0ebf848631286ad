"""Whom to remind of what, what has been reminded, and the rounds of «Напомнить всем»."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.reminding import Due, Watch
from bot.domain.report import ReportState
from storage import sittings
from storage.clock import from_text, to_text
from storage.database import Reader, Transaction

Mark = tuple[str, int, date, int]


@dataclass(frozen=True, slots=True)
class Round:
    """One press of «Напомнить всем»."""

    id: int
    asked_at: datetime
    reminded: int


async def watches(reader: Reader, first: date, last: date, zone: ZoneInfo) -> list[Watch]:
    """Expected reports of observers who still watch, about planned sittings of these days; training ones left out."""
    rows = await reader.fetch_all(
        f"SELECT {sittings.COLUMNS}, r.number, r.person_id, r.due_at, r.state AS report_state, a.arrival"
        f" {sittings.FROM} JOIN report r ON r.sitting_id = s.id AND r.kind = 'observer' AND r.training = 0"
        " JOIN assignment a ON a.sitting_id = s.id AND a.person_id = r.person_id AND a.ended_at IS NULL"
        " WHERE s.date BETWEEN :first AND :last AND s.state = 'planned'",
        first=first.isoformat(),
        last=last.isoformat(),
    )
    found = []
    for row in rows:
        sitting = sittings.from_row(row)
        begins = sitting.begins(zone)
        found.append(
            Watch(
                row["number"],
                row["person_id"],
                sitting.date,
                begins,
                begins + timedelta(minutes=sitting.duration_min),
                from_text(row["due_at"]),
                ReportState(row["report_state"]),
                row["arrival"],
            )
        )
    return found


async def reminded(reader: Reader, first: date, last: date) -> set[Mark]:
    rows = await reader.fetch_all(
        "SELECT rule, person_id, day, subject FROM reminder WHERE day BETWEEN :first AND :last",
        first=first.isoformat(),
        last=last.isoformat(),
    )
    return {(row[0], row[1], date.fromisoformat(row[2]), row[3]) for row in rows}


async def claim(tx: Transaction, dues: Iterable[Due], now: datetime) -> list[Due]:
    """Those of them that nobody has claimed before: to be sent in the same transaction."""
    asked = list(dues)
    rows = await tx.fetch_each(
        "INSERT INTO reminder (rule, person_id, day, subject, sent_at) VALUES (:rule, :person, :day, :subject, :at)"
        " ON CONFLICT (rule, person_id, day, subject) DO NOTHING RETURNING rule",
        [
            {
                "rule": due.rule.value,
                "person": due.person_id,
                "day": due.day.isoformat(),
                "subject": due.subject,
                "at": to_text(now),
            }
            for due in asked
        ],
    )
    return [due for due, row in zip(asked, rows, strict=True) if row is not None]


async def last_round(reader: Reader, municipality_id: int, day: date) -> Round | None:
    row = await reader.fetch_one(
        "SELECT id, asked_at, reminded FROM reminder_round WHERE municipality_id = :municipality AND day = :day"
        " ORDER BY id DESC LIMIT 1",
        municipality=municipality_id,
        day=day.isoformat(),
    )
    return None if row is None else Round(row[0], from_text(row[1]), row[2])


async def add_round(
    tx: Transaction, municipality_id: int, day: date, by: int, now: datetime, reminded_count: int
) -> int:
    round_id = await tx.next_numbers("reminder_round")
    await tx.execute(
        "INSERT INTO reminder_round (id, municipality_id, day, asked_by, asked_at, reminded)"
        " VALUES (:id, :municipality, :day, :by, :at, :count)",
        id=round_id,
        municipality=municipality_id,
        day=day.isoformat(),
        by=by,
        at=to_text(now),
        count=reminded_count,
    )
    return round_id


async def delivery(reader: Reader, prefix: str) -> list[tuple[int, str]]:
    """(person, state of the outbox) of every promise whose key goes on after `prefix:`."""
    rows = await reader.fetch_all(
        "SELECT recipient, state FROM outbox WHERE dedupe_key >= :from_key AND dedupe_key < :to_key ORDER BY id",
        from_key=f"{prefix}:",
        to_key=f"{prefix};",
    )
    return [(int(row[0].partition(":")[2]), row[1]) for row in rows if row[0].startswith("person:")]
