"""A draw of 300 observers over 1 000 sittings, from the database to the stored proposal."""

import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from bot.app import App
from bot.domain.people import Account, Actor, Membership, MunicipalityId, Role, SchoolId
from bot.domain.plan import School, Sitting, SittingForm, SittingId
from bot.sandbox import Sandbox
from storage import consents, people, schools, sittings
from tests.running import settings_for

FIGURES = {"proposal_s": "propose 300 observers for 1 000 sittings of 60 schools by draw, with interests and remarks"}
SCHOOLS, SITTINGS, OBSERVERS = 60, 1000, 300
TIMES = 3


async def main() -> None:
    async with Sandbox.start() as sandbox:
        with tempfile.TemporaryDirectory() as folder:
            async with App.start(settings_for(sandbox, Path(folder))) as app:
                actor = await _fill(app)
                first = app.clock().date()
                seconds = []
                for _ in range(TIMES):
                    started = time.perf_counter()
                    proposal = await app.services.drawing.propose(actor, first, first + timedelta(days=40), app.clock())
                    seconds.append(time.perf_counter() - started)
                assert proposal is not None
                assert proposal.sittings == SITTINGS
                assert proposal.placed > SITTINGS // 2
    print(f"FIGURE proposal_s {statistics.median(seconds):.2f} s")


async def _fill(app: App) -> Actor:
    now = app.clock()
    async with app.database.transaction() as tx:
        boss = await people.add_person(tx, 1, "К", now)
        for number in range(SCHOOLS):
            await schools.save(tx, 1, School(SchoolId(0), f"СОШ № {number + 1}"), f"сош {number + 1}")
        for number in range(SITTINGS):
            day = now.date() + timedelta(days=1 + number % 20)
            school = SchoolId(1 + number % SCHOOLS)
            hour = now.time().replace(hour=8 + number % 5, minute=0, second=0, microsecond=0, tzinfo=None)
            sitting = Sitting(
                SittingId(0), school, "", f"{4 + number % 5}-{number}", 4, "Русский язык", day, 2, hour, "", 24,
                SittingForm.PAPER, 45,
            )  # fmt: skip
            await sittings.save(tx, sitting, now)
        for number in range(OBSERVERS):
            remark = "не могу по средам" if number % 7 == 0 else ""
            person = await people.add_person(tx, 1, "Н", now, remarks=remark)
            await people.grant(tx, person.id, Role.OBSERVER, 1, None, now, by=None)
            await consents.add_conflict(tx, person.id, 1 + number % SCHOOLS, "children", now, by=None)
        await schools.set_risk_years(tx, 3, [2025], "bench", now)
    return Actor(Account("tg", 1, 1), boss, (Membership(Role.COORDINATOR, MunicipalityId(1)),))
