"""From the summary down to an answer: every screen keeps the contract, every look has its scope."""

from pathlib import Path

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.ledger import GROUP_OF, LedgerGroup
from bot.domain.people import Role, SchoolId
from bot.domain.period import Period
from bot.domain.report.states import ReportState
from bot.domain.reporting import NoSuchReport
from bot.screens import drill
from bot.screens import summary as screens
from bot.services.looking import Looking
from bot.services.picturing import Picturing
from bot.services.summarising import Summarising
from bot.texts import drill as words
from storage.database import Database
from tests.generate import DAY, NOON, ZONE, Rows, Shape, coordinator, filled

TODAY = Period.day(DAY)


@pytest.fixture
async def town(tmp_path: Path):
    neighbour = Shape(schools=2, municipality=2, first_id=500)
    database, rows = await filled(tmp_path / "bot.db", 21, Shape(schools=30, violation=0.2, days=3), neighbour)
    yield database, rows
    await database.close()


def looking(database: Database, folder: Path) -> Looking:
    return Looking(database, ZONE, folder)


async def test_every_screen_keeps_the_contract(town: tuple[Database, Rows], tmp_path: Path):
    database, rows = town
    summarising, service, actor = Summarising(database, ZONE), looking(database, tmp_path), coordinator()
    summary = await summarising.summary(actor, TODAY, NOON)
    shown = [screens.card(summary, DAY, ZONE), screens.card(summary, DAY, ZONE, [DAY])]
    for page in range(12):
        shown.append(screens.schools(summary, DAY, page))
        shown.append(screens.violations(await summarising.violations(actor, TODAY), TODAY, DAY, page))
        shown.append(screens.awaited(await summarising.awaited(actor, TODAY), TODAY, DAY, ZONE, lambda _: 12, page))
    for school in summary.schools:
        day = await service.school_day(actor, school.school_id, DAY, NOON)
        assert day is not None
        assert day.school.reports == school.reports
        shown.append(drill.school_day(day, DAY, ZONE))
        shown.append(drill.history(await service.history(actor, school.school_id)))
    known = {row["id"] for row in rows["sitting"] if row["school_id"] < 500}
    for report in [row for row in rows["report"] if row["sitting_id"] in known and not row["training"]][:80]:
        sheet = await service.report(actor, report["number"])
        shown.append(drill.report(sheet, ZONE))
        shown += [drill.answers(sheet, page) for page in range(4)]
        shown += [drill.item(sheet, found.item, ZONE) for found in sheet.violations]
    assert [(screen.text[:60], faults) for screen in shown if (faults := screen.faults())] == []


async def test_violations_of_a_report_are_those_of_the_summary(town: tuple[Database, Rows], tmp_path: Path):
    database, _ = town
    service, actor = looking(database, tmp_path), coordinator()
    summary = await Summarising(database, ZONE).summary(actor, TODAY, NOON)
    found = 0
    for school in summary.schools:
        day = await service.school_day(actor, school.school_id, DAY, NOON)
        assert day is not None
        for work in day.works:
            for report in work.reports:
                if GROUP_OF[report.state] is LedgerGroup.RECEIVED:
                    found += report.violations
                    assert len((await service.report(actor, report.number)).violations) == report.violations
    assert found == summary.violations.total


async def test_history_adds_up_to_the_days(town: tuple[Database, Rows], tmp_path: Path):
    database, _ = town
    service, actor = looking(database, tmp_path), coordinator()
    history = await service.history(actor, SchoolId(3))
    assert [each.day for each in history.days] == sorted((each.day for each in history.days), reverse=True)
    for each in history.days:
        summary = await Summarising(database, ZONE).summary(actor, Period.day(each.day), NOON)
        school = next(school for school in summary.schools if school.school_id == 3)
        assert (each.works, each.received, each.plan) == (
            school.sittings.plan,
            school.observers.received,
            school.observers.plan,
        )


async def test_another_municipality_is_out_of_reach(town: tuple[Database, Rows], tmp_path: Path):
    database, rows = town
    service = looking(database, tmp_path)
    stranger = coordinator(municipality=2)
    own = next(row["number"] for row in rows["report"] if row["sitting_id"] < 50_000 and not row["training"])
    with pytest.raises(NoSuchReport):
        await service.report(stranger, own)
    assert await service.school_day(stranger, SchoolId(3), DAY, NOON) is None
    assert (await service.history(stranger, SchoolId(3))).days == []
    assert await Picturing(database, ZONE, "Б").school(stranger, SchoolId(3), DAY, NOON) is None


@pytest.mark.parametrize("allowed", [False, True])
async def test_a_school_reads_reports_when_the_settings_allow_it(
    town: tuple[Database, Rows], tmp_path: Path, allowed: bool
):
    database, rows = town
    service = Looking(database, ZONE, tmp_path, sees_reports=allowed)
    principal = coordinator(Role.PRINCIPAL, school=3)
    mine = {row["id"] for row in rows["sitting"] if row["school_id"] == 3}
    reports = [row for row in rows["report"] if row["sitting_id"] in mine and not row["training"]]
    open_ones = set()
    for row in reports:
        received = row["state"] in (ReportState.SUBMITTED, ReportState.VERIFIED)
        if row["kind"] == "observer" and not (allowed and received):
            with pytest.raises(NotAllowed):
                await service.report(principal, row["number"])
        else:
            open_ones.add(row["number"])
            await service.report(principal, row["number"])
    day = await service.school_day(principal, SchoolId(3), DAY, NOON)
    assert day is not None
    today = {work.sitting.id for work in day.works}
    sent = [r for r in reports if r["kind"] == "observer" and r["state"] in ("submitted", "verified")]
    text = drill.school_day(day, DAY, ZONE).text
    assert (words.HIDDEN in text) == (not allowed and any(r["sitting_id"] in today for r in sent))
    with pytest.raises(NotAllowed):
        await service.school_day(principal, SchoolId(4), DAY, NOON)
    summarising = Summarising(database, ZONE, sees_reports=allowed)
    listed = await summarising.violations(principal, Period(DAY.replace(day=1), DAY))
    assert {each.number for each in listed} <= open_ones
