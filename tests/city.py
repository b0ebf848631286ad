"""A small city for journeys: set up through the real services, as a coordinator would."""

from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.people import Account, Person, Role, SchoolId
from bot.domain.plan import School, Sitting, SittingForm, SittingId
from bot.texts.people import CODE_LETTERS
from storage import people, schools, sittings
from tests.people import Phone
from tests.running import Running


@dataclass
class City:
    """Ids of what was set up; phones of the people in it."""

    running: Running
    schools: dict[str, SchoolId] = field(default_factory=dict)
    reports: dict[str, int] = field(default_factory=dict)

    async def has_school(self, name: str) -> SchoolId:
        async with self.running.app.database.transaction() as tx:
            self.schools[name] = await schools.save(tx, 1, School(SchoolId(0), name), name.casefold())
        return self.schools[name]

    async def phone_of(self, name: str, role: Role, *, school: str = "", ready: bool = True) -> tuple[Phone, Person]:
        """Somebody who went through the enrolment, with their phone."""
        app = self.running.app
        phone = self.running.person(name, started=True)
        account = Account("tg", phone.id, phone.id)
        now = app.clock()
        async with app.database.transaction() as tx:
            person = await people.add_person(tx, 1, CODE_LETTERS[role], now, full_name=name)
            await people.link_account(tx, account, person.id, now)
            await people.grant(tx, person.id, role, 1, self.schools.get(school), now, by=None)
            if ready:
                for step in ("adult_at", "rehearsed_at", "trained_at"):
                    await people.set_moment(tx, person.id, step, now)
        if ready:
            actor, _ = await app.services.enrolment.actor(account)
            await app.services.enrolment.consent(actor, now)
        return phone, person

    async def sits_today(
        self, school: str, class_name: str, subject: str, observer: Person, *, minutes: int = 0, room: str = "214"
    ) -> int:
        """A sitting that begins in `minutes` (negative: began), watched by this observer; the report's number."""
        app = self.running.app
        now = app.clock()
        begins = (now + timedelta(minutes=minutes)).astimezone(app.settings.zone)
        sitting = Sitting(
            SittingId(0),
            self.schools[school],
            school,
            class_name,
            int("".join(filter(str.isdigit, class_name))),
            subject,
            now.astimezone(app.settings.zone).date(),
            2,
            begins.time().replace(second=0, microsecond=0),
            room,
            24,
            SittingForm.PAPER,
            45,
        )
        async with app.database.transaction() as tx:
            sitting_id = await sittings.save(tx, sitting, now)
            await app.services.planning.expect_school_report(tx, await sittings.sitting(tx, sitting_id), now)
            return await app.services.planning.assign_in(tx, sitting_id, observer.id, now, by=None)
