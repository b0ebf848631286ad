"""Strangers' photos are opened by another process, which may take only so much memory and time, and knows no secrets."""

import asyncio
import contextlib
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from bot.domain.photo import NotAPicture

ROOT = Path(__file__).resolve().parents[2]
PASSED_ON = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "LD_LIBRARY_PATH")
MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 300  # for one life of the process
PHOTOS_A_LIFE = 500  # whatever a library leaks goes with it
SECONDS_A_PHOTO = 30.0
IDLE_SECONDS = 60.0  # without photos the process is not there


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a photo is; its copy without metadata lies where it was asked for."""

    mime: str
    suffix: str
    width: int
    height: int
    dhash: str
    clean_suffix: str
    had_place: bool


class PhotoInspector:
    """One photo at a time. The process is started for the first one, and anew when it died or has seen enough."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._seen = 0

    @property
    def process_id(self) -> int | None:
        return None if self._process is None else self._process.pid

    async def inspect(self, path: Path, clean: Path) -> Inspected:
        """Raises `NotAPicture`: also for what took too long, or ended two processes, which costs nobody else anything."""
        for _ in range(2):
            said = await self._ask(path, clean)
            if said:
                break
        else:
            raise NotAPicture("broken")
        self._seen += 1
        told = json.loads(said)
        if "refused" in told:
            raise NotAPicture(told["refused"])
        return Inspected(**told)

    async def _ask(self, path: Path, clean: Path) -> bytes:
        """The answer; empty when the process died, of this photo or of an earlier one."""
        process = await self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        request = json.dumps([str(path.absolute()), str(clean.absolute())])
        try:
            async with asyncio.timeout(SECONDS_A_PHOTO):
                process.stdin.write(request.encode() + b"\n")
                await process.stdin.drain()
                said = await process.stdout.readline()
        except TimeoutError:
            await self.close()
            raise NotAPicture("broken") from None
        except ConnectionError:
            said = b""
        except BaseException:
            await asyncio.shield(self.close())  # its answer would be taken for the next one's
            raise
        if not said.endswith(b"\n"):
            await self.close()
            return b""
        return said

    async def close(self) -> None:
        """End the process, if there is one. Safe to call twice."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        await process.wait()

    async def _running(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None or self._seen >= PHOTOS_A_LIFE:
            await self.close()
            environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-X", "utf8", "-m", "bot.pictures.inspecting_worker", str(MEMORY_BYTES), str(CPU_SECONDS),
                cwd=ROOT, env=environment,
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            )  # fmt: skip
            self._seen = 0
        return self._process
