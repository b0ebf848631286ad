"""What happens beside the reports of a generated day: a memo for observers, messages to the hotline."""

from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from storage.clock import to_text

if TYPE_CHECKING:
    from tests.generate import Rows, Shape


def memo(rows: "Rows", random: Random, shape: "Shape", day: date, moment: datetime) -> None:
    """What observers read about the day: a sheet lists it, a summary does not count it."""
    number = day.toordinal() * 1000 + 500 + shape.municipality
    at = to_text(moment)
    rows.add(
        "instruction", id=number, kind="memo", title="Памятка", day=day.isoformat(), audience="{}", read_by=at,
        state="sent", created_at=at,
    )  # fmt: skip
    for n in range(1, shape.schools + 1):
        read = random.choice((None, at))
        rows.add(
            "instruction_reader", instruction_id=number, person_id=shape.first_id + n, school_id=shape.first_id + n,
            read_version=0 if read is None else 1, read_at=read, added_at=at,
        )  # fmt: skip


def cases(rows: "Rows", random: Random, shape: "Shape", noon: datetime) -> None:
    """Messages to the hotline on the days and around them; some are joined to the one before."""
    for number in range(1, shape.cases + 1):
        accepted = noon - timedelta(hours=random.randint(-12, 24 * shape.days + 24))
        joined = number > 1 and random.random() < 0.3
        status = "repeated" if joined else random.choice(("accepted", "in_work", "answered", "closed", "declined"))
        over = status in ("repeated", "closed", "declined")
        answered = accepted + timedelta(hours=random.randint(1, 60))
        rows.add(
            "hotline_case", id=f"{number:032x}", year=2026, number=number, level="hidden", channel="telegram", category=1,
            status=status, urgency="usual", outcome="confirmed" if status == "closed" else "",
            merged_into=f"{number - 1:032x}" if joined else None, accepted_at=to_text(accepted),
            due_at=to_text(accepted + timedelta(hours=30)), heard_at=to_text(accepted),
            answered_at=to_text(answered) if status in ("answered", "closed") else None,
            closed_at=to_text(answered) if over else None,
        )  # fmt: skip
