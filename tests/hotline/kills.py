"""A child process that is killed at any moment, and what it had shown or promised by then."""

import asyncio
import os
import random
import signal
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from tests.hotline.archive import Archive, archive_at

Work = Callable[[Archive, Callable[[str], None]], Awaitable[None]]


def run_and_kill(folder: Path, now: datetime, work: Work, *, after: float) -> list[str]:
    """Fork, let it work, SIGKILL it `after` seconds from its first sign of life; returns what it said until then."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            asyncio.run(_work(folder, now, work, writing))
        finally:
            os._exit(0)
    os.close(writing)
    said = _read(reading, child, after)
    os.waitpid(child, 0)
    return [line for line in said.decode().split("\n") if line and line != "ready"]


async def _work(folder: Path, now: datetime, work: Work, writing: int) -> None:
    async with archive_at(folder, now) as archive:
        os.write(writing, b"ready\n")
        await work(archive, lambda line: os.write(writing, f"{line}\n".encode()) and None)


def _read(reading: int, child: int, after: float) -> bytes:
    said = os.read(reading, 6)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    while chunk := os.read(reading, 65536):
        said += chunk
    os.close(reading)
    return said[: said.rfind(b"\n") + 1]


def moments(count: int, longest: float, seed: int) -> list[float]:
    """Moments to kill at, the same for the same seed."""
    chance = random.Random(seed)
    return [chance.uniform(0, longest) for _ in range(count)]
