"""The demo: its day is worth looking at, and every phone on the page has its first screen."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from openpyxl import load_workbook

from bot.app import App
from bot.demo.running import demo
from bot.demo.town import Town
from bot.domain.report import ReportState
from bot.sandbox import Sandbox
from bot.texts import demo as words
from storage import reports, sittings
from tests.people import Phone, person

ROOT = Path(__file__).parents[1]


@dataclass
class Demo:
    sandbox: Sandbox
    app: App
    town: Town

    def phone(self, key: str) -> Phone:
        return person(self.sandbox, self.town.phones[key].name)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running() -> AsyncIterator[Demo]:
    async with demo() as (sandbox, app, town):
        work = asyncio.ensure_future(app.run())
        for phone in town.phones.values():
            sandbox.deeds.sends(phone, "/start")
        await app.handling.wait()
        yield Demo(sandbox, app, town)
        app.stop()
        await work


pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_today_has_works_before_during_and_after_now(running: Demo):
    now = running.app.clock()
    zone = running.app.settings.zone
    async with running.app.database.read() as reader:
        today = await sittings.of_day(reader, now.astimezone(zone).date())
    begins = [sitting.begins(zone) for sitting in today]
    minutes = [(now - moment).total_seconds() / 60 for moment in begins]
    assert any(passed > 45 for passed in minutes)
    assert any(0 < passed < 45 for passed in minutes)
    assert any(passed < 0 for passed in minutes)


async def test_reports_of_the_morning_are_in_every_stage(running: Demo):
    async with running.app.database.read() as reader:
        states = {
            listed.report.state
            for sitting in await sittings.of_day(
                reader, running.app.clock().astimezone(running.app.settings.zone).date()
            )
            for listed in await reports.of_sitting(reader, sitting.id)
        }
    assert states >= {ReportState.EXPECTED, ReportState.OPENED, ReportState.PARTIAL, ReportState.SUBMITTED}


@pytest.mark.parametrize(
    ("key", "screen"),
    [
        ("observer", "Вы — наблюдатель Н-001"),
        ("school", "Вы — школьный координатор Ш-001"),
        ("parent", "Кто вы?"),
        ("coordinator", "Вы — муниципальный координатор К-001"),
        ("operator", "Вы — оператор горячей линии О-001"),
        ("principal", "Вы — руководитель школы Р-001"),
    ],
)
async def test_every_phone_shows_its_first_screen(running: Demo, key: str, screen: str):
    await running.phone(key).sees(screen)


async def test_observer_can_begin_at_once(running: Demo):
    observer = running.phone("observer")
    await observer.taps("На месте, начать отчёт")
    await observer.sees("Отвечено 0 из 12")


async def test_coordinator_has_a_summary_and_a_workbook_with_something_in_them(running: Demo):
    coordinator = running.phone("coordinator")
    await coordinator.sees("Критично · СОШ № 7")
    await coordinator.sends("сводка")
    await coordinator.sees(re.compile(r"Отчёты: [1-9]\d* из \d+"))
    await coordinator.sends("эксель за сегодня")
    name, content = await coordinator.receives_document(timeout=60)
    assert name.endswith(".xlsx")
    assert len(load_workbook(BytesIO(content)).sheetnames) >= 3


async def test_guide_speaks_of_what_is_there(running: Demo):
    assert running.sandbox.world.guide == list(words.GUIDE)


async def test_demo_keeps_its_data_apart(running: Demo):
    assert running.app.settings.bot_proxy_url is None
    assert running.app.settings.database_path.parent == running.app.settings.data_dir


async def test_command_shows_the_page_and_ends_cleanly_on_ctrl_c(tmp_path: Path):
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path), "BOT_TOKEN": "wrong"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", cwd=tmp_path, env=environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    said = ""
    async with asyncio.timeout(60):
        while "http" not in said:
            said += (await process.stdout.readline()).decode()
    address = re.search(r"http://127\.0\.0\.1:\d+", said)
    assert address is not None
    async with aiohttp.ClientSession() as session, session.get(address[0]) as page:
        assert page.status == 200
        assert "<html" in await page.text()
    process.send_signal(signal.SIGINT)
    out, err = await asyncio.wait_for(process.communicate(), 120)
    assert process.returncode == 0, err.decode()
    assert err == b""
    assert "Демо остановлено" in out.decode()
    assert list(tmp_path.iterdir()) == []
