"""From an invitation to a person who may work: codes, consent, declared interest, rehearsal."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain.enrolment import (
    CODE_VALID,
    CONSENT_KIND,
    CONSOLE_CODE_VALID,
    WRONG_CODES_AN_HOUR,
    WRONG_CODES_AN_HOUR_OF_ALL,
    Invitation,
    Opened,
    PhoneTaken,
    Step,
    TooManyCodes,
    WrongCode,
    find_secret,
    is_token,
    new_code,
    new_token,
    next_step,
)
from bot.domain.people import NEEDS_APPROVAL, Account, Actor, Person, Role
from bot.sealing import Keys
from bot.services.auditing import Auditing
from bot.services.staff import Staff
from bot.texts import consents as consent_texts
from bot.texts.people import CODE_LETTERS
from storage import consents, expectations, invites, people, roster, sittings, standing, vouching
from storage.database import Database, Transaction


class Enrolment:
    """Codes are looked up by keyed hash; the database alone lets nobody in."""

    def __init__(
        self,
        database: Database,
        keys: Keys,
        auditing: Auditing,
        staff: Staff,
        organiser: str,
        *,
        names: bool = True,
        group_id: int | None = None,
    ) -> None:
        """`names` False: nothing personal is taken from the chat. `group_id`: the staff group, left by replaced phones."""
        self.names = names
        self._group_id = group_id
        self._database = database
        self._keys = keys
        self._auditing = auditing
        self._staff = staff
        self._organiser = organiser

    @property
    def consent_text(self) -> str:
        return consent_texts.work(self._organiser)

    async def actor(self, account: Account) -> tuple[Actor, bool]:
        """Who acts, with the roles of this moment; and whether they were thought unreachable."""
        async with self._database.read() as reader:
            return await people.actor(reader, account)

    async def first_coordinator(self, municipality_id: int, now: datetime) -> Invitation | None:
        """A one-time console code while there is no coordinator; None once there is one. A new call ends the earlier code."""
        async with self._database.transaction() as tx:
            if await people.holders(tx, Role.COORDINATOR):
                return None
            return await self._from_console(tx, municipality_id, now)

    async def coordinator_from_console(self, municipality_id: int, now: datetime) -> Invitation:
        """A one-time code for one more coordinator, whom nobody in the chat let in: two of them may open a contact together.

        A new call ends the earlier code."""
        async with self._database.transaction() as tx:
            invitation = await self._from_console(tx, municipality_id, now)
            await self._auditing.note(
                tx, now, None, "invite", f"person:{invitation.person.id}", role=Role.COORDINATOR.value
            )
            return invitation

    async def _from_console(self, tx: Transaction, municipality_id: int, now: datetime) -> Invitation:
        pending = await invites.open_for_role(tx, Role.COORDINATOR, now)
        person = (
            await people.person(tx, pending)
            if pending is not None
            else await people.add_person(tx, municipality_id, CODE_LETTERS[Role.COORDINATOR], now)
        )
        return await self._issue(tx, person, Role.COORDINATOR, None, None, now, CONSOLE_CODE_VALID)

    async def invite(
        self, actor: Actor, person_id: int, role: Role, school_id: int | None, now: datetime
    ) -> Invitation:
        """A fresh invitation of a known person, to the school of the role when none is named; an unused earlier one ends.

        Raises `NotAllowed`.
        """
        issuer = actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            person = await people.person(tx, person_id)
            school_id = school_id or (await roster.schools_of(tx, role)).get(person_id)
            invitation = await self._issue(tx, person, role, school_id, issuer.id, now, CODE_VALID)
            await self._auditing.note(tx, now, actor, "invite", f"person:{person_id}", role=role.value)
            return invitation

    async def invite_new(
        self,
        actor: Actor,
        role: Role,
        school_id: int | None,
        now: datetime,
        *,
        full_name: str = "",
        phone: str = "",
    ) -> Invitation:
        """A new person of this role with an invitation. Raises `NotAllowed`, `PhoneTaken`."""
        issuer = actor.need(Role.COORDINATOR)
        told = {"full_name": full_name, "phone": phone} if self.names else {}
        async with self._database.transaction() as tx:
            known = await people.find_by_phone(tx, issuer.municipality_id, phone) if told and phone else None
            if known is not None:
                raise PhoneTaken(known.code)
            person = await people.add_person(tx, issuer.municipality_id, CODE_LETTERS[role], now, **told)
            invitation = await self._issue(tx, person, role, school_id, issuer.id, now, CODE_VALID)
            await self._auditing.note(tx, now, actor, "invite", f"person:{person.id}", role=role.value)
            return invitation

    async def invite_many(
        self, actor: Actor, wanted: Sequence[tuple[int, int | None]], role: Role, now: datetime
    ) -> list[Invitation]:
        """Fresh invitations for (person, school) pairs in one transaction; unused earlier ones end. Raises `NotAllowed`."""
        issuer = actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            issued = [
                await self._issue(tx, await people.person(tx, person_id), role, school_id, issuer.id, now, CODE_VALID)
                for person_id, school_id in wanted
            ]
            await self._auditing.note(tx, now, actor, "invite_many", f"role:{role.value}", count=len(issued))
        return issued

    async def redeem(self, account: Account, text: str, now: datetime) -> Opened:
        """Take up the invitation whose token or code is in the text. Opening one's own link again is fine.

        Somebody who is in the bot as another person is asked first (`FurtherRole`): nothing changes for them yet.
        Raises `WrongCode` (the attempt is counted) or `TooManyCodes`.
        """
        secret = find_secret(text)
        hmac = self._keys.hmac("invite", secret) if secret else ""
        who = self._keys.hmac("guesses", str(account))
        async with self._database.transaction() as tx:
            mine, all_of_them = await invites.wrong_codes(tx, who, now - timedelta(hours=1))
            limited = mine >= WRONG_CODES_AN_HOUR or all_of_them >= WRONG_CODES_AN_HOUR_OF_ALL
            if limited and not (
                secret and is_token(secret)
            ):  # a link cannot be guessed, and nobody can shut it for others
                raise TooManyCodes
            fresh = await invites.redeem(tx, hmac, account, now) if secret else None
            invite = fresh if fresh is not None or not secret else await invites.used_by(tx, hmac, account)
            if invite is not None:
                known = (await people.actor(tx, account))[0].person
                another = known is not None and known.id != invite.person_id and await people.roles(tx, known.id)
                if fresh is not None and not another:
                    await self._welcome(tx, fresh, account, now)
                person = await people.person(tx, invite.person_id)
                return Opened(invite.id, person, invite.role, known if another else None)
            await invites.note_wrong_code(tx, who, now)
        raise WrongCode(max(0, WRONG_CODES_AN_HOUR - mine - 1))

    async def step(self, actor: Actor) -> tuple[Step, Role] | None:
        """What this person has to do next, and for which role; None for somebody without an invitation."""
        if actor.person is None:
            return None
        async with self._database.read() as reader:
            roles = await people.roles(reader, actor.person.id)
            consented = await consents.given(reader, actor.person.id, CONSENT_KIND, consent_texts.WORK_VERSION)
        steps = [
            (next_step(actor.person, role, consented=consented, approved=approved), role) for role, approved in roles
        ]
        ready = [one for one in steps if one[0] is Step.READY]
        if ready:  # a further role that waits for approval hides nothing of what the person may do already
            steps = [one for one in steps if one[0] is not Step.APPROVAL]
        return next((one for one in steps if one[0] is not Step.READY), steps[0] if steps else None)

    async def consent(self, actor: Actor, now: datetime) -> None:
        """Idempotent; the version and the hash of the text that was shown are kept."""
        assert actor.person is not None
        text_hash = hashlib.sha256(self.consent_text.encode()).hexdigest()
        async with self._database.transaction() as tx:
            await consents.give(
                tx, actor.person.id, CONSENT_KIND, consent_texts.WORK_VERSION, text_hash, actor.account, now
            )
            await standing.menu_due(tx, actor.person.id)  # only now the roles count

    async def decline(self, actor: Actor, now: datetime) -> None:
        """«Это не я»: the invitation ends, the account is unlinked, the coordinators are told.

        Without effect once the person has consented: an old button takes nobody's roles away.
        """
        assert actor.person is not None
        async with self._database.transaction() as tx:
            if await consents.given(tx, actor.person.id, CONSENT_KIND, consent_texts.WORK_VERSION):
                return
            await invites.revoke(tx, actor.person.id, now, declined=True)
            for role, _ in await people.roles(tx, actor.person.id):
                await people.revoke(tx, actor.person.id, role, now, by=None)
            await people.unlink_account(tx, actor.account)
            await self._staff.invitation_declined(tx, now, actor.person)

    async def of_age(self, actor: Actor, now: datetime) -> None:
        """They say that they are 18."""
        assert actor.person is not None
        async with self._database.transaction() as tx:
            await people.set_moment(tx, actor.person.id, "adult_at", now)
            await standing.menu_due(tx, actor.person.id)

    async def declare(self, actor: Actor, interests: Mapping[int, str], now: datetime) -> None:
        """An interest in these schools, each with its reason.

        The coordinators hear of every new interest, and which sittings of the person it makes impossible.
        """
        assert actor.person is not None
        today = now.date()
        async with self._database.transaction() as tx:
            for school_id, reason in interests.items():
                if await consents.add_conflict(tx, actor.person.id, school_id, reason, now, by=actor.person.id):
                    theirs = await sittings.of_person(tx, actor.person.id, from_day=today)
                    affected = [sitting for sitting in theirs if sitting.school_id == school_id]
                    await self._staff.conflict_declared(tx, now, actor.person, school_id, reason, affected)

    async def rehearse(self, actor: Actor, now: datetime) -> None:
        """«Получилось»: the person is ready, the coordinators are told once."""
        assert actor.person is not None
        async with self._database.transaction() as tx:
            await people.set_moment(tx, actor.person.id, "rehearsed_at", now)
            await self._staff.observer_ready(tx, now, actor.person)

    async def _welcome(self, tx: Transaction, invite: invites.Invite, account: Account, now: datetime) -> None:
        person = await people.person(tx, invite.person_id)
        await self._leave_earlier_phone(tx, person, account, now)
        await self._vouch_again(tx, person, account, invite.issued_by, now)
        await people.link_account(tx, account, person.id, now)
        approved = invite.issued_by is None or invite.role not in NEEDS_APPROVAL
        await people.grant(
            tx,
            person.id,
            invite.role,
            person.municipality_id,
            invite.school_id,
            now,
            by=invite.issued_by,
            approved=approved,
        )
        await invites.settle(tx, invite.id, person.id, now)
        if not approved:
            await self._staff.approval_wanted(tx, now, person, invite.role)
        await self._auditing.note(
            tx, now, Actor(account, person), "redeem", f"invite:{invite.id}", role=invite.role.value
        )

    async def _vouch_again(
        self, tx: Transaction, person: Person, account: Account, issued_by: int | None, now: datetime
    ) -> None:
        """Who now speaks for a person of the hotline's staff may be anybody the invitation was handed to: their roles wait
        for the second pair of eyes as on the first day. Not when they moved themselves, nor with a code from the console."""
        if issued_by is None or issued_by == person.id:
            return
        known, _ = await people.actor(tx, account)
        if known.person is not None and known.person.id == person.id:
            return
        for role in await vouching.doubt(tx, person.id, issued_by):
            await self._staff.approval_wanted(tx, now, person, role)

    async def _leave_earlier_phone(self, tx: Transaction, person: Person, account: Account, now: datetime) -> None:
        """A fresh invitation moves a person to another phone: whoever used the earlier one is a stranger now."""
        if not await people.has_other_account(tx, account, person.id):
            return
        await expectations.clear_of_person(tx, person.id)
        if self._group_id is not None:
            await standing.remove_from_group(tx, person.id, self._group_id, now)
        await people.unlink_others(tx, account, person.id)
        await self._staff.phone_changed(tx, now, person)

    async def _issue(
        self,
        tx: Transaction,
        person: Person,
        role: Role,
        school_id: int | None,
        issued_by: int | None,
        now: datetime,
        valid_for: timedelta,
    ) -> Invitation:
        token, code = new_token(), new_code()
        await invites.add(
            tx,
            link_hmac=self._keys.hmac("invite", token),
            code_hmac=self._keys.hmac("invite", code),
            role=role,
            person_id=person.id,
            school_id=school_id,
            issued_by=issued_by,
            now=now,
            valid_for=valid_for,
        )
        return Invitation(person, role, token, code, now + valid_for)
