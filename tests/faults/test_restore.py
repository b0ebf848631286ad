"""An old copy is put in the place of the database: nothing is told twice, what was said since is asked again, all goes on."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import App
from bot.domain.report import ReportState
from bot.sandbox import Sandbox
from storage import backup
from storage.restoring import restore
from tests.city import City
from tests.faults.one_report import CODES, VIOLATED, one_report
from tests.running import bot_at

PATIENCE = 40


def messages(sandbox: Sandbox) -> int:
    return len(sandbox.journal.of("sendMessage", executed=True))


async def test_an_old_copy_tells_nothing_again_and_the_report_can_be_given_once_more(sandbox: Sandbox, tmp_path: Path):
    async with bot_at(sandbox, tmp_path) as running:
        report = await one_report(City(running))
        for code in CODES[:3]:
            await report.presses(f"a:{report.number}:{code}:yes")
        await report.handled()
        await running.app.schedule.tick()
        await running.settled()
        path = running.app.database.path
        copy = await backup.make(path, tmp_path / "old", datetime.now(UTC))
        await report.is_filled()
        await report.observer.sees(f"Отчёт {report.number} принят", timeout=PATIENCE)
        await running.settled()
        epoch = running.app.lease.epoch
    before = messages(sandbox)

    restored_at = datetime.now(UTC)
    restored = await restore(copy.path, path, restored_at)
    assert restored.kept is not None, "the replaced database is kept aside"
    assert restored.epoch > epoch
    async with bot_at(sandbox, tmp_path) as running:
        report.city = City(running)
        await running.app.schedule.tick()
        await running.settled()
        assert messages(sandbox) == before, "nothing that may have been told is told again"
        assert set((await report.stored()).answers) == set(CODES[:3])
        await report.presses(f"a:{report.number}:{CODES[3]}:yes")  # a button of the time nothing is known of
        await report.observer.sees("устарела", timeout=PATIENCE)
        await report.handled()
        while datetime.now(UTC) < restored_at + timedelta(seconds=1):  # messages bear whole seconds
            await sandbox.world.changes.next(0.05)
        report.has_a_fresh_card()
        await report.presses(f"rx:{report.number}")
        await report.handled()
        stored = await report.stored()
        assert (stored.state, stored.version) == (ReportState.PARTIAL, 0)
        assert set(stored.answers) == set(CODES[:3])
        await report.is_filled()
        await report.handled()
        await report.observer.sees(f"Отчёт {report.number} принят", timeout=PATIENCE)
        await report.boss.sees("лежали в учительской", timeout=PATIENCE)
        await running.settled()
        stored = await report.stored()
        assert (stored.state, stored.version) == (ReportState.SUBMITTED, 1)
        assert stored.answers[VIOLATED].comment == "лежали в учительской"
        received = set(await _update_ids(running.app))
        assert {update.id for update in sandbox.world.updates.ledger[-len(CODES) :]} <= received
        assert await report.count("SELECT COUNT(*) FROM inbox WHERE state <> 'done'") == 0


async def _update_ids(app: App) -> list[int]:
    async with app.database.read() as reader:
        return [row[0] for row in await reader.fetch_all("SELECT update_id FROM inbox")]
