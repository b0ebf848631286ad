"""The counters of a day equal the rows, whatever is done to them and in whatever order."""

import tempfile
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.people import MunicipalityId
from bot.domain.period import Period, Scope
from storage import counters
from storage.database import Transaction
from storage.summary import summary
from tests.generate import DAY, NOON, STATES, ZONE, Shape, filled

BOTH = Scope(frozenset({MunicipalityId(1), MunicipalityId(2)}))
# OR IGNORE: what the schema forbids, as two reports of one person about one sitting, does not happen.
DEEDS = (
    "UPDATE report SET state = :state WHERE number IN (SELECT number FROM report ORDER BY number LIMIT 1 OFFSET :n)",
    "UPDATE report SET training = 1 - training WHERE number IN (SELECT number FROM report ORDER BY number LIMIT 1 OFFSET :n)",
    "UPDATE OR IGNORE report SET kind = CASE kind WHEN 'school' THEN 'observer' ELSE 'school' END WHERE number IN"
    " (SELECT number FROM report WHERE person_id IS NULL ORDER BY number LIMIT 1 OFFSET :n)",
    "UPDATE answer SET value = :value WHERE report_number IN (SELECT number FROM report ORDER BY number LIMIT 1 OFFSET :n)"
    " AND item = 'Б6'",
    "DELETE FROM answer WHERE report_number IN (SELECT number FROM report ORDER BY number LIMIT 1 OFFSET :n)",
    "INSERT INTO answer (report_number, item, value, entered_at) SELECT number, 'А1', :value, created_at FROM report"
    " ORDER BY number LIMIT 1 OFFSET :n ON CONFLICT (report_number, item) DO UPDATE SET value = :value",
    "UPDATE sitting SET state = CASE state WHEN 'planned' THEN 'cancelled' ELSE 'planned' END WHERE id IN"
    " (SELECT id FROM sitting ORDER BY id LIMIT 1 OFFSET :n)",
    "UPDATE sitting SET date = :day WHERE id IN (SELECT id FROM sitting ORDER BY id LIMIT 1 OFFSET :n)",
    "UPDATE sitting SET school_id = (SELECT MAX(id) FROM school) WHERE id IN"
    " (SELECT id FROM sitting ORDER BY id LIMIT 1 OFFSET :n)",
    "UPDATE OR IGNORE report SET sitting_id = (SELECT MAX(id) FROM sitting) WHERE number IN"
    " (SELECT number FROM report ORDER BY number LIMIT 1 OFFSET :n)",
)


async def do(tx: Transaction, deed: int, random: Random) -> None:
    values = {
        "n": random.randrange(20),
        "state": random.choice(STATES),
        "value": random.choice(("yes", "no", "na")),
        "day": random.choice(("2026-04-22", "2026-04-23")),
    }
    sql = DEEDS[deed]
    await tx.execute(sql, **{name: value for name, value in values.items() if f":{name}" in sql})


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**6), deeds=st.lists(st.integers(0, len(DEEDS) - 1), max_size=25))
async def test_counters_follow_every_change(seed: int, deeds: list[int]):
    random = Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        database, _ = await filled(
            Path(folder) / "bot.db",
            seed,
            Shape(schools=2, violation=0.3),
            Shape(schools=1, municipality=2, first_id=500),
        )
        try:
            async with database.transaction() as tx:
                assert await counters.drift(tx) == {}
                await tx.execute("DELETE FROM photo")
            for deed in deeds:
                async with database.transaction() as tx:
                    await do(tx, deed, random)
            async with database.read(snapshot=True) as reader:
                assert await counters.drift(reader) == {}
                region = await counters.region(reader, DAY, BOTH)
                whole = await summary(reader, Period.day(DAY), BOTH, NOON, ZONE, lambda *_: None, lambda _: NOON)
            assert region.observers == whole.observers
            assert region.violations == whole.violations.total
            assert (region.works, region.cancelled) == (whole.sittings.plan, whole.sittings.cancelled)
        finally:
            await database.close()


async def test_a_recount_puts_right_what_somebody_broke(tmp_path: Path):
    database, _ = await filled(tmp_path / "bot.db", 3, Shape(schools=2))
    try:
        async with database.transaction() as tx:
            await tx.execute("UPDATE day_count SET count = count + 7 WHERE what = 'sitting'")
            await tx.execute("DELETE FROM day_count WHERE what = 'report:school'")
        async with database.transaction() as tx:
            assert await counters.recount(tx) > 0
        async with database.transaction() as tx:
            assert await counters.drift(tx) == {}
            assert await counters.recount(tx) == 0
    finally:
        await database.close()
