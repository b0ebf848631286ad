"""Reminders by the clocks of the municipality: each once, never about what is done, never at night."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.people import Actor, Person, Role
from bot.domain.plan import Sitting
from bot.domain.reminding import UNSENT, Due, Rule, due_now
from bot.domain.report import ReportState
from bot.domain.screen import Screen
from bot.screens import reminding as screens
from bot.services.reporting import Reporting
from bot.services.staff import Staff
from bot.texts.time import clock
from storage import assignments, lost_time, reminders, reports, sittings
from storage.database import Database, Reader, Transaction
from storage.outbox import Priority, Promise, promise, to_person

Render = Callable[[Mapping[str, Any]], Awaitable[Screen | None]]


class Reminding:
    def __init__(self, database: Database, reporting: Reporting, staff: Staff, zone: ZoneInfo) -> None:
        self._database = database
        self._reporting = reporting
        self._staff = staff
        self._zone = zone

    def renderers(self) -> dict[str, Render]:
        """Made at the last moment: a report that was sent a second ago gets no reminder."""
        return {"remind": self._report, "remind-eve": self._eve, "remind-morning": self._morning}

    async def remind(self, now: datetime) -> int:
        """Promise everything that is due and was not promised before; returns how many."""
        today = now.astimezone(self._zone).date()
        tomorrow = today + timedelta(days=1)
        async with self._database.read(snapshot=True) as reader:
            watches = await reminders.watches(reader, today, tomorrow, self._zone)
            dues = due_now(watches, now, self._zone)
            done = await reminders.reminded(reader, today, tomorrow) if dues else set()
            lost = await lost_time.spans(reader)
        fresh = [due for due in dues if (due.rule.value, due.person_id, due.day, due.subject) not in done]
        if not fresh:
            return 0
        async with self._database.transaction() as tx:
            claimed = await reminders.claim(tx, fresh, now)
            await promise(tx, now, [_promise(due, now, lost_time.mark(lost, due.since)) for due in claimed])
        return len(claimed)

    async def arrival(self, actor: Actor, on: date, arrival: str, now: datetime) -> tuple[list[Sitting], list[Sitting]]:
        """«Буду» or «Опаздываю», for every work of that day; the coordinators are told at once who is late.

        (works it counts for, works of which they said «Не смогу»: these are asked about one by one). The only work
        of the day is meant whatever was said of it before.
        """
        person = actor.need(Role.OBSERVER)
        async with self._database.transaction() as tx:
            works = await self._works(tx, person.id, on)
            before = await assignments.arrivals(tx, person.id)
            refused = [one for one in works if before.get(one.id) == "cannot"]
            if len(works) == 1 and refused:
                await self._comes_after_all(tx, person, works[0], arrival, now)
                refused = []
            meant = [one for one in works if one not in refused]
            for one in meant:
                await assignments.mark_arrival(tx, one.id, person.id, arrival)
            if meant and arrival == "late":
                screen = screens.late_for_staff(person.code, meant, clock(now, self._zone))
                await self._staff.tell(tx, now, f"late:{person.id}:{on.isoformat()}", screen, priority=Priority.ALERT)
            return meant, refused

    async def comes_after_all(self, actor: Actor, sitting_id: int, now: datetime) -> bool:
        """«Буду» after «Не смогу», of one work. False when somebody else watches it by now."""
        person = actor.need(Role.OBSERVER)
        async with self._database.transaction() as tx:
            before = (await assignments.arrivals(tx, person.id)).get(sitting_id)
            if before == "cannot":
                await self._comes_after_all(tx, person, await sittings.sitting(tx, sitting_id), "coming", now)
            return before is not None

    async def _comes_after_all(
        self, tx: Transaction, person: Person, sitting: Sitting, arrival: str, now: datetime
    ) -> None:
        """Whoever looks for somebody to stand in may stop."""
        await assignments.mark_arrival(tx, sitting.id, person.id, arrival)
        await assignments.note(tx, sitting.id, person.id, "coming", now, by=person.id)
        screen = screens.comes_after_all(person.code, sitting)
        cause = f"coming:{sitting.id}:{person.id}:{now.isoformat()}"
        await self._staff.tell(tx, now, cause, screen, priority=Priority.ALERT)

    async def works(self, actor: Actor, on: date) -> list[Sitting]:
        person = actor.need(Role.OBSERVER)
        async with self._database.read() as reader:
            return await self._works(reader, person.id, on)

    async def cannot_finish(self, actor: Actor, number: int, now: datetime) -> None:
        """The observer asks for help; the coordinators get what to do."""
        person = actor.need(Role.OBSERVER)
        view = await self._reporting.view(actor, number, now)
        async with self._database.transaction() as tx:
            key = f"stuck:{number}:{now.astimezone(self._zone):%Y%m%d%H}"
            await self._staff.tell(tx, now, key, screens.cannot_finish(view, person.code), priority=Priority.ALERT)

    async def _report(self, payload: Mapping[str, Any]) -> Screen | None:
        number, person_id = int(payload["number"]), int(payload["person"])
        async with self._database.read() as reader:
            report = await reports.load(reader, number)
            if report is None or report.person_id != person_id:
                return None
            if report.state not in UNSENT and report.state is not ReportState.MISSED:
                return None
            sitting = await sittings.sitting(reader, report.sitting_id)
            if sitting.cancelled or person_id not in await sittings.assigned(reader, sitting.id):
                return None
        view = self._reporting.bare_view(report, sitting)
        return screens.report(view, overdue=report.state is ReportState.MISSED)

    async def _eve(self, payload: Mapping[str, Any]) -> Screen | None:
        on = date.fromisoformat(payload["day"]) + timedelta(days=1)
        async with self._database.read() as reader:
            works = await self._to_watch(reader, int(payload["person"]), on)
            here = {one.id for one in works}
            dues = [
                listed.report.due_at
                for listed in await reports.of_person(reader, int(payload["person"]), from_day=on)
                if listed.sitting.id in here
            ]
        return screens.eve(on, works, clock(max(dues), self._zone)) if works and dues else None

    async def _morning(self, payload: Mapping[str, Any]) -> Screen | None:
        """After a downtime only of works that have not begun: nobody is called to where they are, or were not."""
        on, since = date.fromisoformat(payload["day"]), datetime.fromisoformat(payload["since"])
        async with self._database.read() as reader:
            works = await self._to_watch(reader, int(payload["person"]), on)
        ahead = [one for one in works if one.begins(self._zone) > since]
        return screens.morning(on, ahead) if ahead else None

    async def _to_watch(self, reader: Reader, person_id: int, on: date) -> list[Sitting]:
        """Without those of which they said «Не смогу»."""
        said = await assignments.arrivals(reader, person_id)
        return [one for one in await self._works(reader, person_id, on) if said.get(one.id) != "cannot"]

    async def _works(self, reader: Reader, person_id: int, on: date) -> list[Sitting]:
        return [one for one in await sittings.of_person(reader, person_id, from_day=on) if one.date == on]


def _promise(due: Due, now: datetime, mark: Mapping[str, Any]) -> Promise:
    kind = {Rule.EVE: "remind-eve", Rule.MORNING: "remind-morning"}.get(due.rule, "remind")
    about_day = {"day": due.day.isoformat(), "since": now.isoformat()}
    payload = {"render": kind, "person": due.person_id, "number": due.subject, **about_day, **mark}
    about = due.subject or due.day.isoformat()
    key = f"remind:{about}:{due.rule.value}:{due.day.isoformat()}:{due.person_id}"
    return Promise(key, to_person(due.person_id), payload, Priority.REMINDER, not_after=due.until)
