"""The plan, the people and the morning's reports of the demo, through the services and storage of the real bot."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.app import App
from bot.demo.town import PLATFORM, Town
from bot.domain.checklist import AnswerValue, ReportForm
from bot.domain.checklist_file import load_checklist
from bot.domain.enrolment import CONSENT_KIND
from bot.domain.hotline.case import CaseId, Category, Channel, Level
from bot.domain.hotline.draft import Draft, Piece
from bot.domain.importing.school_names import school_key
from bot.domain.people import MUNICIPALITY_ID, Account, Actor, Membership, Person, Role, SchoolId
from bot.domain.plan import NEW_SITTING, USUAL_BELLS, School, Sitting, SittingForm
from bot.domain.school_day import OF_THE_DAY, Video, due_at
from bot.domain.working_days import WorkingDays
from bot.texts import consents as consent_texts
from bot.texts import demo as words
from bot.texts.demo import Call, Said, Work
from bot.texts.people import CODE_LETTERS
from storage import consents, outbox, people, schools, sittings
from storage.database import Transaction

LESSON_MINUTES = 45
PUPILS = 24
NOBODY = Account(PLATFORM, 0, 0)  # observers without a phone act through the services only
HALF = 5  # answers in a report that is half filled in


class Seeding:
    """One use, on a fresh database: `plan` the days, then `report` what happened until now."""

    def __init__(self, app: App, town: Town) -> None:
        self._app = app
        self._town = town
        self._zone = app.settings.zone
        self._schools: dict[str, SchoolId] = {}
        self._observers: list[Person] = []
        self._expected: list[tuple[Person, int, Sitting, Work]] = []
        self._coordinators: dict[str, Actor] = {}  # of schools, those without a phone
        self._school_days: list[tuple[Actor, Sitting]] = []
        checklist = load_checklist()
        self._codes = [item.code for item in checklist.items(ReportForm(app.settings.report_form))]

    async def plan(self, now: datetime) -> None:
        """Schools, people, three days of works, and the reports of yesterday."""
        async with self._app.database.transaction() as tx:
            for name in words.SCHOOLS:
                school = School(SchoolId(0), name)
                self._schools[name] = await schools.save(tx, MUNICIPALITY_ID, school, school_key(name))
            await self._settle(tx, now - timedelta(days=10))
        today = now.astimezone(self._zone).date()
        await self._plan(words.YESTERDAY, today - timedelta(days=1), now)
        await self._report_all()
        await self._tell_steps(now)
        await self._plan(words.TODAY, today, now)
        await self._plan(words.TOMORROW, today + timedelta(days=1), now)
        async with self._app.database.transaction() as tx:  # read long ago: it does not pile up in the phones
            for told in ("assigned", "critical"):
                await outbox.cancel(tx, now, told)

    async def report(self, now: datetime) -> None:
        """What happened this morning, everything at its own time before `now`."""
        await self._report_all()
        await self._tell_steps(now)
        for call in words.CALLS:
            await self._call(call, now - timedelta(minutes=8))

    async def _settle(self, tx: Transaction, at: datetime) -> None:
        for resident in words.RESIDENTS:
            if not resident.role:
                continue
            account = self._town.account(resident)
            person = await self._enrol(tx, Role(resident.role), resident.name, resident.school, account, at)
            await people.link_account(tx, account, person.id, at)
        for school, name in words.OTHER_SCHOOL_COORDINATORS.items():
            person = await self._enrol(tx, Role.SCHOOL_COORDINATOR, name, school, NOBODY, at)
            role = Membership(Role.SCHOOL_COORDINATOR, MUNICIPALITY_ID, self._schools[school])
            self._coordinators[school] = Actor(NOBODY, person, (role,))
        for name in words.OTHER_OBSERVERS:
            await self._enrol(tx, Role.OBSERVER, name, "", NOBODY, at)

    async def _enrol(
        self, tx: Transaction, role: Role, name: str, school: str, account: Account, at: datetime
    ) -> Person:
        person = await people.add_person(tx, MUNICIPALITY_ID, CODE_LETTERS[role], at, full_name=name)
        await people.grant(tx, person.id, role, MUNICIPALITY_ID, self._schools.get(school), at, by=None)
        text_hash = hashlib.sha256(self._app.services.enrolment.consent_text.encode()).hexdigest()
        await consents.give(tx, person.id, CONSENT_KIND, consent_texts.WORK_VERSION, text_hash, account, at)
        for step in ("adult_at", "rehearsed_at", "trained_at"):
            await people.set_moment(tx, person.id, step, at)
        if role is Role.OBSERVER:
            self._observers.append(person)
        return person

    async def _plan(self, works: Sequence[Work], day: date, now: datetime) -> None:
        planned_at = now - timedelta(days=3)
        for work in works:
            sitting = self._sitting(work, day)
            async with self._app.database.transaction() as tx:
                sitting_id = await sittings.save(tx, sitting, planned_at)
                sitting = await sittings.sitting(tx, sitting_id)
                await self._app.services.planning.expect_school_report(tx, sitting, planned_at)
                if (coordinator := self._coordinators.get(work.school)) is not None:
                    self._school_days.append((coordinator, sitting))
                if work.observer is None:
                    continue
                observer = self._observers[work.observer]
                number = await self._app.services.planning.assign_in(tx, sitting_id, observer.id, planned_at, by=None)
            self._expected.append((observer, number, sitting, work))

    async def _report_all(self) -> None:
        for observer, number, sitting, work in self._expected:
            if work.report != "none":
                await self._report(observer, number, sitting, work)
            if work.urgent:
                at = sitting.begins(self._zone) + timedelta(minutes=2)
                await self._app.services.alerting.raise_(_acting(observer), number, work.urgent, f"demo:{number}", at)
        self._expected.clear()

    async def _tell_steps(self, now: datetime) -> None:
        """Schools mark what has come, each step a minute before its deadline."""
        for actor, sitting in self._school_days:
            for step in OF_THE_DAY:
                at = due_at(step, sitting, WorkingDays(), self._zone) - timedelta(minutes=1)
                if at < now:
                    await self._app.services.day.school_day.tell(actor, sitting.id, step, Video.YES, at, at)
        self._school_days.clear()

    async def _call(self, call: Call, at: datetime) -> None:
        draft = Draft(
            CaseId(secrets.token_hex(16)),
            (Piece(call.text),),
            Category(call.category),
            school_known=True,
            school_id=self._schools.get(call.school),
            level=Level.HIDDEN,
        )
        await self._app.services.hotline.intake.register_entered(draft, Channel.PHONE, at)

    def _sitting(self, work: Work, day: date) -> Sitting:
        return Sitting(
            id=NEW_SITTING,
            school_id=self._schools[work.school],
            school_name=work.school,
            class_name=work.class_name,
            grade=int(work.class_name.split()[0]),
            subject=work.subject,
            date=day,
            lesson=work.lesson,
            starts_at=USUAL_BELLS[work.lesson],
            room=work.room,
            pupils=PUPILS,
            form=SittingForm.PAPER,
            duration_min=LESSON_MINUTES,
        )

    async def _report(self, observer: Person, number: int, sitting: Sitting, work: Work) -> None:
        """As far as this observer has come: opened, half answered, or sent a little after the bell."""
        reporting = self._app.services.reporting
        actor = _acting(observer)
        begins = sitting.begins(self._zone)
        ends = begins + timedelta(minutes=LESSON_MINUTES)
        arrives = begins - timedelta(minutes=20)
        await reporting.open(actor, number, arrives, arrived_at=arrives)
        if work.report == "opened":
            return
        codes = self._codes if work.report == "sent" else self._codes[:HALF]
        said = {one.code: one for one in work.said}
        answers = {code: _answer(said.get(code)) for code in codes}
        await reporting.answer(actor, number, answers, begins + timedelta(minutes=4))
        if work.report == "sent":
            times = {"started_at": begins, "ended_at": ends, "left_at": ends + timedelta(minutes=2)}
            await reporting.details(actor, number, times, ends + timedelta(minutes=3))  # type: ignore[arg-type]
            await reporting.send(actor, number, ends + timedelta(minutes=4))


def _acting(observer: Person) -> Actor:
    return Actor(NOBODY, observer, (Membership(Role.OBSERVER, MUNICIPALITY_ID),))


def _answer(said: Said | None) -> tuple[AnswerValue, str]:
    return (AnswerValue.YES, "") if said is None else (AnswerValue(said.value), said.comment)
