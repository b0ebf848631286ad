"""`python -m bot run` as the administrator starts it: a process of its own against the local Bot API."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.sandbox import Sandbox

ROOT = Path(__file__).parents[1]
PATIENCE_SECONDS = 60


class Started:
    """A running process and what it has said so far."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.said = ""

    async def says(self, pattern: str) -> re.Match[str]:
        """Wait for it on either stream."""
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (found := re.search(pattern, self.said)) is None:
                line = await self.process.stdout.readline()
                assert line, f"it ended and never said {pattern}: {self.said}"
                self.said += line.decode()
        return found

    async def ends(self) -> int:
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE_SECONDS):
            self.said += (await self.process.stdout.read()).decode()
            return await self.process.wait()


@asynccontextmanager
async def run(sandbox: Sandbox, folder: Path, **settings: str) -> AsyncIterator[Started]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "BOT_TOKEN": sandbox.token,
        "BOT_API_ROOT": sandbox.root,
        "MUNICIPALITY": "Город Н",
        "TIMEZONE": "Asia/Novosibirsk",
        "DATA_DIR": str(folder),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=folder, env=environment | settings,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield Started(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox.start() as running:
        yield running


async def test_token_and_municipality_are_enough_for_the_first_answer(sandbox: Sandbox, tmp_path: Path):
    async with run(sandbox, tmp_path) as started:
        code = (await started.says(r"отправьте боту «старт (\d{4}-\d{4})» \(действует до \d\d:\d\d\)"))[1]
        boss = sandbox.world.add_person("Мария")
        sandbox.deeds.sends(boss, f"старт {code}")
        chat = sandbox.world.chats[boss.id]
        answered = await sandbox.world.changes.until(lambda: len(chat.messages) > 1, PATIENCE_SECONDS)
        assert answered, started.said
        assert "Вас приглашают" in chat.messages[max(chat.messages)]["text"]
        started.process.send_signal(signal.SIGTERM)
        assert await started.ends() == 0
    assert "Остановлено." in started.said
    assert sandbox.token not in started.said
    assert "Traceback" not in started.said


async def test_second_bot_on_the_same_database_is_refused_in_one_line(sandbox: Sandbox, tmp_path: Path):
    async with run(sandbox, tmp_path) as first:
        await first.says("старт")
        async with run(sandbox, tmp_path) as second:
            assert await second.ends() == 1
        assert len(second.said.splitlines()) == 1
        assert "уже запущен" in second.said


async def test_revoked_token_is_told_plainly_and_nothing_of_it_is_shown(sandbox: Sandbox, tmp_path: Path):
    token = sandbox.token
    sandbox.revoke_token()
    async with run(sandbox, tmp_path, BOT_TOKEN=token) as started:
        await started.says("не принимает токен")
        started.process.send_signal(signal.SIGINT)
        assert await started.ends() == 0
    assert token not in started.said
    assert token.partition(":")[2] not in started.said


async def test_data_folder_that_cannot_be_made_is_one_line(sandbox: Sandbox, tmp_path: Path):
    (tmp_path / "data").write_text("a file", "utf-8")
    async with run(sandbox, tmp_path, DATA_DIR=str(tmp_path / "data")) as started:
        assert await started.ends() == 1
    assert len(started.said.splitlines()) == 1
    assert "python -m bot doctor" in started.said
