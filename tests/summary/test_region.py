"""The region's screen: a button a municipality, and behind it the figures its own coordinator reads."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.people import Membership, MunicipalityId, Role
from bot.domain.period import Period
from bot.screens import figures
from bot.screens import summary as screens
from bot.services.summarising import Summarising
from storage.database import Database
from tests.generate import DAY, NOON, ZONE, Shape, coordinator, filled

TODAY = Period.day(DAY)
CHIEF = replace(
    coordinator(Role.REGIONAL),
    memberships=tuple(Membership(Role.REGIONAL, MunicipalityId(n), None) for n in range(1, 14)),
)


@pytest.fixture
async def region(tmp_path: Path):
    towns = [Shape(schools=2, municipality=n, first_id=500 * n) for n in range(2, 14)]
    database, _ = await filled(tmp_path / "bot.db", 5, Shape(schools=3), *towns)
    yield database
    await database.close()


async def test_every_municipality_opens_and_says_the_same(region: Database):
    summarising = Summarising(region, ZONE)
    told = await summarising.region(CHIEF, DAY)
    pages = [screens.region(told, DAY, page) for page in range(2)]
    assert [faults for page in pages if (faults := page.faults())] == []
    opened = [button.data for page in pages for row in page.rows for button in row if button.data.startswith("sv:m:")]
    assert sorted(int(data.rsplit(":", 1)[1]) for data in opened) == list(range(1, 14))
    whole = await summarising.summary(CHIEF, TODAY, NOON)
    for line in told.lines:
        summary = await summarising.summary(CHIEF, TODAY, NOON, of=line.municipality_id)
        assert (summary.sittings.plan, summary.violations.total) == (line.works, line.violations)
        assert summary.observers == line.observers
        own = await summarising.summary(coordinator(municipality=line.municipality_id), TODAY, NOON)
        shown = screens.municipality(summary, line.name, line.municipality_id, DAY, ZONE)
        assert shown.faults() == []
        assert set(figures.lines(own, live=False)) <= set(shown.text.split("\n"))
        assert screens.schools(summary, DAY, place=line.municipality_id).faults() == []
    assert sum(line.violations for line in told.lines) == whole.violations.total


async def test_a_coordinator_opens_no_other_municipality(region: Database):
    with pytest.raises(NotAllowed):
        await Summarising(region, ZONE).summary(coordinator(), TODAY, NOON, of=MunicipalityId(2))
