"""Indicators М1–М20: each against the generated rows, counted again in the plainest way."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.indicators import CODES, Indicator, Measured
from bot.domain.period import Period
from bot.screens.indicators import beside, shown
from bot.services.auditing import Auditing
from bot.services.indicating import Indicating
from storage.audit import Audit
from storage.clock import to_text
from storage.database import Database, Transaction
from tests.generate import DAY, NOON, ZONE, Rows, Shape, coordinator, filled
from tests.summary.oracle import RECEIVED, Oracle

DAYS = Period(DAY - timedelta(days=1), DAY)
SCHOOLS = 6
SHAPE = Shape(schools=SCHOOLS, days=3, full=1, violation=0.25, observer_share=0.5)
NEIGHBOUR = Shape(schools=2, days=2, full=1, municipality=2, first_id=500)
EARLIER, LATER = to_text(NOON - timedelta(hours=2)), to_text(NOON + timedelta(hours=2))


async def measured(database: Database) -> dict[str, Indicator]:
    found = await Indicating(database, Auditing(Audit(b"k" * 32)), ZONE).of(coordinator(), DAYS, NOON)
    assert [each.code for each in found] == list(CODES)
    return {each.code: each for each in found}


@pytest.mark.parametrize("seed", range(4))
async def test_shares_of_the_ledger_are_what_their_formulas_say(tmp_path: Path, seed: int):
    database, rows = await filled(tmp_path / "bot.db", seed, SHAPE, NEIGHBOUR)
    try:
        found = {code: each.measured for code, each in (await measured(database)).items()}
    finally:
        await database.close()
    truth = Plain(rows)
    works, schools = len(truth.works), len(truth.schools)
    assert found["М1"] == Measured(len(truth.schools & {truth.school_of[act] for act in truth.acts}), schools)
    assert found["М2"] == Measured(len(truth.works & {truth.sitting_of[act] for act in truth.acts}), works)
    assert found["М5"] == Measured(truth.briefed(), works)
    assert found["М6"] == Measured(truth.oracle.clean(), len(truth.acts))
    assert found["М7"] == Measured(sum(truth.said("no").values()), len(truth.acts))
    assert found["М9"] == Measured(*truth.yes("А13"), beside=truth.yes("Д3"))
    assert found["М8"] == truth.schools_saying_yes("Е2")
    assert found["М10"] == truth.schools_saying_yes("А1")


async def test_what_nobody_answered_is_not_measurable_yet(tmp_path: Path):
    database, _ = await filled(tmp_path / "bot.db", 1, Shape(schools=3, full=0))
    try:
        found = await measured(database)
    finally:
        await database.close()
    assert {code for code in CODES if found[code].measured is None} == {"М8", "М10", "М12", "М13", "М17", "М18", "М20"}
    assert shown(found["М9"]) == "нечего измерять"


async def test_people_hotline_and_lists(tmp_path: Path):
    database, _ = await filled(tmp_path / "bot.db", 1, Shape(schools=5, observer_share=1))
    try:
        async with database.transaction() as tx:
            await _people(tx)
            for number, case in enumerate(_CASES, 1):
                await _case(tx, number, *case)
            await tx.execute("DELETE FROM risk_mark")
            for year, schools in ((2024, 1), (2025, 4), (2026, 2)):
                for school in range(1, schools + 1):
                    await tx.execute(
                        "INSERT INTO risk_mark (school_id, year, source, added_at) VALUES (:school, :year, 'приказ', :at)",
                        school=school, year=year, at=EARLIER,
                    )  # fmt: skip
        found = await measured(database)
    finally:
        await database.close()
    assert found["М4"].measured == Measured(2, 4)
    assert found["М11"].measured == Measured(1, 3)
    assert found["М19"].measured == Measured(4, 5)
    assert found["М14"].measured == Measured(3, 5)
    assert found["М15"].measured == Measured(1, 2)
    assert found["М16"].measured == Measured(2, 0, beside=(4, -2))
    assert (found["М16"].value, shown(found["М16"])) == (2, "2")
    assert beside(found["М16"]) == "в прошлом списке 4, изменение −2"


# status, outcome, due, answered, closed
_CASES = (
    ("closed", "confirmed", LATER, EARLIER, EARLIER),
    ("closed", "not_confirmed", EARLIER, LATER, LATER),
    ("answered", "", LATER, EARLIER, None),
    ("in_work", "confirmed", LATER, None, None),
    ("in_work", "", EARLIER, None, None),
)


async def _case(
    tx: Transaction, number: int, status: str, outcome: str, due: str, answered: str | None, closed: str | None
) -> None:
    await tx.execute(
        "INSERT INTO hotline_case (id, year, number, level, channel, category, status, urgency, outcome, accepted_at, due_at,"
        " answered_at, closed_at, heard_at) VALUES (:id, 2026, :number, 'hidden', 'telegram', 1, :status, 'usual', :outcome,"
        " :at, :due, :answered, :closed, :at)",
        id=f"{number:032x}", number=number, status=status, outcome=outcome, at=EARLIER, due=due, answered=answered,
        closed=closed,
    )  # fmt: skip


async def _people(tx: Transaction) -> None:
    """Observers 1–5 of schools 1–5, the last one removed: two trained, three declared themselves, two with an interest."""
    for person in range(1, 6):
        await tx.execute(
            "INSERT INTO membership (person_id, role, municipality_id, granted_at) VALUES (:person, 'observer', 1, :at)",
            person=person, at=EARLIER,
        )  # fmt: skip
    await tx.execute("UPDATE person SET trained_at = :at WHERE id IN (1, 2, 5)", at=EARLIER)
    await tx.execute("UPDATE person SET adult_at = :at WHERE id IN (1, 2, 3, 5)", at=EARLIER)
    await tx.execute("UPDATE person SET removed_at = :at WHERE id = 5", at=EARLIER)
    for person, school, reason in ((2, 2, "children"), (3, 1, "relatives"), (4, 3, "children")):
        await tx.execute(
            "INSERT INTO conflict (person_id, school_id, reason, noted_at) VALUES (:person, :school, :reason, :at)",
            person=person, school=school, reason=reason, at=EARLIER,
        )  # fmt: skip


class Plain:
    """What the formulas speak of, from the rows that were written."""

    def __init__(self, rows: Rows) -> None:
        self.oracle = Oracle(rows, set(range(1, SCHOOLS + 1)), {day.isoformat() for day in DAYS})
        self.rows = rows
        self.sittings = {s["id"]: s for s in self.oracle.sittings if s["state"] == "planned"}
        self.works = set(self.sittings)
        self.schools = {sitting["school_id"] for sitting in self.sittings.values()}
        self.sitting_of = {report["number"]: report["sitting_id"] for report in self.oracle.received}
        self.school_of = {number: self.sittings[sitting]["school_id"] for number, sitting in self.sitting_of.items()}
        self.acts = {r["number"] for r in self.oracle.received if r["kind"] == "observer" and r["state"] in RECEIVED}

    def said(self, value: str, item: str | None = None) -> dict[int, int]:
        """Act -> how often."""
        counts: dict[int, int] = {}
        for each in self.oracle.answers:
            if each["report_number"] in self.acts and each["value"] == value and item in (None, each["item"]):
                counts[each["report_number"]] = counts.get(each["report_number"], 0) + 1
        return counts

    def yes(self, item: str) -> tuple[int, int]:
        yes, no = sum(self.said("yes", item).values()), sum(self.said("no", item).values())
        return yes, yes + no

    def schools_saying_yes(self, item: str) -> Measured:
        """Observers and schools alike."""
        told: dict[int, set[str]] = {}
        for each in self.oracle.answers:
            if each["item"] == item and each["value"] != "na":
                told.setdefault(self.school_of[each["report_number"]], set()).add(each["value"])
        return Measured(
            sum(each == {"yes"} for each in told.values()), len(self.schools), (len(told), len(self.schools))
        )

    def briefed(self) -> int:
        """Works whose school read the instruction about that day in time."""
        about = {each["id"]: each for each in self.rows["instruction"]}
        in_time = {
            (about[reader["instruction_id"]]["day"], reader["school_id"])
            for reader in self.rows["instruction_reader"]
            if reader["read_at"] and reader["read_at"] <= about[reader["instruction_id"]]["read_by"]
        }
        return sum((s["date"], s["school_id"]) in in_time for s in self.sittings.values())
