"""What a school learns of a case: that there was a signal, and about what. Never who, never a word of it, never its number."""

from datetime import datetime

from bot.domain.errors import DomainError, NotAllowed
from bot.domain.hotline.case import Case, Direction
from bot.domain.people import SCHOOL_ROLES, Actor, Role, SchoolId
from bot.screens import hotline_school as screens
from bot.services.auditing import Auditing
from bot.services.hotline.access import Access, NoSuchCase
from bot.services.hotline.bell import Bell
from bot.services.hotline.desk import CaseGone
from bot.services.hotline.keyring import CaseIsShredded, Keyring
from bot.texts import hotline_desk as words
from storage import people
from storage.database import Database
from storage.hotline import cases, messages
from storage.outbox import Priority, Promise, promise, to_person


class NoSchoolToTell(DomainError):
    """The case names no school, or nobody of it works with the bot."""


class Signalling:
    def __init__(self, database: Database, keyring: Keyring, access: Access, bell: Bell, auditing: Auditing) -> None:
        self._database = database
        self._keyring = keyring
        self._access = access
        self._bell = bell
        self._auditing = auditing

    async def signal(self, actor: Actor, case_id: str, now: datetime) -> Case:
        """Tell the coordinators of the school; told twice on one day, once. Raises `NoSchoolToTell`."""
        async with self._database.transaction() as tx:
            case = await self._access.need(tx, actor, case_id)
            if case.school_id is None:
                raise NoSchoolToTell
            told = await people.holders(tx, Role.SCHOOL_COORDINATOR, school_id=case.school_id)
            if not told:
                raise NoSchoolToTell
            payload = {"screen": screens.signal(case).to_json()}
            await promise(
                tx,
                now,
                [
                    Promise(f"hl-signal:{case.id}:{now:%Y%m%d}:{one.id}", to_person(one.id), payload, Priority.HOTLINE)
                    for one in told
                ],
            )
            await self._auditing.note(tx, now, actor, "hotline.signal", f"case:{case.id}", school=case.school_id)
            return case

    async def measures(self, actor: Actor, case_id: str, text: str, source: str, now: datetime) -> None:
        """What the school did about it, for the journal and the operator. The same `source` is noted once.

        Raises `NotAllowed` for everybody who does not work at the school, `CaseGone` when there is nothing to add to.
        """
        person = actor.need(*SCHOOL_ROLES)
        async with self._database.transaction() as tx:
            case = await cases.get(tx, case_id)
            if case is None:
                raise NoSuchCase
            if case.school_id is None or SchoolId(case.school_id) not in actor.schools(*SCHOOL_ROLES):
                raise NotAllowed
            try:
                seal = await self._keyring.case_seal(case_id)
            except CaseIsShredded:
                raise CaseGone from None
            seq = await messages.next_seq(tx, case_id)
            sealed = seal.seal(text, f"message|{seq}")
            mark = self._keyring.source(source)
            if await messages.add(tx, case_id, seq, Direction.MEASURES, sealed, now, person_id=person.id, source=mark):
                await self._auditing.note(tx, now, actor, "hotline.measures", f"case:{case_id}")
                await self._bell.again(tx, case, now, f"hl-measures:{case_id}:{seq}", words.SCHOOL_REPLIED)
