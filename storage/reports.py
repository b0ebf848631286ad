"""The ledger's rows: expected reports, their answers, every sending."""

from collections.abc import Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from bot.domain.checklist import Answer, AnswerValue, Form, ReportForm
from bot.domain.report import Report, ReportKind, ReportState, canonical_json, content_hash
from bot.domain.reporting import Listed
from storage import sittings
from storage.clock import from_text, from_text_or_none, to_text
from storage.database import Reader, Transaction
from storage.sqlite import Row

_TIMES = ("arrived_at", "started_at", "ended_at", "left_at", "opened_at", "touched_at", "submitted_at", "verified_at")
_COLUMNS = (
    "r.number, r.kind, r.sitting_id, r.person_id, r.due_at, r.state AS report_state, r.state_reason, r.checklist,"
    " r.checklist_version,"
    " r.form AS report_form, r.addons, r.training, r.revision, r.version, r.listed, r.present, r.entered_by, "
    + ", ".join(f"r.{name}" for name in _TIMES)
    + ", s.form AS sitting_form"
)
REPORT = f"SELECT {_COLUMNS} FROM report r JOIN sitting s ON s.id = r.sitting_id WHERE r.number = :number"
ANSWERS = "SELECT item, value, comment, happened_at, entered_at FROM answer WHERE report_number = :number"
_UPDATED = (
    "person_id", "state", "state_reason", "checklist", "checklist_version", "form", "addons", "revision", "version",
    "listed", "present", "entered_by", *_TIMES,
)  # fmt: skip


async def add(
    tx: Transaction,
    kind: ReportKind,
    sitting_id: int,
    person_id: int | None,
    due_at: datetime,
    form: ReportForm,
    now: datetime,
    *,
    training: bool = False,
    addons: Sequence[str] = (),
) -> int | None:
    """A new expected report; its number, or None when this sitting and person have one already."""
    held = await number_of(tx, kind, sitting_id, person_id)
    if held is not None:
        return None
    number = 1000 + await tx.next_numbers("report")
    await tx.execute(
        "INSERT INTO report (number, kind, sitting_id, person_id, due_at, form, addons, training, created_at)"
        " VALUES (:number, :kind, :sitting, :person, :due, :form, :addons, :training, :at)",
        number=number,
        kind=kind.value,
        sitting=sitting_id,
        person=person_id,
        due=to_text(due_at),
        form=form.value,
        addons=",".join(addons),
        training=int(training),
        at=to_text(now),
    )
    return number


async def number_of(reader: Reader, kind: ReportKind, sitting_id: int, person_id: int | None) -> int | None:
    """The report that is expected from this person (None: the school) about this sitting."""
    value = await reader.fetch_value(
        "SELECT number FROM report WHERE sitting_id = :sitting AND kind = :kind"
        " AND COALESCE(person_id, 0) = COALESCE(:person, 0)",
        sitting=sitting_id,
        kind=kind.value,
        person=person_id,
    )
    return None if value is None else int(value)


async def load(reader: Reader, number: int) -> Report | None:
    """With all its answers."""
    rows, answers = await reader.fetch_sets((REPORT, {"number": number}), (ANSWERS, {"number": number}))
    return from_rows(rows[0], answers) if rows else None


async def save(tx: Transaction, old: Report, new: Report) -> bool:
    """Store what differs; False when somebody changed the report since `old` was read (nothing is written then)."""
    if new is old:
        return True
    values: dict[str, Any] = {name: getattr(new, name) for name in _UPDATED}
    for name in _TIMES:
        values[name] = to_text(values[name]) if values[name] is not None else None
    values |= {"state": new.state.value, "form": new.form.value, "addons": ",".join(new.addons)}
    changed = await tx.execute(
        f"UPDATE report SET {', '.join(f'{name} = :{name}' for name in _UPDATED)}"
        " WHERE number = :number AND revision = :old_revision AND state = :old_state",
        **values,
        number=new.number,
        old_revision=old.revision,
        old_state=old.state.value,
    )
    if not changed:
        return False
    await tx.execute_many(
        "INSERT INTO answer (report_number, item, value, comment, happened_at, entered_at)"
        " VALUES (:number, :item, :value, :comment, :happened, :entered)"
        " ON CONFLICT (report_number, item) DO UPDATE SET value = :value, comment = :comment, happened_at = :happened,"
        " entered_at = :entered, review = '', review_note = '', reviewed_by = NULL, reviewed_at = NULL",
        [
            {
                "number": new.number,
                "item": code,
                "value": answer.value.value,
                "comment": answer.comment,
                "happened": to_text(answer.happened_at) if answer.happened_at else None,
                "entered": to_text(answer.entered_at),
            }
            for code, answer in new.answers.items()
            if old.answers.get(code) != answer
        ],
    )
    return True


async def set_free(tx: Transaction, number: int) -> None:
    """For a moment nobody's, so that two reports of a sitting can change places; the same unit must save it again."""
    await tx.execute("UPDATE report SET person_id = NULL WHERE number = :number", number=number)


