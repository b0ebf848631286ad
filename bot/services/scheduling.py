"""The schedule by hand: coordinators at once, schools through the coordinator where that is set; everybody concerned hears."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.clashes import Clash, clashes
from bot.domain.errors import DomainError
from bot.domain.hand_entry import CHANGEABLE, cells_of, read_cells, read_line
from bot.domain.importing.columns import Column
from bot.domain.importing.rows import SittingRow
from bot.domain.importing.rules import ParsingRules
from bot.domain.importing.school_names import SchoolMatcher
from bot.domain.people import MUNICIPALITY_ID, Actor, Person, Role
from bot.domain.plan import NoSuchSitting, Sitting
from bot.domain.screen import Screen
from bot.screens import scheduling as screens
from bot.services.auditing import Auditing
from bot.services.importing import school_year
from bot.services.planning import Planning, find_sitting
from bot.services.staff import Staff
from bot.texts import plan as plan_words
from bot.texts import scheduling as words
from storage import assignments, people, plan_changes, schools, sittings
from storage.database import Database, Reader, Transaction
from storage.outbox import Promise, promise, to_person
from storage.plan_changes import Proposed

EDITORS = (Role.COORDINATOR, Role.SCHOOL_COORDINATOR)


@dataclass(eq=False)
class AlreadyPlanned(DomainError):
    """The class writes this work on this day already."""

    school: str
    class_name: str


@dataclass(eq=False)
class SittingChanged(DomainError):
    """Somebody else changed the sitting since it was shown; nothing was written over it."""

    sitting_id: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a deed: done at once, or asked of the coordinators."""

    sitting: Sitting
    proposed: bool


