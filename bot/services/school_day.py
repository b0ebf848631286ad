"""The school marks its own steps; deadlines remind it, then the coordinators learn."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.checklist import Checklists
from bot.domain.people import SCHOOL_ROLES, Actor, Role
from bot.domain.plan import Sitting
from bot.domain.reminding import DAY_BEGINS, DAY_ENDS, MORNING_AT, Due, Rule
from bot.domain.report import Report, ReportKind
from bot.domain.school_day import (
    DEADLINES,
    ESCALATE_AFTER,
    NotForSchools,
    NotYourSchool,
    SchoolStep,
    Video,
    advance,
    due_at,
)
from bot.domain.screen import Screen
from bot.domain.working_days import WorkingDays
from bot.screens import school_day as screens
from bot.services.auditing import Auditing
from bot.services.deserted_schools import DesertedSchools
from bot.services.staff import Staff
from bot.texts import plan as plan_words
from bot.texts import school_day as words
from bot.texts.time import clock
from storage import lost_time, people, reminders, reports, roster, school_days, school_steps, schools, sittings
from storage.database import Database, Reader, Transaction
from storage.outbox import Priority, Promise, promise, to_person

Render = Callable[[Mapping[str, Any]], Awaitable[Screen | None]]
AT_A_TIME = 100  # works
LEAST_LOOK_BACK = 12  # days: the farthest deadline, weekends and holidays included


class SchoolDay:
    """For school coordinators and principals, about their own schools. Raises `NotAllowed`, `NotYourSchool`."""

    def __init__(
        self,
        database: Database,
        auditing: Auditing,
        staff: Staff,
        checklists: Checklists,
        days: WorkingDays,
        zone: ZoneInfo,
        *,
        sees_reports: bool,
        names: bool = True,
    ) -> None:
        self._names = names
        self._database = database
        self._auditing = auditing
        self._staff = staff
        self._checklists = checklists
        self._days = days
        self._look_back = timedelta(days=max(LEAST_LOOK_BACK, 2 * days.upload_days + 4))
        self._zone = zone
        self._sees_reports = sees_reports
        self._deserted = DesertedSchools(staff, names=names)

    def renderers(self) -> dict[str, Render]:
        return {"school-step": self._reminder, "school-morning": self._morning}

    async def works(self, actor: Actor, now: datetime) -> list[tuple[Sitting, int]]:
        """Works of today, and earlier ones with open steps; with how many steps are marked."""
        actor.need(*SCHOOL_ROLES)
        mine, today = actor.schools(*SCHOOL_ROLES), now.astimezone(self._zone).date()
        async with self._database.read(snapshot=True) as reader:
            found = [
                one
                for one in await school_days.between(reader, today - self._look_back, today)
                if one.school_id in mine
            ]
            steps = await school_steps.of_sittings(reader, [one.id for one in found])
        counted = [(one, len(steps.get(one.id, {}))) for one in found]
        return [(one, done) for one, done in counted if one.date == today or done < len(SchoolStep)]

    async def card(self, actor: Actor, sitting_id: int, now: datetime) -> Screen:
        async with self._database.read(snapshot=True) as reader:
            sitting = await self._own(reader, actor, sitting_id)
            return await self._card(reader, sitting, now)

    async def tell(
        self, actor: Actor, sitting_id: int, step: SchoolStep, value: Video | None, at: datetime, now: datetime
    ) -> Screen:
        """Mark a step, or mark it anew; the school's expected report follows in the same transaction.

        `value` None: as it was said before, only the time is another.
        """
        person = actor.need(*SCHOOL_ROLES)
        async with self._database.transaction() as tx:
            sitting = await self._own(tx, actor, sitting_id)
            before = (await school_steps.of_sitting(tx, sitting_id)).get(step.value)
            value = value or (Video(before.value) if before is not None else Video.YES)
            if await school_steps.tell(tx, sitting_id, step.value, value.value, at, person.id, now):
                await self._follow(tx, sitting, person.id, now)
                await self._auditing.note(tx, now, actor, "school-step", f"sitting:{sitting_id}", step=step.value)
                if step is SchoolStep.VIDEO and value is Video.NO and (before is None or before.value != value):
                    text = words.video_fails(plan_words.about(sitting), clock(now, self._zone))
                    await self._staff.tell(
                        tx, now, f"video:{sitting_id}:{now.isoformat()}", Screen(text), priority=Priority.ALERT
                    )
            return await self._card(tx, sitting, now)

    async def told(self, actor: Actor, sitting_id: int) -> tuple[Sitting, list[str]]:
        """Marked steps, in their order."""
        async with self._database.read(snapshot=True) as reader:
            sitting = await self._own(reader, actor, sitting_id)
            held = await school_steps.of_sitting(reader, sitting_id)
        return sitting, [step.value for step in SchoolStep if step in held]

    async def reports(self, actor: Actor, sitting_id: int) -> Screen:
        """What observers sent about a work. Raises `NotForSchools` unless it is allowed here."""
        if not self._sees_reports:
            raise NotForSchools
        async with self._database.read(snapshot=True) as reader:
            sitting = await self._own(reader, actor, sitting_id)
            listed = await reports.of_sitting(reader, sitting_id)
            loaded = [
                await reports.load(reader, one.report.number)
                for one in listed
                if one.report.kind is ReportKind.OBSERVER and one.report.sent and not one.report.training
            ]
        told = [(one, one.checklist_among(self._checklists)) for one in loaded if one is not None]
        return screens.reports(sitting, told)

    async def object_to(self, actor: Actor, number: int, said: str, source: str, now: datetime) -> None:
        """The school disagrees; the coordinators read it."""
        person = actor.need(*SCHOOL_ROLES)
        if not self._sees_reports:
            raise NotForSchools
        async with self._database.transaction() as tx:
            report = await reports.load(tx, number)
            if report is None:
                raise NotForSchools
            sitting = await self._own(tx, actor, report.sitting_id)
            if await school_days.object_to(tx, number, sitting.school_id, person.id, said, source, now):
                screen = screens.objection(number, sitting.school_name, person.code, said)
                await self._staff.tell(tx, now, f"objection:{source}", screen)

    async def look(self, now: datetime) -> int:
        """Morning cards, reminders of steps, and what passed unmarked; each once. Returns how many promises."""
        local = now.astimezone(self._zone)
        if not DAY_BEGINS <= local.time() < DAY_ENDS:
            return 0
        today = local.date()
        async with self._database.read(snapshot=True) as reader:
            works = await school_days.between(reader, today - self._look_back, today)
            steps = await school_steps.of_sittings(reader, [one.id for one in works])
            holders = await people.of_schools(reader)
            linked = await roster.linked(reader)
            duty = await people.holders(reader, Role.COORDINATOR)
            done = await reminders.reminded(reader, today - self._look_back, today)
            lost = await lost_time.spans(reader)
        dues = [*self._mornings(works, holders, now, today)]
        for turn, one in enumerate(works):
            if turn % AT_A_TIME == 0:
                await asyncio.sleep(0)  # of a whole region it takes a while; taps go first
            for place, step in enumerate(SchoolStep):
                if step in steps.get(one.id, {}):
                    continue
                here = holders.get(one.school_id) or [person.id for person in duty[:1]]
                dues += self._steps(one, place, step, here, now, reminds=one.school_id in holders)
        late = {(day, subject) for rule, _, day, subject in done if rule == Rule.STEP_LATE}
        fresh = [
            due
            for due in dues
            if (due.rule.value, due.person_id, due.day, due.subject) not in done
            and (due.rule is not Rule.STEP_LATE or (due.day, due.subject) not in late)
        ]
        if not fresh:
            return 0
        async with self._database.transaction() as tx:
            claimed = await reminders.claim(tx, fresh, now)
            await promise(tx, now, _promises(claimed, now, lost))
            by_id: dict[int, Sitting] = {one.id: one for one in works}
            deserted: dict[SchoolStep, dict[int, list[Sitting]]] = {}
            since: dict[SchoolStep, list[datetime | None]] = {}
            for due in claimed:
                if due.rule is Rule.STEP_LATE:
                    one, step = by_id[due.subject // 10], list(SchoolStep)[due.subject % 10]
                    if linked.isdisjoint(holders.get(one.school_id, ())):
                        deserted.setdefault(step, {}).setdefault(one.school_id, []).append(one)
                        since.setdefault(step, []).append(due.since)
                    else:
                        await self._escalate(tx, one, step, now, lost_time.mark(lost, due.since))
            for step, places in deserted.items():
                await self._deserted.tell(tx, step, places, holders, now, lost_time.mark(lost, *since[step]))
        return len(claimed)

    def _mornings(
        self, works: list[Sitting], holders: Mapping[int, list[int]], now: datetime, today: date
    ) -> list[Due]:
        """Worth sending while some work of the day has not begun."""
        if now < datetime.combine(today, MORNING_AT, tzinfo=self._zone):
            return []
        until: dict[int, datetime] = {}
        for one in works:
            if one.date == today and not one.cancelled:
                for person in holders.get(one.school_id, []):
                    until[person] = max(until.get(person, now), one.begins(self._zone))
        since = datetime.combine(today, MORNING_AT, tzinfo=self._zone)
        return [Due(Rule.SCHOOL_MORNING, person, today, 0, last, since) for person, last in until.items() if now < last]

    def _steps(
        self, one: Sitting, place: int, step: SchoolStep, holders: list[int], now: datetime, *, reminds: bool
    ) -> list[Due]:
        """A reminder from the deadline on, the coordinators half an hour later; stale after a day.

        A school without anybody is not reminded; `holders` are then the coordinators that answer for it.
        """
        due = due_at(step, one, self._days, self._zone)
        until, subject = due + timedelta(hours=20), one.id * 10 + place
        if not due <= now < until:
            return []
        found = [Due(Rule.STEP, person, one.date, subject, until, due) for person in holders] if reminds else []
        if DEADLINES[step].escalates and now >= due + ESCALATE_AFTER:
            somebody = holders[0] if holders else None
            if somebody is not None:
                found.append(Due(Rule.STEP_LATE, somebody, one.date, subject, until, due + ESCALATE_AFTER))
        return found

    async def _escalate(
        self, tx: Transaction, sitting: Sitting, step: SchoolStep, now: datetime, mark: Mapping[str, Any]
    ) -> None:
        school = await schools.school(tx, sitting.school_id)
        due = due_at(step, sitting, self._days, self._zone)
        screen = screens.late(
            step, sitting, due, school.coordinator_phone if school and self._names else "", self._zone
        )
        await self._staff.tell(tx, now, f"school-late:{sitting.id}:{step.value}", screen, mark=mark)

    async def _reminder(self, payload: Mapping[str, Any]) -> Screen | None:
        """One step, or all that came due together; nothing that was marked meanwhile."""
        open_steps: list[tuple[SchoolStep, Sitting, datetime]] = []
        async with self._database.read(snapshot=True) as reader:
            for subject in payload.get("subjects") or [payload["subject"]]:
                sitting_id, step = subject // 10, list(SchoolStep)[subject % 10]
                sitting = await sittings.sitting(reader, sitting_id)
                if not sitting.cancelled and step not in await school_steps.of_sitting(reader, sitting_id):
                    open_steps.append((step, sitting, due_at(step, sitting, self._days, self._zone)))
        if len(open_steps) == 1:
            return screens.reminder(*open_steps[0], self._zone)
        return screens.reminders(open_steps, self._zone) if open_steps else None

    async def _morning(self, payload: Mapping[str, Any]) -> Screen | None:
        on, since = date.fromisoformat(payload["day"]), datetime.fromisoformat(payload["since"])
        async with self._database.read(snapshot=True) as reader:
            holders = await people.of_schools(reader)
            works = [
                one
                for one in await school_days.between(reader, on, on)
                if payload["person"] in holders.get(one.school_id, []) and one.begins(self._zone) > since
            ]
        return screens.morning(works) if works else None

    async def _follow(self, tx: Transaction, sitting: Sitting, by: int, now: datetime) -> None:
        number = await reports.number_of(tx, ReportKind.SCHOOL, sitting.id, None)
        old: Report | None = await reports.load(tx, number) if number is not None else None
        if old is None:
            return
        told = {name: step.happened_at for name, step in (await school_steps.of_sitting(tx, sitting.id)).items()}
        new = advance(old, told, now)
        await reports.save(tx, old, new)
        if new.version > old.version:
            await reports.keep_version(tx, new, "", by, now)

    async def _card(self, reader: Reader, sitting: Sitting, now: datetime) -> Screen:
        held = await school_steps.of_sitting(reader, sitting.id)
        told = {name: (step.happened_at, step.value) for name, step in held.items()}
        dues = {step: due_at(step, sitting, self._days, self._zone) for step in SchoolStep}
        return screens.card(sitting, told, dues, now, self._zone, reports=self._sees_reports)

    async def _own(self, reader: Reader, actor: Actor, sitting_id: int) -> Sitting:
        actor.need(*SCHOOL_ROLES)
        try:
            sitting = await sittings.sitting(reader, sitting_id)
        except LookupError:
            raise NotYourSchool(sitting_id) from None
        if sitting.school_id not in actor.schools(*SCHOOL_ROLES):
            raise NotYourSchool(sitting_id)
        return sitting


def _promises(claimed: Sequence[Due], now: datetime, lost: lost_time.Spans) -> list[Promise]:
    """Morning cards, and one reminder to each person of all steps that are due now.

    What may have been told in a time that a restored copy knows nothing of says so.
    """
    steps: dict[int, list[Due]] = {}
    found = []
    for due in claimed:
        if due.rule is Rule.STEP:
            steps.setdefault(due.person_id, []).append(due)
        elif due.rule is Rule.SCHOOL_MORNING:
            payload = {"person": due.person_id, "day": due.day.isoformat(), "since": now.isoformat()}
            payload |= lost_time.mark(lost, due.since)
            found.append(_promise("school-morning", 0, due, payload, due.until))
    for theirs in steps.values():
        payload = {"subjects": [due.subject for due in theirs]}
        payload |= lost_time.mark(lost, *(due.since for due in theirs))
        found.append(_promise("school-step", theirs[0].subject, theirs[0], payload, max(due.until for due in theirs)))
    return found


def _promise(kind: str, subject: int, due: Due, payload: Mapping[str, Any], until: datetime) -> Promise:
    key = f"{kind}:{subject}:{due.day.isoformat()}:{due.person_id}"
    return Promise(key, to_person(due.person_id), {"render": kind, **payload}, Priority.REMINDER, not_after=until)