async def keep_version(tx: Transaction, report: Report, reason: str, by: int, now: datetime) -> None:
    """What was sent, for ever. Sending the same version twice keeps the first."""
    await tx.execute(
        "INSERT INTO report_version (report_number, version, content, sha256, reason, submitted_at, submitted_by)"
        " VALUES (:number, :version, :content, :sha256, :reason, :at, :by)"
        " ON CONFLICT (report_number, version) DO NOTHING",
        number=report.number,
        version=report.version,
        content=canonical_json(report),
        sha256=content_hash(report),
        reason=reason,
        by=by,
        at=to_text(now),
    )


async def move_deadline(tx: Transaction, sitting_id: int, due_at: datetime) -> int:
    """The sitting changed its time: reports that were not sent get its new deadline."""
    return await tx.execute(
        "UPDATE report SET due_at = :due, revision = revision + 1 WHERE sitting_id = :sitting AND due_at <> :due"
        " AND state IN ('expected', 'opened', 'partial', 'returned')",
        sitting=sitting_id,
        due=to_text(due_at),
    )


async def of_person(
    reader: Reader, person_id: int, *, from_day: date, kind: ReportKind = ReportKind.OBSERVER
) -> list[Listed]:
    """A person's reports about planned sittings from a day on, by date and time."""
    return await _listed(
        reader,
        "r.person_id = :person AND r.kind = :kind AND s.date >= :first AND s.state = 'planned' AND r.state <> 'excused'",
        person=person_id,
        kind=kind.value,
        first=from_day.isoformat(),
    )


async def of_day(reader: Reader, day: date, *, states: Sequence[ReportState] | None = None) -> list[Listed]:
    """Reports expected about the sittings of a day, training ones left out; optionally in these states only."""
    where = "s.date = :day AND r.training = 0 AND s.state = 'planned'"
    if states is not None:
        where += f" AND r.state IN ({', '.join(repr(state.value) for state in states)})"
    return await _listed(reader, where, day=day.isoformat())


async def of_sitting(reader: Reader, sitting_id: int) -> list[Listed]:
    return await _listed(reader, "r.sitting_id = :sitting", sitting=sitting_id)


async def overdue(reader: Reader, now: datetime, limit: int = 500) -> list[int]:
    """Numbers of unsent reports whose deadline has passed."""
    rows = await reader.fetch_all(
        "SELECT number FROM report WHERE state IN ('expected', 'opened', 'partial') AND training = 0 AND due_at < :now"
        " LIMIT :limit",
        now=to_text(now),
        limit=limit,
    )
    return [row[0] for row in rows]


async def _listed(reader: Reader, where: str, **params: Any) -> list[Listed]:
    rows = await reader.fetch_all(
        f"SELECT {sittings.COLUMNS}, {_COLUMNS},"
        " (SELECT COUNT(*) FROM answer a WHERE a.report_number = r.number) AS answered"
        " FROM report r JOIN sitting s ON s.id = r.sitting_id JOIN school sc ON sc.id = s.school_id"
        f" WHERE {where} ORDER BY s.date, s.starts_at, s.lesson, s.class_name, r.number",
        **params,
    )
    return [Listed(from_rows(row, ()), sittings.from_row(row), row["answered"]) for row in rows]


def from_rows(row: Row, answers: Sequence[Row]) -> Report:
    """From a row of `REPORT` and the rows of `ANSWERS`."""
    return Report(
        number=row["number"],
        kind=ReportKind(row["kind"]),
        sitting_id=row["sitting_id"],
        person_id=row["person_id"],
        due_at=from_text(row["due_at"]),
        state=ReportState(row["report_state"]),
        state_reason=row["state_reason"],
        checklist=row["checklist"],
        checklist_version=row["checklist_version"],
        form=ReportForm(row["report_form"]),
        sitting_form=Form(row["sitting_form"]),
        addons=tuple(filter(None, row["addons"].split(","))),
        training=bool(row["training"]),
        revision=row["revision"],
        version=row["version"],
        answers=MappingProxyType(
            {
                a["item"]: Answer(
                    AnswerValue(a["value"]),
                    from_text(a["entered_at"]),
                    a["comment"],
                    from_text_or_none(a["happened_at"]),
                )
                for a in answers
            }
        ),
        listed=row["listed"],
        present=row["present"],
        entered_by=row["entered_by"],
        arrived_at=from_text_or_none(row["arrived_at"]),
        started_at=from_text_or_none(row["started_at"]),
        ended_at=from_text_or_none(row["ended_at"]),
        left_at=from_text_or_none(row["left_at"]),
        opened_at=from_text_or_none(row["opened_at"]),
        touched_at=from_text_or_none(row["touched_at"]),
        submitted_at=from_text_or_none(row["submitted_at"]),
        verified_at=from_text_or_none(row["verified_at"]),
    )
