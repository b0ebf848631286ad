"""`doctor`: every obstacle on its own line with its remedy, nothing created by looking, no secret shown."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.cli.checks import Finding, look_at, now
from bot.cli.doctor import report
from bot.sandbox import Sandbox
from bot.settings import Settings
from bot.texts import doctor as words
from storage import backup
from storage.database import Database
from storage.inspecting import inspect
from storage.migrating import migrate, migrations
from storage.sqlite import open_writer
from tests.running import settings_for

TODAY = date(2027, 4, 20)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox.start() as running:
        yield running


async def findings(settings: Settings) -> dict[str, Finding]:
    return {finding.title: finding for finding in await look_at(settings, now)}


async def database_with_a_sitting(path: Path, day: date) -> None:
    await migrate(path)
    database = await Database.open(path)
    try:
        async with database.transaction() as tx:
            await tx.execute("INSERT INTO municipality (id, name, timezone) VALUES (1, 'N', 'UTC')")
            await tx.execute("INSERT INTO school (id, municipality_id, short_name, name_key) VALUES (1, 1, 'S', 's')")
            await tx.execute(
                "INSERT INTO sitting (id, school_id, class_name, grade, subject, date, form, duration_min, created_at,"
                " changed_at) VALUES (1, 1, '5', 5, 'M', :day, 'paper', 45, '', '')",
                day=day.isoformat(),
            )
    finally:
        await database.close()


async def test_fresh_installation_lacks_the_schedule_only(sandbox: Sandbox, tmp_path: Path):
    folder = tmp_path / "data"
    found = await findings(settings_for(sandbox, folder))
    assert [title for title, finding in found.items() if not finding.ok] == [words.SCHEDULE]
    assert found[words.TOKEN].said == "@vpr_sandbox_bot"
    assert not folder.exists(), "looking creates nothing"


async def test_everything_ready(sandbox: Sandbox, tmp_path: Path):
    await database_with_a_sitting(tmp_path / "bot.db", now().date() + timedelta(days=1))
    await backup.make(tmp_path / "bot.db", tmp_path / "backups", now())
    found = await findings(settings_for(sandbox, tmp_path))
    assert all(finding.ok for finding in found.values()), found
    assert found[words.SCHEDULE].said.replace("\u00a0", " ") == "впереди 1 работа, 1 школа всего"


@pytest.mark.parametrize(("days", "said"), [(None, words.NO_BACKUPS), (3, "последняя")])
async def test_database_without_a_recent_copy(sandbox: Sandbox, tmp_path: Path, days: int | None, said: str):
    await migrate(tmp_path / "bot.db")
    if days is not None:
        await backup.make(tmp_path / "bot.db", tmp_path / "backups", now() - timedelta(days=days))
    found = (await findings(settings_for(sandbox, tmp_path)))[words.BACKUPS]
    assert not found.ok
    assert found.said.startswith(said)
    assert found.remedy == words.BACKUP_REMEDY


async def test_revoked_token(sandbox: Sandbox, tmp_path: Path):
    settings = settings_for(sandbox, tmp_path)
    sandbox.revoke_token()
    found = await findings(settings)
    assert (found[words.TOKEN].ok, found[words.TOKEN].said) == (False, words.REFUSED)
    assert found[words.REACH].ok


async def test_no_way_to_telegram_offers_proxy_and_own_server(tmp_path: Path):
    async with Sandbox.start() as gone:
        settings = settings_for(gone, tmp_path)
    found = await findings(settings)
    assert not any(found[title].ok for title in (words.TOKEN, words.REACH, words.CLOCK))
    assert found[words.REACH].remedy == words.REACH_REMEDY
    assert found[words.ZONE].ok


@pytest.mark.parametrize(("wrong_by", "said"), [(300, "спешат на 5 мин"), (-7500, "отстают на 2 ч")])
async def test_wrong_clock_is_measured_against_the_server(sandbox: Sandbox, tmp_path: Path, wrong_by: int, said: str):
    def wrong_clock() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=wrong_by)

    found = {finding.title: finding for finding in await look_at(settings_for(sandbox, tmp_path), wrong_clock)}
    assert (found[words.CLOCK].ok, found[words.CLOCK].said) == (False, said)


async def test_database_of_a_newer_program(sandbox: Sandbox, tmp_path: Path):
    await migrate(tmp_path / "bot.db")
    writer = await open_writer(tmp_path / "bot.db")
    await writer.run(f"PRAGMA user_version = {len(migrations()) + 1}")
    await writer.close_once()
    found = await findings(settings_for(sandbox, tmp_path))
    assert found[words.DATABASE].said == words.DATABASE_TOO_NEW


@pytest.mark.parametrize("content", [b"no database at all, but long enough to be looked at" * 40])
async def test_damaged_database(sandbox: Sandbox, tmp_path: Path, content: bytes):
    (tmp_path / "bot.db").write_bytes(content)
    found = await findings(settings_for(sandbox, tmp_path))
    assert found[words.DATABASE].said == words.DATABASE_DAMAGED
    assert (tmp_path / "bot.db").read_bytes() == content


async def test_inspection_counts_what_is_ahead(tmp_path: Path):
    await database_with_a_sitting(tmp_path / "bot.db", TODAY)
    assert (await inspect(tmp_path / "bot.db", TODAY)).sittings_ahead == 1
    assert (await inspect(tmp_path / "bot.db", TODAY + timedelta(days=1))).sittings_ahead == 0


def test_report_reads_as_in_the_guide(capsys: pytest.CaptureFixture[str]):
    report(
        [
            Finding("Токен бота", True, "@vpr_nsk_bot"),
            Finding("Доступ к Telegram", False, "нет ответа 10 с", ("Прокси",)),
        ]
    )
    assert capsys.readouterr().out.splitlines() == [
        " 1 Токен бота ......... OK  @vpr_nsk_bot",
        " 2 Доступ к Telegram .. FIX нет ответа 10 с",
        "     Прокси",
        "Итог: 1 OK, 1 исправить",
    ]
