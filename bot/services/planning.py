"""The plan and its ledger: sittings, assignments, and the reports they make us expect."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.checklist import ReportForm
from bot.domain.people import Actor, Person, Role
from bot.domain.plan import ConflictOfInterest, NoSuchSitting, Sitting
from bot.domain.report import Report, ReportEvent, ReportKind, ReportState, after, excuse, hand_over, miss, reinstate
from bot.domain.screen import Screen
from bot.screens.start import accept_again
from bot.services.auditing import Auditing
from bot.texts import plan as words
from storage import assignments, consents, people, reports, responsibility, sittings
from storage.database import Database, Reader, Transaction
from storage.outbox import Promise, promise, to_person


@dataclass(frozen=True, slots=True)
class ReportRules:
    """How reports are asked in this installation."""

    form: ReportForm
    deadline_hours: int
    zone: ZoneInfo
    addons: tuple[str, ...] = ()  # stages asked in full on top of the short form


class Planning:
    """Every change of the plan changes the ledger in the same transaction."""

    def __init__(self, database: Database, auditing: Auditing, rules: ReportRules) -> None:
        self._database = database
        self._auditing = auditing
        self._rules = rules

    async def days(self, from_day: date) -> list[date]:
        async with self._database.read() as reader:
            return await sittings.days(reader, from_day=from_day)

    async def day(self, actor: Actor, day: date) -> tuple[list[Sitting], dict[int, int]]:
        """Sittings of a day, and how many observers watch each."""
        actor.need(Role.COORDINATOR)
        async with self._database.read(snapshot=True) as reader:
            return await sittings.of_day(reader, day), await sittings.watchers(reader, day)

    async def sitting(self, sitting_id: int) -> Sitting:
        """Raises `NoSuchSitting`."""
        async with self._database.read() as reader:
            return await find_sitting(reader, sitting_id)

    async def assigned(self, sitting_id: int) -> list[Person]:
        async with self._database.read() as reader:
            found = await people.persons(reader, await sittings.assigned(reader, sitting_id))
        return sorted(found.values(), key=lambda person: person.code)

    async def assign_in(
        self, tx: Transaction, sitting_id: int, person_id: int, now: datetime, *, by: int | None, tell: bool = True
    ) -> int:
        """An observer watches a sitting; the number of the expected report. Inside the transaction of a deed by hand, a
        draw, an import. Twice is once. Raises `ConflictOfInterest`, `NoSuchSitting`."""
        sitting = await find_sitting(tx, sitting_id)
        if sitting.cancelled:
            raise NoSuchSitting(sitting_id)
        person = await people.person(tx, person_id)
        conflicts = await consents.conflicts(tx, person_id)
        if sitting.school_id in conflicts:
            raise ConflictOfInterest(person.code, sitting.school_name, conflicts[sitting.school_id])
        fresh = await sittings.assign(tx, sitting_id, person_id, now, by=by)
        number = await self._expect(tx, sitting, ReportKind.OBSERVER, person_id, now)
        if fresh:
            await assignments.note(tx, sitting_id, person_id, "assigned", now, by=by)
        if fresh and tell:
            screen = Screen(words.assigned(sitting))
            await promise(
                tx,
                now,
                [
                    Promise(
                        f"assigned:{number}:{person_id}:{now:%Y%m%d%H%M%S}",
                        to_person(person_id),
                        {"screen": screen.to_json()},
                    )
                ],
            )
        return number

    async def expect_school_report(self, tx: Transaction, sitting: Sitting, now: datetime) -> int:
        """The school's own report about a sitting; whoever coordinates the school answers for it."""
        return await self._expect(tx, sitting, ReportKind.SCHOOL, None, now)

    async def replan(self, tx: Transaction, sitting: Sitting, now: datetime, *, revived: bool = False) -> None:
        """A sitting came into the plan or changed: its reports are expected, with the deadline of its new time.

        `revived`: it was cancelled until now, so those who are assigned still are awaited again. The head who took it
        under control before it moved is asked again.
        """
        due = sitting.report_due(self._rules.zone, self._rules.deadline_hours)
        await self.expect_school_report(tx, sitting, now)
        await reports.move_deadline(tx, sitting.id, due)
        for listed in await reports.of_sitting(tx, sitting.id):  # the deadline that was missed is no more
            if listed.report.state is ReportState.MISSED and listed.report.due_at < due:
                await self._reinstate(tx, listed.report.number, due)
        if revived:
            await self._await_again(tx, sitting, now)
        await self._ask_head_again(tx, sitting, now)

    async def _await_again(self, tx: Transaction, sitting: Sitting, now: datetime) -> None:
        """Whoever left, or declared an interest, while nobody had to come is taken off without a word."""
        observers = {person.id for person in await people.holders(tx, Role.OBSERVER)}
        for person_id in await sittings.assigned(tx, sitting.id):
            if person_id in observers and sitting.school_id not in await consents.conflicts(tx, person_id):
                await self._expect(tx, sitting, ReportKind.OBSERVER, person_id, now)
            else:
                await self.unassign_in(tx, sitting.id, person_id, words.NO_LONGER, now, by=person_id)

    async def _ask_head_again(self, tx: Transaction, sitting: Sitting, now: datetime) -> None:
        before = await responsibility.history(tx, sitting.id)
        heads = {head.id for head in await people.holders(tx, Role.PRINCIPAL, school_id=sitting.school_id)}
        if before and not any(one.holds for one in before) and before[-1].person_id in heads:
            head = before[-1].person_id
            key = f"accept-again:{sitting.id}:{sitting.date.isoformat()}:{sitting.lesson}:{sitting.starts_at}:{head}"
            await promise(tx, now, [Promise(key, to_person(head), {"screen": accept_again(sitting).to_json()})])

    async def unassign(self, actor: Actor, sitting_id: int, person_id: int, why: str, now: datetime) -> None:
        """The observer will not come; a report that was not sent is excused, one that was sent stays."""
        by = actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            if await self.unassign_in(tx, sitting_id, person_id, why, now, by=by.id):
                await self._auditing.note(tx, now, actor, "unassign", f"sitting:{sitting_id}", person=person_id)

    async def unassign_in(
        self, tx: Transaction, sitting_id: int, person_id: int, why: str, now: datetime, *, by: int | None
    ) -> bool:
        """The same inside a transaction of a larger deed; False when they were not assigned."""
        if not await sittings.end_assignment(tx, sitting_id, person_id, why, now):
            return False
        await assignments.note(tx, sitting_id, person_id, "ended", now, by=by, reason=why)
        for listed in await reports.of_sitting(tx, sitting_id):
            if listed.report.person_id == person_id:
                await self._excuse(tx, listed.report.number, why, now)
        if by != person_id:
            screen = Screen(words.taken_off(await find_sitting(tx, sitting_id)))
            key = f"unassigned:{sitting_id}:{person_id}:{now:%Y%m%d%H%M%S}"
            await promise(tx, now, [Promise(key, to_person(person_id), {"screen": screen.to_json()})])
        return True

    async def hand_over_in(
        self, tx: Transaction, sitting_id: int, old_id: int, new_id: int, now: datetime, *, by: int | None
    ) -> None:
        """The sitting's observer changes. A begun report goes over with its answers; a sent one stays its author's."""
        report = await self._report_of(tx, sitting_id, old_id)
        held = await self._report_of(tx, sitting_id, new_id)
        if report is not None and after(report.state, ReportEvent.HAND_OVER) is not None:
            if held is None:
                await reports.save(tx, report, hand_over(report, new_id))
            elif held.state is ReportState.EXCUSED and (report.answers or not held.answers):
                # Whoever comes back finds what was done meanwhile; the excused one is then the other's, and stays so.
                await reports.set_free(tx, report.number)
                await reports.save(tx, held, replace(held, person_id=old_id, revision=held.revision + 1))
                await reports.save(tx, report, hand_over(report, new_id))
        await self.unassign_in(tx, sitting_id, old_id, words.REPLACED, now, by=by)
        await self.assign_in(tx, sitting_id, new_id, now, by=by)
        await assignments.note(tx, sitting_id, old_id, "replaced", now, by=by, other=new_id)

    async def _report_of(self, reader: Reader, sitting_id: int, person_id: int) -> Report | None:
        number = await reports.number_of(reader, ReportKind.OBSERVER, sitting_id, person_id)
        return await reports.load(reader, number) if number is not None else None

    async def cancel_in(self, tx: Transaction, sitting: Sitting, why: str, now: datetime) -> bool:
        """The sitting will not take place: its unsent reports are excused. False when it was cancelled before."""
        if not await sittings.cancel(tx, sitting.id, why, now):
            return False
        await self.excuse_in(tx, sitting, why, now)
        return True

    async def excuse_in(self, tx: Transaction, sitting: Sitting, why: str, now: datetime) -> None:
        """No report is awaited about a sitting that is cancelled; those that were sent stay."""
        for listed in await reports.of_sitting(tx, sitting.id):
            await self._excuse(tx, listed.report.number, why, now)

    async def miss_overdue(self, now: datetime) -> int:
        """Reports whose deadline has passed unsent are missed; they can still be sent. Returns how many."""
        async with self._database.transaction() as tx:
            numbers = await reports.overdue(tx, now)
            for number in numbers:
                report = await reports.load(tx, number)
                assert report is not None
                await reports.save(tx, report, miss(report, now=now))
        return len(numbers)

    async def _expect(
        self, tx: Transaction, sitting: Sitting, kind: ReportKind, person_id: int | None, now: datetime
    ) -> int:
        due = sitting.report_due(self._rules.zone, self._rules.deadline_hours)
        number = await reports.add(
            tx, kind, sitting.id, person_id, due, self._rules.form, now, addons=self._rules.addons
        )
        if number is not None:
            return number
        number = await reports.number_of(tx, kind, sitting.id, person_id)
        assert number is not None
        report = await reports.load(tx, number)
        assert report is not None
        if report.state is ReportState.EXCUSED or (report.state is ReportState.MISSED and report.due_at < due):
            await self._reinstate(tx, number, due)
        return number

    async def _reinstate(self, tx: Transaction, number: int, due: datetime) -> None:
        report = await reports.load(tx, number)  # with its answers: they say how far it had come
        assert report is not None
        await reports.save(tx, report, reinstate(report, due_at=due))

    async def _excuse(self, tx: Transaction, number: int, why: str, now: datetime) -> None:
        report = await reports.load(tx, number)
        assert report is not None
        if after(report.state, ReportEvent.EXCUSE) is not None:
            await reports.save(tx, report, excuse(report, why))


async def find_sitting(reader: Reader, sitting_id: int) -> Sitting:
    """Raises `NoSuchSitting`."""
    try:
        return await sittings.sitting(reader, sitting_id)
    except LookupError:
        raise NoSuchSitting(sitting_id) from None
