"""«Ждём отчёты»: remind, excuse, expect again. Reminding everybody has a cooldown and a result that can be looked at."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.awaiting import COOLDOWN, Delivery, NobodyToAwait, RemindedLately, need_daytime
from bot.domain.findings import AwaitedReport
from bot.domain.people import Actor, Person, Role
from bot.domain.period import Period, scope_of
from bot.domain.report import Report, ReportKind, excuse, reinstate
from bot.domain.report.states import ReportState
from bot.domain.reporting import NoSuchReport, ReportView
from bot.domain.reviewing import ReasonNeeded
from bot.domain.screen import Screen
from bot.services.auditing import Auditing
from bot.services.reporting import Reporting
from bot.texts import awaiting as words
from storage import assignments, findings, people, reminders, reports, sittings
from storage.database import Database, Transaction
from storage.outbox import Priority, Promise, cancel, promise, to_person

Say = Callable[..., str]
OUT_OF_DATE: Final = timedelta(minutes=30)


class Awaiting:
    """For coordinators. Raises `NotAllowed`, `NoSuchReport`."""

    def __init__(
        self, database: Database, auditing: Auditing, reporting: Reporting, zone: ZoneInfo, *, names: bool = True
    ) -> None:
        self._names = names
        self._database = database
        self._auditing = auditing
        self._reporting = reporting
        self._zone = zone

    async def awaited(self, actor: Actor, period: Period) -> list[AwaitedReport]:
        """Reports of observers that are awaited, by deadline."""
        actor.need(Role.COORDINATOR)
        async with self._database.read(snapshot=True) as reader:
            found = await findings.awaited(reader, period, scope_of(actor))
        return [one for one in found if one.kind is ReportKind.OBSERVER]

    async def remind_all(self, actor: Actor, period: Period, now: datetime) -> int:
        """Everybody whose report is awaited and who can be reached; returns the number of the round, 0 for nobody.

        Raises `RemindedLately` within the cooldown, `NobodyIsWoken` at night. What each gets is made when it is sent,
        so nobody who has just reported is reminded.
        """
        person = actor.need(Role.COORDINATOR)
        need_daytime(now, self._zone)
        async with self._database.transaction() as tx:
            last = await reminders.last_round(tx, person.municipality_id, period.first)
            if last is not None and now < last.asked_at + COOLDOWN:
                raise RemindedLately(last.asked_at, last.asked_at + COOLDOWN)
            found = await findings.awaited(tx, period, scope_of(actor))
            to_ask = [one for one in found if one.kind is ReportKind.OBSERVER and one.linked]
            if not to_ask:
                return 0
            round_id = await reminders.add_round(tx, person.municipality_id, period.first, person.id, now, len(to_ask))
            loaded = [await reports.load(tx, one.number) for one in to_ask]
            await promise(tx, now, [_asked(round_id, one, now) for one in loaded if one and one.person_id is not None])
            await self._auditing.note(tx, now, actor, "remind", f"day:{period.code}", count=len(to_ask))
            return round_id

    async def delivery(self, actor: Actor, period: Period) -> Delivery | None:
        """Of the latest round; None when there was none."""
        person = actor.need(Role.COORDINATOR)
        async with self._database.read(snapshot=True) as reader:
            last = await reminders.last_round(reader, person.municipality_id, period.first)
            if last is None:
                return None
            states = await reminders.delivery(reader, f"asked:{last.id}")
            lost = [person_id for person_id, state in states if state in ("unreachable", "failed", "uncertain")]
            known = await people.persons(reader, lost)
        return Delivery(
            last.asked_at,
            last.asked_at + COOLDOWN,
            sum(state == "sent" for _, state in states),
            sum(state in ("pending", "claimed") for _, state in states),
            tuple(sorted({known[person_id].code for person_id in lost if person_id in known})),
        )

    async def remind_one(self, actor: Actor, number: int, now: datetime) -> bool:
        """False when it is not expected from anybody who can be reminded. Raises `NobodyIsWoken` at night."""
        actor.need(Role.COORDINATOR)
        need_daytime(now, self._zone)
        async with self._database.transaction() as tx:
            report = await self._load(tx, number)
            if report.person_id is None or report.sent:
                return False
            minute = int(now.timestamp()) // 60  # a double tap is one reminder
            await promise(tx, now, [_asked(f"one-{minute}", report, now)])
            return True

    async def card(self, actor: Actor, number: int, now: datetime) -> tuple[ReportView, Person | None]:
        actor.need(Role.COORDINATOR)
        view = await self._reporting.view(actor, number, now)
        async with self._database.read() as reader:
            person_id = view.report.person_id
            known = await people.persons(reader, [person_id] if person_id is not None else [])
        person = known.get(person_id) if person_id is not None else None
        return view, person if person is None or self._names else person.nameless()

    async def excuse(self, actor: Actor, number: int, why: str, now: datetime) -> None:
        """There will be no report. Reminders are taken back, the observer is told. Raises `StepNotPossible`."""
        actor.need(Role.COORDINATOR)
        if not why.strip():
            raise ReasonNeeded
        async with self._database.transaction() as tx:
            old = await self._load(tx, number)
            new = excuse(old, why)
            if new is old:
                return
            await reports.save(tx, old, new)
            await cancel(tx, now, f"remind:{number}")
            await self._auditing.note(tx, now, actor, "excuse", f"report:{number}", old=old.state.value)
            await self._tell(tx, new, words.not_expected, now, new.state_reason)

    async def expect_again(self, actor: Actor, number: int, now: datetime) -> None:
        """The excuse was a mistake. Raises `NobodyToAwait` when nobody is to send it."""
        actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            old = await self._load(tx, number)
            if old.state is not ReportState.EXCUSED:
                return
            sitting = await sittings.sitting(tx, old.sitting_id)
            if sitting.cancelled or not await assignments.of_persons(tx, filter(None, [old.person_id]), old.sitting_id):
                raise NobodyToAwait
            new = reinstate(old)
            await reports.save(tx, old, new)
            await self._auditing.note(tx, now, actor, "reinstate", f"report:{number}")
            await self._tell(tx, new, words.expected_again, now)

    async def _tell(self, tx: Transaction, report: Report, say: Say, now: datetime, *more: str) -> None:
        if report.person_id is None:
            return
        sitting = await sittings.sitting(tx, report.sitting_id)
        screen = Screen(say(report.number, sitting.school_name, sitting.class_name, *more))
        key = f"ledger:{report.number}:{report.revision}"
        await promise(tx, now, [Promise(key, to_person(report.person_id), {"screen": screen.to_json()})])

    async def _load(self, tx: Transaction, number: int) -> Report:
        report = await reports.load(tx, number)
        if report is None or report.kind is not ReportKind.OBSERVER:
            raise NoSuchReport(number)
        return report


def _asked(round_id: int | str, report: Report, now: datetime) -> Promise:
    assert report.person_id is not None
    payload = {"render": "remind", "person": report.person_id, "number": report.number}
    key = f"asked:{round_id}:{report.number}"
    return Promise(key, to_person(report.person_id), payload, Priority.REMINDER, not_after=now + OUT_OF_DATE)
