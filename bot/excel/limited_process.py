"""Runs one of our modules as a process that may take only so much memory and time, and sees no secrets."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.domain.importing.problems import FileReason, UnreadableFile
from bot.excel.limits import ReadingLimits

_REFUSED = 3  # the exit code of a child that says why on its standard error
_ROOT = Path(__file__).resolve().parents[2]
_PASSED_ON = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "LD_LIBRARY_PATH")
_OUT_OF_TIME = {-getattr(signal, name) for name in ("SIGXCPU", "SIGKILL") if hasattr(signal, name)}


async def run_limited(module: str, arguments: Sequence[str], limits: ReadingLimits, stdin: bytes = b"") -> bytes:
    """What the module printed. Raises UnreadableFile with its reason, or TOO_SLOW, TOO_HEAVY, BROKEN for it."""
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-X", "utf8", "-m", module, str(limits.memory_bytes), str(limits.cpu_s), *arguments,
        cwd=_ROOT, env=environment | {"OPENPYXL_LXML": "False"},
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        async with asyncio.timeout(limits.wall_s):
            output, said = await process.communicate(stdin)
    except TimeoutError:
        raise UnreadableFile(FileReason.TOO_SLOW) from None
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await asyncio.shield(process.wait())
    if process.returncode in _OUT_OF_TIME:
        raise UnreadableFile(FileReason.TOO_SLOW)
    if process.returncode == _REFUSED:
        raise UnreadableFile(FileReason(said.split()[-1].decode()))
    if process.returncode != 0:
        raise UnreadableFile(FileReason.TOO_HEAVY)
    return output


def run_refusable(work: Callable[[], None]) -> int:
    """For the child: the exit code; a refusal is told to the parent, anything unforeseen counts as a broken file."""
    try:
        work()
        sys.stdout.flush()
    except UnreadableFile as refused:
        return _refuse(refused.reason)
    except MemoryError:
        return _refuse(FileReason.TOO_HEAVY)
    except Exception:  # a stranger's file may break a library in any way
        return _refuse(FileReason.BROKEN)
    return 0


def _refuse(reason: FileReason) -> int:
    sys.stderr.write(f"\n{reason.value}\n")
    return _REFUSED
