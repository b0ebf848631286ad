"""Whoever a table of schools names coordinates the school: appointed, told of, and taken back with the table."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.importing.cleaning import fold
from bot.domain.importing.comparison import Changes
from bot.domain.importing.rows import SchoolRow
from bot.domain.people import Person, Role, SchoolId
from bot.domain.screen import Screen
from bot.texts import import_chat as words
from bot.texts.people import CODE_LETTERS
from storage import invites, people
from storage.database import Reader, Transaction
from storage.outbox import Promise, promise, to_person

COLUMNS = frozenset({"coordinator_name", "coordinator_phone"})


@dataclass(frozen=True, slots=True)
class Displaced:
    """A table names another coordinator than the school has."""

    school: str
    before: Person
    after: str


@dataclass(slots=True)
class Appointed:
    """What appointing left for an undo: persons made, memberships given and taken."""

    people: list[int] = field(default_factory=list)
    granted: list[int] = field(default_factory=list)
    revoked: list[int] = field(default_factory=list)


def told_of(changes: Changes[int, SchoolRow]) -> list[tuple[SchoolId, SchoolRow]]:
    """Rows that say something new about the coordinator; an address put right takes nobody's role."""
    rows = [(SchoolId(0), row) for row in changes.new]
    rows += [
        (SchoolId(change.key), change.row)
        for change in changes.changed
        if COLUMNS & {changed.field for changed in change.fields}
    ]
    return [(school_id, row) for school_id, row in rows if row.coordinator_name]


async def displaced(reader: Reader, changes: Changes[int, SchoolRow]) -> tuple[Displaced, ...]:
    """Who would lose their school."""
    found = []
    for school_id, row in told_of(changes):
        held = await people.holders(reader, Role.SCHOOL_COORDINATOR, school_id=school_id) if school_id else []
        found += [Displaced(row.short_name, one, row.coordinator_name or "") for one in held if not _is(one, row)]
    return tuple(found)


async def appoint(
    tx: Transaction, municipality_id: int, school_id: SchoolId, row: SchoolRow, now: datetime, kept: Appointed
) -> None:
    """Whoever held the role before no longer does, and hears of it."""
    held = await people.holders(tx, Role.SCHOOL_COORDINATOR, school_id=school_id)
    for earlier in held:
        if not _is(earlier, row):
            kept.revoked += await people.revoke_school(tx, earlier.id, Role.SCHOOL_COORDINATOR, school_id, now)
            if Role.SCHOOL_COORDINATOR not in {role for role, _ in await people.roles(tx, earlier.id)}:
                await invites.end_unused(tx, earlier.id, now, role=Role.SCHOOL_COORDINATOR)
            await _tell(tx, earlier.id, "school-taken", school_id, words.school_taken(row.short_name), now)
    if any(_is(one, row) for one in held):
        return
    phone = row.coordinator_phone or ""
    known = await people.find_by_phone(tx, municipality_id, phone, own_word=False) if phone else None
    person = known or await people.add_person(
        tx,
        municipality_id,
        CODE_LETTERS[Role.SCHOOL_COORDINATOR],
        now,
        full_name=row.coordinator_name,
        phone=phone,
    )
    granted = await people.grant(tx, person.id, Role.SCHOOL_COORDINATOR, municipality_id, school_id, now, by=None)
    if known is None:
        kept.people.append(int(person.id))
    elif granted is not None:
        kept.granted.append(granted)
        await _tell(tx, person.id, "school-given", school_id, words.school_given(row.short_name), now)


async def take_back(tx: Transaction, granted: Iterable[int], revoked: Iterable[int], now: datetime) -> None:
    """Roles are as they were before the table; whoever has theirs again, or not any more, hears of it."""
    for person_id, school_id, school in await people.drop_memberships(tx, granted):
        await _tell(tx, person_id, "school-taken", school_id, words.school_taken_back(school), now)
    for person_id, school_id, school in await people.restore_memberships(tx, revoked):
        await _tell(tx, person_id, "school-given", school_id, words.school_given(school), now)


async def _tell(tx: Transaction, person_id: int, cause: str, school_id: int, text: str, now: datetime) -> None:
    key = f"{cause}:{school_id}:{person_id}:{now:%Y%m%d%H%M%S%f}"
    await promise(tx, now, [Promise(key, to_person(person_id), {"screen": Screen(text).to_json()})])


def _is(person: Person, row: SchoolRow) -> bool:
    """By telephone, and by name where one of both has none."""
    if person.phone and row.coordinator_phone:
        return person.phone == row.coordinator_phone
    return fold(person.full_name) == fold(row.coordinator_name or "")
