"""What coordinators decided about violations, and the versions of a report."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.checklist import AnswerValue
from bot.domain.reviewing import SentVersion
from bot.domain.summary import Review
from storage.clock import from_text, from_text_or_none, to_text
from storage.database import Reader, Transaction


@dataclass(frozen=True, slots=True)
class AnswerReview:
    value: AnswerValue
    comment: str
    review: Review
    note: str
    by: str
    at: datetime | None
    photos: int


async def of_answer(reader: Reader, number: int, item: str) -> AnswerReview | None:
    row = await reader.fetch_one(
        "SELECT a.value, a.comment, a.review, a.review_note, COALESCE(p.code, '') AS by_code, a.reviewed_at,"
        " (SELECT COUNT(*) FROM photo f WHERE f.report_number = a.report_number AND f.item = a.item"
        "  AND f.state IN ('pending', 'stored')) AS photos"
        " FROM answer a LEFT JOIN person p ON p.id = a.reviewed_by"
        " WHERE a.report_number = :number AND a.item = :item",
        number=number,
        item=item,
    )
    if row is None:
        return None
    return AnswerReview(
        AnswerValue(row["value"]),
        row["comment"],
        Review(row["review"]),
        row["review_note"],
        row["by_code"],
        from_text_or_none(row["reviewed_at"]),
        row["photos"],
    )


async def decide(
    tx: Transaction, number: int, item: str, seen: Review, version: int, review: Review, by: int, now: datetime
) -> bool:
    """False when it is not what the coordinator saw: decided by another, or said anew by the observer."""
    return bool(
        await tx.execute(
            "UPDATE answer SET review = :review, reviewed_by = :by, reviewed_at = :at"
            " WHERE report_number = :number AND item = :item AND value = 'no' AND review = :seen"
            " AND (SELECT version FROM report WHERE number = :number) = :version",
            review=review.value,
            by=by,
            at=to_text(now),
            number=number,
            item=item,
            seen=seen.value,
            version=version,
        )
    )


async def add_to_note(tx: Transaction, number: int, item: str, words: str, *, decided_by: int | None = None) -> bool:
    """Words go after what was written before: a decision, a question and its answer are all kept. Handled again, once.

    `decided_by`: only when this person's decision stands; False when it does not.
    """
    return bool(
        await tx.execute(
            "UPDATE answer SET review_note = CASE WHEN review_note = '' THEN :words"
            "  WHEN SUBSTR(char(10) || review_note, -LENGTH(:line)) = :line THEN review_note ELSE review_note || :line END"
            " WHERE report_number = :number AND item = :item AND (:by IS NULL OR reviewed_by = :by)",
            words=words,
            line=f"\n{words}",
            number=number,
            item=item,
            by=decided_by,
        )
    )


async def versions(reader: Reader, number: int) -> list[SentVersion]:
    """Every sending, the first one first."""
    rows = await reader.fetch_all(
        "SELECT v.version, v.content, v.reason, v.submitted_at, p.code FROM report_version v"
        " JOIN person p ON p.id = v.submitted_by WHERE v.report_number = :number ORDER BY v.version",
        number=number,
    )
    return [SentVersion(row[0], row[1], row[2], from_text(row[3]), row[4]) for row in rows]
