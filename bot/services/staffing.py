"""People as the coordinator keeps them: lists, approval, revocation."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import DomainError
from bot.domain.people import NEEDS_APPROVAL, Actor, Person, Role
from bot.domain.screen import Screen
from bot.screens.people import LISTED, PersonCard
from bot.services.assigning import Assigning
from bot.services.auditing import Auditing
from bot.services.hotline.bell import DESK_ROLES
from bot.services.staff import Staff
from bot.texts import people_chat as words
from storage import expectations, invites, people, roster, standing, vouching
from storage.database import Database, Transaction
from storage.outbox import Promise, promise, to_person


@dataclass(eq=False)
class NotYourself(DomainError):
    """Nobody ends or approves their own role."""


@dataclass(eq=False)
class InvitedByYou(DomainError):
    """The second pair of eyes is not the first one's."""


class Staffing:
    """For coordinators. Raises `NotAllowed`."""

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
        """`names`: whether they are shown. `group_id`: the staff group, left when the last role for it is taken."""
        self._names = names
        self._staff = staff
        self._assigning = assigning
        self._group_id = group_id
        self._database = database
        self._auditing = auditing

    async def counts(self, actor: Actor) -> list[tuple[Role, int, int]]:
        """(role, how many, how many of them use the bot)."""
        actor.need(Role.COORDINATOR)
        async with self._database.read(snapshot=True) as reader:
            listed = [(role, await roster.listed(reader, role)) for role in LISTED]
        return [(role, len(found), sum(linked for _, linked in found)) for role, found in listed]

    async def listed(self, actor: Actor, role: Role) -> list[tuple[Person, bool]]:
        """Holders of a role by code, with whether they use the bot."""
        actor.need(Role.COORDINATOR)
        async with self._database.read() as reader:
            found = await roster.listed(reader, role)
        return found if self._names else [(person.nameless(), linked) for person, linked in found]

    async def card(self, actor: Actor, person_id: int) -> PersonCard:
        """Raises LookupError."""
        actor.need(Role.COORDINATOR)
        async with self._database.read(snapshot=True) as reader:
            person = await people.person(reader, person_id)
            held = await people.roles(reader, person_id)
            invited = await roster.invited_to(reader, person_id)
            linked, unreachable = await roster.reach(reader, person_id)
        return PersonCard(
            person if self._names else person.nameless(),
            tuple(dict.fromkeys(role for role, _ in held)),
            tuple(dict.fromkeys(role for role, approved in held if not approved)),
            linked,
            unreachable,
            tuple(role for role in invited if role not in {one for one, _ in held}),
        )

    async def grant(self, actor: Actor, person_id: int, role: Role, school_id: int | None, now: datetime) -> None:
        """One more role of a known person; those that open other people's data wait for the second pair of eyes."""
        by = actor.need(Role.COORDINATOR)
        approved = role not in NEEDS_APPROVAL
        async with self._database.transaction() as tx:
            person = await people.person(tx, person_id)
            if role in {held for held, _ in await people.roles(tx, person_id)} and school_id is None:
                return
            await people.grant(tx, person_id, role, person.municipality_id, school_id, now, by=by.id, approved=approved)
            if approved:
                key = f"granted:{person_id}:{role.value}:{now:%Y%m%d%H%M%S}"
                told = {"screen": Screen(words.role_added(role.value)).to_json()}
                await promise(tx, now, [Promise(key, to_person(person_id), told)])
            else:
                await self._staff.approval_wanted(tx, now, person, role)
            await self._auditing.note(tx, now, actor, "grant", f"person:{person_id}", role=role.value)

    async def approve(self, actor: Actor, person_id: int, role: Role, now: datetime) -> bool:
        """The second pair of eyes for roles that open other people's data; False when there was nothing to approve. Who
        invited somebody to the hotline's staff leaves it to another coordinator, when there is one.

        Raises `NotYourself`, `InvitedByYou`.
        """
        by = actor.need(Role.COORDINATOR)
        if by.id == person_id:
            raise NotYourself
        async with self._database.transaction() as tx:
            others = {one.id for one in await people.holders(tx, Role.COORDINATOR)} - {by.id, person_id}
            if others and role in DESK_ROLES and await vouching.waits_for_another(tx, person_id, role, by.id):
                raise InvitedByYou
            if not await roster.approve(tx, person_id, role, now):
                return False
            screen = Screen(words.role_approved(role.value))
            key = f"approved:{person_id}:{role.value}:{now:%Y%m%d%H%M%S}"
            await promise(tx, now, [Promise(key, to_person(person_id), {"screen": screen.to_json()})])
            await self._auditing.note(tx, now, actor, "approve", f"person:{person_id}", role=role.value)
            return True

    async def revoke(self, actor: Actor, person_id: int, role: Role, now: datetime) -> None:
        """From the next tap on the person no longer has the role."""
        by = actor.need(Role.COORDINATOR)
        if by.id == person_id:
            raise NotYourself
        async with self._database.transaction() as tx:
            if await people.revoke(tx, person_id, role, now, by=by.id):
                await self._consequences(tx, await people.person(tx, person_id), role, by.id, now)
                await self._auditing.note(tx, now, actor, "revoke", f"person:{person_id}", role=role.value)

    async def _consequences(self, tx: Transaction, person: Person, role: Role, by: int, now: datetime) -> None:
        """Unused invitations and open questions end, an observer's places are free, the staff group closes."""
        await invites.end_unused(tx, person.id, now, role=role)
        await expectations.clear_of_person(tx, person.id)
        if role is Role.OBSERVER:
            await self._assigning.release_in(tx, person, words.ROLE_TAKEN, now, by=by)
        left = {held for held, _ in await people.roles(tx, person.id)}
        if self._group_id is not None and role in DESK_ROLES and not left & set(DESK_ROLES):
            await standing.remove_from_group(tx, person.id, self._group_id, now)
