"""The head of a school: sees the school's day and takes each sitting under their own control."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.people import Actor, Role
from bot.domain.plan import NoSuchSitting, Sitting
from bot.services.auditing import Auditing
from storage import responsibility, schools, sittings
from storage.database import Database
from storage.responsibility import Acceptance


@dataclass(frozen=True, slots=True)
class SchoolDay:
    """The next day on which the school has sittings: each with who took it under control, if anybody."""

    schools: tuple[str, ...]
    day: date | None
    sittings: tuple[tuple[Sitting, str], ...]  # (sitting, code of the head or '')


class Responsibility:
    def __init__(self, database: Database, auditing: Auditing) -> None:
        self._database = database
        self._auditing = auditing

    async def school_day(self, actor: Actor, today: date) -> SchoolDay:
        """Of this actor's schools, today or the next day with sittings. Raises `NotAllowed`."""
        actor.need(Role.PRINCIPAL)
        mine = actor.schools(Role.PRINCIPAL)
        async with self._database.read(snapshot=True) as reader:
            names = tuple([await schools.name(reader, school_id) for school_id in sorted(mine)])
            day = await sittings.next_day(reader, mine, from_day=today)
            if day is None:
                return SchoolDay(names, None, ())
            found = [s for s in await sittings.of_day(reader, day) if s.school_id in mine and not s.cancelled]
            accepted = await responsibility.accepted(reader, [sitting.id for sitting in found])
        return SchoolDay(names, day, tuple((one, accepted.get(one.id, ("",))[0]) for one in found))

    async def accept(self, actor: Actor, sitting_id: int, seen: tuple[str, int], now: datetime) -> Sitting | None:
        """`seen`: the day and the lesson (0: not told) that were on the screen; None when it has moved since.

        Accepting twice is accepting once. Raises `NotAllowed`, `NoSuchSitting` (of another school, or gone).
        """
        person = actor.need(Role.PRINCIPAL)
        async with self._database.transaction() as tx:
            try:
                sitting = await sittings.sitting(tx, sitting_id)
            except LookupError:
                raise NoSuchSitting(sitting_id) from None
            if sitting.school_id not in actor.schools(Role.PRINCIPAL) or sitting.cancelled:
                raise NoSuchSitting(sitting_id)
            if (sitting.date.isoformat(), sitting.lesson or 0) != seen:
                return None
            if await responsibility.accept(tx, sitting_id, person.id, now):
                await self._auditing.note(tx, now, actor, "accept_responsibility", f"sitting:{sitting_id}")
        return sitting

    async def of_sitting(self, sitting_id: int) -> Acceptance | None:
        """The last acceptance; when it does not hold, the sitting has moved and nobody accepted it since."""
        async with self._database.read() as reader:
            found = await responsibility.history(reader, sitting_id)
        return next((one for one in reversed(found) if one.holds), found[-1] if found else None)
