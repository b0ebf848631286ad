"""Schools, schedule and observers from Excel: a dry run first, then every correct row."""

import asyncio
import hashlib
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

from bot.domain.enrolment import NoPersonalData
from bot.domain.importing.cleaning import fold
from bot.domain.importing.columns import Kind
from bot.domain.importing.comparison import (
    Changes,
    compare_observers,
    compare_schedule,
    compare_schools,
)
from bot.domain.importing.headers import Recognised, recognise
from bot.domain.importing.parsing import parse_observers, parse_schedule, parse_schools
from bot.domain.importing.problems import Reason
from bot.domain.importing.raw import RawSheet
from bot.domain.importing.rows import SchoolRow
from bot.domain.importing.rules import ParsingRules
from bot.domain.importing.run import NoSuchImport, WrongKind
from bot.domain.importing.school_names import SchoolMatcher, school_key
from bot.domain.people import MUNICIPALITY_ID, Actor, Role
from bot.durable import put_in_place
from bot.excel.safely import mark_safely, read_sheet_safely
from bot.services.auditing import Auditing
from bot.services.import_check import AnyChanges, AnyParsed, Check, Work, check_of, works_left_out
from bot.services.import_coordinators import Displaced, displaced
from bot.services.import_writing import ImportWriting
from bot.texts.natural import by_name
from storage import aliases, imports, schools
from storage.database import Database, Reader
from storage.imports import Run

SEPTEMBER = 9
A_UNIT = 100  # rows in one transaction
ALIAS_KINDS = {Reason.SCHOOL_UNKNOWN: "school", Reason.SUBJECT_UNKNOWN: "subject"}
INCOMING = "incoming-"
Told = Callable[[int, int], Awaitable[None]]


async def _nobody(done: int, total: int) -> None:
    """Who asks for no progress."""


