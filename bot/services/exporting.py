"""Files on order: queued in the database, made by a process of their own, noted in the audit."""

import asyncio
import contextlib
import json
import logging
import os
import secrets
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.errors import NotAllowed
from bot.domain.export import ExportedFile, ExportFailed, ExportKind, ExportRunning, Made, NothingToExport, Wanted
from bot.domain.people import READS_SUMMARY, Actor, Person, Role
from bot.domain.period import Period, scope_of
from bot.domain.screen import Screen
from bot.domain.table import Table, fixed
from bot.domain.working_days import COUNTRY, WorkingDays
from bot.screens import export as screens
from bot.services.auditing import Auditing
from bot.services.file_making import Order, write_small_workbook
from bot.services.hotline.access import Access
from bot.services.sheets.source import moments
from bot.texts import errors as error_words
from bot.texts import export as words
from storage import export_jobs, people, schools
from storage.database import Database, Transaction
from storage.export_jobs import Job
from storage.hotline import cases
from storage.outbox import Priority, Promise, promise, to_chat

log = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[2]
_PASSED_ON = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "LD_LIBRARY_PATH", "TZDIR", "PYTHONTZPATH")
_MODULE = "bot.services.file_process"
KEPT = "kept"
MAX_FILE = 50 * 1024 * 1024  # what the messenger carries
SUFFIXES = {ExportKind.ACT: ".docx", ExportKind.CERTIFICATE: ".docx"}

Percent = Callable[[int], Awaitable[None]]
# Cases accepted from one moment to another, as a table, for somebody who may read it.
JournalTable = Callable[[Actor, datetime, datetime, datetime], Awaitable[Table]]


