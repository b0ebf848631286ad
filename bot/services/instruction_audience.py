"""Whom an instruction concerns, and which works of the day are theirs: looked up anew each time it matters."""

from dataclasses import dataclass

from bot.domain.instruction import Audience, Instruction
from bot.domain.plan import Sitting
from bot.texts import instructing as words
from bot.texts.start import lesson
from storage import instructions, people, sittings
from storage.database import Reader


@dataclass(frozen=True, slots=True)
class Concerned:
    """`works`: the lines about this person's works, ready to show."""

    person_id: int
    school_id: int | None
    works: tuple[str, ...]


async def concerned(reader: Reader, one: Instruction) -> dict[int, Concerned]:
    """Person -> what concerns them now."""
    if one.audience is Audience.OBSERVERS:
        return await _observers(reader, one)
    if one.audience is Audience.SCHOOLS:
        return await _schools(reader, one)
    everybody = await _observers(reader, one) | await _schools(reader, one)
    before = await instructions.latest(reader, one.kind, one.id)
    held = await instructions.readers(reader, before) if before is not None else []
    return {
        each.person_id: everybody.get(each.person_id, Concerned(each.person_id, each.school_id, ()))
        for each in held
        if not each.read_version and (not one.schools or each.person_id in everybody)
    }


async def _observers(reader: Reader, one: Instruction) -> dict[int, Concerned]:
    works: dict[int, Sitting] = {sitting.id: sitting for sitting in await sittings.of_day(reader, one.day)}
    lines: dict[int, list[str]] = {}
    for person_id, sitting_id in await instructions.assigned_observers(reader, one.day):
        if not one.schools or works[sitting_id].school_id in one.schools:
            lines.setdefault(person_id, []).append(_line(works[sitting_id], school=True))
    return {person_id: Concerned(person_id, None, tuple(each)) for person_id, each in lines.items()}


async def _schools(reader: Reader, one: Instruction) -> dict[int, Concerned]:
    watchers: dict[int, list[int]] = {}
    for person_id, sitting_id in await instructions.assigned_observers(reader, one.day):
        watchers.setdefault(sitting_id, []).append(person_id)
    known = await people.persons(reader, {person for each in watchers.values() for person in each})
    lines: dict[int, list[str]] = {}
    for sitting in await sittings.of_day(reader, one.day):
        if not sitting.cancelled and (not one.schools or sitting.school_id in one.schools):
            codes = ", ".join(sorted(known[person].code for person in watchers.get(sitting.id, ())))
            lines.setdefault(sitting.school_id, []).append(_line(sitting, observer=codes))
    found: dict[int, Concerned] = {}
    holders = await people.of_schools(reader)
    for school_id, each in lines.items():
        for person_id in holders.get(school_id, ()):
            held = found.get(person_id)
            whole = (*held.works, *each) if held is not None else tuple(each)
            found[person_id] = Concerned(person_id, school_id, whole)
    return found


def _line(sitting: Sitting, *, school: bool = False, observer: str = "") -> str:
    starts = sitting.starts_at.strftime("%H:%M") if sitting.starts_at else ""
    when = lesson(sitting.lesson, starts)
    return words.work(sitting.class_name, sitting.subject, when, sitting.school_name if school else "", observer)