class Importing:
    """Files are kept by their hash; `apply` reads the kept file again, so what was checked is what is written."""

    def __init__(
        self,
        database: Database,
        auditing: Auditing,
        writing: ImportWriting,
        folder: Path,
        municipality_id: int = MUNICIPALITY_ID,
        *,
        names: bool = True,
    ) -> None:
        """`names` False: tables that name people are taken from the shell only."""
        self._names = names
        self._database = database
        self._auditing = auditing
        self._writing = writing
        self._folder = folder
        self._municipality_id = municipality_id
        self._applying = asyncio.Lock()

    async def check(
        self, actor: Actor | None, path: Path, file_name: str, now: datetime, *, kind: Kind | None = None
    ) -> Check:
        """Dry run. `actor` None is the administrator's shell. Raises `NotAllowed`, `UnreadableFile`, `HeaderNotFound`,
        `WrongKind` (the table is of another kind than asked for)."""
        if actor is not None:
            actor.need(Role.COORDINATOR)
        raw = await read_sheet_safely(path)
        recognised = recognise(raw)
        if kind is not None and recognised.kind is not kind:
            raise WrongKind(kind.value, recognised.kind.value)
        kept = await asyncio.to_thread(self._keep, path)
        parsed, changes, left_out, leaving = await self._dry_run(raw, recognised, now)
        if actor is not None and not self._names and _is_personal(recognised.kind, parsed):
            raise NoPersonalData
        async with self._database.transaction() as tx:
            run_id = await imports.add(
                tx,
                kind=recognised.kind.value,
                file_name=file_name,
                file_sha256=kept.stem,
                file_path=kept.name,
                person_id=actor.person.id if actor is not None and actor.person is not None else None,
                counts={"new": len(changes.new), "changed": len(changes.changed), "wrong": parsed.wrong},
                now=now,
            )
        return check_of(run_id, file_name, raw, recognised, parsed, changes, left_out, leaving)

    async def again(self, actor: Actor, run_id: int, now: datetime) -> Check:
        """What a checked file would change by now. Raises `NotAllowed`, `NoSuchImport` (written, or cancelled, since)."""
        actor.need(Role.COORDINATOR)
        async with self._database.read() as reader:
            run = await imports.run(reader, run_id)
        if run is None or run.state not in ("checked", "applying"):
            raise NoSuchImport(run_id)
        raw = await read_sheet_safely(self._folder / run.file_path)
        recognised = recognise(raw)
        parsed, changes, left_out, leaving = await self._dry_run(raw, recognised, now)
        return check_of(run.id, run.file_name, raw, recognised, parsed, changes, left_out, leaving)

    @contextmanager
    def incoming(self) -> Iterator[Path]:
        """A folder for a file on its way in; it holds names and telephones, so not the system's own."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(prefix=INCOMING, dir=self._folder) as folder:
            yield Path(folder)

    def clean_up(self) -> None:
        """At start: remove what an earlier death left on its way in."""
        for folder in self._folder.glob(f"{INCOMING}*"):
            shutil.rmtree(folder, ignore_errors=True)
        for part in self._folder.glob("*.part"):
            part.unlink(missing_ok=True)

    async def apply(
        self, actor: Actor | None, run_id: int, now: datetime, told: Told = _nobody
    ) -> tuple[str, int, int]:
        """Write every correct row; (kind, new, changed). Applying twice is applying once, and goes on after a stop.

        `told` hears after every unit of a large file how many rows of how many are written. Raises `NotAllowed`, `NoSuchImport`.
        """
        if actor is not None:
            actor.need(Role.COORDINATOR)
        async with self._database.read() as reader:
            run = await imports.run(reader, run_id)
        if run is None or run.state == "cancelled":
            raise NoSuchImport(run_id)
        if run.state == "applied":
            return run.kind, run.counts["new"], run.counts["changed"]
        raw = await read_sheet_safely(self._folder / run.file_path)
        recognised = recognise(raw)
        async with self._applying:
            return await self._write(actor, run, raw, recognised, now, told)

    async def _write(
        self, actor: Actor | None, run: Run, raw: RawSheet, recognised: Recognised, now: datetime, told: Told
    ) -> tuple[str, int, int]:
        """In units of `A_UNIT` rows, so that nobody waits long; a unit that fails leaves the rest to the next `apply`."""
        parsed, changes, _, _ = await self._dry_run(raw, recognised, now)
        async with self._database.transaction() as tx:
            if not await imports.begin(tx, run.id):
                return run.kind, run.counts["new"], run.counts["changed"]
        total, done = len(changes.new) + len(changes.changed), 0
        for part in _parts(changes):
            async with self._database.transaction() as tx:
                if total <= A_UNIT:  # all at once: compare with what is there now
                    stored = await self._stored(tx, recognised.kind)
                    part = changes = await _compared(recognised.kind, stored, parsed)
                await imports.keep_undo(tx, run.id, await self._writing.write(tx, recognised.kind, parsed, part, now))
            done += len(part.new) + len(part.changed)
            if total > A_UNIT:
                await told(done, total)
        async with self._database.transaction() as tx:
            left = len(changes.new), len(changes.changed)
            counts = await imports.finish(tx, run.id, *left, parsed.wrong, now)
            await self._auditing.note(tx, now, actor, "import", f"import:{run.id}", kind=run.kind, **counts)
        return run.kind, counts["new"], counts["changed"]

    def doubts(self, run: Check) -> list[tuple[str, str, str]]:
        """(kind, as written, what we think it means) of names that a button can confirm, each once."""
        found = {}
        for error in run.errors:
            kind = ALIAS_KINDS.get(error.reason)
            if kind is not None and error.suggestion:
                found[kind, fold_name(kind, error.raw)] = (kind, error.raw, error.suggestion)
        return list(found.values())

    async def confirm(self, actor: Actor, run_id: int, number: int, now: datetime) -> Check:
        """«Да, это СОШ № 5»: the spelling is remembered for ever, and the file is checked again."""
        by = actor.need(Role.COORDINATOR)
        async with self._database.read() as reader:
            run = await imports.run(reader, run_id)
        if run is None or run.state != "checked":
            raise NoSuchImport(run_id)
        path = self._folder / run.file_path
        doubts = self.doubts(await self.check(actor, path, run.file_name, now))
        if number < len(doubts):
            kind, written, means = doubts[number]
            async with self._database.transaction() as tx:
                await aliases.add(tx, self._municipality_id, kind, fold_name(kind, written), means, now, by=by.id)
                await self._auditing.note(tx, now, actor, "confirm_name", f"import:{run_id}", kind=kind)
        await self.cancel(actor, run_id)
        return await self.check(actor, path, run.file_name, now)

    async def cancel(self, actor: Actor, run_id: int) -> None:
        """Forget a checked file; an applied one stays."""
        actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            await imports.cancel(tx, run_id)

    async def marked(self, actor: Actor | None, run_id: int, now: datetime) -> tuple[str, bytes]:
        """The same file with its wrong cells marked and explained: (name, bytes)."""
        if actor is not None:
            actor.need(Role.COORDINATOR)
        async with self._database.read() as reader:
            run = await imports.run(reader, run_id)
            if run is None:
                raise NoSuchImport(run_id)
            path = self._folder / run.file_path
            raw = await read_sheet_safely(path)
            recognised = recognise(raw)
            parsed = await self._parse(reader, raw, recognised, now)
        content = await mark_safely(path, raw.title, recognised.header_row, parsed.errors)
        return Path(run.file_name).stem, content

    async def template(self, actor: Actor, kind: Kind, now: datetime) -> bytes:
        """An empty workbook with headers, drop-downs and examples."""
        from bot.excel.templates import template

        actor.need(Role.COORDINATOR)
        async with self._database.read() as reader:
            found = by_name(await schools.all_schools(reader, self._municipality_id), lambda school: school.short_name)
        return await asyncio.to_thread(template, kind, [school.short_name for school in found], school_year(now.date()))

    async def _dry_run(
        self, raw: RawSheet, recognised: Recognised, now: datetime
    ) -> tuple[AnyParsed, AnyChanges, tuple[Work, ...], tuple[Displaced, ...]]:
        async with self._database.read(snapshot=True) as reader:
            parsed = await self._parse(reader, raw, recognised, now)
            stored = await self._stored(reader, recognised.kind)
        changes = await _compared(recognised.kind, stored, parsed)
        leaving: tuple[Displaced, ...] = ()
        if recognised.kind is Kind.SCHOOLS:
            async with self._database.read(snapshot=True) as reader:
                leaving = await displaced(reader, cast("Changes[int, SchoolRow]", changes))
        return parsed, changes, works_left_out(recognised.kind, parsed, changes, stored), leaving

    async def _parse(self, reader: Reader, raw: RawSheet, recognised: Recognised, now: datetime) -> AnyParsed:
        names = [school.short_name for school in await schools.all_schools(reader, self._municipality_id)]
        known = await aliases.all_of(reader, self._municipality_id, "school")
        spelled = await aliases.all_of(reader, self._municipality_id, "subject")
        meant = {written: name for written, name in known.items() if name in names}
        rules = ParsingRules(school_year(now.date()), SchoolMatcher(names, meant), subjects=spelled)
        match recognised.kind:
            case Kind.SCHOOLS:
                return await asyncio.to_thread(parse_schools, raw, recognised, rules)
            case Kind.SCHEDULE:
                return await asyncio.to_thread(parse_schedule, raw, recognised, rules)
            case Kind.OBSERVERS:
                parsed = await asyncio.to_thread(parse_observers, raw, recognised, rules)
                ordered = (replace(row, conflict_schools=tuple(sorted(row.conflict_schools))) for row in parsed.rows)
                return replace(parsed, rows=tuple(ordered))

    async def _stored(self, reader: Reader, kind: Kind) -> dict[int, dict[str, Any]]:
        return await imports.stored_rows(reader, kind.value, self._municipality_id)

    def _keep(self, path: Path) -> Path:
        """A copy by hash, whole or not at all."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        target = self._folder / f"{digest}{path.suffix.lower()}"
        if not target.exists():
            part = target.with_suffix(".part")
            shutil.copyfile(path, part)
            put_in_place(part, target)
        return target


