"""Steps missed by schools that have nobody in the bot: the coordinators learn it, with whom to call and a way to invite."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.plan import Sitting
from bot.domain.school_day import SchoolStep
from bot.screens import school_day as screens
from bot.services.staff import Staff
from storage import people, schools
from storage.database import Transaction

FEW, MOST_LISTED = 3, 20


class DesertedSchools:
    def __init__(self, staff: Staff, *, names: bool) -> None:
        self._staff = staff
        self._names = names

    async def tell(
        self,
        tx: Transaction,
        step: SchoolStep,
        places: Mapping[int, Sequence[Sitting]],
        holders: Mapping[int, Sequence[int]],
        now: datetime,
        mark: Mapping[str, Any],
    ) -> None:
        """`places`: school -> its works without the step. A message for each of a few schools, one list of many."""
        if len(places) > FEW:
            await self._many(tx, step, places, now, mark)
            return
        for school_id, missed in places.items():
            await self._one(tx, step, missed, holders.get(school_id, ()), now, mark)

    async def _one(
        self,
        tx: Transaction,
        step: SchoolStep,
        missed: Sequence[Sitting],
        known: Sequence[int],
        now: datetime,
        mark: Mapping[str, Any],
    ) -> None:
        """Of a school that has nobody in the bot: one message a step for its works. `known`: who should be there."""
        first = missed[0]
        school = await schools.school(tx, first.school_id)
        if school is not None and not self._names:
            school = replace(school, coordinator_name="", coordinator_phone="")
        person = await people.person(tx, known[0]) if known else None
        screen = screens.nobody_there(
            step, missed, school, person if self._names or person is None else person.nameless()
        )
        await self._staff.tell(tx, now, f"school-late:{first.id}:{step.value}", screen, mark=mark)

    async def _many(
        self,
        tx: Transaction,
        step: SchoolStep,
        places: Mapping[int, Sequence[Sitting]],
        now: datetime,
        mark: Mapping[str, Any],
    ) -> None:
        """One list instead of a message for each school."""
        listed = []
        for school_id in list(places)[:MOST_LISTED]:
            school = await schools.school(tx, school_id)
            listed.append((places[school_id], school.coordinator_phone if school and self._names else ""))
        first = next(iter(places.values()))[0]
        screen = screens.nobody_in_many(step, listed, len(places))
        await self._staff.tell(tx, now, f"school-late:{first.id}:{step.value}", screen, mark=mark)
