"""Choosing the schools of an instruction: by a tap on the list, or by writing their numbers and names."""

import re

from bot.domain.finding import find
from bot.domain.instruction import Choice, Instruction, InstructionState, NoSuchInstruction, Written
from bot.domain.people import Actor, Role
from bot.domain.plan import School
from bot.services.instruction_audience import concerned
from bot.texts.natural import by_name
from storage import instruction_schools, instructions, schools, sittings
from storage.database import Database, Reader


class InstructionSchools:
    """Only of drafts, only by coordinators. Raises `NotAllowed`, `NoSuchInstruction`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def look(self, actor: Actor, number: int) -> Choice:
        actor.need(Role.COORDINATOR)
        async with self._database.read(snapshot=True) as reader:
            one = await _draft(reader, number)
            return Choice(one, await _places(reader, one), len(await concerned(reader, one)))

    async def toggle(self, actor: Actor, number: int, school_id: int) -> None:
        actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            one = await _draft(tx, number)
            if school_id in {place.id for place in await _places(tx, one)}:
                await instruction_schools.choose(tx, number, one.schools ^ {school_id})

    async def clear(self, actor: Actor, number: int) -> None:
        """All schools of the day again."""
        actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            await _draft(tx, number)
            await instruction_schools.choose(tx, number, ())

    async def add(self, actor: Actor, number: int, text: str) -> Written:
        """«5, 11, гимназия 3»: each that is meant without doubt."""
        actor.need(Role.COORDINATOR)
        added: list[School] = []
        several: list[tuple[str, tuple[str, ...]]] = []
        unknown: list[str] = []
        async with self._database.transaction() as tx:
            one = await _draft(tx, number)
            places = await _places(tx, one)
            for words in filter(None, (part.strip() for part in re.split(r"[,;\n]+", text))):
                found = find(words, places, ()).schools
                if len(found) == 1:
                    added.append(found[0])
                elif found:
                    several.append((words, tuple(place.short_name for place in found)))
                else:
                    unknown.append(words)
            if added:
                await instruction_schools.choose(tx, one.id, one.schools | {place.id for place in added})
        return Written(tuple(place.short_name for place in added), tuple(several), tuple(unknown))


async def _places(reader: Reader, one: Instruction) -> tuple[School, ...]:
    ids = {each.school_id for each in await sittings.of_day(reader, one.day) if not each.cancelled}
    found = [await schools.school(reader, school_id) for school_id in ids]
    return tuple(by_name((place for place in found if place is not None), lambda place: place.short_name))


async def _draft(reader: Reader, number: int) -> Instruction:
    one = await instructions.load(reader, number)
    if one is None or one.state is not InstructionState.DRAFT:
        raise NoSuchInstruction(number)
    return one
