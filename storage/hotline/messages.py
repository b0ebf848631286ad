"""Sealed messages of a case and the history of its states. Texts are opened by the services, never here."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.hotline.case import Direction, Status
from bot.domain.hotline.life import Event
from storage.clock import from_text, to_text
from storage.database import Reader, Transaction
from storage.sqlite import Row


@dataclass(frozen=True, slots=True)
class SealedMessage:
    case_id: str
    seq: int
    direction: Direction
    sealed: bytes
    at: datetime
    person_id: int | None


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of a case's history."""

    at: datetime
    event: Event
    before: Status
    after: Status
    person_id: int | None
    detail: str


async def next_seq(reader: Reader, case_id: str) -> int:
    value = await reader.fetch_value(
        "SELECT COALESCE(MAX(seq), 0) + 1 FROM case_message WHERE case_id = :id", id=case_id
    )
    return int(value)


async def is_known(reader: Reader, source: str) -> bool:
    """Whether the update with this source was already worked into a case."""
    return await reader.fetch_value("SELECT 1 FROM case_message WHERE source = :source", source=source) is not None


async def add(
    tx: Transaction,
    case_id: str,
    seq: int,
    direction: Direction,
    sealed: bytes,
    now: datetime,
    *,
    person_id: int | None = None,
    source: str | None = None,
) -> bool:
    """False when a message of the same source is there already."""
    return (
        await tx.execute(
            "INSERT INTO case_message (case_id, seq, direction, sealed, person_id, source, at)"
            " VALUES (:case, :seq, :direction, :sealed, :person, :source, :at) ON CONFLICT DO NOTHING",
            case=case_id,
            seq=seq,
            direction=direction.value,
            sealed=sealed,
            person=person_id,
            source=source,
            at=to_text(now),
        )
        == 1
    )


async def of_case(reader: Reader, case_id: str) -> list[SealedMessage]:
    rows = await reader.fetch_all("SELECT * FROM case_message WHERE case_id = :id ORDER BY seq", id=case_id)
    return [_message(row) for row in rows]


async def get(reader: Reader, case_id: str, seq: int) -> SealedMessage | None:
    row = await reader.fetch_one("SELECT * FROM case_message WHERE case_id = :id AND seq = :seq", id=case_id, seq=seq)
    return None if row is None else _message(row)


async def last(reader: Reader, case_id: str, *directions: Direction) -> SealedMessage | None:
    names = {f"d{i}": direction.value for i, direction in enumerate(directions)}
    row = await reader.fetch_one(
        f"SELECT * FROM case_message WHERE case_id = :id AND direction IN ({', '.join(':' + name for name in names)})"
        " ORDER BY seq DESC LIMIT 1",
        id=case_id,
        **names,
    )
    return None if row is None else _message(row)


async def note_event(
    tx: Transaction,
    case_id: str,
    now: datetime,
    event: Event,
    before: Status,
    after: Status,
    *,
    person_id: int | None = None,
    detail: str = "",
    source: str | None = None,
) -> bool:
    """A line of history; False when the update with this source is in it already."""
    return (
        await tx.execute(
            "INSERT INTO case_event (case_id, at, event, before, after, person_id, detail, source)"
            " VALUES (:case, :at, :event, :before, :after, :person, :detail, :source) ON CONFLICT DO NOTHING",
            case=case_id,
            at=to_text(now),
            event=event.value,
            before=before.value,
            after=after.value,
            person=person_id,
            detail=detail,
            source=source,
        )
        == 1
    )


async def event_is_known(reader: Reader, source: str) -> bool:
    return await reader.fetch_value("SELECT 1 FROM case_event WHERE source = :source", source=source) is not None


async def history(reader: Reader, case_id: str) -> list[Happened]:
    rows = await reader.fetch_all("SELECT * FROM case_event WHERE case_id = :id ORDER BY id", id=case_id)
    return [
        Happened(
            from_text(row["at"]),
            Event(row["event"]),
            Status(row["before"]),
            Status(row["after"]),
            row["person_id"],
            row["detail"],
        )
        for row in rows
    ]


async def count_since(reader: Reader, case_id: str, direction: Direction, since: datetime) -> int:
    value = await reader.fetch_value(
        "SELECT COUNT(*) FROM case_message WHERE case_id = :id AND direction = :direction AND at >= :since",
        id=case_id,
        direction=direction.value,
        since=to_text(since),
    )
    return int(value)


def _message(row: Row) -> SealedMessage:
    return SealedMessage(
        row["case_id"], row["seq"], Direction(row["direction"]), row["sealed"], from_text(row["at"]), row["person_id"]
    )


async def first_unread(reader: Reader, case_id: str) -> int | None:
    """The first message of the writer after the case was opened last."""
    value = await reader.fetch_value(
        "SELECT MIN(seq) FROM case_message WHERE case_id = :id AND direction = 'in' AND at > COALESCE("
        " (SELECT MAX(at) FROM case_event WHERE case_id = :id AND event = 'open'), '')",
        id=case_id,
    )
    return None if value is None else int(value)


async def every_sealed(reader: Reader) -> list[Row]:
    """Rows of `case_id, seq, sealed` of all messages that still hold a text, notes among staff excepted."""
    return await reader.fetch_all(
        "SELECT case_id, seq, sealed FROM case_message WHERE direction <> 'note' AND sealed <> x''"
    )
