"""«Мои данные»: what is stored about me, put right, consent taken back, everything taken away."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.availability import read_availability
from bot.domain.enrolment import CONSENT_KIND, NoPersonalData, PhoneTaken
from bot.domain.errors import DomainError, NotAllowed
from bot.domain.people import Actor, Person, Role
from bot.domain.screen import Screen
from bot.services.assigning import Assigning
from bot.services.auditing import Auditing
from bot.services.hotline.bell import DESK_ROLES
from bot.services.staff import Staff
from bot.texts import personal_data as words
from storage import consents, expectations, people, personal, standing
from storage.database import Database, Transaction
from storage.personal import Stored

LONGEST = 120


@dataclass(eq=False)
class LastCoordinator(DomainError):
    """Somebody has to stay who can invite the others."""


class PersonalData:
    """Everything here is about the actor's own person. Raises `NotAllowed` for a stranger."""

    def __init__(
        self,
        database: Database,
        auditing: Auditing,
        staff: Staff,
        assigning: Assigning,
        *,
        names: bool = True,
        group_id: int | None = None,
    ) -> None:
        """`names` False: mode without personal data. `group_id`: the staff group to leave."""
        self._database = database
        self._auditing = auditing
        self._staff = staff
        self._assigning = assigning
        self.names = names
        self._group_id = group_id

    async def stored(self, actor: Actor) -> Stored:
        async with self._database.read(snapshot=True) as reader:
            found = await personal.stored(reader, _myself(actor).id)
        if self.names:
            return found
        days = str(read_availability(found.remarks))
        return replace(found, full_name="", phone="", sent_by="", order_ref="", remarks=days)

    async def correct(self, actor: Actor, field: str, text: str, now: datetime) -> None:
        """`full_name`, `phone` or `remarks` anew; the coordinators hear that something changed, not what.

        Raises `NoPersonalData`, `PhoneTaken` (somebody else of the list has it).

        Without personal data a remark is kept as the days it names, in our words: nothing else that was typed.
        """
        person = _myself(actor)
        assert field in ("full_name", "phone", "remarks")
        if not self.names:
            if field != "remarks":
                raise NoPersonalData
            text = str(read_availability(text))
        async with self._database.transaction() as tx:
            if field == "phone":
                known = await people.find_by_phone(tx, person.municipality_id, text)
                if known is not None and known.id != person.id:
                    raise PhoneTaken(known.code)
            await people.update(tx, person.id, **{field: " ".join(text.split())[:LONGEST]})
            if field == "phone":
                await people.mark_phone_own_word(tx, person.id)
            cause = f"corrected:{person.id}:{field}:{now:%Y%m%d%H%M}"
            await self._staff.tell(tx, now, cause, Screen(words.corrected_for_staff(person.code, field)))
            await self._auditing.note(tx, now, actor, "correct_own_data", f"person:{person.id}", field=field)

    async def withdraw(self, actor: Actor, now: datetime) -> int:
        """Consent ends and with it every role; returns how many sittings lost their observer. Raises `LastCoordinator`."""
        return await self._end(actor, words.WITHDREW, "withdraw_consent", now)

    async def under_age(self, actor: Actor, now: datetime) -> int:
        """Nobody observes before 18: consent and roles end; returns how many sittings lost their observer."""
        return await self._end(actor, words.UNDER_AGE, "under_age", now)

    async def delete(self, actor: Actor, now: datetime) -> None:
        """Name, phone, account and declarations go for good; reports stay under the code. Raises `LastCoordinator`."""
        person = _myself(actor)
        async with self._database.transaction() as tx:
            await self._leave(tx, actor, person, words.DELETED_WHY, now)
            await personal.erase(tx, person.id, now)
            await self._auditing.note(tx, now, actor, "delete_own_data", f"person:{person.id}")

    async def _end(self, actor: Actor, why: str, deed: str, now: datetime) -> int:
        person = _myself(actor)
        async with self._database.transaction() as tx:
            freed = await self._leave(tx, actor, person, why, now)
            await self._auditing.note(tx, now, actor, deed, f"person:{person.id}")
            return freed

    async def _leave(self, tx: Transaction, actor: Actor, person: Person, why: str, now: datetime) -> int:
        if actor.has(Role.COORDINATOR) and len(await people.holders(tx, Role.COORDINATOR)) == 1:
            raise LastCoordinator
        held = {role for role, _ in await people.roles(tx, person.id)}
        freed = await self._assigning.release_in(tx, person, why, now, by=person.id)
        await consents.withdraw(tx, person.id, CONSENT_KIND, now)
        await personal.roles_ended(tx, person.id, now)
        await standing.menu_due(tx, person.id)
        await expectations.clear_of_person(tx, person.id)
        if self._group_id is not None and held & set(DESK_ROLES):
            await standing.remove_from_group(tx, person.id, self._group_id, now)
        cause = f"left:{person.id}:{now:%Y%m%d%H%M%S}"
        await self._staff.tell(tx, now, cause, Screen(words.left(person.code, why, freed)))
        return freed


def _myself(actor: Actor) -> Person:
    if actor.person is None:
        raise NotAllowed
    return actor.person
