"""Files for the coordinator: made by a process of their own, one at a time for a person, noted in the audit."""

import asyncio
import contextlib
import json
import os
import secrets
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.errors import DomainError
from bot.domain.people import READS_SUMMARY, Actor, MunicipalityId
from bot.domain.period import Period, Scope, scope_of
from bot.services.auditing import Auditing
from bot.services.workbook_making import Made, Order
from bot.texts import export as words
from storage.database import Database

_ROOT = Path(__file__).resolve().parents[2]
_PASSED_ON = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "LD_LIBRARY_PATH", "TZDIR", "PYTHONTZPATH")
_MODULE = "bot.services.workbook_process"
MAX_FILE = 50 * 1024 * 1024  # what the messenger carries

SHELL = 0  # nobody's id
SHELL_SCOPE = Scope(frozenset({MunicipalityId(1)}), risk=True)

Percent = Callable[[int], Awaitable[None]]


@dataclass(eq=False)
class ExportRunning(DomainError):
    """This person's file is being made already."""


@dataclass(eq=False)
class ExportFailed(DomainError):
    """The file could not be made; nothing is left of it."""


@dataclass(eq=False)
class ExportTooBig(DomainError):
    """The messenger does not carry a file of this size."""

    megabytes: int


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """`content` is the whole file: what a messenger carries is small enough for that."""

    name: str
    content: bytes
    made: Made


class Exporting:
    """`folder` holds files only while they are made and sent."""

    def __init__(self, database: Database, auditing: Auditing, folder: Path, zone: ZoneInfo, municipality: str) -> None:
        self._database = database
        self._auditing = auditing
        self._folder = folder
        self._zone = zone
        self._municipality = municipality
        self._busy: set[int] = set()

    async def workbook(
        self, actor: Actor | None, period: Period, now: datetime, percent: Percent | None = None
    ) -> ExportedFile:
        """Of all that this person may see; `actor` None is the administrator's shell, which sees the municipality.
        Cancelling the call ends the process and leaves no file.

        Raises `NotAllowed`, `ExportRunning`, `ExportFailed`, `ExportTooBig`.
        """
        if actor is None:
            person_id, scope, made_by = SHELL, SHELL_SCOPE, words.MADE_IN_SHELL
        else:
            person = actor.need(*READS_SUMMARY)
            person_id, scope, made_by = person.id, scope_of(actor), person.code
        order = Order(period, scope, now, self._zone, self._municipality, made_by)
        async with self._one_at_a_time(person_id), self._place() as target:
            made = await self._run(order, target, percent)
            size = target.stat().st_size
            if size > MAX_FILE:
                raise ExportTooBig(size // (1024 * 1024))
            content = await asyncio.to_thread(target.read_bytes)
        async with self._database.transaction() as tx:
            await self._auditing.note(tx, now, actor, "export", f"period:{period.code}", **made.to_json())
        return ExportedFile(words.file_name(period.first, period.last), content, made)

    def clean_up(self) -> None:
        """At start: what an earlier run was making when it ended."""
        for path in self._folder.glob("*"):
            path.unlink(missing_ok=True)

    @asynccontextmanager
    async def _one_at_a_time(self, person_id: int) -> AsyncIterator[None]:
        if person_id in self._busy:
            raise ExportRunning
        self._busy.add(person_id)
        try:
            yield
        finally:
            self._busy.discard(person_id)

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[Path]:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = self._folder / f"{secrets.token_hex(8)}.xlsx"
        try:
            yield target
        finally:
            for path in self._folder.glob(f"*{target.name}*"):
                path.unlink(missing_ok=True)

    async def _run(self, order: Order, target: Path, percent: Percent | None) -> Made:
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-X", "utf8", "-m", _MODULE, str(self._database.path.absolute()), str(target.absolute()),
            cwd=_ROOT, env=environment,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        made: Made | None = None
        try:
            process.stdin.write(json.dumps(order.to_json()).encode())
            process.stdin.close()
            async for line in process.stdout:
                said = json.loads(line)
                if "made" in said:
                    made = Made(**said["made"])
                elif percent is not None:
                    await percent(said["percent"])
            await process.wait()
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await asyncio.shield(process.wait())
        if process.returncode != 0 or made is None:
            raise ExportFailed
        return made
