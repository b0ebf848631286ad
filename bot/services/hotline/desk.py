"""What operators do with a case: take it, ask, answer, note, hand over, close."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot.domain.errors import DomainError
from bot.domain.hotline import masking
from bot.domain.hotline.case import OVER, Case, CaseMessage, Direction, Outcome, Status
from bot.domain.hotline.life import Event
from bot.domain.hotline.views import CardView, Preview
from bot.domain.people import Actor, Person
from bot.services.hotline.access import Access, NoSuchCase
from bot.services.hotline.bell import DESK_ROLES, Bell
from bot.services.hotline.dialogue import Dialogue
from bot.services.hotline.keyring import CaseIsShredded, CaseSeal, Keyring
from bot.services.hotline.progress import Progress
from bot.services.hotline.rules import HotlineRules
from storage import people, recipients, schools
from storage.database import Database, Reader, Transaction
from storage.hotline import cases, desk, files, messages

PAGE = 6
QUEUE = tuple(status for status in Status if status not in OVER and status is not Status.ANSWERED)
# What an operator may write, and what it does to the case.
STEPS = {
    "out": Event.ANSWER,
    "interim": Event.INTERIM,
    "question": Event.ASK,
    "passed_on": Event.REFER,
    "not_ours": Event.DECLINE,
}
SAID_AS = {"question": Direction.QUESTION, "interim": Direction.INTERIM}


class CaseGone(DomainError):
    """Its texts were deleted by the clocks; the row of the journal remains."""


class WordingChanged(DomainError):
    """The button sends a wording that is no longer there: sent already, or written anew."""


class Desk:
    """Every method takes who acts and needs an operator or a coordinator who has no interest in the case."""

    def __init__(
        self,
        database: Database,
        keyring: Keyring,
        access: Access,
        progress: Progress,
        dialogue: Dialogue,
        bell: Bell,
        rules: HotlineRules,
    ) -> None:
        self._database = database
        self._keyring = keyring
        self._access = access
        self._progress = progress
        self._dialogue = dialogue
        self._bell = bell
        self._rules = rules

    async def queue(self, actor: Actor, page: int) -> tuple[list[CardView], bool]:
        """Cases that wait, the most urgent first; and whether there are more."""
        actor.need(*DESK_ROLES)
        async with self._database.read(snapshot=True) as reader:
            found = await cases.listed(reader, QUEUE, limit=PAGE + 1, offset=page * PAGE)
            allowed = [case for case in found if await self._access.may_see(reader, actor, case)]
            return [await self.view(reader, case) for case in allowed[:PAGE]], len(found) > PAGE

    async def card(self, actor: Actor, case_id: str) -> CardView:
        async with self._database.read(snapshot=True) as reader:
            return await self.view(reader, await self._access.need(reader, actor, case_id))

    async def by_number(self, actor: Actor, year: int, number: int) -> CardView:
        """Raises `NoSuchCase`."""
        async with self._database.read(snapshot=True) as reader:
            case = await cases.by_number(reader, year, number)
            if case is None:
                raise NoSuchCase
            return await self.view(reader, await self._access.need(reader, actor, case.id))

    async def history(self, actor: Actor, case_id: str) -> tuple[Case, list[tuple[datetime, str, str]]]:
        """(when, event, code of the operator who did it), oldest first."""
        async with self._database.read(snapshot=True) as reader:
            case = await self._access.need(reader, actor, case_id)
            happened = await messages.history(reader, case_id)
            known = await people.persons(reader, [one.person_id for one in happened if one.person_id is not None])
        lines = [
            (one.at, one.event.value, known[one.person_id].code if one.person_id in known else "") for one in happened
        ]
        return case, lines

    async def view(self, reader: Reader, case: Case) -> CardView:
        operator = ""
        if case.operator_id is not None:
            operator = (await people.person(reader, case.operator_id)).code
        similar = 0
        if case.school_id is not None:
            midnight = case.accepted_at.astimezone(self._rules.zone).replace(hour=0, minute=0, second=0, microsecond=0)
            similar = len(await cases.of_school_since(reader, case.school_id, midnight, but=case.id))
        school = await schools.name(reader, case.school_id) if case.school_id else ""
        attached = len(await files.of_case(reader, case.id))
        return CardView(case, school, operator, attached, similar, await self._keyring.decision(case))

    async def take(self, actor: Actor, case_id: str, now: datetime) -> Case:
        """Take it, also from a colleague: the history says so. Taken twice it stays taken."""
        person = actor.need(*DESK_ROLES)
        async with self._database.transaction() as tx:
            case = await self._access.need(tx, actor, case_id)
            if case.operator_id == person.id and case.status is not Status.ACCEPTED:
                return case
            return await self._progress.step(tx, case, Event.TAKE, now, actor=actor, operator_id=person.id)

    async def colleagues(self, actor: Actor) -> list[Person]:
        person = actor.need(*DESK_ROLES)
        async with self._database.read() as reader:
            found = {one.id: one for role in DESK_ROLES for one in await people.holders(reader, role)}
        return [one for one in found.values() if one.id != person.id]

    async def hand_over(self, actor: Actor, case_id: str, to: int, now: datetime) -> Case:
        actor.need(*DESK_ROLES)
        async with self._database.transaction() as tx:
            case = await self._access.need(tx, actor, case_id)
            if case.operator_id == to:
                return case
            if to not in {one.id for role in DESK_ROLES for one in await people.holders(tx, role)}:
                return case
            case = await self._progress.step(tx, case, Event.HAND_OVER, now, actor=actor, operator_id=to)
            await self._bell.again(tx, case, now, f"hl-hand:{case.id}:{case.revision}", "")
            return case

    async def word(self, actor: Actor, case_id: str, kind: str, text: str, now: datetime) -> Preview:
        """Keep what was written until it is confirmed; the preview warns of what would give somebody away."""
        person = actor.need(*DESK_ROLES)
        seal = await self._seal(case_id)
        revision = secrets.token_hex(4)
        async with self._database.transaction() as tx:
            case = await self._access.need(tx, actor, case_id)
            await desk.put_wording(tx, case_id, person.id, kind, seal.seal(text, f"wording|{revision}"), revision, now)
            others = 0 if STEPS[kind] is Event.ASK else len(await cases.joined_to(tx, case_id))
        return Preview(case, kind, text, revision, masking.traces(text), others)

    async def send(self, actor: Actor, case_id: str, revision: str, now: datetime) -> Case:
        """Send the confirmed wording. Raises `WordingChanged` for a button whose wording was sent or rewritten."""
        person = actor.need(*DESK_ROLES)
        seal = await self._seal(case_id)
        async with self._database.transaction() as tx:
            case = await self._access.need(tx, actor, case_id)
            wording = await desk.wording(tx, case_id, person.id)
            if wording is None or wording.revision != revision:
                raise WordingChanged
            text = seal.unseal(wording.sealed, f"wording|{revision}")
            case = await self._say(tx, actor, case, wording.kind, text, seal, now)
            await desk.drop_wording(tx, case_id, person.id)
            return case

    async def note(self, actor: Actor, case_id: str, kind: Direction, text: str, source: str, now: datetime) -> Case:
        """A note for colleagues, or the measures for the journal. The same `source` is noted once."""
        person = actor.need(*DESK_ROLES)
        seal = await self._seal(case_id)
        async with self._database.transaction() as tx:
            case = await self._access.need(tx, actor, case_id)
            seq = await messages.next_seq(tx, case_id)
            sealed = seal.seal(text, f"message|{seq}")
            await messages.add(
                tx, case_id, seq, kind, sealed, now, person_id=person.id, source=self._keyring.source(source)
            )
            return case

    async def close(self, actor: Actor, case_id: str, outcome: Outcome, now: datetime) -> Case:
        """End it with an outcome; the writer is told. Closed twice with the same outcome: once."""
        person = actor.need(*DESK_ROLES)
        seal = await self._seal(case_id)
        async with self._database.transaction() as tx:
            case = await self._access.need(tx, actor, case_id)
            if case.status is Status.CLOSED and case.outcome is outcome:
                return case
            case = await self._progress.step(
                tx,
                case,
                Event.CLOSE,
                now,
                actor=actor,
                detail=outcome.value,
                outcome=outcome.value,
                operator_id=case.operator_id or person.id,
            )
            await self._store(tx, case, Direction.OUT, "", seal, now, person.id)
            return case

    async def names(self, said: Iterable[CaseMessage]) -> dict[int, str]:
        """Codes of the operators who wrote these messages."""
        async with self._database.read() as reader:
            found = await people.persons(reader, [one.person_id for one in said if one.person_id is not None])
        return {person_id: person.code for person_id, person in found.items()}

    async def is_our_group(self, chat_id: int) -> bool:
        """The staff group, or what it became when it migrated."""
        if self._rules.group_id is None:
            return False
        async with self._database.read() as reader:
            return chat_id == await recipients.current_chat(reader, self._rules.group_id)

    async def note_prompt(self, chat_id: int, message_id: int, case_id: str, kind: str, now: datetime) -> None:
        """A reply to this message is what was asked for."""
        async with self._database.transaction() as tx:
            await desk.add_prompt(tx, chat_id, message_id, case_id, kind, now)

    async def prompt(self, chat_id: int, message_id: int) -> tuple[str, str] | None:
        """(case id, kind) that a reply to this message belongs to."""
        async with self._database.read() as reader:
            return await desk.prompt(reader, chat_id, message_id)

    async def _say(
        self, tx: Transaction, actor: Actor, case: Case, kind: str, text: str, seal: CaseSeal, now: datetime
    ) -> Case:
        assert actor.person is not None
        fields: dict[str, Any] = {"operator_id": case.operator_id or actor.person.id}
        if kind in (Outcome.PASSED_ON.value, Outcome.NOT_OURS.value):
            fields["outcome"] = kind
        if kind == "out":
            fields["answered_at"] = now
        case = await self._progress.step(tx, case, STEPS[kind], now, actor=actor, **fields)
        await self._store(tx, case, SAID_AS.get(kind, Direction.OUT), text, seal, now, actor.person.id)
        return case

    async def _store(
        self,
        tx: Transaction,
        case: Case,
        direction: Direction,
        text: str,
        seal: CaseSeal,
        now: datetime,
        person_id: int,
    ) -> None:
        seq = await messages.next_seq(tx, case.id)
        await messages.add(tx, case.id, seq, direction, seal.seal(text, f"message|{seq}"), now, person_id=person_id)
        await self._dialogue.tell(tx, case, seq, direction, now)

    async def _seal(self, case_id: str) -> CaseSeal:
        try:
            return await self._keyring.case_seal(case_id)
        except CaseIsShredded:
            raise CaseGone from None
