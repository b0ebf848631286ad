"""Imported rows into the registers and the ledger, inside the transaction of the import."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.domain.importing.columns import Kind
from bot.domain.importing.comparison import Changes
from bot.domain.importing.rows import ObserverRow, SchoolRow, SittingRow
from bot.domain.importing.school_names import school_key
from bot.domain.people import MUNICIPALITY_ID, Role, SchoolId
from bot.domain.plan import NEW_SITTING, School, Sitting, SittingId
from bot.services import plan_news
from bot.services.import_coordinators import Appointed, appoint, take_back, told_of
from bot.services.planning import Planning
from bot.texts import plan as words
from bot.texts.people import CODE_LETTERS
from storage import consents, import_undo, people, schools, sittings
from storage.database import Transaction

Undo = dict[str, Any]
Rows = dict[str, dict[str, Any]]  # as they were, by id


class ImportWriting:
    def __init__(self, planning: Planning, municipality_id: int = MUNICIPALITY_ID) -> None:
        self._planning = planning
        self._municipality_id = municipality_id

    async def write(self, tx: Transaction, kind: Kind, parsed: Any, changes: Any, now: datetime) -> Undo:
        """Write new and changed rows; returns what an undo needs: ids of the new, earlier values of the changed."""
        changed_ids = [int(change.key) for change in changes.changed]
        kept = await import_undo.before(tx, kind.value, changed_ids)
        revived: Rows = {}  # sittings that were cancelled until now
        appointed = Appointed()
        match kind:
            case Kind.SCHOOLS:
                added = await self._schools(tx, changes, now, appointed)
            case Kind.SCHEDULE:
                added = await self._schedule(tx, changes, now, revived)
            case Kind.OBSERVERS:
                added = await self._observers(tx, changes, now)
        touched = [*added, *changed_ids, *map(int, revived)]
        revisions = await import_undo.revisions(tx, touched) if kind is Kind.SCHEDULE else {}
        kept_rows = {"added": added, "before": kept, "revived": revived, "revisions": revisions}
        return kept_rows | asdict(appointed)

    async def replan(self, tx: Transaction, taken_back: Iterable[Sitting], now: datetime) -> None:
        """Sittings are as they were before an import, these are what it had made of them: so are deadlines; people hear."""
        moved, cancelled = [], []
        for old in taken_back:
            new = await sittings.sitting(tx, old.id)
            if new.cancelled:
                await self._planning.excuse_in(tx, new, words.TABLE_TAKEN_BACK, now)
                cancelled.append(new)
                continue
            await self._planning.replan(tx, new, now)
            if plan_news.concerns(old, new):
                moved.append((old, new))
        await plan_news.tell(tx, moved, now)
        await plan_news.tell_cancelled_again(tx, cancelled, now)

    async def take_back_roles(self, tx: Transaction, kept: Undo, now: datetime) -> None:
        """Before the rows themselves: a role that came with a table is no use of its rows."""
        await take_back(tx, kept.get("granted", ()), kept.get("revoked", ()), now)

    async def _schools(
        self, tx: Transaction, changes: Changes[int, SchoolRow], now: datetime, appointed: Appointed
    ) -> list[int]:
        speaking = {row.row for _, row in told_of(changes)}
        rows = [(SchoolId(0), row) for row in changes.new]
        rows += [(SchoolId(change.key), change.row) for change in changes.changed]
        added = []
        for known_id, row in rows:
            school = School(
                known_id,
                row.short_name,
                row.full_name or "",
                row.login or "",
                row.address or "",
                ",".join(map(str, row.parallels)),
                row.coordinator_name or "",
                row.coordinator_phone or "",
            )
            school_id = await schools.save(tx, self._municipality_id, school, school_key(row.short_name))
            await schools.set_risk_years(tx, school_id, row.risk_years, "import", now)
            if row.row in speaking:
                await appoint(tx, self._municipality_id, school_id, row, now, appointed)
            if not known_id:
                added.append(int(school_id))
        return added

    async def _schedule(
        self, tx: Transaction, changes: Changes[int, SittingRow], now: datetime, revived: Rows
    ) -> list[int]:
        by_name = {school.short_name: school.id for school in await schools.all_schools(tx, self._municipality_id)}
        rows = [(NEW_SITTING, row) for row in changes.new]
        rows += [(SittingId(change.key), change.row) for change in changes.changed]
        added, moved, again = [], [], []
        for known_id, row in rows:
            wanted = row.sitting(by_name[row.school_name], known_id)
            old = await sittings.sitting(tx, known_id) if known_id else None
            twin = await sittings.cancelled_twin(tx, wanted) if old is None else None
            if twin is not None:
                revived |= await import_undo.before(tx, Kind.SCHEDULE.value, [twin])
            new = await sittings.sitting(tx, await sittings.save(tx, wanted, now))
            await self._planning.replan(tx, new, now, revived=twin is not None)
            if twin is not None:
                again.append(new)
            elif old is None:
                added.append(int(new.id))
            elif plan_news.concerns(old, new):
                moved.append((old, new))
        await plan_news.tell(tx, moved, now)
        await plan_news.tell_planned_again(tx, again, now)
        return added

    async def _observers(self, tx: Transaction, changes: Changes[int, ObserverRow], now: datetime) -> list[int]:
        by_name = {school.short_name: school.id for school in await schools.all_schools(tx, self._municipality_id)}
        added = []
        for row in changes.new:
            person = await people.find_by_phone(tx, self._municipality_id, row.phone, own_word=False)
            if person is None:
                person = await people.add_person(
                    tx, self._municipality_id, CODE_LETTERS[Role.OBSERVER], now, **_fields(row)
                )
                added.append(int(person.id))
            await people.grant(tx, person.id, Role.OBSERVER, self._municipality_id, None, now, by=None)
            await self._conflicts(tx, person.id, row, by_name, now)
        for change in changes.changed:
            await people.update(tx, change.key, **_fields(change.row))
            await self._conflicts(tx, change.key, change.row, by_name, now)
        return added

    async def _conflicts(
        self, tx: Transaction, person_id: int, row: ObserverRow, by_name: dict[str, SchoolId], now: datetime
    ) -> None:
        """A file may take back what an earlier file said, never what the person declared."""
        named = {by_name[name] for name in row.conflict_schools}
        for school_id, reason in (await consents.conflicts(tx, person_id)).items():
            if reason == "imported" and school_id not in named:
                await consents.remove_conflict(tx, person_id, school_id)
        for school_id in named:
            await consents.add_conflict(tx, person_id, school_id, "imported", now, by=None)


def _fields(row: ObserverRow) -> dict[str, str]:
    return {
        "full_name": row.full_name,
        "phone": row.phone,
        "sent_by": row.sent_by or "",
        "order_ref": row.order_ref or "",
        "remarks": row.remarks or "",
    }