class Scheduling:
    """Raises `NotAllowed`, `NoSuchSitting`, `WrongEntry`, `AlreadyPlanned`, `SittingChanged`."""

    def __init__(
        self,
        database: Database,
        auditing: Auditing,
        staff: Staff,
        planning: Planning,
        zone: ZoneInfo,
        *,
        approval: bool,
    ) -> None:
        """`approval`: what a school changes waits for a coordinator."""
        self._database = database
        self._auditing = auditing
        self._staff = staff
        self._planning = planning
        self._zone = zone
        self._approval = approval

    async def add(self, actor: Actor, text: str, now: datetime, *, school_id: int | None = None) -> Outcome:
        """A line as people type it; a school coordinator leaves the school out, one of several schools says which."""
        person = actor.need(*EDITORS)
        async with self._database.transaction() as tx:
            own = None if actor.has(Role.COORDINATOR) else _own(actor, school_id)
            rules = await self._rules(tx, now)
            row = read_line(text, rules, school=await schools.name(tx, own) if own is not None else "")
            sitting = await self._sitting_of(tx, row)
            if await plan_changes.twin(tx, sitting):
                raise AlreadyPlanned(sitting.school_name, sitting.class_name)
            if self._must_ask(actor):
                await self._ask(tx, person, "add", sitting, None, words.ADDED_BY_SCHOOL, now)
                return Outcome(sitting, proposed=True)
            return Outcome(await self._add(tx, actor, sitting, now), proposed=False)

    async def current(self, actor: Actor, sitting_id: int) -> tuple[Sitting, int]:
        """A sitting one may change, with the revision it has now."""
        async with self._database.read(snapshot=True) as reader:
            return await self._mine(reader, actor, sitting_id), await plan_changes.revision(reader, sitting_id)

    async def check_value(self, actor: Actor, sitting_id: int, field: str, text: str, now: datetime) -> Sitting:
        """The sitting as it would be; nothing is written."""
        async with self._database.read(snapshot=True) as reader:
            return await self._changed(reader, await self._mine(reader, actor, sitting_id), field, text, now)

    async def change(
        self, actor: Actor, sitting_id: int, seen: int, field: str, text: str, reason: str, now: datetime
    ) -> Outcome:
        """One field of a sitting, with its reason; `seen` is the revision that was shown."""
        person = actor.need(*EDITORS)
        async with self._database.transaction() as tx:
            old = await self._mine(tx, actor, sitting_id)
            new = await self._changed(tx, old, field, text, now)
            if self._must_ask(actor):
                await self._ask(tx, person, "change", new, seen, reason, now)
                return Outcome(new, proposed=True)
            await self._change(tx, actor, old, new, seen, reason, now)
            return Outcome(new, proposed=False)

    async def cancel(self, actor: Actor, sitting_id: int, reason: str, now: datetime) -> Outcome:
        """The work will not be written; everybody concerned hears why."""
        person = actor.need(*EDITORS)
        async with self._database.transaction() as tx:
            sitting = await self._mine(tx, actor, sitting_id)
            if self._must_ask(actor):
                await self._ask(tx, person, "cancel", sitting, None, reason, now)
                return Outcome(sitting, proposed=True)
            await self._cancel(tx, actor, sitting, reason, now)
            return Outcome(sitting, proposed=False)

    async def settle(self, actor: Actor, proposal_id: int, accept: bool, now: datetime) -> tuple[Proposed, bool]:
        """A coordinator's word on what a school wants; (what it was, whether this word counted)."""
        by = actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            found = await plan_changes.proposed(tx, proposal_id)
            if found is None:
                raise NoSuchSitting(0)
            state = "accepted" if accept else "declined"
            if not await plan_changes.settle(tx, proposal_id, state, now, by=by.id):
                return found, False
            if accept:
                await self._carry_out(tx, actor, found, now)
            screen = Screen(words.settled(found.kind, accept))
            await promise(tx, now, [Promise(f"proposal:{proposal_id}", to_person(found.person_id), _payload(screen))])
            await self._auditing.note(tx, now, actor, "settle_proposal", f"proposal:{proposal_id}", state=state)
            return found, True

    async def clashes(self, actor: Actor, now: datetime) -> list[Clash]:
        """What cannot be as it is planned, from today on."""
        actor.need(Role.COORDINATOR)
        today = now.astimezone(self._zone).date()
        async with self._database.read(snapshot=True) as reader:
            planned = await plan_changes.planned_from(reader, today)
            bound = await assignments.bound(reader, from_day=today)
            known = await people.persons(reader, [person_id for person_id, _ in bound])
        return clashes(planned, [(known[person_id].code, sitting) for person_id, sitting in bound], self._zone)

    async def of_school(self, actor: Actor, school_id: int, from_day: date) -> list[Sitting]:
        """What is planned in a school one may change."""
        actor.need(*EDITORS)
        if not actor.has(Role.COORDINATOR) and school_id not in actor.schools(Role.SCHOOL_COORDINATOR):
            raise NoSuchSitting(0)
        async with self._database.read() as reader:
            return [one for one, _, _ in await plan_changes.of_school(reader, school_id, from_day=from_day)]

    async def _carry_out(self, tx: Transaction, actor: Actor, found: Proposed, now: datetime) -> None:
        if found.kind == "cancel" and found.sitting_id is not None:
            await self._cancel(tx, actor, await find_sitting(tx, found.sitting_id), found.reason, now)
            return
        cells = {Column(name): value for name, value in found.content.items()}
        sitting = await self._sitting_of(tx, read_cells(cells, await self._rules(tx, now)))
        if found.sitting_id is None:
            if await plan_changes.twin(tx, sitting):
                raise AlreadyPlanned(sitting.school_name, sitting.class_name)
            await self._add(tx, actor, sitting, now)
            return
        old = await find_sitting(tx, found.sitting_id)
        new = replace(sitting, id=old.id, form=old.form, duration_min=old.duration_min)
        await self._change(tx, actor, old, new, found.revision or 0, found.reason, now)

    async def _add(self, tx: Transaction, actor: Actor, sitting: Sitting, now: datetime) -> Sitting:
        revived = await sittings.cancelled_twin(tx, sitting) is not None
        sitting_id = await sittings.save(tx, sitting, now)
        added = await sittings.sitting(tx, sitting_id)
        await self._planning.replan(tx, added, now, revived=revived)
        by = actor.person.id if actor.person is not None else None
        await plan_changes.note(tx, sitting_id, {}, words.ADDED, now, by=by)
        screen = Screen(plan_words.planned_again([added]) if revived else words.added(added))
        await self._tell(tx, actor, added, screen, f"added:{sitting_id}:{now:%Y%m%d%H%M%S}", now)
        await self._auditing.note(tx, now, actor, "add_sitting", f"sitting:{sitting_id}")
        return added

    async def _change(
        self, tx: Transaction, actor: Actor, old: Sitting, new: Sitting, seen: int, reason: str, now: datetime
    ) -> None:
        if await plan_changes.twin(tx, new):
            raise AlreadyPlanned(new.school_name, new.class_name)
        if not await plan_changes.claim_revision(tx, old.id, seen):
            raise SittingChanged(old.id)
        await sittings.save(tx, new, now)
        await self._planning.replan(tx, new, now)
        differing = [
            (field.name, getattr(old, field.name), getattr(new, field.name))
            for field in fields(Sitting)
            if getattr(old, field.name) != getattr(new, field.name)
        ]
        by = actor.person.id if actor.person is not None else None
        await plan_changes.note(tx, old.id, plan_changes.as_json(differing), reason, now, by=by)
        screen = Screen(words.changed(old, new, reason))
        await self._tell(tx, actor, new, screen, f"changed:{old.id}:{now:%Y%m%d%H%M%S}", now)
        await self._auditing.note(
            tx, now, actor, "change_sitting", f"sitting:{old.id}", fields=[name for name, _, _ in differing]
        )

    async def _cancel(self, tx: Transaction, actor: Actor, sitting: Sitting, reason: str, now: datetime) -> None:
        if not await self._planning.cancel_in(tx, sitting, reason, now):
            return
        by = actor.person.id if actor.person is not None else None
        await plan_changes.note(tx, sitting.id, {"state": ["planned", "cancelled"]}, reason, now, by=by)
        screen = Screen(plan_words.cancelled(sitting, reason))
        await self._tell(tx, actor, sitting, screen, f"cancelled:{sitting.id}:{now:%Y%m%d%H%M%S}", now)
        await self._auditing.note(tx, now, actor, "cancel", f"sitting:{sitting.id}")

    async def _tell(
        self, tx: Transaction, actor: Actor, sitting: Sitting, screen: Screen, cause: str, now: datetime
    ) -> None:
        """Its observers, the school's coordinators and head, the other coordinators; not whoever did it."""
        concerned = set(await sittings.assigned(tx, sitting.id))
        for role in (Role.SCHOOL_COORDINATOR, Role.PRINCIPAL):
            concerned |= {person.id for person in await people.holders(tx, role, school_id=sitting.school_id)}
        concerned |= {person.id for person in await people.holders(tx, Role.COORDINATOR)}
        concerned -= {actor.person.id} if actor.person is not None else set()
        await promise(
            tx, now, [Promise(f"{cause}:{one}", to_person(one), _payload(screen)) for one in sorted(concerned)]
        )

    async def _ask(
        self, tx: Transaction, person: Person, kind: str, sitting: Sitting, seen: int | None, reason: str, now: datetime
    ) -> None:
        content = {column.value: value for column, value in cells_of(sitting).items()}
        proposal_id = await plan_changes.propose(
            tx, kind, sitting.school_id, sitting.id or None, seen, content, reason, person.id, now
        )
        screen = screens.proposal(proposal_id, kind, sitting, reason, person)
        await self._staff.tell(tx, now, f"proposal:{proposal_id}:ask", screen)

    async def _mine(self, reader: Reader, actor: Actor, sitting_id: int) -> Sitting:
        actor.need(*EDITORS)
        sitting = await find_sitting(reader, sitting_id)
        own = actor.has(Role.COORDINATOR) or sitting.school_id in actor.schools(Role.SCHOOL_COORDINATOR)
        if sitting.cancelled or not own:
            raise NoSuchSitting(sitting_id)
        return sitting

    async def _changed(self, reader: Reader, old: Sitting, field: str, text: str, now: datetime) -> Sitting:
        column = next(one for one in CHANGEABLE if one.value == field)
        cells = cells_of(old) | {column: text.strip()}
        new = await self._sitting_of(reader, read_cells(cells, await self._rules(reader, now)))
        return replace(new, id=old.id, form=old.form, duration_min=old.duration_min)

    async def _rules(self, reader: Reader, now: datetime) -> ParsingRules:
        names = [school.short_name for school in await schools.all_schools(reader, MUNICIPALITY_ID)]
        return ParsingRules(school_year(now.date()), SchoolMatcher(names))

    async def _sitting_of(self, reader: Reader, row: SittingRow) -> Sitting:
        school_id = next(
            s.id for s in await schools.all_schools(reader, MUNICIPALITY_ID) if s.short_name == row.school_name
        )
        return row.sitting(school_id)

    def _must_ask(self, actor: Actor) -> bool:
        return self._approval and not actor.has(Role.COORDINATOR)


def _own(actor: Actor, school_id: int | None) -> int:
    held = actor.schools(Role.SCHOOL_COORDINATOR)
    if school_id is None and len(held) == 1:
        return next(iter(held))
    if school_id not in held:
        raise NoSuchSitting(0)
    return school_id


def _payload(screen: Screen) -> dict[str, object]:
    return {"screen": screen.to_json()}
