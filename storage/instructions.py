"""Instructions: their versions in parts, their readers, what was signed."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from bot.domain.instruction import Audience, Instruction, InstructionKind, InstructionState, Part, Reader
from storage import instruction_schools
from storage.clock import from_text, from_text_or_none, to_text
from storage.database import Reader as DatabaseReader
from storage.database import Transaction


async def add(
    tx: Transaction,
    kind: InstructionKind,
    title: str,
    day: date,
    audience: Audience,
    read_by: datetime,
    parts: Sequence[Part],
    by: int,
    now: datetime,
) -> int:
    instruction_id = await tx.next_numbers("instruction")
    await tx.execute(
        "INSERT INTO instruction (id, kind, title, day, audience, read_by, created_by, created_at)"
        " VALUES (:id, :kind, :title, :day, :audience, :read_by, :by, :now)",
        id=instruction_id,
        kind=kind.value,
        title=title,
        day=day.isoformat(),
        audience=audience.value,
        read_by=to_text(read_by),
        by=by,
        now=to_text(now),
    )
    await save_parts(tx, instruction_id, 1, parts)
    return instruction_id


async def save_parts(tx: Transaction, instruction_id: int, version: int, parts: Sequence[Part]) -> None:
    """The parts of one version, replacing what a draft had."""
    await tx.execute(
        "DELETE FROM instruction_part WHERE instruction_id = :id AND version = :version",
        id=instruction_id,
        version=version,
    )
    await tx.execute_many(
        "INSERT INTO instruction_part (instruction_id, version, number, text, question, choices, correct, file_kind,"
        " file_id) VALUES (:id, :version, :number, :text, :question, :choices, :correct, :file_kind, :file_id)",
        [
            {
                "id": instruction_id,
                "version": version,
                "number": part.number,
                "text": part.text,
                "question": part.question,
                "choices": json.dumps(part.choices, ensure_ascii=False),
                "correct": part.correct,
                "file_kind": part.file_kind,
                "file_id": part.file_id,
            }
            for part in parts
        ],
    )


async def load(reader: DatabaseReader, instruction_id: int) -> Instruction | None:
    row = await reader.fetch_one("SELECT * FROM instruction WHERE id = :id", id=instruction_id)
    if row is None:
        return None
    return Instruction(
        row["id"],
        InstructionKind(row["kind"]),
        row["title"],
        date.fromisoformat(row["day"]),
        Audience(row["audience"]),
        from_text(row["read_by"]),
        InstructionState(row["state"]),
        row["version"],
        await parts(reader, instruction_id, row["version"]),
        row["created_by"],
        await instruction_schools.chosen(reader, instruction_id),
    )


async def parts(reader: DatabaseReader, instruction_id: int, version: int) -> tuple[Part, ...]:
    rows = await reader.fetch_all(
        "SELECT number, text, question, choices, correct, file_kind, file_id FROM instruction_part"
        " WHERE instruction_id = :id AND version = :version ORDER BY number",
        id=instruction_id,
        version=version,
    )
    return tuple(Part(r[0], r[1], r[2], tuple(json.loads(r[3])), r[4], r[5], r[6]) for r in rows)


async def set_audience(tx: Transaction, instruction_id: int, audience: Audience) -> bool:
    return bool(
        await tx.execute(
            "UPDATE instruction SET audience = :audience WHERE id = :id AND state = 'draft'",
            id=instruction_id,
            audience=audience.value,
        )
    )


async def mark_sent(tx: Transaction, instruction_id: int, now: datetime) -> bool:
    """False when it was sent before: the second click sends nothing."""
    return bool(
        await tx.execute(
            "UPDATE instruction SET state = 'sent', sent_at = :at WHERE id = :id AND state = 'draft'",
            id=instruction_id,
            at=to_text(now),
        )
    )


async def next_version(tx: Transaction, instruction_id: int, version: int, read_by: datetime) -> bool:
    """False when another coordinator edited it first. Everybody begins what they have to read anew, until `read_by`;
    whoever has not read it by then is told of anew."""
    changed = await tx.execute(
        "UPDATE instruction SET version = :next, read_by = :read_by, escalated_at = NULL"
        " WHERE id = :id AND version = :version",
        id=instruction_id,
        read_by=to_text(read_by),
        version=version,
        next=version + 1,
    )
    if changed:
        await tx.execute("UPDATE instruction_reader SET parts_seen = 0 WHERE instruction_id = :id", id=instruction_id)
    return bool(changed)


async def add_readers(
    tx: Transaction, instruction_id: int, wanted: Iterable[tuple[int, int | None, str]], now: datetime
) -> list[int]:
    """Of (person, school, works): the persons who were no readers before; who was taken off begins again. One hop."""
    rows = await tx.fetch_each(
        "INSERT INTO instruction_reader (instruction_id, person_id, school_id, works, added_at)"
        " VALUES (:id, :person, :school, :works, :at)"
        " ON CONFLICT (instruction_id, person_id) DO UPDATE SET withdrawn_at = NULL, school_id = :school, works = :works"
        " WHERE instruction_reader.withdrawn_at IS NOT NULL RETURNING person_id",
        [
            {"id": instruction_id, "person": person_id, "school": school_id, "works": works, "at": to_text(now)}
            for person_id, school_id, works in wanted
        ],
    )
    return [row[0] for row in rows if row is not None]


async def withdraw_reader(tx: Transaction, instruction_id: int, person_id: int, now: datetime) -> bool:
    """Not concerned any more: no reminder, not on any list of who has not read."""
    return bool(
        await tx.execute(
            "UPDATE instruction_reader SET withdrawn_at = :at WHERE instruction_id = :id AND person_id = :person"
            " AND withdrawn_at IS NULL",
            id=instruction_id,
            person=person_id,
            at=to_text(now),
        )
    )


async def change_works(tx: Transaction, instruction_id: int, person_id: int, old: str, new: str) -> bool:
    """False when somebody noted the change first."""
    return bool(
        await tx.execute(
            "UPDATE instruction_reader SET works = :new WHERE instruction_id = :id AND person_id = :person AND works = :old",
            id=instruction_id,
            person=person_id,
            old=old,
            new=new,
        )
    )


async def readers(reader: DatabaseReader, instruction_id: int, person_id: int | None = None) -> list[Reader]:
    """Those concerned now; of one person when given."""
    rows = await reader.fetch_all(
        "SELECT person_id, school_id, parts_seen, read_version, read_at, works FROM instruction_reader"
        " WHERE instruction_id = :id AND withdrawn_at IS NULL"
        f"{'' if person_id is None else ' AND person_id = :person'} ORDER BY person_id",
        id=instruction_id,
        person=person_id,
    )
    return [Reader(r[0], r[1], r[2], r[3], from_text_or_none(r[4]), r[5]) for r in rows]


async def one_reader(reader: DatabaseReader, instruction_id: int, person_id: int) -> Reader | None:
    return next(iter(await readers(reader, instruction_id, person_id)), None)


async def see_part(tx: Transaction, instruction_id: int, person_id: int, seen: int) -> None:
    """How far they are; never backwards."""
    await tx.execute(
        "UPDATE instruction_reader SET parts_seen = :seen WHERE instruction_id = :id AND person_id = :person"
        " AND parts_seen < :seen",
        id=instruction_id,
        person=person_id,
        seen=seen,
    )


async def acknowledge(
    tx: Transaction, instruction_id: int, version: int, person_id: int, sha256: str, now: datetime
) -> bool:
    """«Прочитано», once a version; from two copies of the message it is one."""
    first = await tx.execute(
        "UPDATE instruction_reader SET read_version = :version, read_at = :at"
        " WHERE instruction_id = :id AND person_id = :person AND read_version < :version",
        id=instruction_id,
        person=person_id,
        version=version,
        at=to_text(now),
    )
    if first:
        await tx.execute(
            "INSERT INTO acknowledgement (instruction_id, version, person_id, text_sha256, read_at)"
            " VALUES (:id, :version, :person, :sha256, :at) ON CONFLICT (instruction_id, version, person_id) DO NOTHING",
            id=instruction_id,
            version=version,
            person=person_id,
            sha256=sha256,
            at=to_text(now),
        )
    return bool(first)


async def open_ones(reader: DatabaseReader, from_day: date) -> list[int]:
    """Sent instructions about works that are still to come or of today."""
    rows = await reader.fetch_all(
        "SELECT id FROM instruction WHERE state = 'sent' AND day >= :day ORDER BY id", day=from_day.isoformat()
    )
    return [row[0] for row in rows]


async def latest(reader: DatabaseReader, kind: InstructionKind, before_id: int) -> int | None:
    value = await reader.fetch_value(
        "SELECT MAX(id) FROM instruction WHERE kind = :kind AND state = 'sent' AND id < :id",
        kind=kind.value,
        id=before_id,
    )
    return None if value is None else int(value)


async def of_person(reader: DatabaseReader, person_id: int, from_day: date) -> list[int]:
    rows = await reader.fetch_all(
        "SELECT i.id FROM instruction i JOIN instruction_reader r ON r.instruction_id = i.id"
        " WHERE r.person_id = :person AND r.withdrawn_at IS NULL AND i.state = 'sent' AND i.day >= :day ORDER BY i.day, i.id",
        person=person_id,
        day=from_day.isoformat(),
    )
    return [row[0] for row in rows]


async def escalate(tx: Transaction, instruction_id: int, now: datetime) -> bool:
    """False when the list was sent before."""
    return bool(
        await tx.execute(
            "UPDATE instruction SET escalated_at = :at WHERE id = :id AND escalated_at IS NULL",
            id=instruction_id,
            at=to_text(now),
        )
    )


async def assigned_observers(reader: DatabaseReader, day: date) -> list[tuple[int, int]]:
    """(person, sitting) of every assignment to a planned sitting of the day."""
    rows = await reader.fetch_all(
        "SELECT a.person_id, a.sitting_id FROM assignment a JOIN sitting s ON s.id = a.sitting_id"
        " WHERE s.date = :day AND s.state = 'planned' AND a.ended_at IS NULL ORDER BY a.person_id, s.starts_at, s.id",
        day=day.isoformat(),
    )
    return [(row[0], row[1]) for row in rows]


async def signed(reader: DatabaseReader, first: date, last: date) -> Iterable[tuple[str, ...]]:
    """Rows of the sheet of acquaintance: title, day, code, name, role's school, version, when read ('' = not)."""
    rows = await reader.fetch_all(
        "SELECT i.title, i.day, p.code, p.full_name, COALESCE(sc.short_name, '') AS school, r.read_version,"
        " COALESCE(r.read_at, '') AS read_at, i.kind FROM instruction i"
        " JOIN instruction_reader r ON r.instruction_id = i.id JOIN person p ON p.id = r.person_id"
        " LEFT JOIN school sc ON sc.id = r.school_id"
        " WHERE i.state = 'sent' AND r.withdrawn_at IS NULL AND i.day BETWEEN :first AND :last ORDER BY i.day, i.id, p.code",
        first=first.isoformat(),
        last=last.isoformat(),
    )
    return [tuple(str(value) for value in row) for row in rows]