class Exporting:
    """`folder` holds files while they are made and sent; its folder `KEPT` those that stay on the server."""

    def __init__(
        self,
        database: Database,
        auditing: Auditing,
        folder: Path,
        zone: ZoneInfo,
        municipality: str,
        *,
        journal: JournalTable | None = None,
        days: WorkingDays = COUNTRY,
        max_file: int = MAX_FILE,
    ) -> None:
        self._database = database
        self._auditing = auditing
        self._folder = folder
        self._zone = zone
        self.municipality = municipality
        self._journal = journal
        self._days = days
        self._max_file = max_file
        self._running: dict[int, asyncio.subprocess.Process] = {}
        self.ordered = asyncio.Event()

    async def order(self, actor: Actor, wanted: Wanted, source: str, now: datetime) -> tuple[int, int]:
        """Queue a file; its number and how many stand before it. The same `source` is one order.

        Raises `NotAllowed` and `ExportRunning`.
        """
        person = _allowed(actor, wanted)
        async with self._database.transaction() as tx:
            job_id = await export_jobs.add(
                tx, source, person.id, actor.account, wanted.kind.value, wanted.to_json(), now
            )
            if job_id is None:
                raise ExportRunning
            before = await export_jobs.waiting_before(tx, job_id)
        self.ordered.set()
        return job_id, before

    async def cancel(self, actor: Actor, job_id: int, now: datetime) -> bool:
        """End one's own order; False when it had ended. The process dies and leaves no file."""
        async with self._database.transaction() as tx:
            job = await export_jobs.get(tx, job_id)
            if job is None or actor.person is None or job.person_id != actor.person.id:
                raise NotAllowed
            ended = await export_jobs.finish(tx, job_id, "cancelled", now)
        process = self._running.get(job_id)
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        return ended

    async def claim(self, now: datetime) -> Job | None:
        async with self._database.transaction() as tx:
            return await export_jobs.claim(tx, now)

    async def recover(self, now: datetime) -> list[Job]:
        """At start: orders of an earlier run are queued again, what lies half-made is removed.

        Returns those that ended an earlier run too often to be tried once more; their people are told.
        """
        for path in self._folder.glob("*"):
            if path.name != KEPT:
                shutil.rmtree(path, ignore_errors=True)
        async with self._database.transaction() as tx:
            given_up = await export_jobs.recover(tx, now)
            for job in given_up:
                await _promise(tx, job, screens.said(error_words.text(ExportFailed())), now)
        return given_up

    async def shown(self, job: Job, card_id: int) -> None:
        async with self._database.transaction() as tx:
            await export_jobs.show(tx, job.id, card_id)

    async def still_wanted(self, job: Job) -> bool:
        """False once it was cancelled."""
        async with self._database.read() as reader:
            now = await export_jobs.get(reader, job.id)
        return now is not None and now.state == "running"

    async def postpone(self, job: Job, not_before: datetime) -> bool:
        """Made and sent later; False when it was cancelled meanwhile."""
        async with self._database.transaction() as tx:
            return await export_jobs.postpone(tx, job.id, not_before)

    async def finished(
        self, job: Job, state: str, now: datetime, error: str = "", last_word: Screen | None = None
    ) -> bool:
        """False when it was cancelled meanwhile. The last word is promised to whoever ordered it."""
        async with self._database.transaction() as tx:
            ended = await export_jobs.finish(tx, job.id, state, now, error=error)
            if ended and last_word is not None:
                await _promise(tx, job, last_word, now)
            return ended

    async def make(self, job: Job, now: datetime, percent: Percent | None = None, link: str = "") -> ExportedFile:
        """The file of an order, with the rights of this moment; `link` begins links into the bot.

        Raises `NotAllowed`, `ExportFailed`, `NothingToExport`.
        """
        async with self._database.read() as reader:
            actor, _ = await people.actor(reader, job.account)
        return await self.file(actor, Wanted.from_json(job.details), now, percent, job_id=job.id, link=link)

    async def file(
        self,
        actor: Actor,
        wanted: Wanted,
        now: datetime,
        percent: Percent | None = None,
        *,
        job_id: int = 0,
        link: str = "",
    ) -> ExportedFile:
        """Make a file at once. Cancelling the call ends the process and leaves no file. Raises as `make`."""
        person = _allowed(actor, wanted)
        scope = scope_of(actor)
        name = words.file_name(wanted.kind.value, wanted.period.first, wanted.period.last, wanted.report)
        if wanted.school_id is not None:
            scope = scope.of_school(wanted.school_id)
            async with self._database.read() as reader:
                name = words.of_school(name, await schools.name(reader, wanted.school_id))
        async with self._database.read() as reader:
            hidden = await Access().hidden_schools(reader, actor)
        order = Order(wanted, scope, now, self._zone, self.municipality, person.code, link, self._days, hidden)
        async with self._place(SUFFIXES.get(wanted.kind, ".xlsx")) as target:
            if wanted.kind is ExportKind.HOTLINE and self._journal is not None and actor.has(Role.COORDINATOR):
                made = await self._write_journal(actor, wanted.period, target, now)
            else:
                made = await self._run(order, target, percent, job_id)
            stays = wanted.kind is ExportKind.NAMED or target.stat().st_size > self._max_file
            content = None if stays else await asyncio.to_thread(target.read_bytes)
            kept = self._keep(target, name, now) if stays else ""
        async with self._database.transaction() as tx:
            await self._auditing.note(
                tx, now, actor, "export", f"{wanted.kind.name.lower()}:{wanted.period.code}",
                school=wanted.school_id, report=wanted.report, answers=made.answers, kept=bool(kept),
            )  # fmt: skip
        return ExportedFile(name, content, kept, made)

    async def _write_journal(self, actor: Actor, period: Period, target: Path, now: datetime) -> Made:
        """Here, not in the other process: the keys of the hotline leave this one for nobody. A journal is small."""
        assert self._journal is not None
        since, until = moments(period, self._zone)
        table = await self._journal(actor, since, until, now)
        async with self._database.read() as reader:
            accepted = len(await cases.accepted_between(reader, since, until))
        known = [row async for chunk in table.rows() for row in chunk]
        await asyncio.to_thread(write_small_workbook, target, replace(table, rows=fixed(known)))
        return Made(kind=ExportKind.HOTLINE, cases=len(known), hidden_cases=max(0, accepted - len(known)))

    def _keep(self, target: Path, name: str, now: datetime) -> str:
        """The name under which it stays: several copies of one day do not overwrite each other."""
        folder = self._folder / KEPT
        folder.mkdir(mode=0o700, exist_ok=True)
        place = folder / f"{now.astimezone(self._zone):%Y%m%d-%H%M%S}_{name}"
        target.replace(place)
        return f"{self._folder.name}/{KEPT}/{place.name}"

    @asynccontextmanager
    async def _place(self, suffix: str) -> AsyncIterator[Path]:
        """A folder of its own: what the writing process leaves behind when it is killed goes with it."""
        room = self._folder / secrets.token_hex(8)
        room.mkdir(mode=0o700, parents=True)
        try:
            yield room / f"file{suffix}"
        finally:
            shutil.rmtree(room, ignore_errors=True)

    async def _run(self, order: Order, target: Path, percent: Percent | None, job_id: int) -> Made:
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-X", "utf8", "-m", _MODULE, str(self._database.path.absolute()), str(target.absolute()),
            cwd=_ROOT, env=environment,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        self._running[job_id] = process
        made: Made | None = None
        try:
            process.stdin.write(json.dumps(order.to_json()).encode())
            process.stdin.close()
            async for line in process.stdout:
                said = json.loads(line)
                if "made" in said:
                    made = Made(**said["made"])
                elif "nothing" in said:
                    raise NothingToExport(said["nothing"])
                elif "failed" in said:
                    log.error("a file could not be made: %s", said["failed"])
                elif percent is not None:
                    await percent(said["percent"])
            await process.wait()
        finally:
            self._running.pop(job_id, None)
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await asyncio.shield(process.wait())
        if process.returncode != 0 or made is None:
            raise ExportFailed
        return made


async def _promise(tx: Transaction, job: Job, last_word: Screen, now: datetime) -> None:
    payload = {"screen": last_word.to_json()}
    await promise(tx, now, [Promise(f"export:{job.id}", to_chat(job.account.chat_id), payload, Priority.HOTLINE)])


def _allowed(actor: Actor, wanted: Wanted) -> Person:
    """Names are for coordinators only; everything else for those who read summaries. Raises `NotAllowed`."""
    roles = (Role.COORDINATOR,) if wanted.kind is ExportKind.NAMED else tuple(READS_SUMMARY)
    return actor.need(*roles)
