"""Attempts at the test of a course; the first answer to a question counts."""

from datetime import datetime

from storage.clock import to_text
from storage.database import Reader, Transaction


async def begin(tx: Transaction, person_id: int, course: str, now: datetime) -> int:
    """The attempt in hand, or a new one."""
    held = await tx.fetch_value(
        "SELECT id FROM course_attempt WHERE person_id = :person AND course = :course AND finished_at IS NULL"
        " ORDER BY id DESC LIMIT 1",
        person=person_id,
        course=course,
    )
    if held is not None:
        return int(held)
    return int(
        await tx.fetch_value(
            "INSERT INTO course_attempt (person_id, course, begun_at) VALUES (:person, :course, :at) RETURNING id",
            person=person_id,
            course=course,
            at=to_text(now),
        )
    )


async def open_attempt(reader: Reader, attempt_id: int, person_id: int, course: str) -> dict[int, int] | None:
    """Question → choice of an unfinished attempt of this person at this version; None when there is none such."""
    held = await reader.fetch_value(
        "SELECT 1 FROM course_attempt WHERE id = :id AND person_id = :person AND course = :course AND finished_at IS NULL",
        id=attempt_id,
        person=person_id,
        course=course,
    )
    if held is None:
        return None
    rows = await reader.fetch_all("SELECT question, choice FROM course_answer WHERE attempt_id = :id", id=attempt_id)
    return {row[0]: row[1] for row in rows}


async def answer(tx: Transaction, attempt_id: int, question: int, choice: int, now: datetime) -> None:
    await tx.execute(
        "INSERT INTO course_answer (attempt_id, question, choice, answered_at) VALUES (:id, :question, :choice, :at)"
        " ON CONFLICT (attempt_id, question) DO NOTHING",
        id=attempt_id,
        question=question,
        choice=choice,
        at=to_text(now),
    )


async def finish(tx: Transaction, attempt_id: int, right: int, passed: bool, now: datetime) -> None:
    await tx.execute(
        "UPDATE course_attempt SET finished_at = :at, right_count = :right, passed = :passed"
        " WHERE id = :id AND finished_at IS NULL",
        id=attempt_id,
        at=to_text(now),
        right=right,
        passed=int(passed),
    )
