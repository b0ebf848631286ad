"""Instructions before a ВПР: made from a template, shown first, sent once, read part by part, signed."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.instruction import (
    Audience,
    Instruction,
    InstructionKind,
    InstructionState,
    NoSuchInstruction,
    NothingToSend,
    NotReadYet,
    Part,
    Reading,
    read_again_by,
    read_by,
    to_read,
)
from bot.domain.instruction import Reader as InstructionReader
from bot.domain.people import Actor, Role
from bot.domain.reviewing import SomebodyWasFaster
from bot.domain.screen import Screen
from bot.domain.working_days import WorkingDays
from bot.screens import instructing as screens
from bot.services.auditing import Auditing
from bot.services.instruction_audience import concerned
from bot.services.staff import Staff
from bot.texts import instructing as words
from bot.texts.escape import esc
from bot.texts.natural import by_name
from bot.texts.time import day as day_in_words
from storage import instructions, people, reminders, roster, schools, sittings
from storage.database import Database, Reader, Transaction
from storage.outbox import Priority, Promise, promise, to_person

Render = Callable[[Mapping[str, Any]], Awaitable[Screen | None]]
TEMPLATES = {
    InstructionKind.BRIEFING: (words.BRIEFING_PARTS, words.BRIEFING_QUESTION),
    InstructionKind.MEMO: (words.MEMO_PARTS, words.MEMO_QUESTION),
}


class Instructing:
    """Making and sending is for coordinators. Raises `NotAllowed` and the refusals of `bot.domain.instruction`."""

    def __init__(
        self,
        database: Database,
        auditing: Auditing,
        staff: Staff,
        days: WorkingDays,
        zone: ZoneInfo,
        *,
        names: bool = True,
    ) -> None:
        self._names = names
        self._database = database
        self._auditing = auditing
        self._staff = staff
        self.days = days
        self._zone = zone

    def renderers(self) -> dict[str, Render]:
        return {"instruction": self._first_word, "instruction-changed": self._changed}

    async def coming_days(self, actor: Actor, now: datetime) -> list[date]:
        actor.need(Role.COORDINATOR)
        async with self._database.read() as reader:
            return await sittings.days(reader, from_day=now.astimezone(self._zone).date(), limit=6)

    async def draft(self, actor: Actor, kind: InstructionKind, on: date, now: datetime) -> Instruction:
        """From the template of its kind; an own one begins without parts."""
        by = actor.need(Role.COORDINATOR)
        texts, asked = TEMPLATES.get(kind, ((), None))
        parts = [Part(number, text) for number, text in enumerate(texts, 1)]
        if asked is not None:
            question, choices, correct = asked
            parts[-1] = replace(parts[-1], question=question, choices=choices, correct=correct)
        audience = screens.default_audience(kind)
        async with self._database.transaction() as tx:
            until = read_by(kind, on, self.days, now, self._zone)
            title = words.title(kind.value, on)
            number = await instructions.add(tx, kind, title, on, audience, until, parts, by.id, now)
            return await self._load(tx, number)

    async def add_part(self, actor: Actor, number: int, text: str) -> Instruction:
        """One more part of a draft."""
        actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            one = await self._draft(tx, number)
            await instructions.save_parts(tx, number, 1, [*one.parts, Part(len(one.parts) + 1, text.strip())])
            return await self._load(tx, number)

    async def attach(self, actor: Actor, number: int, file_kind: str, file_id: str) -> Instruction:
        """A file goes with the last part of a draft."""
        actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            one = await self._draft(tx, number)
            parts = one.parts or (Part(1, ""),)
            await instructions.save_parts(
                tx, number, 1, [*parts[:-1], replace(parts[-1], file_kind=file_kind, file_id=file_id)]
            )
            return await self._load(tx, number)

    async def address(self, actor: Actor, number: int, audience: Audience) -> None:
        actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            await instructions.set_audience(tx, number, audience)

    async def preview(self, actor: Actor, number: int) -> tuple[Instruction, int, int, list[str]]:
        """(the instruction, how many get it, how many of them are not in the bot, names of the schools chosen)."""
        actor.need(Role.COORDINATOR)
        async with self._database.read(snapshot=True) as reader:
            one = await self._load(reader, number)
            found = await concerned(reader, one)
            names = [await schools.name(reader, school_id) for school_id in one.schools]
            return one, len(found), len(found.keys() - await roster.linked(reader)), by_name(names, str)

    async def send(self, actor: Actor, number: int, now: datetime) -> int:
        """To everybody it concerns, once: the second click sends nothing. Returns how many readers there are."""
        actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            one = await self._load(tx, number)
            found = await concerned(tx, one)
            if one.state is InstructionState.DRAFT and (not one.parts or not found):
                raise NothingToSend
            if await instructions.mark_sent(tx, number, now):
                await self.add_readers(tx, one, found, now)
                await self._auditing.note(tx, now, actor, "instruct", f"instruction:{number}", count=len(found))
            return len(await instructions.readers(tx, number))

    async def add_readers(self, tx: Transaction, one: Instruction, found: Mapping[int, Any], now: datetime) -> None:
        """Each new reader gets the first word of it, once; who was taken off and is back gets it again."""
        wanted = [(each.person_id, each.school_id, "\n".join(each.works)) for each in found.values()]
        fresh = await instructions.add_readers(tx, one.id, wanted, now)
        await promise(
            tx, now, [_word("instruction", one, person_id, f"{one.id}:{now:%Y%m%d%H%M%S%f}") for person_id in fresh]
        )

    async def progress(self, actor: Actor, number: int) -> tuple[Instruction, int, int, int]:
        """(the instruction, readers, delivered, read)."""
        actor.need(Role.COORDINATOR)
        async with self._database.read(snapshot=True) as reader:
            one = await self._load(reader, number)
            held = await instructions.readers(reader, number)
            states = await reminders.delivery(reader, f"instruction:{number}")
        read = sum(each.read_version == one.version for each in held)
        delivered = len({person_id for person_id, state in states if state == "sent"})
        return one, len(held), delivered, read

    async def unread(self, actor: Actor, number: int) -> tuple[Instruction, list[str]]:
        """Lines with codes, names and phones of those who have not read the current version."""
        actor.need(Role.COORDINATOR)
        async with self._database.read(snapshot=True) as reader:
            return await self.unread_within(reader, number)

    async def unread_within(self, reader: Reader, number: int) -> tuple[Instruction, list[str]]:
        """The same, for whoever reads or writes already."""
        one = await self._load(reader, number)
        held = [each for each in await instructions.readers(reader, number) if each.read_version < one.version]
        known = await people.persons(reader, [each.person_id for each in held])
        states = dict(await reminders.delivery(reader, f"instruction:{number}"))
        linked = await roster.linked(reader)
        lines = []
        for each in held:
            person = known[each.person_id] if self._names else known[each.person_id].nameless()
            state = words.STATES.get(states.get(person.id, "") if person.id in linked else "", words.NOT_DELIVERED)
            lines.append(words.unread_line(person.code, person.full_name, person.phone, state))
        return one, lines

    async def edit(self, actor: Actor, number: int, part: int, text: str, now: datetime) -> Instruction:
        """New words of a part. Sent already: a new version, and whoever read the old one reads what changed."""
        actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            one = await self._load(tx, number)
            changed = [replace(p, text=text.strip()) if p.number == part else p for p in one.parts]
            if one.state is InstructionState.DRAFT:
                await instructions.save_parts(tx, number, one.version, changed)
                return await self._load(tx, number)
            if not await instructions.next_version(tx, number, one.version, read_again_by(one.read_by, now)):
                raise SomebodyWasFaster(number)
            await instructions.save_parts(tx, number, one.version + 1, changed)
            held = await instructions.readers(tx, number)
            about = f"{number}:{one.version + 1}"
            await promise(tx, now, [_word("instruction-changed", one, each.person_id, about) for each in held])
            await self._auditing.note(tx, now, actor, "edit", f"instruction:{number}", version=one.version + 1)
            return await self._load(tx, number)

    async def reading(self, actor: Actor, number: int, *, place: int = 0, now: datetime | None = None) -> Reading:
        """What this person reads now; with a `place`, that part, and it counts as seen. Raises `NotReadYet` for a jump."""
        if actor.person is None:
            raise NoSuchInstruction(number)
        async with self._database.transaction() as tx:
            one, held, parts = await self._mine(tx, actor.person.id, number)
            if not place:
                place = min(held.parts_seen + 1, len(parts)) if held.parts_seen < len(parts) else 1
            if place > held.parts_seen + 1:
                raise NotReadYet(number, held.parts_seen + 1)
            if place <= len(parts) and not parts[place - 1].choices:
                await instructions.see_part(tx, number, actor.person.id, place)
            done = held.read_version == one.version
            return Reading(one, parts, place, tuple(held.works.split("\n")) if held.works else (), done)

    async def answer(self, actor: Actor, number: int, version: int, place: int, choice: int) -> tuple[Reading, bool]:
        """A control question: right lets them go on, wrong leaves them where they are."""
        reading = await self.reading(actor, number, place=place)
        assert actor.person is not None
        part = reading.parts[place - 1] if place <= len(reading.parts) else None
        if reading.instruction.version != version or part is None or not part.choices:
            return reading, False
        if choice != part.correct:
            return reading, False
        async with self._database.transaction() as tx:
            await instructions.see_part(tx, number, actor.person.id, place)
        return replace(reading, place=place + 1), True

    async def acknowledge(self, actor: Actor, number: int, version: int, now: datetime) -> datetime:
        """«Прочитано»: returns when it was noted. Raises `NotReadYet` before every part was seen."""
        if actor.person is None:
            raise NoSuchInstruction(number)
        async with self._database.transaction() as tx:
            one, held, parts = await self._mine(tx, actor.person.id, number)
            if held.read_version == one.version and held.read_at is not None:
                return held.read_at
            if version != one.version or held.parts_seen < len(parts):
                raise NotReadYet(number, held.parts_seen + 1)
            await instructions.acknowledge(tx, number, version, actor.person.id, one.sha256, now)
            return now

    async def ask(self, actor: Actor, number: int, said: str, source: str, now: datetime) -> None:
        """A reader's question to the coordinators."""
        if actor.person is None:
            raise NoSuchInstruction(number)
        async with self._database.transaction() as tx:
            one, _, _ = await self._mine(tx, actor.person.id, number)
            screen = screens.question(one, actor.person.code, said)
            await self._staff.tell(tx, now, f"instruction-question:{source}", screen)

    async def mine(self, actor: Actor, now: datetime) -> list[int]:
        """Instructions of this person about works that are not past."""
        if actor.person is None:
            return []
        async with self._database.read() as reader:
            return await instructions.of_person(reader, actor.person.id, now.astimezone(self._zone).date())

    async def signed(self, actor: Actor, on: date) -> list[tuple[str, ...]]:
        """Rows of the sheet of acquaintance (`storage.instructions.signed`)."""
        actor.need(Role.COORDINATOR)
        async with self._database.read(snapshot=True) as reader:
            found = list(await instructions.signed(reader, on, on))
        return found if self._names else [(*row[:3], "", *row[4:]) for row in found]

    def text_of(self, one: Instruction, part: Part, works: Sequence[str]) -> str:
        """The words of a part for one reader, safe to show."""
        return esc(part.text).replace("{works}", words.works(works)).replace("{day}", day_in_words(one.day))

    async def load(self, actor: Actor, number: int) -> Instruction:
        actor.need(Role.COORDINATOR)
        async with self._database.read() as reader:
            return await self._load(reader, number)

    async def _first_word(self, payload: Mapping[str, Any]) -> Screen | None:
        """The first part itself, or a short reminder; nothing for who has read it or is not concerned any more."""
        async with self._database.read(snapshot=True) as reader:
            one = await instructions.load(reader, payload["instruction"])
            held = await instructions.one_reader(reader, payload["instruction"], payload["person"])
        if one is None or held is None or held.read_version == one.version or one.state is not InstructionState.SENT:
            return None
        return screens.arrived(one, self._zone)

    async def _changed(self, payload: Mapping[str, Any]) -> Screen | None:
        async with self._database.read(snapshot=True) as reader:
            one = await instructions.load(reader, payload["instruction"])
            held = await instructions.one_reader(reader, payload["instruction"], payload["person"])
            if one is None or held is None or held.read_version in (0, one.version):
                return (
                    screens.arrived(one, self._zone)
                    if one is not None and held is not None and not held.read_version
                    else None
                )
            before = await instructions.parts(reader, one.id, held.read_version)
        return screens.changed(one, [part.number for part in to_read(one.parts, before)])

    async def _mine(
        self, reader: Reader, person_id: int, number: int
    ) -> tuple[Instruction, InstructionReader, tuple[Part, ...]]:
        one = await self._load(reader, number)
        held = await instructions.one_reader(reader, number, person_id)
        if held is None or one.state is not InstructionState.SENT:
            raise NoSuchInstruction(number)
        before = None
        if 0 < held.read_version < one.version:
            before = await instructions.parts(reader, number, held.read_version)
        return one, held, to_read(one.parts, before)

    async def _draft(self, reader: Reader, number: int) -> Instruction:
        one = await self._load(reader, number)
        if one.state is not InstructionState.DRAFT:
            raise NoSuchInstruction(number)
        return one

    async def _load(self, reader: Reader, number: int) -> Instruction:
        one = await instructions.load(reader, number)
        if one is None:
            raise NoSuchInstruction(number)
        return one


def _word(render: str, one: Instruction, person_id: int, about: str) -> Promise:
    """A message of a broadcast, made when it is sent; `about` and the person make it once."""
    payload = {"render": render, "instruction": one.id, "person": person_id}
    return Promise(f"{render}:{about}:{person_id}", to_person(person_id), payload, Priority.BROADCAST)
