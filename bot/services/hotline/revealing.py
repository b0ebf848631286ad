"""A contact is opened by two people with a reason, once, and the record of it stands before the reading."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.errors import DomainError
from bot.domain.hotline.case import Case
from bot.domain.people import Actor, Role
from bot.domain.vouching import independent
from bot.screens import hotline_reveal as screens
from bot.services.auditing import Auditing
from bot.services.hotline.access import Access
from bot.services.hotline.keyring import CaseIsShredded, Keyring
from storage import people, vouching
from storage.database import Database, Transaction
from storage.hotline import reveals
from storage.hotline.reveals import Reveal
from storage.outbox import Priority, Promise, promise, to_person
from storage.vault import keys

VALID = timedelta(hours=24)


class NoContact(DomainError):
    """The writer left none, or it was forgotten when its time was over."""


class RevealNotPossible(DomainError):
    """Decided already, by the same person, too old, or read before."""


class NotIndependent(DomainError):
    """Who decides and who asked may be one person with two accounts: one let the other in, or a third one both."""


class NobodyToDecide(DomainError):
    """There is no coordinator who was let in by other people than the one who asks."""


@dataclass(frozen=True, slots=True)
class Asked:
    case: Case
    reveal: Reveal
    reason: str
    by: str  # the code of who asked


class Revealing:
    def __init__(
        self, database: Database, vault: Database, keyring: Keyring, access: Access, auditing: Auditing
    ) -> None:
        self._database = database
        self._vault = vault
        self._keyring = keyring
        self._access = access
        self._auditing = auditing

    async def ask(self, actor: Actor, case_id: str, reason: str, now: datetime) -> Case:
        """The other coordinators are asked, those who were let in by other people. Raises `NoContact`, `NobodyToDecide`."""
        async with self._vault.read() as reader:
            if await keys.contact(reader, case_id) is None:
                raise NoContact
        seal = await self._keyring.case_seal(case_id)
        async with self._database.transaction() as tx:
            case = await self._access.need(tx, actor, case_id)
            assert actor.person is not None
            staff = await vouching.of_staff(tx)
            coordinators = await people.holders(tx, Role.COORDINATOR)
            others = [one for one in coordinators if independent(one.id, actor.person.id, staff)]
            if not others:
                raise NobodyToDecide
            sealed = seal.seal(reason, "reveal")
            reveal_id = await reveals.ask(tx, case_id, actor.person.id, sealed, now)
            await self._auditing.note(tx, now, actor, "hotline.reveal.ask", f"case:{case_id}", reveal=reveal_id)
            screen = screens.asked(case, reveal_id, actor.person.code)
            await promise(
                tx,
                now,
                [
                    Promise(
                        f"hl-reveal:{reveal_id}:{one.id}",
                        to_person(one.id),
                        {"screen": screen.to_json()},
                        Priority.HOTLINE,
                    )
                    for one in others
                ],
            )
        return case

    async def look(self, actor: Actor, reveal_id: int) -> Asked:
        """The request with its reason, for whoever decides. Raises `RevealNotPossible`."""
        actor.need(Role.COORDINATOR)
        async with self._database.read(snapshot=True) as reader:
            reveal = await reveals.get(reader, reveal_id)
            if reveal is None:
                raise RevealNotPossible
            case = await self._access.need(reader, actor, reveal.case_id)
            by = (await people.person(reader, reveal.asked_by)).code
        try:
            seal = await self._keyring.case_seal(reveal.case_id)
        except CaseIsShredded:
            raise RevealNotPossible from None
        return Asked(case, reveal, seal.unseal(reveal.reason, "reveal"), by)

    async def decide(self, actor: Actor, reveal_id: int, now: datetime, *, allow: bool) -> Case:
        """By a coordinator who did not ask and depends on nobody the one who asked depends on. Raises `RevealNotPossible`,
        `NotIndependent`."""
        person = actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            reveal, case = await self._live(tx, actor, reveal_id, now)
            if reveal.asked_by != person.id and not independent(
                person.id, reveal.asked_by, await vouching.of_staff(tx)
            ):
                raise NotIndependent
            state = "allowed" if allow else "refused"
            if not await reveals.decide(tx, reveal_id, state, person.id, now):
                raise RevealNotPossible
            await self._auditing.note(
                tx, now, actor, "hotline.reveal.decide", f"case:{case.id}", reveal=reveal_id, state=state
            )
            screen = screens.decided(case, reveal_id, allowed=allow)
            key = f"hl-revealed:{reveal_id}"
            payload = {"screen": screen.to_json()}
            await promise(tx, now, [Promise(key, to_person(reveal.asked_by), payload, Priority.HOTLINE)])
            return case

    async def read(self, actor: Actor, reveal_id: int, now: datetime) -> tuple[Case, str]:
        """The contact, once, for the one who asked. Raises `RevealNotPossible`, `NoContact`."""
        async with self._database.transaction() as tx:
            reveal, case = await self._live(tx, actor, reveal_id, now)
            person_id = actor.person.id if actor.person else None
            if reveal.asked_by != person_id or not await reveals.mark_read(tx, reveal_id, now):
                raise RevealNotPossible
            await self._auditing.note(tx, now, actor, "hotline.reveal.read", f"case:{case.id}", reveal=reveal_id)
        async with self._vault.read() as reader:
            wrapped = await keys.contact(reader, case.id)
        if wrapped is None:
            raise NoContact
        return case, self._keyring.open_contact(wrapped)

    async def _live(self, tx: Transaction, actor: Actor, reveal_id: int, now: datetime) -> tuple[Reveal, Case]:
        reveal = await reveals.get(tx, reveal_id)
        if reveal is None or now - reveal.asked_at > VALID:
            raise RevealNotPossible
        return reveal, await self._access.need(tx, actor, reveal.case_id)
