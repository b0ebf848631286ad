"""The sandbox as its own process, and a bot that is killed while the sandbox lives on."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.lines import HttpLine
from tests.people import distant_person

ROOT = Path(__file__).parents[2]


@contextlib.asynccontextmanager
async def process(*arguments: str) -> AsyncIterator[Process]:
    started = await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=ROOT, stdout=PIPE)
    try:
        yield started
    finally:
        with contextlib.suppress(ProcessLookupError):
            started.kill()
        await started.wait()


@pytest.fixture
async def address() -> AsyncIterator[list[str]]:
    """Root and token of a sandbox process."""
    async with process("-m", "bot.sandbox") as sandbox:
        assert sandbox.stdout is not None
        ready = (await sandbox.stdout.readline()).decode().split()
        assert ready[0] == "ready"
        yield ready[1:]
        sandbox.terminate()
        assert await sandbox.wait() == 0, "it leaves in good order"


async def test_people_outlive_a_killed_bot(address: list[str]):
    small_bot = ("-m", "tests.sandbox.small_bot", *address)
    async with HttpLine.open(address[0]) as line:
        observer = await distant_person(line, "Анна")
        async with process(*small_bot):
            await observer.sends("первое")
            card = await observer.sees("Вы сказали: первое")
            await observer.taps("Да")
            assert observer.toast() == "Принято: yes"
        await observer.sends("пока бота нет")
        async with process(*small_bot):
            await observer.sees("Вы сказали: пока бота нет")
            await observer.taps_old(card, "again")
            await observer.sees("Записано: again")
            await observer.sends_document(b"rows", "график.xlsx")
            assert await observer.receives_document() == ("график.xlsx", b"rows")
            await observer.does_not_see("Исправлено")
        ledger = (await line.get("/updates"))["updates"]
        assert all(update["fate"] == "confirmed" for update in ledger[:-1])
