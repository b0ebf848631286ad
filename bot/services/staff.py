"""What the coordinators are told by themselves: one promise for each of them, once for each cause."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from bot.domain.people import Person, Role
from bot.domain.plan import Sitting
from bot.domain.screen import Screen
from bot.screens import people as people_screens
from bot.texts import staff as words
from storage import people, schools
from storage.database import Transaction
from storage.outbox import Priority, Promise, Repeat, promise, to_person


class Staff:
    """Writes promises in the transaction of their cause."""

    async def tell(
        self,
        tx: Transaction,
        now: datetime,
        cause: str,
        screen: Screen | dict[str, Any],
        *,
        priority: Priority = Priority.REMINDER,
        repeat: Repeat = Repeat.ORDINARY,
        roles: tuple[Role, ...] = (Role.COORDINATOR,),
        edits: str = "",
        answers: str = "",
        mark: Mapping[str, Any] = MappingProxyType({}),
    ) -> int:
        """Everybody who holds one of the roles now; how many were not told yet. `cause` makes it once for each person.

        Instead of a screen, the payload of which the sender makes one at the last moment. `edits`, `answers`: the cause
        of an earlier message that is changed in place, or replied to. `mark`: of `lost_time`.
        """
        payload = ({"screen": screen.to_json()} if isinstance(screen, Screen) else screen) | dict(mark)
        earlier = {name: key for name, key in (("edits", edits), ("answers", answers)) if key}
        told = {person.id: person for role in roles for person in await people.holders(tx, role)}
        return await promise(
            tx,
            now,
            [
                Promise(
                    f"{cause}:{person_id}",
                    to_person(person_id),
                    payload | {name: f"{key}:{person_id}" for name, key in earlier.items()},
                    priority,
                    repeat,
                )
                for person_id in told
            ],
        )

    async def invitation_declined(self, tx: Transaction, now: datetime, person: Person) -> None:
        await self.tell(
            tx, now, f"declined:{person.id}:{now:%Y%m%d%H%M}", Screen(words.invitation_declined(person.code))
        )

    async def conflict_declared(
        self,
        tx: Transaction,
        now: datetime,
        person: Person,
        school_id: int,
        reason: str = "declared",
        affected: Sequence[Sitting] = (),
    ) -> None:
        """`affected`: sittings in that school to which the person is assigned; each gets a door to a replacement."""
        school = await schools.name(tx, school_id)
        screen = people_screens.conflict_declared(person, school, reason, affected)
        await self.tell(tx, now, f"conflict:{person.id}:{school_id}:{now:%Y%m%d}", screen)

    async def not_removed_from_group(self, tx: Transaction, now: datetime, person: Person, removal_id: int) -> None:
        await self.tell(tx, now, f"removal:{removal_id}", Screen(words.not_removed_from_group(person.code)))

    async def observer_ready(self, tx: Transaction, now: datetime, person: Person) -> None:
        await self.tell(tx, now, f"ready:{person.id}", Screen(words.observer_ready(person.code)))

    async def phone_changed(self, tx: Transaction, now: datetime, person: Person) -> None:
        await self.tell(tx, now, f"phone:{person.id}:{now:%Y%m%d%H%M%S}", Screen(words.phone_changed(person.code)))

    async def approval_wanted(self, tx: Transaction, now: datetime, person: Person, role: Role) -> None:
        """Also of a role that was approved earlier the same day and has to be again."""
        cause = f"approve:{person.id}:{role.value}:{now:%Y%m%d%H%M%S%f}"
        await self.tell(tx, now, cause, people_screens.approval_wanted(person, role))
