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


def run_and_kill(folder: Path, now: datetime, work: Work, *, after: float, lines: int = 0) -> list[str]:
    """Fork, let it work, SIGKILL it; returns what it said until then.

    `after` seconds are counted from its first sign of life, or from the moment it has said so many `lines`: on a busy
    machine seconds alone may end before anything happened.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            asyncio.run(_work(folder, now, work, writing))
        finally:
            os._exit(0)
    os.close(writing)
    said = _read(reading, child, after, lines)
    os.waitpid(child, 0)
    return [line for line in said.decode().split("\n") if line and line != "ready"]


async def _work(folder: Path, now: datetime, work: Work, writing: int) -> None:
    async with archive_at(folder, now) as archive:
        os.write(writing, b"ready\n")
        await work(archive, lambda line: os.write(writing, f"{line}\n".encode()) and None)


def _read(reading: int, child: int, after: float, lines: int) -> bytes:
    said = b""
    while said.count(b"\n") < 1 + lines and (chunk := os.read(reading, 4096)):
        said += chunk
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
