"""An invitation opened by somebody who is in the bot already: another role for them, or not for them at all."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.enrolment import NoSuchInvitation
from bot.domain.people import NEEDS_APPROVAL, Actor, Person, Role
from bot.services.auditing import Auditing
from bot.services.planning import Planning
from bot.services.staff import Staff
from bot.texts import people_chat as words
from storage import consents, invites, one_person, people, sittings, vouching
from storage.database import Database, Transaction
from storage.invites import Invite


class FurtherRole:
    """Nobody loses the roles they hold by opening a link; an invitation given back works for the one it is meant for.

    Raises `NoSuchInvitation` for one that this account has not opened, or that is settled.
    """

    def __init__(
        self, database: Database, auditing: Auditing, staff: Staff, planning: Planning, zone: ZoneInfo
    ) -> None:
        self._database = database
        self._auditing = auditing
        self._staff = staff
        self._planning = planning
        self._zone = zone

    async def take(self, actor: Actor, invite_id: int, now: datetime) -> Role:
        """The role is added to whoever acts; what was planned for the invited code goes over to them."""
        async with self._database.transaction() as tx:
            person, invite = await self._open(tx, actor, invite_id)
            approved = invite.issued_by is None or invite.role not in NEEDS_APPROVAL
            scope = person.municipality_id, invite.school_id
            if invite.issued_by is None:  # from the console: from now on nobody in the chat vouches for them
                await people.revoke(tx, person.id, invite.role, now, by=None)
            await people.grant(tx, person.id, invite.role, *scope, now, by=invite.issued_by, approved=approved)
            if not await one_person.joined(tx, invite.person_id):
                await self._hand_over(tx, invite.person_id, person, now)
                await self._vouch_again(tx, person, invite, now)
                await one_person.absorb(tx, person.id, invite.person_id, now)
            await invites.settle(tx, invite.id, person.id, now)
            if not approved:
                await self._staff.approval_wanted(tx, now, person, invite.role)
            await self._auditing.note(tx, now, actor, "redeem", f"invite:{invite.id}", role=invite.role.value)
            return invite.role

    async def _vouch_again(self, tx: Transaction, person: Person, invite: Invite, now: datetime) -> None:
        """Roles of the hotline's staff that the invited was approved for wait for the second pair of eyes again: whoever
        was meant then, it is this person who gets them (see `Enrolment`). Not with a code from the console."""
        if invite.issued_by is None or invite.issued_by == person.id:
            return
        held = {role for role, _ in await people.roles(tx, person.id)}
        for role in await vouching.doubt(tx, invite.person_id, invite.issued_by):
            if role not in held:
                await self._staff.approval_wanted(tx, now, person, role)

    async def give_back(self, actor: Actor, invite_id: int, now: datetime) -> None:
        async with self._database.transaction() as tx:
            _, invite = await self._open(tx, actor, invite_id)
            await invites.give_back(tx, invite.id)
            await self._auditing.note(tx, now, actor, "give_back", f"invite:{invite.id}")

    async def _open(self, tx: Transaction, actor: Actor, invite_id: int) -> tuple[Person, Invite]:
        invite = await invites.held(tx, invite_id, actor.account)
        if actor.person is None or invite is None or invite.person_id == actor.person.id:
            raise NoSuchInvitation
        return actor.person, invite

    async def _hand_over(self, tx: Transaction, invited: int, person: Person, now: datetime) -> None:
        """Sittings to come; one in a school where the person has an interest is left free, and the coordinators hear."""
        barred = await consents.conflicts(tx, person.id)
        for sitting in await sittings.of_person(tx, invited, from_day=now.astimezone(self._zone).date()):
            if sitting.school_id in barred:
                await self._planning.unassign_in(tx, sitting.id, invited, words.OWN_INTEREST, now, by=invited)
                reason = barred[sitting.school_id]
                await self._staff.conflict_declared(tx, now, person, sitting.school_id, reason)
            else:
                await self._planning.hand_over_in(tx, sitting.id, invited, person.id, now, by=person.id)
