"""A report with all that a screen about it needs, in one hop to the database's thread: every tap reads it."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.plan import Sitting
from bot.domain.report import Report
from storage import reports, sittings
from storage.clock import from_text_or_none
from storage.database import Reader

_SITTING = f"SELECT {sittings.COLUMNS} {sittings.FROM} JOIN report r ON r.sitting_id = s.id WHERE r.number = :number"
_PHOTOS = (
    "SELECT COUNT(*), COUNT(*) FILTER (WHERE state = 'stored') FROM photo"
    " WHERE report_number = :number AND state IN ('pending', 'stored')"
)
_STAGES = "SELECT stage, happened_at FROM report_stage WHERE report_number = :number"
_CLOSING = (
    "SELECT c.closed FROM day_closing c JOIN sitting s ON s.date = c.day JOIN report r ON r.sitting_id = s.id"
    " WHERE r.number = :number AND c.municipality_id = :municipality"
)


@dataclass(frozen=True, slots=True)
class ReportPage:
    """`photos`: kept, `photos_stored`: of them on the disk.

    `stages`: when each was, as the person said. `closed_by_hand`: None when only the clock decides.
    """

    report: Report
    sitting: Sitting
    photos: int
    photos_stored: int
    stages: dict[str, datetime | None]
    closed_by_hand: bool | None


async def load(reader: Reader, number: int, municipality_id: int) -> ReportPage | None:
    params = {"number": number}
    report, answers, sitting, photos, stages, closing = await reader.fetch_sets(
        (reports.REPORT, params),
        (reports.ANSWERS, params),
        (_SITTING, params),
        (_PHOTOS, params),
        (_STAGES, params),
        (_CLOSING, params | {"municipality": municipality_id}),
    )
    if not report:
        return None
    return ReportPage(
        reports.from_rows(report[0], answers),
        sittings.from_row(sitting[0]),
        photos[0][0],
        photos[0][1],
        {row["stage"]: from_text_or_none(row["happened_at"]) for row in stages},
        bool(closing[0][0]) if closing else None,
    )