def _parts(changes: Any) -> Iterator[Changes[int, Any]]:
    """The same changes in units of at most `A_UNIT` rows."""
    for start in range(0, len(changes.new), A_UNIT):
        yield Changes(changes.new[start : start + A_UNIT], (), (), ())
    for start in range(0, len(changes.changed), A_UNIT):
        yield Changes((), changes.changed[start : start + A_UNIT], (), ())


def _is_personal(kind: Kind, parsed: Any) -> bool:
    """Whether a table names people: then it may only come from the shell."""
    if kind is Kind.OBSERVERS:
        return True
    return kind is Kind.SCHOOLS and any(row.coordinator_name or row.coordinator_phone for row in parsed.rows)


def fold_name(kind: str, written: str) -> str:
    """Spellings that are one: a school's by its key, a subject's folded."""
    return school_key(written) if kind == "school" else fold(written)


def school_year(day: date) -> int:
    """The year in which the school year of this day began."""
    return day.year if day.month >= SEPTEMBER else day.year - 1


async def _compared(kind: Kind, stored: Mapping[int, Mapping[str, Any]], parsed: Any) -> AnyChanges:
    compare: Any = {
        Kind.SCHOOLS: compare_schools,
        Kind.SCHEDULE: compare_schedule,
        Kind.OBSERVERS: compare_observers,
    }[kind]
    changes: AnyChanges = await asyncio.to_thread(compare, stored, parsed)
    return changes
