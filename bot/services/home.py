"""«Главная»: the current screen of whoever asks."""

from datetime import datetime

from bot.domain.checklist import Checklists
from bot.domain.enrolment import Step
from bot.domain.people import MUNICIPALITY_ID, Actor, Role, leading_role
from bot.domain.plan import School, Sitting
from bot.domain.screen import Screen
from bot.screens import start as screens
from bot.screens.start import Place
from bot.services.enrolment import Enrolment
from bot.services.responsibility import Responsibility
from bot.texts.natural import by_name
from storage import reports, schools, sittings, standing
from storage.database import Database


class Home:
    def __init__(
        self,
        database: Database,
        enrolment: Enrolment,
        responsibility: Responsibility,
        checklists: Checklists,
        place: Place,
    ) -> None:
        self._database = database
        self._enrolment = enrolment
        self._responsibility = responsibility
        self._checklists = checklists
        self.place = place

    async def screen(self, actor: Actor, now: datetime) -> Screen:
        """By context: a stranger, an invited person on some step, or the card of the day."""
        progress = await self._enrolment.step(actor)
        if progress is None or actor.person is None:
            return screens.stranger(self.place)
        step, role = progress
        if step is not Step.READY:
            return screens.step(
                step, role, actor.person.code, self._enrolment.consent_text, await self._schools_of(actor)
            )
        return await self._card(actor, now)

    async def schools(self, actor: Actor) -> list[School]:
        """All schools of the municipality, in natural order."""
        municipality = actor.person.municipality_id if actor.person else MUNICIPALITY_ID
        async with self._database.read() as reader:
            return by_name(await schools.all_schools(reader, municipality), lambda school: school.short_name)

    async def dates(self, actor: Actor, now: datetime) -> list[Sitting]:
        if actor.person is None:
            return []
        async with self._database.read() as reader:
            return await sittings.of_person(reader, actor.person.id, from_day=now.astimezone(self.place.zone).date())

    async def _card(self, actor: Actor, now: datetime) -> Screen:
        assert actor.person is not None
        roles = [membership.role for membership in actor.memberships]
        async with self._database.read() as reader:
            here = leading_role(actor.memberships, await standing.chosen_role(reader, actor.person.id))
        if here is None:
            return screens.stranger(self.place)
        return screens.with_other_roles(await self._card_of(actor, here, now), here, roles)

    async def choose_role(self, actor: Actor, role: Role, now: datetime) -> None:
        """«Главная» brings the card of this role from now on. Raises `NotAllowed` for a role that is not held."""
        person = actor.need(role)
        async with self._database.transaction() as tx:
            await standing.choose_role(tx, person.id, role, now)

    async def _card_of(self, actor: Actor, here: Role, now: datetime) -> Screen:
        assert actor.person is not None
        code, roles = actor.person.code, [membership.role for membership in actor.memberships]
        today = now.astimezone(self.place.zone).date()
        match here:
            case Role.COORDINATOR:
                return screens.coordinator(code, self.place, roles)
            case Role.OBSERVER:
                async with self._database.read() as reader:
                    listed = await reports.of_person(reader, actor.person.id, from_day=today)
                here_today = [one for one in listed if one.sitting.date == today]
                kept = [(one.report, one.report.checklist_among(self._checklists)) for one in here_today]
                return screens.observer(code, here_today, [len(one.items(its)) for one, its in kept], roles)
            case Role.SCHOOL_COORDINATOR:
                mine = actor.schools(Role.SCHOOL_COORDINATOR)
                async with self._database.read() as reader:
                    names = [await schools.name(reader, school_id) for school_id in mine]
                    found = [s for s in await sittings.of_day(reader, today) if s.school_id in mine and not s.cancelled]
                return screens.school_coordinator(code, names, found, roles)
            case Role.PRINCIPAL:
                day = await self._responsibility.school_day(actor, today)
                return screens.principal(code, day.schools, day.day, day.sittings, roles)
            case role:
                return screens.other(role, code, roles)

    async def _schools_of(self, actor: Actor) -> list[School]:
        """Schools this person is already assigned to: the declaration names them."""
        assert actor.person is not None
        async with self._database.read() as reader:
            ids = {sitting.school_id for sitting in await sittings.of_person(reader, actor.person.id)}
            found = [await schools.school(reader, school_id) for school_id in ids]
        return by_name([school for school in found if school is not None], lambda school: school.short_name)
