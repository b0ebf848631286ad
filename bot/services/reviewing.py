"""Coordinators look at reports: accept, return, decide about each violation; nobody overwrites another's decision."""

from datetime import date, datetime

from bot.domain.checklist import AnswerValue
from bot.domain.people import Actor, Role
from bot.domain.quality import judge
from bot.domain.report import Report, ReportState, send_back, verify
from bot.domain.reporting import DayRules, ReportView
from bot.domain.reviewing import (
    Judged,
    NoSuchViolation,
    ReasonNeeded,
    ReportCard,
    SentVersion,
    SomebodyWasFaster,
)
from bot.domain.summary import Review
from bot.screens import reviewing as screens
from bot.services.auditing import Auditing
from bot.services.hotline.access import Access
from bot.services.reporting import Reporting
from bot.services.staff import Staff
from storage import day, people, reports, reviews, school_steps
from storage.database import Database, Reader
from storage.hotline import cases
from storage.outbox import Promise, promise, to_person


class Reviewing:
    """For coordinators. Raises `NotAllowed`, `NoSuchReport`, and the refusals of `bot.domain.reviewing`."""

    def __init__(
        self, database: Database, auditing: Auditing, staff: Staff, reporting: Reporting, rules: DayRules
    ) -> None:
        self._database = database
        self._auditing = auditing
        self._staff = staff
        self._reporting = reporting
        self._rules = rules

    async def card(self, actor: Actor, number: int, now: datetime) -> ReportCard:
        actor.need(Role.COORDINATOR)
        view = await self._reporting.view(actor, number, now)
        async with self._database.read(snapshot=True) as reader:
            siblings = [
                await reports.load(reader, one.report.number)
                for one in await reports.of_sitting(reader, view.report.sitting_id)
                if one.report.number != number and one.report.kind is view.report.kind
            ]
            others = [one.answers for one in siblings if one is not None and one.sent]
            school = await school_steps.times(reader, view.report.sitting_id)
            sent = await reviews.versions(reader, number)
            known = await people.persons(reader, filter(None, (view.report.person_id, view.report.entered_by)))
            tied = [case for case in await cases.tied_to(reader, number) if await Access().may_see(reader, actor, case)]
        quality = judge(view.report, view.checklist, now=now, lesson=view.lesson, others=others, school=school)
        observer, typist = (
            known[each].code if each in known else "" for each in (view.report.person_id, view.report.entered_by)
        )
        return ReportCard(view, observer, quality, len(sent), typist, tuple(tied))

    async def history(self, actor: Actor, number: int) -> list[SentVersion]:
        """Every version that was sent, the first one first."""
        actor.need(Role.COORDINATOR)
        async with self._database.read() as reader:
            return await reviews.versions(reader, number)

    async def verify(self, actor: Actor, number: int, revision: int, now: datetime) -> None:
        """Accept the report as it was seen; accepting twice is accepting once."""
        actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            old = await self._as_seen(tx, number, revision, ReportState.VERIFIED)
            new = verify(old, now=now)
            if new is not old:
                await reports.save(tx, old, new)
                await self._auditing.note(tx, now, actor, "verify", f"report:{number}", version=new.version)

    async def send_back(self, actor: Actor, number: int, revision: int, comment: str, now: datetime) -> None:
        """The observer is asked to mend it, in the coordinator's words; a button leads there."""
        actor.need(Role.COORDINATOR)
        if not comment.strip():
            raise ReasonNeeded
        view = await self._reporting.view(actor, number, now)
        async with self._database.transaction() as tx:
            old = await self._as_seen(tx, number, revision, ReportState.RETURNED)
            new = send_back(old, comment)
            if new is old:
                return
            if old.revision != revision:
                raise SomebodyWasFaster(number)  # another's words are with the observer already
            await reports.save(tx, old, new)
            await self._auditing.note(tx, now, actor, "return", f"report:{number}", version=new.version)
            if new.person_id is not None:
                screen = screens.returned(view, new.state_reason)
                key = f"returned:{number}:{new.revision}"
                await promise(tx, now, [Promise(key, to_person(new.person_id), {"screen": screen.to_json()})])

    async def violation(self, actor: Actor, number: int, code: str, now: datetime) -> Judged:
        actor.need(Role.COORDINATOR)
        view = await self._reporting.view(actor, number, now)
        async with self._database.read() as reader:
            return await self._judged(reader, view, code)

    async def decide(
        self, actor: Actor, number: int, code: str, seen: Review, version: int, review: Review, now: datetime
    ) -> Judged:
        """What the coordinator saw becomes what they decided. The same decision twice is one.

        Raises `SomebodyWasFaster` when it is not what they saw any more: nothing is overwritten.
        """
        by = actor.need(Role.COORDINATOR)
        view = await self._reporting.view(actor, number, now)
        async with self._database.transaction() as tx:
            if not await reviews.decide(tx, number, code, seen, version, review, by.id, now):
                held = await self._judged(tx, view, code)
                if held.review is review and held.by == by.code and held.version == version:
                    return held
                raise SomebodyWasFaster(number)
            await self._auditing.note(
                tx, now, actor, "review", f"report:{number}", item=code, old=seen.value, new=review.value
            )
            return await self._judged(tx, view, code)

    async def note(self, actor: Actor, number: int, code: str, words: str, source: str, now: datetime) -> None:
        """Words to one's own decision; with «Уточнить» they are the question to the observer."""
        by = actor.need(Role.COORDINATOR)
        view = await self._reporting.view(actor, number, now)
        async with self._database.transaction() as tx:
            held = await self._judged(tx, view, code)
            line = f"{by.code}: {words.strip()}"
            if not await reviews.add_to_note(tx, number, code, line, decided_by=by.id):
                raise SomebodyWasFaster(number)
            if held.review is Review.CLARIFY and view.report.person_id is not None:
                screen = screens.question(view, code, words.strip())
                key = f"clarify:{number}:{code}:{source}"
                await promise(tx, now, [Promise(key, to_person(view.report.person_id), {"screen": screen.to_json()})])

    async def answer(self, actor: Actor, number: int, code: str, words: str, source: str, now: datetime) -> None:
        """The observer answers the question; the coordinators read it, the violation keeps it."""
        person = actor.need(Role.OBSERVER)
        view = await self._reporting.view(actor, number, now)
        async with self._database.transaction() as tx:
            await reviews.add_to_note(tx, number, code, f"{person.code}: {words.strip()}")
            screen = screens.answered(view, code, person.code, words.strip())
            await self._staff.tell(tx, now, f"clarified:{number}:{code}:{source}", screen)

    async def close_day(self, actor: Actor, on: date, closed: bool, now: datetime) -> None:
        """No corrections any more (or again). Idempotent."""
        by = actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            if await day.set_closing(tx, self._rules.municipality_id, on, closed=closed, by=by.id, now=now):
                await self._auditing.note(tx, now, actor, "close" if closed else "reopen", f"day:{on.isoformat()}")

    async def day_closed(self, on: date, now: datetime) -> bool:
        async with self._database.read() as reader:
            by_hand = await day.closing(reader, self._rules.municipality_id, on)
        return self._rules.closed(on, now, by_hand)

    async def _as_seen(self, reader: Reader, number: int, revision: int, wanted: ReportState) -> Report:
        report = await reports.load(reader, number)
        assert report is not None, "the caller has just shown it"
        if report.revision != revision and report.state is not wanted:
            raise SomebodyWasFaster(number)
        return report

    async def _judged(self, reader: Reader, view: ReportView, code: str) -> Judged:
        found = await reviews.of_answer(reader, view.report.number, code)
        if found is None or found.value is not AnswerValue.NO:
            raise NoSuchViolation(view.report.number, code)
        return Judged(view, code, found.comment, found.review, found.note, found.by, found.at, found.photos)
