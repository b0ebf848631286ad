"""Observers to sittings: by hand, in bulk, replaced, swapped, released; the ledger follows in the same transaction."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.assigning import (
    AssigningRules,
    DoubleBooking,
    NotAnObserver,
    NotTrained,
    Slot,
    Unfit,
    Watcher,
    in_order,
)
from bot.domain.availability import read_availability
from bot.domain.people import Actor, Person, Role
from bot.domain.plan import ConflictOfInterest, NoSuchSitting, Sitting
from bot.screens import assigning as screens
from bot.services.auditing import Auditing
from bot.services.planning import Planning, find_sitting
from bot.services.staff import Staff
from bot.texts import assigning as words
from storage import assignments, sittings
from storage.assignments import Event
from storage.database import Database, Reader, Transaction
from storage.outbox import Priority


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who can watch a sitting, the best first; and who of the others cannot, and why."""

    sitting: Sitting
    fit: tuple[Watcher, ...]
    unfit: tuple[tuple[Watcher, Unfit], ...]


class Assigning:
    """Raises `NotAllowed`, `NoSuchSitting`, and what `refuse` raises."""

    def __init__(
        self,
        database: Database,
        auditing: Auditing,
        staff: Staff,
        planning: Planning,
        rules: AssigningRules,
        zone: ZoneInfo,
        *,
        names: bool = True,
    ) -> None:
        self._names = names
        self._database = database
        self._auditing = auditing
        self._staff = staff
        self._planning = planning
        self.rules = rules
        self._zone = zone

    async def candidates(self, actor: Actor, sitting_id: int) -> Candidates:
        actor.need(Role.COORDINATOR)
        async with self._database.read(snapshot=True) as reader:
            return await self._candidates(reader, await find_sitting(reader, sitting_id))

    async def assign(self, actor: Actor, sitting_id: int, person_id: int, now: datetime) -> tuple[int, Person]:
        """(number of the expected report, the observer). Assigning twice changes nothing."""
        by = actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            sitting = await find_sitting(tx, sitting_id)
            person = await self.refuse(tx, sitting, person_id)
            number = await self._planning.assign_in(tx, sitting_id, person_id, now, by=by.id)
            await self._auditing.note(tx, now, actor, "assign", f"sitting:{sitting_id}", person=person_id)
            return number, person

    async def assign_school_day(
        self, actor: Actor, day: date, school_id: int, person_id: int, now: datetime
    ) -> tuple[int, int]:
        """One observer to every sitting of a school's day that nobody watches and that fits; (assigned, left out)."""
        by = actor.need(Role.COORDINATOR)
        done = left = 0
        async with self._database.transaction() as tx:
            watched = await sittings.watchers(tx, day)
            for sitting in await sittings.of_day(tx, day, school_id=school_id):
                if sitting.cancelled or watched.get(sitting.id):
                    continue
                try:
                    await self.refuse(tx, sitting, person_id)
                except DoubleBooking:
                    left += 1
                    continue
                await self._planning.assign_in(tx, sitting.id, person_id, now, by=by.id)
                done += 1
            await self._auditing.note(
                tx, now, actor, "assign_day", f"school:{school_id}", person=person_id, day=day.isoformat(), count=done
            )
        return done, left

    async def replace(self, actor: Actor, sitting_id: int, old_id: int, new_id: int, now: datetime) -> Person:
        """The new observer takes over; a report already begun goes with the sitting, a sent one stays as it is."""
        by = actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            sitting = await find_sitting(tx, sitting_id)
            if old_id not in await sittings.assigned(tx, sitting_id):
                raise NoSuchSitting(sitting_id)
            person = await self.refuse(tx, sitting, new_id)
            await self._planning.hand_over_in(tx, sitting_id, old_id, new_id, now, by=by.id)
            await self._auditing.note(tx, now, actor, "replace", f"sitting:{sitting_id}", old=old_id, new=new_id)
            return person

    async def swap(
        self, actor: Actor, first_id: int, first_person: int, second_id: int, second_person: int, now: datetime
    ) -> None:
        """Two observers change places; refused as a whole when either does not fit."""
        by = actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            first, second = await find_sitting(tx, first_id), await find_sitting(tx, second_id)
            held = first_person in await sittings.assigned(tx, first_id)
            if not held or second_person not in await sittings.assigned(tx, second_id):
                raise NoSuchSitting(first_id)
            await self.refuse(tx, first, second_person, leaving=second_id)
            await self.refuse(tx, second, first_person, leaving=first_id)
            await self._planning.hand_over_in(tx, first_id, first_person, second_person, now, by=by.id)
            await self._planning.hand_over_in(tx, second_id, second_person, first_person, now, by=by.id)
            await self._auditing.note(
                tx, now, actor, "swap", f"sitting:{first_id}", other=second_id, old=first_person, new=second_person
            )

    async def swaps(self, actor: Actor, sitting_id: int, person_id: int, now: datetime) -> list[tuple[Sitting, Person]]:
        """With whom an observer could change places: their sitting and who they are, the nearest days first."""
        actor.need(Role.COORDINATOR)
        today = now.astimezone(self._zone).date()
        async with self._database.read(snapshot=True) as reader:
            sitting = await find_sitting(reader, sitting_id)
            known = {int(watcher.person.id): watcher for watcher in await self.watchers(reader, today)}
            bound = await assignments.bound(reader, from_day=today)
        places = {(one, other.id) for one, other in bound}
        if (person_id, sitting_id) not in places or person_id not in known:
            raise NoSuchSitting(sitting_id)
        slot, found = Slot.of(sitting, self._zone), []
        for other_id, other in bound:
            if other_id == person_id or (person_id, other.id) in places or (other_id, sitting_id) in places:
                continue
            theirs = Slot.of(other, self._zone)
            here = other_id in known and known[other_id].would_fit(slot, self.rules, instead_of=theirs)
            if here and known[person_id].would_fit(theirs, self.rules, instead_of=slot):
                found.append((other, known[other_id].person))
        return sorted(found, key=lambda pair: (abs((pair[0].date - sitting.date).days), pair[0].date, pair[0].id))

    async def cannot_come(self, actor: Actor, sitting_id: int, now: datetime) -> Sitting:
        """The observer says so; the coordinators get whom to ask instead. The place stays theirs until replaced.

        Said twice it is said once; said again after «Буду» it is news again.
        """
        person = actor.need(Role.OBSERVER)
        async with self._database.transaction() as tx:
            sitting = await find_sitting(tx, sitting_id)
            before = (await assignments.arrivals(tx, person.id)).get(sitting_id)
            if before == "cannot":
                return sitting
            if not await assignments.mark_arrival(tx, sitting_id, person.id, "cannot"):
                raise NoSuchSitting(sitting_id)
            await assignments.note(tx, sitting_id, person.id, "cannot", now, by=person.id)
            found = await self._candidates(tx, sitting)
            screen = screens.cannot_come(sitting, person, found.fit[:3])
            cause = f"cannot:{sitting_id}:{person.id}:{now.isoformat()}"
            await self._staff.tell(tx, now, cause, screen, priority=Priority.ALERT)
            await self._auditing.note(tx, now, actor, "cannot_come", f"sitting:{sitting_id}")
            return sitting

    async def release_in(self, tx: Transaction, person: Person, why: str, now: datetime, *, by: int | None) -> int:
        """Take somebody off everything that is still to come; the coordinators hear what is left without observer."""
        today = now.astimezone(self._zone).date()
        freed = await sittings.of_person(tx, person.id, from_day=today)
        for sitting in freed:
            await self._planning.unassign_in(tx, sitting.id, person.id, why, now, by=by)
        if freed:
            cause = f"released:{person.id}:{now:%Y%m%d%H%M%S}"
            await self._staff.tell(tx, now, cause, screens.released(person, why, freed))
        return len(freed)

    async def history(self, actor: Actor, sitting_id: int) -> tuple[Sitting, list[Event]]:
        actor.need(Role.COORDINATOR)
        async with self._database.read(snapshot=True) as reader:
            return await find_sitting(reader, sitting_id), await assignments.history(reader, sitting_id)

    async def refuse(self, reader: Reader, sitting: Sitting, person_id: int, *, leaving: int | None = None) -> Person:
        """The person, when nothing stands in the way of an assignment by hand (`leaving`: a sitting they give up).

        Raises `NotAnObserver`, `ConflictOfInterest`, `NotTrained`, `DoubleBooking`.
        """
        found = next((w for w in await self.watchers(reader, sitting.date) if w.person.id == person_id), None)
        if found is None:
            raise NotAnObserver(person_id)
        mine = [
            one
            for one in await sittings.of_person(reader, person_id, from_day=sitting.date)
            if one.date == sitting.date and one.id not in (sitting.id, leaving)
        ]
        found.busy = [Slot.of(one, self._zone) for one in mine]
        slot = Slot.of(sitting, self._zone)
        match found.why_not(slot, self.rules, by_hand=True):
            case Unfit.CONFLICT:
                reason = found.conflicts[sitting.school_id]
                raise ConflictOfInterest(found.person.code, sitting.school_name, reason)
            case Unfit.UNTRAINED:
                raise NotTrained(found.person.code)
            case Unfit.BUSY:
                other = next(one for one in mine if Slot.of(one, self._zone).clashes(slot))
                raise DoubleBooking(found.person.code, other.school_name, other.class_name)
            case _:
                return found.person

    async def _candidates(self, reader: Reader, sitting: Sitting) -> Candidates:
        taken = set(await sittings.assigned(reader, sitting.id))
        slot = Slot.of(sitting, self._zone)
        fit, unfit = [], []
        for watcher in await self.watchers(reader, sitting.date):
            if watcher.person.id in taken:
                continue
            why = watcher.why_not(slot, self.rules, by_hand=True)
            if why is None:
                fit.append(watcher)
            else:
                unfit.append((watcher, why))
        return Candidates(sitting, tuple(in_order(fit, sitting.date)), tuple(unfit))

    async def watchers(self, reader: Reader, from_day: date) -> list[Watcher]:
        """Every observer, with what binds them from a day on."""
        conflicts = await assignments.all_conflicts(reader)
        busy: dict[int, list[Slot]] = {}
        for person_id, sitting in await assignments.bound(reader, from_day=from_day):
            busy.setdefault(person_id, []).append(Slot.of(sitting, self._zone))
        return [
            Watcher(
                person if self._names else person.nameless(),
                conflicts.get(person.id, {}),
                read_availability(remark),
                busy.get(person.id, []),
            )
            for person, remark in await assignments.observers(reader)
        ]


def reasons_shown(unfit: tuple[tuple[Watcher, Unfit], ...], school_id: int) -> list[str]:
    """«Н-003: учатся дети», for everybody who does not fit."""
    return [words.unfit(w.person.code, why.value, w.conflicts.get(school_id, "")) for w, why in unfit]
