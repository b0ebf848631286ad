"""Bots as processes of their own, so that what is measured is what an operator starts."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from bot.sandbox import Sandbox

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 60


def environment(sandbox: Sandbox, folder: Path) -> dict[str, str]:
    """The settings of a bot at this sandbox, with its data in the folder; a sandbox without limits has a bot without."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "BOT_TOKEN": sandbox.token,
        "BOT_API_ROOT": sandbox.root,
        "MUNICIPALITY": "Bench",
        "TIMEZONE": "Asia/Novosibirsk",
        "DATA_DIR": str(folder),
        "MESSAGES_PER_SECOND": "25" if sandbox.pace.strict else "0",
    }


@contextlib.asynccontextmanager
async def process(*arguments: str, sandbox: Sandbox, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m <arguments>`, asked to stop at the end and killed when it does not."""
    running = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *arguments,
        cwd=folder,
        env=environment(sandbox, folder),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=None,
    )
    try:
        yield running
    finally:
        with contextlib.suppress(ProcessLookupError):
            running.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(running.wait(), 20)
        except TimeoutError:
            running.kill()
            await running.wait()
