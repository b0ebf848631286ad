"""For coordinators: schools and people by a word, the risk list by hand, the log of deeds."""

import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.errors import DomainError
from bot.domain.finding import Found, find
from bot.domain.people import MUNICIPALITY_ID, Actor, Person, Role
from bot.domain.plan import School
from bot.domain.risk import RiskMark
from bot.domain.table import Column, Kind, Row, Table
from bot.services.auditing import Auditing
from bot.texts import audit as audit_words
from bot.texts import finding as words
from bot.texts.natural import by_name
from storage import deeds as log
from storage import finding, people, plan_changes, schools
from storage.database import Database


@dataclass(eq=False)
class NoSuchSchool(DomainError):
    """The register has no such school."""

    school_id: int


@dataclass(frozen=True, slots=True)
class SchoolCard:
    school: School
    risk: tuple[RiskMark, ...]
    ahead: int
    coordinators: tuple[Person, ...]
    heads: tuple[Person, ...]


class Finding:
    """Raises `NotAllowed`, `NoSuchSchool`."""

    def __init__(self, database: Database, auditing: Auditing, zone: ZoneInfo, *, names: bool = True) -> None:
        """`names` False: nobody is found, or shown, by name."""
        self._database = database
        self._auditing = auditing
        self._zone = zone
        self._names = names

    async def find(self, actor: Actor, text: str) -> Found:
        actor.need(Role.COORDINATOR)
        async with self._database.read(snapshot=True) as reader:
            known = by_name(await schools.all_schools(reader, MUNICIPALITY_ID), lambda school: school.short_name)
            found = find(text, known, await finding.everybody(reader, 1), names=self._names)
        return found if self._names else Found(found.schools, tuple(person.nameless() for person in found.persons))

    async def school(self, actor: Actor, school_id: int, now: datetime) -> SchoolCard:
        actor.need(Role.COORDINATOR)
        today = now.astimezone(self._zone).date()
        async with self._database.read(snapshot=True) as reader:
            school = await schools.school(reader, school_id)
            if school is None:
                raise NoSuchSchool(school_id)
            if not self._names:
                school = replace(school, coordinator_name="", coordinator_phone="")
            ahead = await plan_changes.of_school(reader, school_id, from_day=today, limit=1000)
            risk = await schools.risk_marks(reader, school_id)
            held = [
                tuple(person if self._names else person.nameless() for person in found)
                for found in (
                    await people.holders(reader, Role.SCHOOL_COORDINATOR, school_id=school_id),
                    await people.holders(reader, Role.PRINCIPAL, school_id=school_id),
                )
            ]
        planned = sum(not sitting.cancelled for sitting, _, _ in ahead)
        return SchoolCard(school, tuple(risk), planned, *held)

    async def set_risk(self, actor: Actor, school_id: int, mark: RiskMark, held: bool, now: datetime) -> None:
        """A year on a risk list, by hand. Setting what is set changes nothing."""
        actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            if await schools.school(tx, school_id) is None:
                raise NoSuchSchool(school_id)
            if await schools.mark_risk(tx, school_id, mark, held, now):
                told = {"year": mark.year, "list": mark.list.value, "procedure": mark.procedure.value, "held": held}
                await self._auditing.note(tx, now, actor, "risk", f"school:{school_id}", **told)

    async def risk_list(self, actor: Actor) -> list[tuple[School, list[int]]]:
        actor.need(Role.COORDINATOR)
        async with self._database.read(snapshot=True) as reader:
            years = await schools.risk_years(reader)
            known = by_name(await schools.all_schools(reader, MUNICIPALITY_ID), lambda school: school.short_name)
        return [(school, years[school.id]) for school in known if school.id in years]

    async def deeds(self, actor: Actor, before: int | None = None) -> list[log.Deed]:
        """Ten entries of the log, the newest first, older than `before`."""
        actor.need(Role.COORDINATOR)
        async with self._database.read() as reader:
            return await log.deeds(reader, before=before)

    async def journal(self, actor: Actor, now: datetime) -> tuple[bytes, int, int | None]:
        """(workbook of the whole log, how many entries, the first entry that does not fit its chain)."""
        from bot.excel.workbook import write_workbook

        actor.need(Role.COORDINATOR)
        async with self._database.read(snapshot=True) as reader:
            broken = await self._auditing.chain.first_broken(reader)
            columns = tuple(
                Column(title, Kind.NUMBER if number == 0 else Kind.MOMENT if number == 1 else Kind.TEXT, width)
                for number, (title, width) in enumerate(
                    zip(words.JOURNAL_COLUMNS, (8, 18, 10, 24, 30, 18, 50), strict=True)
                )
            )

            async def rows() -> AsyncIterator[Sequence[Row]]:
                after = 0
                while chunk := await log.deeds(reader, after=after, before=0, limit=1000):
                    yield [self._row(deed) for deed in chunk]
                    after = chunk[-1].seq

            written: dict[str, int] = {}
            with tempfile.TemporaryDirectory(prefix="vpr-journal-") as folder:
                path = Path(folder) / "journal.xlsx"
                await write_workbook(path, [Table(words.JOURNAL_TITLE, columns, rows)], written)
                content = path.read_bytes()
        async with self._database.transaction() as tx:
            await self._auditing.note(tx, now, actor, "export", "audit")
        return content, written[words.JOURNAL_TITLE], broken

    def _row(self, deed: log.Deed) -> Row:
        about = audit_words.about(deed.kind, deed.key, deed.name)
        local = deed.at.astimezone(self._zone).replace(tzinfo=None, microsecond=0)
        action = audit_words.ACTIONS.get(deed.action, deed.action)
        return [
            deed.seq,
            local,
            deed.person_code,
            words.role(deed.role),
            action,
            about,
            audit_words.details(deed.details),
        ]
